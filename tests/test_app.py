"""The application around its endpoints: request ids, headers, log lines, metrics, state."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from spotai import telemetry
from spotai.api.state import EXTENSION, State
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = SecretStr(f"sqlite:///{tmp_path / 'data' / 'spotai.sqlite3'}")
    return Settings(data_dir=tmp_path / "data", database_url=url, _env_file=None)


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def count(method: str, route: str, status: int) -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    name = "spotai_http_request_duration_seconds_count"
    return telemetry.REGISTRY.get_sample_value(name, labels) or 0.0


def test_making_it_opens_nothing(app: Flask, settings: Settings) -> None:
    assert not settings.data_dir.exists()


def test_its_state_is_typed_and_uses_the_database_it_is_given(settings: Settings) -> None:
    database = Database(settings.database())
    state = create_app(settings, database=database).extensions[EXTENSION]
    assert isinstance(state, State)
    assert state.database is database
    assert state.settings is settings


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/readyz"])
def test_every_answer_has_an_id_of_its_own(client: FlaskClient, path: str) -> None:
    ids = {client.get(path).headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(each) == 32 for each in ids)
    assert telemetry.request_id.get() == ""


@pytest.mark.parametrize("given", ["01-caller.42_x", "a" * 64])
def test_a_well_formed_id_is_kept(client: FlaskClient, given: str) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "has blanks in it", "<b>bold</b>", "ä" * 8]
)
def test_any_other_id_is_replaced(client: FlaskClient, given: str) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": given})
    assert len(response.headers["X-Request-ID"]) == 32


@pytest.mark.parametrize("path", ["/api/features", "/api/nowhere", "/healthz"])
def test_answers_are_taken_for_nothing_but_data(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers.get("Cache-Control") == "no-store") == path.startswith("/api/")


def test_each_request_is_one_log_line(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="spotai.app"):
        client.get("/api/features?secret=1")
    (record,) = [each for each in caplog.records if each.name == "spotai.app"]
    fields = vars(record)
    assert (fields["method"], fields["route"], fields["status"]) == ("GET", "/api/features", 200)
    assert 0 <= fields["ms"] < 5_000
    assert fields["generation"] is None


def test_time_is_kept_by_route_and_nobody_can_add_labels(client: FlaskClient) -> None:
    before = count("GET", "/api/features", 200), count("GET", "unmatched", 404)
    client.get("/api/features")
    client.get("/nowhere/1")
    client.get("/nowhere/2")
    after = count("GET", "/api/features", 200), count("GET", "unmatched", 404)
    assert (after[0] - before[0], after[1] - before[1]) == (1, 2)
    strange = count("other", "unmatched", 405)
    client.open("/api/features", method="BREW")
    assert count("other", "unmatched", 405) == strange + 1
