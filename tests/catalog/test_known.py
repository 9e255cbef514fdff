"""The songs a listener knows, in both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from spotai.catalog import known
from spotai.catalog.engine import Database
from spotai.catalog.known import add_known, count_known, forget_known, get_known
from spotai.catalog.owners import Owner
from spotai.catalog.sessions import UNUSED_SECONDS, delete_expired, hash_of, start_session
from spotai.catalog.tables import known_tracks
from spotai.errors import SessionExpiredError, TooLargeError
from tests.made_songs import song_id

NOW = 1_800_000_000
MINE, YOURS = Owner(hash_of("mine")), Owner(hash_of("yours"))


@pytest.fixture(autouse=True)
def two_sessions(database: Database) -> None:
    with database.write_aside() as conn:
        start_session(conn, "mine", NOW)
        start_session(conn, "yours", NOW)


def test_songs_are_known_once_and_by_one_session(database: Database) -> None:
    with database.write_aside() as conn:
        assert add_known(conn, MINE, ["b", "a", "b"]) == (2, 2)
        assert add_known(conn, MINE, ["B", "a"]) == (1, 3)
        assert add_known(conn, MINE, []) == (0, 3)
    with database.read() as conn:
        assert get_known(conn, MINE) == ["B", "a", "b"]
        assert count_known(conn, MINE) == 3
        assert (list(get_known(conn, YOURS)), count_known(conn, YOURS)) == ([], 0)


def test_none_are_known_when_none_were_found(database: Database) -> None:
    with database.write_aside() as conn:
        assert add_known(conn, MINE, []) == (0, 0)
        assert list(get_known(conn, MINE)) == []


def test_they_are_forgotten(database: Database) -> None:
    with database.write_aside() as conn:
        add_known(conn, MINE, ["a"])
        add_known(conn, YOURS, ["a"])
        forget_known(conn, MINE)
        forget_known(conn, MINE)
        assert (count_known(conn, MINE), count_known(conn, YOURS)) == (0, 1)


def test_thirty_thousand_are_kept_and_no_more(database: Database) -> None:
    ids = [song_id(n) for n in range(known.MOST_KNOWN)]
    with database.write_aside() as conn:
        assert add_known(conn, MINE, ids) == (30_000, 30_000)
        assert get_known(conn, MINE) == sorted(ids)
        with pytest.raises(TooLargeError, match="30,000 songs are kept"):
            add_known(conn, MINE, ["one more"])
        assert add_known(conn, MINE, ids[:5]) == (0, 30_000)


def test_they_go_with_their_session(database: Database) -> None:
    with database.write_aside() as conn:
        add_known(conn, MINE, ["a"])
        delete_expired(conn, NOW + UNUSED_SECONDS)
        assert conn.execute(select(known_tracks)).all() == []
    with pytest.raises(SessionExpiredError), database.write_aside() as conn:
        add_known(conn, MINE, ["a"])
