"""``/api/recipes`` and ``/api/links``: recipes that come back, for their owner and for others."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.sessions import IDLE_SECONDS, delete_expired
from spotai.recommend import Recipe, link
from spotai.search import Snapshot
from tests.api.conftest import CheckProblem, open_session, settings_of

PLAYLIST = {"seed": {"playlist_id": "demoplaylist0000000003"}, "features": {"tempo": {"min": 120}}}
AIMS = {"features": {"tempo": {"target": 120}}}


def saved(client: FlaskClient, token: dict[str, str], **given: Any) -> Any:
    body = {"name": "Mine", "recipe": PLAYLIST, **given}
    response = client.post("/api/recipes", json=body, headers=token)
    assert response.status_code == 201, response.text
    return response.get_json()


def key_of(address: str) -> str:
    start, _, key = address.partition("=")
    assert start == "/?recipe"
    return key


def many_songs(snapshot: Snapshot, count: int = 51) -> dict[str, Any]:
    return {"seed": {"track_ids": [track.decode() for track in snapshot.ids[:count]]}}


def test_a_link_opens_as_the_recipe_it_was_made_of(client: FlaskClient) -> None:
    made = client.post("/api/links", json=PLAYLIST).get_json()
    assert key_of(made["link"]) == made["code"] == link.encode(Recipe.model_validate(PLAYLIST))
    opened = client.get(f"/api/recipes/{made['code']}").get_json()
    assert Recipe.model_validate(opened["recipe"], strict=False) == Recipe.model_validate(PLAYLIST)
    playlist = client.get("/api/playlists/demoplaylist0000000003").get_json()
    assert opened["start"] == playlist["name"]
    assert (opened["saved"], opened["demo"]) == (None, True)
    assert client.post("/api/matches", json=opened["recipe"]).status_code == 200


@pytest.mark.parametrize(
    ("recipe", "start", "demo"),
    [
        (AIMS, "Your own aims", False),
        ({"seed": {"track_ids": ["demo000000000000000263"]}}, "1 song", True),
        ({"seed": {"track_ids": ["0" * 22, "1" * 22]}}, "2 songs", False),
    ],
)
def test_a_link_says_what_it_starts_from(
    client_without_database: FlaskClient, recipe: Any, start: str, demo: bool
) -> None:
    code = client_without_database.post("/api/links", json=recipe).get_json()["code"]
    opened = client_without_database.get(f"/api/recipes/{code}").get_json()
    assert (opened["start"], opened["demo"]) == (start, demo)


def test_a_link_names_no_playlist_that_is_not_public(
    client: FlaskClient,
    client_without_database: FlaskClient,
    token: dict[str, str],
    check_problem: CheckProblem,
) -> None:
    private = {"seed": {"playlist_id": "37i9dQZF1DXcBWIGoYBM5M"}}
    check_problem(client.post("/api/links", json=private, headers=token), 404, "not-found", "")
    body = {"name": "Mine", "recipe": private}
    check_problem(client.post("/api/recipes", json=body, headers=token), 404, "not-found", "")
    code = link.encode(Recipe.model_validate(private))
    check_problem(client.get(f"/api/recipes/{code}"), 404, "not-found", "no playlist with this id")
    unknown = client_without_database.post("/api/links", json=private)
    check_problem(unknown, 503, "database-unavailable", "")


@pytest.mark.parametrize(
    ("key", "status", "slug", "detail"),
    [
        ("2.abc", 422, "invalid-recipe-link", "version 2, and this SpotAI reads version 1"),
        ("1.abc", 422, "invalid-recipe-link", "copy it again"),
        ("nobodys", 404, "not-found", "no saved recipe"),
        ("a" * 1_901, 404, "not-found", "no saved recipe"),
        ("1." + "a" * 1_900, 422, "invalid-recipe-link", "at most 1,900 characters"),
    ],
)
def test_a_link_that_cannot_be_opened_says_why(
    client: FlaskClient, check_problem: CheckProblem, key: str, status: int, slug: str, detail: str
) -> None:
    check_problem(client.get(f"/api/recipes/{key}"), status, slug, detail)


def test_a_recipe_of_a_later_version_is_refused_in_words(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    response = client.post("/api/recommendations", json={"version": 2})
    problem = check_problem(response, 422, "invalid-input", "made by a newer SpotAI")
    assert [fault.field for fault in problem.errors] == ["version"]


def test_a_saved_recipe_comes_back(
    client: FlaskClient, app: Flask, token: dict[str, str], snapshot: Snapshot
) -> None:
    mine = saved(client, token)
    assert mine["created"] == mine["updated"] == pytest.approx(time.time(), abs=60)
    assert link.is_link(key_of(mine["link"]))
    long = saved(client, token, recipe=many_songs(snapshot))
    assert key_of(long["link"]) == long["id"]
    stranger = app.test_client()
    for each, recipe in ((mine, PLAYLIST), (long, many_songs(snapshot))):
        for key in (each["id"], key_of(each["link"])):
            opened = stranger.get(f"/api/recipes/{key}").get_json()
            meant = Recipe.model_validate(recipe, strict=False)
            assert Recipe.model_validate(opened["recipe"], strict=False) == meant
            assert opened["saved"] == (each if key == each["id"] else None)


def test_a_session_lists_its_own(client: FlaskClient, app: Flask, token: dict[str, str]) -> None:
    first, second = saved(client, token), saved(client, token)
    assert first["name"] == second["name"]
    assert first["id"] != second["id"]
    other = app.test_client()
    assert other.get("/api/recipes").get_json()["total"] == 0
    saved(other, open_session(other))
    listed = client.get("/api/recipes").get_json()
    assert {each["id"] for each in listed["items"]} == {first["id"], second["id"]}
    page = client.get("/api/recipes?limit=1&offset=1").get_json()
    assert (page["items"], page["total"]) == (listed["items"][1:], 2)


def test_its_owner_changes_and_deletes_it(
    client: FlaskClient, token: dict[str, str], check_problem: CheckProblem
) -> None:
    address = f"/api/recipes/{saved(client, token)['id']}"
    changed = client.put(address, json={"name": "New", "recipe": AIMS}, headers=token).get_json()
    opened = client.get(address).get_json()
    assert opened["saved"] == changed
    assert opened["recipe"]["features"]["tempo"]["target"] == 120
    deleted = client.delete(address, headers=token)
    assert deleted.get_json() == {"deleted": changed["id"]}
    check_problem(client.delete(address, headers=token), 404, "not-found", "")
    check_problem(client.get(address), 404, "not-found", "")


def test_others_do_not(
    client: FlaskClient, app: Flask, token: dict[str, str], check_problem: CheckProblem
) -> None:
    address = f"/api/recipes/{saved(client, token)['id']}"
    other = app.test_client()
    theirs = open_session(other)
    body = {"name": "Theirs", "recipe": AIMS}
    check_problem(other.put(address, json=body, headers=theirs), 404, "not-found", "")
    check_problem(other.delete(address, headers=theirs), 404, "not-found", "")
    for method in (client.put, client.delete):
        check_problem(method(address, json=body), 403, "csrf", "X-CSRF-Token")
    check_problem(client.post("/api/recipes", json=body), 403, "csrf", "X-CSRF-Token")
    nobody = app.test_client()
    for method, path in ((nobody.post, "/api/recipes"), (nobody.put, address)):
        check_problem(method(path, json=body), 401, "session-expired", "GET /api/session")
    check_problem(nobody.delete(address), 401, "session-expired", "GET /api/session")
    assert client.get(address).get_json()["saved"]["name"] == "Mine"


@pytest.mark.parametrize("name", ["", "   ", "n" * 101, "a\0b", 3, None])
def test_a_name_says_something(client: FlaskClient, token: dict[str, str], name: Any) -> None:
    body = {"name": name, "recipe": AIMS}
    response = client.post("/api/recipes", json=body, headers=token)
    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == ["name"]


def test_the_longest_recipe_is_saved(client: FlaskClient, token: dict[str, str]) -> None:
    ids = [f"{n:022}" for n in range(20_000)]
    recipe = {"seed": {"track_ids": ids[:10_000]}, "bans": ids[10_000:]}
    made = saved(client, token, recipe=recipe)
    opened = client.get(f"/api/recipes/{made['id']}").get_json()["recipe"]
    assert opened["seed"]["track_ids"] + opened["bans"] == ids


def test_without_the_database_it_is_said(
    client: FlaskClient,
    client_without_database: FlaskClient,
    token: dict[str, str],
    check_problem: CheckProblem,
) -> None:
    cookie = client.get_cookie("spotai_session")
    assert cookie is not None
    client_without_database.set_cookie(cookie.key, cookie.value)
    body = {"name": "Mine", "recipe": AIMS}
    for response in (
        client_without_database.post("/api/recipes", json=body, headers=token),
        client_without_database.get("/api/recipes"),
        client_without_database.get("/api/recipes/nobodys"),
        client_without_database.put("/api/recipes/nobodys", json=body, headers=token),
        client_without_database.delete("/api/recipes/nobodys", headers=token),
    ):
        check_problem(response, 503, "database-unavailable", "")


def test_it_goes_with_its_session(tmp_path: Path, check_problem: CheckProblem) -> None:
    settings = settings_of(tmp_path)
    database = Database(settings.database())
    upgrade(database)
    client = create_app(settings, database=database).test_client()
    mine = saved(client, open_session(client), recipe=AIMS)
    with database.write_aside() as conn:
        assert delete_expired(conn, int(time.time()) + IDLE_SECONDS + 1) == 1
    check_problem(client.get(f"/api/recipes/{mine['id']}"), 404, "not-found", "with the session")
    assert client.get("/api/recipes").get_json()["total"] == 0
    assert client.get(f"/api/recipes/{key_of(mine['link'])}").status_code == 200
    database.close()
