"""What a listener knows by Spotify is read behind the answers, once a session, and left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from spotai.search import Snapshot
from spotai.settings import Settings
from spotai.spotify.standin import Listener, Playlist, Standin
from spotai.spotify.standin.cast import made_id
from tests.api.browsers import Browser
from tests.api.conftest import CheckProblem, listening, log_in
from tests.api.listeners import ids, songs_of, until
from tests.servers.spotify_logins import StartStandin

ASKED = {"seed": {"track_ids": []}, "features": {"energy": {"target": 0.6}}, "size": 200}
EXCLUDE = ASKED | {"variety": {"familiar": "exclude"}}
# Forty, 260, and six of the odd playlist of which five are among the forty; the liked ones, and
# those played most and last.
KNOWN_ROWS = {*range(40), *range(50, 60), 61, 62, 63, *range(100, 360)}


def recommended(browser: Browser, recipe: Any) -> Any:
    return until(
        lambda: browser.change("POST", "/api/recommendations", json=recipe), lambda answer: True
    )


def known(browser: Browser) -> Any:
    return until(lambda: browser.get("/api/known"), lambda answer: answer["spotify"]["complete"])[
        "spotify"
    ]


def test_what_is_known_is_left_out(browser: Browser, snapshot: Snapshot) -> None:
    known_ids = {song.id for song in songs_of(snapshot, sorted(KNOWN_ROWS))}
    assert known_ids & set(ids(recommended(browser, ASKED)))
    assert not known_ids & set(ids(recommended(browser, EXCLUDE)))
    told = known(browser)
    # Two songs of the playlists are unknown to the catalog, and may come to it.
    assert told["songs"] == len(known_ids) + 2
    assert (told["done"], told["total"], told["lacks"]) == (324, 324, [])


def test_it_is_said_how_far_it_is(
    browser: Browser, stage: Standin, check_problem: CheckProblem
) -> None:
    browser.get("/api/playlists")
    stage.hold("GET /v1/playlists/", 0.5, times=8)
    response = browser.change("POST", "/api/matches", json=EXCLUDE)
    check_problem(response, 503, "still-reading", "songs you know are being read")
    told = browser.get("/api/known").get_json()["spotify"]
    assert not told["complete"]
    assert told["problem"] is None
    assert known(browser)["done"] == 324


def test_it_is_read_once_a_session(browser: Browser, stage: Standin) -> None:
    known(browser)
    asked = len(stage.calls())
    known(browser)
    recommended(browser, EXCLUDE)
    assert len(stage.calls()) == asked


def test_songs_added_here_count_as_well(browser: Browser, snapshot: Snapshot) -> None:
    known(browser)
    before = ids(recommended(browser, EXCLUDE))
    added = browser.change("POST", "/api/known", json={"text": before[0]}).get_json()
    assert (added["songs"], added["added"]) == (1, 1)
    assert before[0] not in ids(recommended(browser, EXCLUDE))


def test_a_login_that_covers_only_playlists_says_what_it_lacks(listening_app: Flask) -> None:
    browser = log_in(listening_app)
    assert known(browser)["lacks"] == ["recent", "top", "liked"]
    browser.log_in("?scope=known", Listener(id="ada", name="Ada"))
    told = until(lambda: browser.get("/api/known"), lambda answer: answer["spotify"]["lacks"] == [])
    assert told["spotify"]["complete"]


def test_a_pause_in_the_middle_is_said_and_gone_on_from(
    browser: Browser, stage: Standin, check_problem: CheckProblem
) -> None:
    browser.get("/api/playlists")
    stage.answer("GET /v1/playlists/", 429, retry_after=1, skip=2)
    until(
        lambda: browser.get("/api/known"),
        lambda answer: answer["spotify"]["problem"] is not None or answer["spotify"]["complete"],
    )
    assert known(browser)["done"] == 324
    calls = [call for call in stage.calls() if call.status == 429]
    assert len(calls) == 1


def test_guests_know_what_they_added(listening_app: Flask) -> None:
    assert Browser(listening_app).get("/api/known").get_json() == {"songs": 0, "spotify": None}


def test_a_library_of_thousands(
    settings: Settings, tmp_path: Path, start_standin: StartStandin, snapshot: Snapshot
) -> None:
    songs = tuple(songs_of(snapshot, range(4_000)))
    long = Playlist(made_id("all"), "All", songs)
    standin = start_standin([Listener(id="ada", name="Ada", playlists=(long,))])
    browser = log_in(listening(settings, tmp_path / "data", standin), "?scope=known")
    assert known(browser)["songs"] == 4_000
