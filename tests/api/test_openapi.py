"""The OpenAPI description: every call of the application, with its models, limits and problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from spotai.api.openapi import describe
from spotai.api.operations import Operation, operations
from spotai.api.problems import problem_types
from spotai.api.requests import MAX_BODY_BYTES
from spotai.recommend.recipe import MAX_SEEDS, MAX_SIZE


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
        if not rule.endpoint.startswith("page.")
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
    limit = next(
        parameter
        for parameter in spec["paths"]["/api/tracks"]["get"]["parameters"]
        if parameter["name"] == "limit"
    )
    assert (limit["schema"]["minimum"], limit["schema"]["maximum"]) == (1, 50)


def test_each_call_names_its_problems_by_status_and_type(spec: Any, app: Flask) -> None:
    for call in operations(app):
        answers = spec["paths"][call.path][call.method.lower()]["responses"]
        assert problems_in(answers) == {(kind.status, kind.uri) for kind in call.problems}
        assert (500, "/problems/internal") in problems_in(answers)
        if call.body is not None:
            assert {400, 413, 415, 422} <= {status for status, _ in problems_in(answers)}


def problems_in(answers: Any) -> set[tuple[int, str]]:
    return {
        (int(status), uri)
        for status, answer in answers.items()
        if "application/problem+json" in answer["content"]
        for uri in answer["content"]["application/problem+json"]["schema"]["allOf"][1][
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
            assert call["security"] == [{}, {"session": [], "csrf": []}], path


def test_every_view_of_a_blueprint_is_an_operation(app: Flask) -> None:
    views = {
        name: view for name, view in app.view_functions.items() if not name.startswith("page.")
    }
    assert all(isinstance(view, Operation) for view in views.values())
