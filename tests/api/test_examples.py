"""The examples of the description can be tried out on any catalog, not only on the made-up one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from spotai.api.examples import recorded
from spotai.api.openapi import describe
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.playlists import Playlist, replace_playlists
from spotai.catalog.upsert import upsert_tracks
from spotai.ingest.snapshots import prepare, rebuild
from spotai.settings import Settings
from spotai.tracks import Track
from tests.api.conftest import open_session, settings_of
from tests.api.record_examples import SAVED
from tests.made_songs import PLAIN, song_id

MINE = {"name": "Mine", "recipe": {}}


@pytest.fixture
def settings_of_songs(tmp_path: Path) -> Settings:
    """Settings of a server whose catalog holds three songs and no playlist."""
    made = settings_of(tmp_path)
    database = Database(made.database())
    # In production an empty catalog stays empty.
    prepare(database, made.model_copy(update={"env": "production"}))
    with database.write() as conn:
        tempos = enumerate((100.0, 120.0, 190.0))
        upsert_tracks(conn, [song(number, tempo) for number, tempo in tempos])
    rebuild(database, made.snapshots_dir)
    database.close()
    return made


def song(number: int, tempo: float) -> Track:
    features = {**PLAIN, "tempo": tempo, "energy": 0.5 + number / 10}
    return Track(id=song_id(number), source="test", title=f"Song {number}", features=features)


def requests(document: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """Every request that a console fills in from the examples: method, path and arguments."""
    found = []
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            given = {p["name"]: p["example"] for p in call["parameters"] if "example" in p}
            content = call.get("requestBody", {}).get("content", {}).get("application/json", {})
            bodies = [e["value"] for e in content.get("examples", {}).values()] or [None]
            query = {p["name"]: p.get("example") for p in call["parameters"] if p["in"] == "query"}
            if all(p["in"] == "query" or p["name"] in given for p in call["parameters"]):
                found += [
                    (method.upper(), path.format(**given), {"query_string": query, "json": body})
                    for body in bodies
                ]
    return found


def try_all_out(client: FlaskClient) -> set[str]:
    document = client.get("/openapi.json").get_json()
    # What ends the session comes last.
    asked = sorted(requests(document), key=lambda request: request[1] == "/api/account")
    headers = open_session(client)
    saved = client.post("/api/recipes", json=MINE, headers=headers).get_json()["id"]
    for method, path, given in asked:
        response = client.open(path.replace(SAVED, saved), method=method, headers=headers, **given)
        if (method, path) == ("POST", "/api/playlists"):  # it needs a login
            assert response.status_code == 401, response.text
            continue
        assert response.status_code in {200, 201}, f"{method} {path} {given}: {response.text}"
    return {path for _, path, _ in asked}


def test_with_songs_and_no_playlists_every_example_works(settings_of_songs: Settings) -> None:
    app = create_app(settings_of_songs)
    tried = try_all_out(app.test_client())
    assert f"/api/tracks/{song_id(0)}" in tried
    assert {"/api/matches", "/api/profiles", "/api/recommendations", "/api/imports"} <= tried
    imported = recorded()["postImports"][0]["body"]["text"]
    shown = app.test_client().get("/openapi.json").text
    assert json.dumps(imported.replace("demo000000000000000263", song_id(0))) in shown


def test_a_playlist_of_the_catalog_takes_the_place_of_the_made_up_one(
    settings_of_songs: Settings,
) -> None:
    database = Database(settings_of_songs.database())
    mine = Playlist("mine", "Mine", "test", track_ids=(song_id(1),))
    with database.write() as conn:
        replace_playlists(conn, [mine])
    assert "/api/playlists/mine" in try_all_out(create_app(settings_of_songs).test_client())


def test_the_written_description_stays_that_of_the_demo_catalog(
    settings_of_songs: Settings, settings: Settings
) -> None:
    assert describe(create_app(settings_of_songs)) == describe(create_app(settings))
