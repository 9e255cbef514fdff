"""``/healthz``, ``/readyz``, ``/api/features``: does it live, can it recommend, what about."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from spotai.features import FEATURES
from tests.api.conftest import CheckProblem


def test_the_fifteen_features_are_told(client: FlaskClient) -> None:
    told = client.get("/api/features").get_json()["features"]
    assert [each["name"] for each in told] == [feature.name for feature in FEATURES]
    key = next(each for each in told if each["name"] == "key")
    assert key["axes"] == ["key_cos", "key_sin"]
    assert key["choices"]["1"] == "C♯"
    tempo = next(each for each in told if each["name"] == "tempo")
    assert (tempo["unit"], tempo["more"], tempo["less"]) == ("BPM", "faster", "slower")


def test_ready_with_snapshot_and_database(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    answer = response.get_json()
    assert answer.pop("songs") > 3_000
    assert answer == {"status": "ready", "generation": 1, "database": "reachable"}


def test_degraded_without_a_database(client_without_database: FlaskClient) -> None:
    response = client_without_database.get("/readyz")
    assert response.status_code == 200
    assert response.get_json()["status"] == "degraded"
    assert response.get_json()["database"] == "unreachable"


def test_not_ready_without_a_snapshot(
    empty_client: FlaskClient, check_problem: CheckProblem
) -> None:
    response = empty_client.get("/readyz")
    problem = check_problem(response, 503, "snapshot-missing", "python -m spotai load FILE")
    assert "the database answers" in problem.detail
    assert int(response.headers["Retry-After"]) > 0
    assert empty_client.get("/healthz").get_json() == {"status": "alive"}


def test_made_up_songs_are_not_served_in_production(
    production_client: FlaskClient, check_problem: CheckProblem
) -> None:
    recipe = {"seed": {"track_ids": ["demo000000000000000001"]}}
    for response in (
        production_client.get("/readyz"),
        production_client.get("/api/playlists"),
        production_client.get("/api/tracks?q=story"),
        production_client.get("/api/tracks/demo000000000000000001"),
        production_client.post("/api/imports", json={"text": "demo000000000000000001"}),
        production_client.post("/api/recommendations", json=recipe),
    ):
        check_problem(response, 503, "snapshot-missing", "python -m spotai load FILE")


def test_a_database_that_does_not_answer_is_logged(
    client_without_database: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client_without_database.get("/readyz")
    (record,) = [each for each in caplog.records if each.name == "spotai.api.health"]
    assert "is not a folder" in vars(record)["reason"]
