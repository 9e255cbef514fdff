"""The OpenAPI description: every call of the application, with its models, limits and problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient

from spotai.api.examples import recorded
from spotai.api.openapi import describe
from spotai.api.operations import Operation, operations
from spotai.api.problems import Problem, problem_types
from spotai.api.requests import MAX_BODY_BYTES, MAX_UPLOAD_BYTES
from spotai.app import create_app
from spotai.recommend.recipe import MAX_SEEDS, MAX_SIZE
from spotai.settings import Settings
from tests.api.record_examples import record


@pytest.fixture(scope="module")
def spec(app: Flask) -> Any:
    return describe(app)


def calls(spec: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in spec["paths"].items():
        for method, call in methods.items():
            yield method.upper(), path, call


def test_every_call_of_the_application_is_in_it(app: Flask, spec: Any) -> None:
    described = {(method, path) for method, path, _ in calls(spec)}
    served = {
        (method, rule.rule.replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if isinstance(app.view_functions[rule.endpoint], Operation)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == served


def test_calls_are_named_after_their_address(spec: Any) -> None:
    names = {f"{method} {path}": call["operationId"] for method, path, call in calls(spec)}
    assert names["GET /api/tracks"] == "getTracks"
    assert names["GET /api/tracks/{track_id}"] == "getTrack"
    assert names["POST /api/recommendations"] == "postRecommendations"
    assert len(set(names.values())) == len(names)


def test_every_call_says_what_it_does_in_one_sentence(app: Flask) -> None:
    for call in operations(app):
        assert re.fullmatch(r"[A-Z][^\n]{8,70}", call.summary), call.path


def test_requests_bear_the_limits_that_are_checked(spec: Any) -> None:
    schemas = spec["components"]["schemas"]
    recipe = schemas["Recipe"]
    assert recipe["additionalProperties"] is False
    assert recipe["properties"]["size"]["maximum"] == MAX_SIZE
    assert schemas["Seed"]["properties"]["track_ids"]["maxItems"] == MAX_SEEDS
    body = spec["paths"]["/api/recommendations"]["post"]["requestBody"]
    assert f"at most {MAX_BODY_BYTES // 2**20} MiB" in body["description"]
    uploads = spec["paths"]["/api/imports"]["post"]["requestBody"]["content"]
    assert uploads["text/csv"]["schema"]["maxLength"] == MAX_UPLOAD_BYTES
    form = uploads["multipart/form-data"]["schema"]
    assert form["properties"]["file"]["maxLength"] == MAX_UPLOAD_BYTES
    limit = next(
        parameter
        for parameter in spec["paths"]["/api/tracks"]["get"]["parameters"]
        if parameter["name"] == "limit"
    )
    assert (limit["schema"]["minimum"], limit["schema"]["maximum"]) == (1, 50)
    for path, longest in (("/api/tracks/{track_id}", 22), ("/api/playlists/{playlist_id}", 64)):
        assert spec["paths"][path]["get"]["parameters"][0]["schema"]["maxLength"] == longest


def test_each_call_names_its_problems_by_status_and_type(spec: Any, app: Flask) -> None:
    for call in operations(app):
        answers = spec["paths"][call.path][call.method.lower()]["responses"]
        assert problems_in(answers) == {(kind.status, kind.uri) for kind in call.problems}
        assert problems_in(answers) >= {
            (400, "/problems/malformed-request"),
            (414, "/problems/uri-too-long"),
            (421, "/problems/misdirected-request"),
            (431, "/problems/headers-too-large"),
            (500, "/problems/internal"),
        }
        if call.body is not None:
            assert {413, 415, 417, 422, 501} <= {status for status, _ in problems_in(answers)}


def test_each_limited_call_says_what_it_is_counted_as_and_how_to_go_on(settings: Settings) -> None:
    few = {"limit_reads": 7, "limit_searches": 5, "limit_imports": 0}
    limited = create_app(settings.model_copy(update=few))
    described = describe(limited)
    told = {path: call.get("x-rate-limit") for _, path, call in calls(described)}
    assert told["/api/features"] == {"policy": "reads", "requests": 7, "seconds": 60}
    assert told["/api/matches"] == {"policy": "searches", "requests": 5, "seconds": 60}
    assert told["/api/imports"] is None  # any number
    assert "7 reads a minute" in described["info"]["description"]
    assert "any number of imports and 5 searches" in described["info"]["description"]
    for _, path, call in calls(described):
        answers = call["responses"]
        counted = path.startswith("/api/") or path == "/logout"
        assert ("429" in answers) == counted, path
        assert all(("RateLimit" in answer["headers"]) == counted for answer in answers.values())
        if counted:
            assert (429, "/problems/too-many-requests") in problems_in(answers)
            assert "Retry-After" in answers["429"]["headers"]


def test_limited_answers_are_as_described(settings: Settings, tmp_path: Path) -> None:
    few = {"limit_reads": 1, "data_dir": tmp_path}
    limited = create_app(settings.model_copy(update=few))
    schema: Any = schemathesis.openapi.from_wsgi("/openapi.json", limited)
    asked = [schema["/api/features"]["GET"].Case() for _ in range(2)]
    answers = [case.call(app=limited) for case in asked]
    assert [answer.status_code for answer in answers] == [200, 429]
    for case, answer in zip(asked, answers, strict=True):
        assert case.operation.is_valid_response(answer)
        for name, header in describe(limited)["components"]["headers"].items():
            for value in answer.headers.get(name.lower(), []):
                assert re.search(header["schema"].get("pattern", "^[0-9]+$"), value), name
        assert answer.headers["ratelimit"][0].startswith('"reads";r=0;t=')
    assert "retry-after" in answers[1].headers


def problems_in(answers: Any) -> set[tuple[int, str]]:
    return {
        (int(status), uri)
        for status, answer in answers.items()
        if "application/problem+json" in answer["content"]
        for uri in answer["content"]["application/problem+json"]["schema"]["allOf"][0][
            "properties"
        ]["type"]["enum"]
    }


def test_a_problem_is_one_of_those_there_are(spec: Any) -> None:
    kinds = spec["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert kinds == sorted({kind.uri for kind in problem_types()})
    assert {"/problems/not-found", "/problems/unsupported-media-type"} <= set(kinds)


def test_calls_that_change_something_take_a_session_with_its_token_or_neither(spec: Any) -> None:
    schemes = spec["components"]["securitySchemes"]
    assert schemes["session"]["in"] == "cookie"
    assert schemes["csrf"]["name"] == "X-CSRF-Token"
    for method, path, call in calls(spec):
        if method == "GET":
            assert "security" not in call, path
        else:
            both: dict[str, list[str]] = {"session": [], "csrf": []}
            kept = ("/api/recipes", "/api/known", "/api/account", "/api/playlists")
            assert call["security"] == ([both] if path.startswith(kept) else [{}, both]), path
            found = problems_in(call["responses"])
            assert {(401, "/problems/session-expired"), (403, "/problems/csrf")} <= found


def test_what_is_no_call_is_the_console_the_page_or_a_login(app: Flask) -> None:
    others = {name for name, view in app.view_functions.items() if not isinstance(view, Operation)}
    assert {name.partition(".")[0] for name in others} == {"flasgger", "page", "login"}


def test_it_is_served_as_it_is_made(client: FlaskClient, spec: Any) -> None:
    assert client.get("/openapi.json").get_json() == spec


def test_the_examples_are_what_is_answered_now(app: Flask) -> None:
    written = recorded()
    assert record(app, written) == written, "write them anew: see tests/api/record_examples.py"


def test_every_call_has_an_example_of_its_answer(spec: Any) -> None:
    for _, path, call in calls(spec):
        if path != "/openapi.json":  # it would hold itself
            answer = call["responses"].get("200") or call["responses"]["201"]
            assert answer["content"]["application/json"]["examples"], path


def test_every_kind_of_problem_has_an_example(spec: Any) -> None:
    for _, path, call in calls(spec):
        for status, answer in call["responses"].items():
            content = answer["content"].get("application/problem+json")
            if content is None:
                continue
            shown = [Problem.model_validate(e["value"]) for e in content["examples"].values()]
            kinds = content["schema"]["allOf"][0]["properties"]["type"]["enum"]
            assert {problem.type for problem in shown} == set(kinds), f"{path} {status}"
            assert {problem.status for problem in shown} == {int(status)}


def test_every_parameter_of_a_path_has_an_example(spec: Any) -> None:
    for _, _, call in calls(spec):
        for parameter in call["parameters"]:
            assert parameter["in"] != "path" or "example" in parameter
