"""Saving goes on where it was cut: no playlist is made twice, no song doubled or lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests

from spotai.catalog.accounts import SpotifyUser, keep_account
from spotai.catalog.engine import Database
from spotai.catalog.saves import LEASE_SECONDS, SETTLE_SECONDS, Mode, hash_of, take_save
from spotai.errors import (
    BusyError,
    SpotifyLimitedError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)
from spotai.ingest.saving import Order, Saver
from spotai.spotify.client import Gateway, SpotifyClient
from spotai.spotify.standin import Listener, Playlist, Standin
from spotai.spotify.standin.cast import made_id
from tests.servers.spotify_logins import READ_SCOPES, Grant, StartStandin, a_song

OLD = made_id("old")
SONGS = tuple(a_song(n) for n in range(400))
IDS = tuple(song.id for song in SONGS)
ORDER = Order("a key of one save", "create", "Mine", "From here", IDS[:300])
ADDING = "POST /v1/playlists/[^/]+/items"
MAKING = "POST /v1/me/playlists"
REPLACING = "PUT /v1/playlists/[^/]+/items"
# Longer than those who call wait in the tests of slow answers.
SLOW_SECONDS = 2.0
IMPATIENT = 0.5


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standin(start_standin: StartStandin) -> Standin:
    old = Playlist(OLD, "Old", SONGS[390:], description="Not made here")
    return start_standin([Listener(id="ann", name="Ann", playlists=(old,), liked=SONGS)])


@pytest.fixture
def make_saver(sqlite_database: Database, standin: Standin, clock: Clock) -> Callable[..., Saver]:
    return saver_maker(sqlite_database, standin, clock)


def saver_maker(database: Database, standin: Standin, clock: Clock) -> Callable[..., Saver]:
    with database.write() as conn:
        ann = keep_account(conn, SpotifyUser("ann", "ann", "Ann"), int(clock()))
    grants: dict[str, Grant] = {}

    def make(holder: str = "me", *, timeout: float = 10, **scopes: str) -> Saver:
        grant = grants.setdefault(str(scopes), Grant(standin, **scopes))
        gateway = Gateway(standin.api_url, timeout=(SLOW_SECONDS, timeout))
        return Saver(database, SpotifyClient(grant, gateway), ann, holder, clock)

    return make


@pytest.fixture
def saver(make_saver: Callable[..., Saver]) -> Saver:
    return make_saver()


@pytest.fixture
def shelf(standin: Standin) -> Callable[[], dict[str, Any]]:
    """What Spotify has: of each playlist by name its description and songs."""
    client = SpotifyClient(Grant(standin), Gateway(standin.api_url))

    def look() -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in client.playlists().rows:
            assert one.name not in found, "made twice"
            songs, offset, more = [], 0, True
            while more:
                part = client.entries(one.id, offset)
                songs += [entry.id for entry in part.rows]
                offset, more = offset + part.count, part.more
            found[one.name] = (one.description, tuple(songs))
        return found

    return look


Shelf = Callable[[], dict[str, Any]]


def test_songs_are_saved_in_their_order(database: Database, standin: Standin, shelf: Shelf) -> None:
    saved = saver_maker(database, standin, Clock())().save(ORDER)
    assert (saved.done, bool(saved.finished)) == (300, True)
    assert shelf()["Mine"] == (f"From here {saved.marker}", IDS[:300])


@pytest.mark.parametrize("public", [False, True])
def test_it_is_private_unless_wanted_otherwise(
    saver: Saver, standin: Standin, public: bool
) -> None:
    saver.save(replace(ORDER, public=public))
    listed = requests.get(
        f"{standin.api_url}me/playlists",
        headers={"Authorization": f"Bearer {Grant(standin).token()}"},
        timeout=10,
    ).json()["items"]
    assert [one["public"] for one in listed if one["name"] == "Mine"] == [public]


def test_the_same_order_is_done_once(saver: Saver, standin: Standin, shelf: Shelf) -> None:
    first = saver.save(ORDER)
    before = len(standin.calls())
    assert saver.save(ORDER) == first
    assert len(standin.calls()) == before
    assert shelf()["Mine"][1] == IDS[:300]


@pytest.mark.parametrize("after_work", [True, False])
def test_a_cut_after_the_playlist_was_asked_for(
    make_saver: Callable[..., Saver],
    standin: Standin,
    shelf: Shelf,
    clock: Clock,
    after_work: bool,
) -> None:
    standin.cut(MAKING, after_work=after_work)
    with pytest.raises(SpotifyUnavailableError):
        make_saver().save(ORDER)
    if not after_work:
        with pytest.raises(SpotifyUnavailableError, match="whether it has") as raised:
            make_saver("other").save(ORDER)
        assert raised.value.retry_after == SETTLE_SECONDS
        clock.now += SETTLE_SECONDS
    make_saver("other").save(ORDER)
    assert shelf()["Mine"][1] == IDS[:300]


@pytest.mark.parametrize("after_work", [True, False])
@pytest.mark.parametrize("skip", [0, 1, 2])
def test_a_cut_while_songs_are_added(
    make_saver: Callable[..., Saver],
    standin: Standin,
    shelf: Shelf,
    clock: Clock,
    skip: int,
    after_work: bool,
) -> None:
    standin.cut(ADDING, skip=skip, after_work=after_work)
    with pytest.raises(SpotifyUnavailableError):
        make_saver().save(ORDER)
    clock.now += 0 if after_work else SETTLE_SECONDS
    make_saver("other").save(ORDER)
    assert shelf()["Mine"][1] == IDS[:300]


@pytest.mark.parametrize("route", [MAKING, ADDING])
def test_a_pause_in_the_middle(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf, route: str
) -> None:
    standin.answer(route, 429, retry_after=9, skip=0 if route == MAKING else 1)
    with pytest.raises(SpotifyLimitedError) as raised:
        make_saver().save(ORDER)
    assert raised.value.retry_after == 9
    make_saver("other").save(ORDER)
    assert shelf()["Mine"][1] == IDS[:300]


def test_a_list_of_songs_that_repeat(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf
) -> None:
    order = Order("repeats", "create", "Same", "", IDS[:1] * 250)
    standin.cut(ADDING, skip=1)
    with pytest.raises(SpotifyUnavailableError):
        make_saver().save(order)
    make_saver().save(order)
    assert shelf()["Same"][1] == IDS[:1] * 250


def test_an_earlier_result_is_replaced_in_place(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf, clock: Clock
) -> None:
    first = make_saver().save(ORDER)
    again = Order(
        "again", "replace", "Mine, newer", "", IDS[150:400], playlist_id=first.playlist_id
    )
    standin.cut(REPLACING)
    standin.cut(ADDING)
    for _ in range(2):
        with pytest.raises(SpotifyUnavailableError):
            make_saver().save(again)
        clock.now += SETTLE_SECONDS
    make_saver().save(again)
    there = shelf()
    assert there["Mine, newer"][1] == IDS[150:400]
    assert "Mine" not in there


@pytest.mark.parametrize("route", [MAKING, ADDING, REPLACING])
def test_an_answer_slower_than_we_wait_doubles_and_wipes_nothing(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf, clock: Clock, route: str
) -> None:
    order = ORDER
    if route == REPLACING:
        made = make_saver().save(replace(ORDER, key="an earlier one"))
        order = replace(ORDER, mode="replace", track_ids=IDS[:250], playlist_id=made.playlist_id)
    clock.now += 1000
    standin.hold(route, SLOW_SECONDS)
    with pytest.raises(SpotifyUnavailableError):
        make_saver(timeout=IMPATIENT).save(order)
    clock.now += SETTLE_SECONDS - 1
    with pytest.raises(SpotifyUnavailableError, match="nothing will be saved twice") as raised:
        make_saver().save(order)
    assert raised.value.retry_after == 1
    time.sleep(SLOW_SECONDS)
    clock.now += 1
    make_saver().save(order)
    assert shelf()["Mine"][1] == order.track_ids


def test_the_wait_counts_from_when_the_call_failed(
    make_saver: Callable[..., Saver], standin: Standin, clock: Clock, shelf: Shelf
) -> None:
    class Late(SpotifyClient):
        def add_songs(self, *args: Any) -> None:
            clock.now += SETTLE_SECONDS
            super().add_songs(*args)

    saver = make_saver()
    saver._client = Late(Grant(standin), Gateway(standin.api_url))
    standin.cut(ADDING, after_work=False)
    with pytest.raises(SpotifyUnavailableError):
        saver.save(ORDER)
    with pytest.raises(SpotifyUnavailableError) as raised:
        make_saver().save(ORDER)
    assert raised.value.retry_after == SETTLE_SECONDS
    clock.now += SETTLE_SECONDS
    make_saver().save(ORDER)
    assert shelf()["Mine"][1] == IDS[:300]


def test_a_replaced_list_that_lost_songs_is_not_called_finished(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf, clock: Clock
) -> None:
    made = make_saver().save(replace(ORDER, key="an earlier one"))
    order = replace(ORDER, mode="replace", playlist_id=made.playlist_id)
    elsewhere = SpotifyClient(Grant(standin), Gateway(standin.api_url))
    standin.answer(ADDING, 429, retry_after=1, skip=1)
    with pytest.raises(SpotifyLimitedError):
        make_saver().save(order)
    elsewhere.replace_songs(made.playlist_id, IDS[:100])
    for _ in range(2):
        with pytest.raises(SpotifyUnavailableError):
            make_saver().save(order)
        clock.now += SETTLE_SECONDS
    assert make_saver().save(order).finished
    assert shelf()["Mine"][1] == IDS[:300]


def test_songs_that_a_listener_takes_away_meanwhile_hold_up_no_save_for_good(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf, clock: Clock
) -> None:
    standin.answer(ADDING, 429, retry_after=1, skip=1)
    with pytest.raises(SpotifyLimitedError):
        make_saver().save(ORDER)
    elsewhere = SpotifyClient(Grant(standin), Gateway(standin.api_url))
    (made,) = (one for one in elsewhere.playlists().rows if one.name == "Mine")
    elsewhere.replace_songs(made.id, IDS[:90])
    with pytest.raises(SpotifyUnavailableError):
        make_saver().save(ORDER)
    clock.now += SETTLE_SECONDS
    assert make_saver().save(ORDER).finished
    assert shelf()["Mine"][1] == IDS[:90] + IDS[100:300]


def test_what_was_not_made_here_is_not_replaced(saver: Saver, shelf: Shelf) -> None:
    order = Order("x", "replace", "Old", "", IDS[:3], playlist_id=OLD)
    with pytest.raises(SpotifyRefusedError, match="saved from here"):
        saver.save(order)
    assert shelf()["Old"] == ("Not made here", IDS[390:])


@pytest.mark.parametrize("after_work", [True, False])
def test_songs_are_appended_once(
    make_saver: Callable[..., Saver],
    standin: Standin,
    shelf: Shelf,
    clock: Clock,
    after_work: bool,
) -> None:
    order = Order("more", "append", "", "", IDS[:150], playlist_id=OLD)
    standin.cut(ADDING, after_work=after_work)
    with pytest.raises(SpotifyUnavailableError):
        make_saver().save(order)
    clock.now += 0 if after_work else SETTLE_SECONDS
    make_saver().save(order)
    assert shelf()["Old"] == ("Not made here", IDS[390:] + IDS[:150])


def test_two_who_save_the_same_at_once(saver: Saver, sqlite_database: Database) -> None:
    with sqlite_database.write() as conn:
        ann = keep_account(conn, SpotifyUser("ann", "ann", "Ann"), 1)
        key, body = hash_of(ORDER.key), hash_of(ORDER.body)
        take_save(conn, ann, key, body, "create", "", holder="other", now=1_800_000_000)
    with pytest.raises(BusyError):
        saver.save(ORDER)


@pytest.mark.parametrize("mode", ["replace", "append"])
def test_two_who_save_into_one_playlist_at_once(
    make_saver: Callable[..., Saver],
    sqlite_database: Database,
    shelf: Shelf,
    clock: Clock,
    mode: Mode,
) -> None:
    made = make_saver().save(ORDER)
    with sqlite_database.write() as conn:
        ann, now = made.account_id, int(clock())
        key = hash_of("another save")
        take_save(conn, ann, key, key, "append", made.playlist_id, holder="other", now=now)
    order = Order("mine", mode, "Mine", "", IDS[:150], playlist_id=made.playlist_id)
    with pytest.raises(BusyError, match="into this playlist"):
        make_saver().save(order)
    assert shelf()["Mine"][1] == IDS[:300]
    clock.now += LEASE_SECONDS
    make_saver().save(order)
    assert shelf()["Mine"][1] == (IDS[:150] if mode == "replace" else IDS[:300] + IDS[:150])


def test_what_another_save_left_unsure_is_waited_for(
    make_saver: Callable[..., Saver], standin: Standin, shelf: Shelf, clock: Clock
) -> None:
    made = make_saver().save(ORDER)
    one = Order("one", "append", "", "", IDS[:50], playlist_id=made.playlist_id)
    standin.cut(ADDING)
    with pytest.raises(SpotifyUnavailableError):
        make_saver().save(one)
    with pytest.raises(BusyError, match="into this playlist"):
        make_saver().save(replace(one, key="two"))
    clock.now += SETTLE_SECONDS
    make_saver().save(replace(one, key="two"))
    assert shelf()["Mine"][1] == IDS[:300] + IDS[:50] * 2


def test_without_the_scope_nothing_is_begun(make_saver: Callable[..., Saver], shelf: Shelf) -> None:
    with pytest.raises(SpotifyRefusedError) as raised:
        make_saver(scopes=READ_SCOPES).save(ORDER)
    assert raised.value.reason == "scope"
    make_saver().save(ORDER)
    assert shelf()["Mine"][1] == IDS[:300]
