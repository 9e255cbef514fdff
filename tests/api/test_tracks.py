"""``GET /api/tracks``: songs by words, one song by its id, whatever is asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.text_search import refresh
from spotai.catalog.upsert import upsert_tracks
from spotai.ingest.snapshots import prepare
from spotai.search import Snapshot
from spotai.tracks import Track
from tests.api.conftest import CheckProblem, settings_of


def test_a_song_is_found_by_title_and_artist(client: FlaskClient, snapshot: Snapshot) -> None:
    song = snapshot.song(7)
    query = {"q": f"{song.artists[0].name} {song.title}".upper(), "limit": 50}
    answer = client.get("/api/tracks", query_string=query).get_json()
    found = next(item for item in answer["items"] if item["id"] == song.id)
    assert found == {
        "id": song.id,
        "name": song.title,
        "artists": [{"id": artist.id, "name": artist.name} for artist in song.artists],
        "album": {"name": song.album},
        "release_date": song.release_date or None,
        "explicit": song.explicit,
        "popularity": song.values["popularity"],
        "demo": True,
        "url": None,
        "in_snapshot": True,
    }


def test_one_song_is_told_whole(client: FlaskClient, snapshot: Snapshot) -> None:
    song = snapshot.song(7)
    answer = client.get(f"/api/tracks/{song.id}").get_json()
    assert (answer["name"], answer["features"]) == (song.title, dict(song.values))
    assert (answer["in_snapshot"], answer["isrc"]) == (True, None)


def test_a_song_without_features_is_found_and_said_to_be_outside(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    song = Track(id="x" * 22, source="test", title="Unmeasured", isrc="XXTST0000001")
    database = Database(settings.database())
    prepare(database, settings)
    with database.write() as conn:
        upsert_tracks(conn, [song])
        refresh(conn)
    client = create_app(settings, database=database).test_client()
    (found,) = client.get("/api/tracks?q=unmeas").get_json()["items"]
    assert (found["in_snapshot"], found["popularity"]) == (False, None)
    assert found["url"] == f"https://open.spotify.com/track/{song.id}"
    whole = client.get(f"/api/tracks/{song.id}").get_json()
    assert (whole["isrc"], whole["features"]["tempo"]) == ("XXTST0000001", None)


def test_pages_are_bounded_and_say_whether_there_are_more(client: FlaskClient) -> None:
    first = client.get("/api/tracks?q=the&limit=2").get_json()
    second = client.get("/api/tracks?q=the&limit=2&offset=2").get_json()
    assert len(first["items"]) == len(second["items"]) == 2
    assert first["more"]
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=" + "x" * 201, "q"),
        ("q=" + "x" * 10_240, "q"),
        ("q=a&q=b", "q"),
        ("q=a&limit=51", "limit"),
        ("q=a&limit=0", "limit"),
        ("q=a&offset=-1", "offset"),
        ("q=a&offset=1001", "offset"),
        ("q=a&sort=name", "sort"),
    ],
)
def test_a_wrong_question_is_a_problem(
    client: FlaskClient, check_problem: CheckProblem, query: str, field: str
) -> None:
    problem = check_problem(client.get(f"/api/tracks?{query}"), 422, "invalid-input", field)
    assert [fault.field for fault in problem.errors] == [field]


@pytest.mark.parametrize("query", ["%00", "%ff%fe", "%22*%22", "%25", "'--", "%ED%A0%80", "()"])
def test_a_strange_question_has_an_empty_answer(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/tracks?q={query}").get_json() == {"items": [], "more": False}


@hypothesis_settings(max_examples=200, deadline=None)
@given(query=st.text(max_size=220))
def test_no_question_brings_the_server_down(app: Flask, query: str) -> None:
    asked = quote(query, errors="replace")
    assert app.test_client().get(f"/api/tracks?q={asked}").status_code in {200, 422}


@pytest.mark.parametrize("track", ["nothing", "x" * 5_000, "%00", "%F0%9F%8E%B5", "%ff"])
def test_an_unknown_song_is_a_problem(
    client: FlaskClient, check_problem: CheckProblem, track: str
) -> None:
    check_problem(client.get(f"/api/tracks/{track}"), 404, "not-found", "no song")


@pytest.mark.parametrize("path", ["/api/tracks?q=love", "/api/tracks/demo000000000000000263"])
def test_without_a_database_songs_are_not_found(
    client_without_database: FlaskClient, check_problem: CheckProblem, path: str
) -> None:
    response = client_without_database.get(path)
    check_problem(response, 503, "database-unavailable", "does not answer")


def test_without_a_snapshot_the_catalog_is_still_searched(empty_client: FlaskClient) -> None:
    assert empty_client.get("/api/tracks?q=love").get_json() == {"items": [], "more": False}
