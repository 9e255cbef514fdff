"""Readings of lists on Spotify: one holder at a time, what was read stays, nothing is mixed up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from spotai.catalog.accounts import SpotifyUser, delete_owner, keep_account, leave
from spotai.catalog.engine import Connection, Database
from spotai.catalog.grants import Grant, put_grant
from spotai.catalog.matched import Songs, find_songs, put_songs
from spotai.catalog.owners import Owner
from spotai.catalog.readings import (
    LEASE_SECONDS,
    Reading,
    Trouble,
    begin_reading,
    complete_reading,
    find_orphans,
    find_reading,
    find_troubles,
    keep_page,
    note_progress,
    outdate_reading,
    pages_of,
    pause_reading,
    take_reading,
)
from spotai.catalog.tables import spotify_page, spotify_reading, spotify_songs
from spotai.errors import GrantEndedError, LeaseLostError

NOW = 1_800_000_000


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    with database.write() as conn:
        yield conn


@pytest.fixture
def ann(conn: Connection) -> str:
    account_id = keep_account(conn, SpotifyUser("ann-for-good", "ann", "Ann"), NOW)
    put_grant(conn, account_id, Grant(b"sealed", (), NOW))
    return account_id


def begin(conn: Connection, account_id: str, mark: str = "one", total: int = 120) -> Reading:
    return begin_reading(conn, account_id, "a", mark, total, NOW)


def held(conn: Connection, reading: Reading, holder: str = "me") -> Reading:
    taken = take_reading(conn, reading, holder, NOW)
    assert taken is not None
    return taken


def store(conn: Connection, reading: Reading, *pages: str) -> Reading:
    for page in pages:
        done = reading.done + 50
        keep_page(conn, reading, "me", entries=page.encode(), done=done, total=100, now=NOW)
        kept = find_reading(conn, reading.account_id, reading.subject)
        assert kept is not None
        reading = kept
    return reading


def pages(conn: Connection, reading: Reading, number: int) -> list[tuple[int, bytes]]:
    return list(pages_of(conn, reading, number))


def test_a_reading_goes_from_page_to_page_to_its_end(conn: Connection, ann: str) -> None:
    reading = held(conn, begin(conn, ann))
    assert (reading.done, reading.total, reading.goes_on) == (0, 120, True)
    reading = store(conn, reading, "first", "second")
    assert (reading.done, reading.total) == (100, 100)
    complete_reading(conn, reading, "me", NOW + 5)
    kept = find_reading(conn, ann, "a")
    assert kept is not None
    assert not kept.goes_on
    assert (kept.complete, kept.complete_mark, kept.finished) == (1, "one", NOW + 5)
    assert pages(conn, kept, 1) == [(0, b"first"), (50, b"second")]
    assert list(pages_of(conn, kept, 1, 50, 100)) == [(50, b"second")]
    assert list(pages_of(conn, kept, 1, 0, 50)) == [(0, b"first")]


def test_one_holder_at_a_time(conn: Connection, ann: str) -> None:
    reading = begin(conn, ann)
    held(conn, reading)
    assert take_reading(conn, reading, "other", NOW + LEASE_SECONDS - 1) is None
    held(conn, reading)
    note_progress(conn, reading, "me", done=1, total=2, now=NOW + 10)
    assert take_reading(conn, reading, "other", NOW + LEASE_SECONDS) is None
    assert take_reading(conn, reading, "other", NOW + 10 + LEASE_SECONDS) is not None
    with pytest.raises(LeaseLostError):
        note_progress(conn, reading, "me", done=2, total=2, now=NOW)
    with pytest.raises(LeaseLostError):
        complete_reading(conn, reading, "me", NOW)


def test_what_was_read_stays_until_the_next_is_read(conn: Connection, ann: str) -> None:
    first = store(conn, held(conn, begin(conn, ann)), "old")
    complete_reading(conn, first, "me", NOW)
    second = begin(conn, ann, "two", 7)
    assert (second.number, second.complete, second.done, second.total) == (2, 1, 0, 7)
    second = store(conn, held(conn, second), "new")
    assert pages(conn, second, 1) == [(0, b"old")]
    complete_reading(conn, second, "me", NOW)
    assert pages(conn, second, 1) == []
    assert pages(conn, second, 2) == [(0, b"new")]


def test_the_same_state_is_begun_once(conn: Connection, ann: str) -> None:
    reading = store(conn, held(conn, begin(conn, ann)), "page")
    assert begin(conn, ann) == reading
    complete_reading(conn, reading, "me", NOW)
    assert not begin(conn, ann).goes_on


def test_what_was_outdated_is_read_again_in_the_same_state(conn: Connection, ann: str) -> None:
    reading = held(conn, begin(conn, ann))
    complete_reading(conn, reading, "me", NOW)
    outdate_reading(conn, ann, "a")
    again = begin(conn, ann)
    assert (again.goes_on, again.number) == (True, 2)


def test_another_state_gives_the_reading_up(conn: Connection, ann: str) -> None:
    first = store(conn, held(conn, begin(conn, ann)), "page")
    second = begin(conn, ann, "two")
    assert pages(conn, second, first.number) == []
    with pytest.raises(LeaseLostError):
        keep_page(conn, first, "me", entries=b"late", done=100, total=100, now=NOW)
    assert take_reading(conn, first, "me", NOW) is None


def test_a_trouble_is_kept_and_waited_for(conn: Connection, ann: str) -> None:
    reading = held(conn, begin(conn, ann))
    trouble = Trouble("spotify-limited", "Wait.", NOW + 60)
    pause_reading(conn, reading, "me", trouble)
    kept = find_reading(conn, ann, "a")
    assert kept is not None
    assert kept.trouble == trouble
    assert find_troubles(conn, ann, "spotify-limited") == {"a"}
    assert take_reading(conn, kept, "other", NOW + 59) is None
    again = take_reading(conn, kept, "other", NOW + 60)
    assert again is not None
    assert again.trouble is None


def test_only_the_holder_pauses(conn: Connection, ann: str) -> None:
    reading = held(conn, begin(conn, ann))
    pause_reading(conn, reading, "other", Trouble("x", "", NOW + 60))
    assert take_reading(conn, reading, "other", NOW) is None
    pause_reading(conn, reading, "me", None)
    assert take_reading(conn, reading, "other", NOW) is not None


def test_orphans_are_what_somebody_could_go_on_with(conn: Connection, ann: str) -> None:
    reading = begin(conn, ann)
    assert find_orphans(conn, NOW, 5) == [reading]
    reading = held(conn, reading)
    assert find_orphans(conn, NOW, 5) == []
    assert find_orphans(conn, NOW + LEASE_SECONDS, 5) == [reading]
    complete_reading(conn, reading, "me", NOW)
    assert find_orphans(conn, NOW + LEASE_SECONDS, 5) == []


def test_songs_are_kept_whole(conn: Connection, ann: str) -> None:
    assert find_songs(conn, ann, "a") is None
    for ids in (("x", "y"), ("z",), ()):
        songs = Songs(3, 7, ids, '{"local": 1}', NOW)
        put_songs(conn, ann, "a", songs)
        assert find_songs(conn, ann, "a") == songs


def test_nothing_is_read_for_an_account_that_is_gone(conn: Connection) -> None:
    with pytest.raises(GrantEndedError):
        begin(conn, "nobody")


@pytest.mark.parametrize("how", ["account", "tokens"])
def test_all_of_it_goes_with_the_account_or_its_tokens(
    conn: Connection, ann: str, how: str
) -> None:
    store(conn, held(conn, begin(conn, ann)), "page")
    put_songs(conn, ann, "a", Songs(1, 1, ("x",), "{}", NOW))
    if how == "account":
        delete_owner(conn, Owner("no session", ann))
    else:
        leave(conn, Owner("the only session", ann))
    for table in (spotify_reading, spotify_page, spotify_songs):
        assert conn.scalar(select(func.count()).select_from(table)) == 0
