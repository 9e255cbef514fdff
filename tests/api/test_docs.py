"""docs/api.md is true: its endpoints are those of the application, and its examples run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from spotai import errors
from spotai.api.openapi import describe
from spotai.api.operations import operations
from spotai.api.problems import HTTP_KINDS, Problem, problem_types
from tests.api.conftest import log_in, open_session
from tests.api.record_examples import SAVED

TEXT: Final = (Path(__file__).parents[2] / "docs/api.md").read_text("utf-8")
EXAMPLES: Final = re.findall(
    r"^## (\w+) (/\S*)$.*?```sh\n(curl .*?)```", TEXT, re.MULTILINE | re.DOTALL
)


def endpoints(app: Flask) -> set[str]:
    return {f"{call.method} {call.path}" for call in operations(app)}


def test_every_endpoint_is_described_with_an_example(app: Flask) -> None:
    assert set(re.findall(r"^## (\w+ /\S*)$", TEXT, re.MULTILINE)) == endpoints(app)
    assert {f"{method} {path}" for method, path, _ in EXAMPLES} == endpoints(app)


@pytest.mark.parametrize(
    ("method", "path", "command"), EXAMPLES, ids=[f"{m} {p}" for m, p, _ in EXAMPLES]
)
def test_the_example_runs(
    request: pytest.FixtureRequest, client: FlaskClient, method: str, path: str, command: str
) -> None:
    match = re.search(r"http://127\.0\.0\.1:5000(/[^\s']*)", command)
    assert match, command
    assert re.fullmatch(re.sub(r"\{\w+\}", r"[\\w.]+", path), match[1].partition("?")[0])
    body = re.search(r"-d '(.*)'", command, re.DOTALL)
    takes_body = method in {"POST", "PUT"} and path != "/logout"
    assert (body is not None) == takes_body
    assert ("$token" in command) == ("-b cookies" in command and method != "GET")
    address = match[1]
    if (method, path) == ("POST", "/api/playlists"):
        assert body
        saving = log_in(request.getfixturevalue("listening_app"), "?scope=save")
        assert saving.change(method, address, json=json.loads(body[1])).status_code == 201
        return
    headers = open_session(client) if "-b cookies" in command else {}
    if SAVED in address:
        mine = {"name": "Mine", "recipe": {}}
        saved = client.post("/api/recipes", json=mine, headers=headers).get_json()["id"]
        address = address.replace(SAVED, saved)
    response = client.open(
        address,
        method=method,
        headers=headers,
        data=body[1] if body else None,
        content_type="application/json" if "Content-Type: application/json" in command else None,
    )
    assert response.status_code in {200, 201}, response.text


def test_the_example_of_an_error_is_one(client: FlaskClient) -> None:
    written = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert written
    shown = Problem.model_validate_json(written[1])
    response = client.post("/api/matches", json={"size": 501})
    answered = Problem.model_validate_json(response.data)
    assert answered.model_copy(update={"request_id": shown.request_id}) == shown


def test_the_table_of_problems_is_that_of_the_description(app: Flask) -> None:
    table = re.findall(r"^\| (\d+) \| `(/problems/\S+)`", TEXT, re.MULTILINE)
    assert sorted(table) == sorted((str(kind.status), kind.uri) for kind in problem_types())
    kinds = describe(app)["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert sorted(uri for _, uri in table) == kinds
    assert {kind.uri for call in operations(app) for kind in call.problems} <= set(kinds)


def test_every_error_is_a_kind_of_problem() -> None:
    ours = {
        (kind.status, kind.slug)
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.SpotAIError)
    }
    of_http = {(status, kind.slug) for status, kind in HTTP_KINDS.items()}
    assert {(kind.status, kind.slug) for kind in problem_types()} == ours | of_http
