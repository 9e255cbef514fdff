"""Songs become a playlist of the listener's, once, and can be opened here again."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flask import Flask

from spotai.search import Snapshot
from spotai.spotify.standin import Standin
from tests.api.browsers import Browser
from tests.api.conftest import CheckProblem, log_in
from tests.api.listeners import MINE, ids, songs_of, until


@pytest.fixture
def saving(listening_app: Flask) -> Browser:
    """Ada's browser; her login lets us save."""
    return log_in(listening_app, "?scope=save")


@pytest.fixture
def asked(snapshot: Snapshot) -> dict[str, Any]:
    """What saves 300 songs."""
    return {
        "key": "made up by the page",
        "name": "Saved",
        "description": "From SpotAI",
        "track_ids": [song.id for song in songs_of(snapshot, range(300))],
    }


def save(browser: Browser, body: dict[str, Any]) -> Any:
    return browser.change("POST", "/api/playlists", json=body)


def opened(browser: Browser, playlist_id: str) -> list[str]:
    found: list[str] = []
    for offset in range(0, 600, 100):
        path = f"/api/playlists/{playlist_id}?limit=100&offset={offset}"
        found += ids(until(partial(browser.get, path), lambda answer: answer["reading"] is None))
    return found


def test_a_list_is_saved_and_opened_again(saving: Browser, asked: dict[str, Any]) -> None:
    saving.get("/api/playlists")
    response = save(saving, asked)
    assert response.status_code == 201, response.text
    saved = response.get_json()
    assert (saved["name"], saved["songs"], saved["url"]) == ("Saved", 300, None)
    assert opened(saving, saved["id"]) == asked["track_ids"]
    listed = saving.get("/api/playlists").get_json()["items"]
    assert saved["id"] in [one["id"] for one in listed]
    made_here = {one["id"] for one in listed if one["made_here"]}
    assert saved["id"] in made_here
    assert MINE not in made_here


def test_a_cut_and_a_pause_in_the_middle_double_nothing(
    saving: Browser, asked: dict[str, Any], stage: Standin, check_problem: CheckProblem
) -> None:
    stage.cut("POST /v1/me/playlists")
    check_problem(save(saving, asked), 503, "spotify-unavailable", "does not answer")
    stage.answer("POST /v1/playlists/[^/]+/items", 429, retry_after=1, skip=1)
    response = save(saving, asked)
    check_problem(response, 503, "spotify-limited", "pause for 1 seconds")
    assert response.headers["Retry-After"] == "1"
    answer = until(lambda: _as_read(save(saving, asked)), lambda answer: True)
    assert opened(saving, answer["id"]) == asked["track_ids"]
    names = [one["name"] for one in saving.get("/api/playlists?limit=100").get_json()["items"]]
    before = names.count("Saved")
    assert save(saving, asked).get_json() == answer
    names = [one["name"] for one in saving.get("/api/playlists?limit=100").get_json()["items"]]
    assert names.count("Saved") == before


def test_a_key_serves_for_one_list(saving: Browser, asked: dict[str, Any]) -> None:
    asked |= {"key": "for one list", "track_ids": asked["track_ids"][:3]}
    first = save(saving, asked)
    assert first.status_code == 201, first.text
    response = save(saving, asked | {"track_ids": asked["track_ids"][:2]})
    assert response.status_code == 422
    (error,) = response.get_json()["errors"]
    assert error["field"] == "key"
    assert "another list" in error["message"]
    assert save(saving, asked).get_json() == first.get_json()


def _as_read(response: Any) -> Any:
    if response.status_code == 201:
        response.status_code = 200
    return response


def test_the_description_leads_back_to_the_recipe(saving: Browser, asked: dict[str, Any]) -> None:
    recipe = {"features": {"energy": {"target": 0.5}}}
    link = saving.change("POST", "/api/links", json=recipe).get_json()["link"]
    saved = save(saving, asked | {"key": "with a link", "link": link}).get_json()
    items = saving.get("/api/playlists?limit=100").get_json()["items"]
    (text,) = [one["description"] for one in items if one["id"] == saved["id"]]
    assert text.startswith(f"From SpotAI http://127.0.0.1:5000{link} spotai-")


def test_an_earlier_result_is_replaced(saving: Browser, asked: dict[str, Any]) -> None:
    saved = save(saving, asked | {"key": "the first one"}).get_json()
    other = {
        "key": "the second one",
        "mode": "replace",
        "playlist_id": saved["id"],
        "track_ids": asked["track_ids"][:5],
    }
    again = save(saving, asked | other).get_json()
    assert (again["id"], again["songs"]) == (saved["id"], 5)
    assert opened(saving, saved["id"]) == asked["track_ids"][:5]


def test_no_playlist_of_the_listeners_own_is_replaced(
    saving: Browser, asked: dict[str, Any], check_problem: CheckProblem
) -> None:
    response = save(saving, asked | {"mode": "replace", "playlist_id": MINE})
    check_problem(response, 403, "spotify-refused", "saved from here")


def test_saving_asks_for_what_it_needs(
    listening_app: Flask, asked: dict[str, Any], check_problem: CheckProblem
) -> None:
    guest = Browser(listening_app)
    check_problem(save(guest, asked), 401, "spotify-login-needed", "save playlists")
    reader = log_in(listening_app)
    check_problem(save(reader, asked), 401, "spotify-login-needed", "/login?scope=save")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"mode": "append"}, "", id="append to nothing"),
        pytest.param({"playlist_id": MINE}, "", id="create over one"),
        pytest.param({"name": "  "}, "", id="blank name"),
        pytest.param({"name": "a\nb"}, "", id="two lines"),
        pytest.param({"track_ids": []}, "track_ids", id="no songs"),
        pytest.param({"track_ids": ["spotify:episode:x"]}, "track_ids.0", id="no song"),
        pytest.param({"link": "https://elsewhere.test/"}, "link", id="another's link"),
        pytest.param({"link": "/?recipe=" + "a" * 300}, "link", id="long link"),
        pytest.param({"key": "short"}, "key", id="short key"),
    ],
)
def test_what_cannot_be_saved_is_named(
    saving: Browser, asked: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    response = save(saving, asked | change)
    assert response.status_code == 422
    assert field in [error["field"] for error in response.get_json()["errors"]]
