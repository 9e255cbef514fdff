"""A listener's playlists on Spotify, from the list to a recommendation, against a stand-in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.readings import begin_reading, take_reading
from spotai.catalog.tables import account
from spotai.search import Snapshot
from spotai.spotify.standin import Standin
from tests.api.browsers import Browser
from tests.api.conftest import CheckProblem, log_in
from tests.api.listeners import (
    FOREIGN,
    LONG,
    MINE,
    NEW_TO_US,
    ODD,
    ids,
    songs_of,
    until,
)
from tests.servers.spotify_logins import a_song


def asked(stage: Standin) -> int:
    return sum(call.path.startswith("/v1/") for call in stage.calls())


def opened(browser: Browser, playlist_id: str, query: str = "") -> Any:
    """Ask for a playlist until it is read to its end."""
    return until(
        lambda: browser.get(f"/api/playlists/{playlist_id}{query}"),
        lambda answer: answer["reading"] is None,
    )


def test_the_list_is_the_listeners(browser: Browser) -> None:
    answer = browser.get("/api/playlists").get_json()
    assert (answer["source"], answer["total"]) == ("spotify", 6)
    assert [
        (one["id"], one["name"], one["tracks"], one["own"], one["unreadable"])
        for one in answer["items"]
    ] == [
        ("liked", "Liked songs", 10, True, None),
        (MINE, "Mine", 40, True, None),
        (LONG, "Long", 260, True, None),
        (ODD, "Odd", 12, True, None),
        (NEW_TO_US, "New to us", 2, True, None),
        (FOREIGN, "Ben's", 1, False, "followed"),
    ]
    assert answer["items"][1]["description"] == "Forty songs"
    page = browser.get("/api/playlists?limit=2&offset=1").get_json()
    assert [one["id"] for one in page["items"]] == [MINE, LONG]


def test_the_catalogs_are_a_click_away(browser: Browser, listening_app: Flask) -> None:
    guests = Browser(listening_app).get("/api/playlists").get_json()
    assert guests["source"] == "demo"
    assert browser.get("/api/playlists?source=catalog").get_json() == guests
    first = guests["items"][0]["id"]
    assert browser.get(f"/api/playlists/{first}").get_json()["source"] == "demo"


def test_a_guest_has_none_on_spotify(
    listening_app: Flask, check_problem: CheckProblem, browser: Browser
) -> None:
    guest = Browser(listening_app)
    check_problem(guest.get("/api/playlists?source=spotify"), 401, "spotify-login-needed", "Log in")
    browser.get("/api/playlists")
    opened(browser, MINE)
    check_problem(guest.get(f"/api/playlists/{MINE}"), 404, "not-found", "no playlist")
    seed = {"seed": {"playlist_id": MINE}}
    check_problem(guest.client.post("/api/profiles", json=seed), 404, "not-found", "no playlist")


def test_a_playlist_comes_with_its_songs(browser: Browser, snapshot: Snapshot) -> None:
    answer = opened(browser, MINE, "?limit=10&offset=35")
    assert (answer["source"], answer["total"], answer["owner"]) == ("spotify", 40, "Ada")
    assert ids(answer) == [song.id for song in songs_of(snapshot, range(35, 40))]
    assert (answer["unmatched"], answer["unknown"]) == ([], [])


def test_a_second_look_asks_spotify_nothing(browser: Browser, stage: Standin) -> None:
    first = opened(browser, MINE)
    before = asked(stage)
    assert browser.get(f"/api/playlists/{MINE}").get_json() == first
    assert asked(stage) == before


def test_what_is_no_song_is_counted_with_its_reason(browser: Browser, snapshot: Snapshot) -> None:
    answer = opened(browser, ODD)
    songs = songs_of(snapshot, range(31))
    # Another release of a song is found by its title and artist.
    assert ids(answer) == [*(song.id for song in songs[:5]), songs[30].id]
    assert answer["skipped"] == {
        "local": 2,
        "episode": 1,
        "removed": 1,
        "duplicate": 1,
        "unknown": 1,
    }
    assert answer["unknown"] == [a_song(1).id]
    assert [(one["line"], one["reason"]) for one in answer["unmatched"]] == [
        (6, "Spotify has removed it"),
        (7, "a file of your own, which Spotify does not know"),
        (8, "a file of your own, which Spotify does not know"),
        (9, "an episode of a podcast"),
        (11, "no song of the catalog is this one"),
    ]
    assert answer["unmatched"][1]["text"] == "Mine – Me"


def test_a_long_playlist_is_read_behind_the_answer(browser: Browser, stage: Standin) -> None:
    browser.get("/api/playlists")
    stage.hold("GET /v1/playlists/", 0.8, times=6)
    answer = browser.get(f"/api/playlists/{LONG}").get_json()
    assert answer["reading"]["total"] == 260
    assert 0 < answer["reading"]["done"] < 260
    assert answer["skipped"] is None
    answer = opened(browser, LONG)
    assert (answer["total"], answer["skipped"]["unknown"]) == (260, 0)


def test_profile_and_recommendations_from_a_playlist(browser: Browser, snapshot: Snapshot) -> None:
    opened(browser, MINE)
    seed = {"playlist_id": MINE}
    track_ids = {"track_ids": [song.id for song in songs_of(snapshot, range(40))]}
    for path in ("/api/profiles", "/api/recommendations", "/api/matches"):
        answer = browser.change("POST", path, json={"seed": seed})
        assert answer.status_code == 200, answer.text
        assert (
            answer.get_json() == browser.change("POST", path, json={"seed": track_ids}).get_json()
        )


def test_songs_we_do_not_know_are_said(browser: Browser, check_problem: CheckProblem) -> None:
    opened(browser, ODD)
    profile = browser.change("POST", "/api/profiles", json={"seed": {"playlist_id": ODD}})
    assert profile.get_json()["songs"] == 6
    (unknown,) = profile.get_json()["unknown"]
    assert (unknown["id"], unknown["reason"]) == (a_song(1).id, "not_in_catalog")
    check_problem(
        browser.change("POST", "/api/profiles", json={"seed": {"playlist_id": NEW_TO_US}}),
        422,
        "no-known-tracks",
        "none of the 2 songs",
    )


def test_a_seed_that_was_never_opened_is_read_first(
    browser: Browser, stage: Standin, check_problem: CheckProblem
) -> None:
    browser.get("/api/playlists")
    stage.hold("GET /v1/playlists/", 0.8, times=6)
    asking = {"seed": {"playlist_id": LONG}}
    early = browser.change("POST", "/api/profiles", json=asking)
    check_problem(early, 503, "still-reading", "of 260 songs")
    assert early.headers["Retry-After"] == "2"
    answer = until(
        lambda: browser.change("POST", "/api/profiles", json=asking), lambda answer: True
    )
    assert answer["songs"] == 260


def test_what_was_read_goes_on_without_spotify(browser: Browser, stage: Standin) -> None:
    opened(browser, MINE)
    stage.answer("GET /v1/", 503, times=1000)
    asking = {"seed": {"playlist_id": MINE}}
    assert browser.change("POST", "/api/recommendations", json=asking).status_code == 200
    assert browser.get("/api/playlists").get_json()["source"] == "spotify"
    assert browser.get(f"/api/playlists/{MINE}").status_code == 200


def test_a_pause_of_spotifys_is_passed_on(
    browser: Browser, stage: Standin, check_problem: CheckProblem
) -> None:
    stage.answer("GET /v1/me/playlists", 429, retry_after=31)
    response = browser.get("/api/playlists")
    check_problem(response, 503, "spotify-limited", "pause for 31 seconds")
    assert response.headers["Retry-After"] == "31"
    assert int(browser.get("/api/playlists").headers["Retry-After"]) <= 31
    assert asked(stage) == 2, "who is asking, and the call that was refused"


def test_a_followed_playlist_says_why_not(browser: Browser, check_problem: CheckProblem) -> None:
    browser.get("/api/playlists")
    response = browser.get(f"/api/playlists/{FOREIGN}")
    check_problem(response, 403, "spotify-refused", "owner and collaborators")


def test_liked_songs_are_asked_for_when_they_are_opened(
    listening_app: Flask, check_problem: CheckProblem
) -> None:
    browser = log_in(listening_app)
    first = browser.get("/api/playlists").get_json()["items"][0]
    assert (first["id"], first["unreadable"]) == ("liked", "scope")
    response = browser.get("/api/playlists/liked")
    check_problem(response, 401, "spotify-login-needed", "/login?scope=known")


def test_liked_songs_are_a_playlist(browser: Browser, snapshot: Snapshot) -> None:
    assert ids(opened(browser, "liked")) == [song.id for song in songs_of(snapshot, range(50, 60))]


def test_no_private_id_stands_in_a_link_or_a_saved_recipe(
    browser: Browser, listening_app: Flask, snapshot: Snapshot, check_problem: CheckProblem
) -> None:
    opened(browser, MINE)
    opened(browser, LONG)
    recipe = {"seed": {"playlist_id": MINE}, "size": 5}
    made = browser.change("POST", "/api/links", json=recipe).get_json()
    saved = browser.change("POST", "/api/recipes", json={"name": "M", "recipe": recipe}).get_json()
    long = {"seed": {"playlist_id": LONG}}
    kept = browser.change("POST", "/api/recipes", json={"name": "L", "recipe": long}).get_json()
    check_problem(browser.change("POST", "/api/links", json=long), 422, "invalid-recipe", "50")
    stranger = Browser(listening_app)
    for key, rows in (
        (made["code"], range(40)),
        (saved["id"], range(40)),
        (kept["id"], range(100, 360)),
    ):
        answer = stranger.get(f"/api/recipes/{key}").get_json()
        assert answer["recipe"]["seed"] == {
            "playlist_id": None,
            "track_ids": [song.id for song in songs_of(snapshot, rows)],
        }
        assert MINE not in json.dumps(answer)


@pytest.mark.parametrize("name", ["~known", "~playlists"])
def test_what_else_is_kept_of_a_listener_is_no_playlist(
    browser: Browser, check_problem: CheckProblem, name: str
) -> None:
    browser.get("/api/playlists")
    browser.get("/api/known")
    for path in ("profiles", "recommendations", "links"):
        body = {"seed": {"playlist_id": name}}
        answer = browser.change("POST", f"/api/{path}", json=body)
        check_problem(answer, 404, "not-found", "no playlist")


def test_all_of_it_goes_with_the_account(browser: Browser, listening_app: Flask) -> None:
    opened(browser, MINE)
    assert browser.change("DELETE", "/api/account").status_code == 200
    file = Path(str(listening_app.extensions["spotai"].database.file))
    files = [file, *file.parent.glob(f"{file.name}-*")]
    assert all(MINE.encode() not in one.read_bytes() for one in files if one.exists())


def test_a_process_that_died_only_delays_it(
    listening_app: Flask, browser: Browser, stage: Standin
) -> None:
    browser.get("/api/playlists")
    # What another process began, and left when it died.
    database: Database = listening_app.extensions["spotai"].database
    begin_in_another_process(database)
    other = create_app(listening_app.extensions["spotai"].settings)
    other_browser = Browser(other)
    other_browser.client = other.test_client()
    other_browser.client.set_cookie("spotai_session", browser.cookie or "", domain="127.0.0.1")
    assert opened(other_browser, LONG)["total"] == 260


def begin_in_another_process(database: Database) -> None:
    with database.write() as conn:
        (account_id,) = conn.scalars(select(account.c.id))
        reading = begin_reading(conn, account_id, LONG, "an older state", 260, 1)
        assert take_reading(conn, reading, "dead", 1) is not None
