"""Sessions in both databases: found by their id, over after a while, kept as a hash."""

from __future__ import annotations

import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from spotai.catalog.dump import mysql_script
from spotai.catalog.engine import ASIDE_WAIT_SECONDS, Database
from spotai.catalog.sessions import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    SEEN_EVERY_SECONDS,
    UNUSED_SECONDS,
    delete_expired,
    find_session,
    note_seen,
    start_session,
)
from spotai.catalog.tables import session
from spotai.errors import DatabaseUnavailableError

NOW = 1_800_000_000


def test_a_session_is_found_by_its_id_until_it_expires(database: Database) -> None:
    session_id = secrets.token_urlsafe(32)
    with database.write_aside() as conn:
        started = start_session(conn, session_id, NOW)
    assert started.expires == NOW + UNUSED_SECONDS
    with database.read() as conn:
        assert find_session(conn, session_id, NOW + UNUSED_SECONDS - 1) == started
        assert find_session(conn, session_id, NOW + UNUSED_SECONDS) is None
        assert find_session(conn, session_id.swapcase(), NOW) is None


def test_using_it_prolongs_it_but_not_for_ever(database: Database) -> None:
    with database.write_aside() as conn:
        kept = note_seen(conn, "an id", start_session(conn, "an id", NOW), NOW)
        now = NOW
        while now < NOW + LONGEST_SECONDS - IDLE_SECONDS // 2:
            now += IDLE_SECONDS // 2
            assert find_session(conn, "an id", now) == kept
            kept = note_seen(conn, "an id", kept, now)
        assert kept.created == NOW
        assert kept.expires == NOW + LONGEST_SECONDS
        assert find_session(conn, "an id", kept.expires) is None


def test_being_seen_is_noted_once_an_hour(database: Database) -> None:
    with database.write_aside() as conn:
        started = start_session(conn, "an id", NOW)
        kept = note_seen(conn, "an id", started, NOW)
    assert not started.is_due(NOW + SEEN_EVERY_SECONDS), "it has asked for nothing yet"
    assert not kept.is_due(NOW + SEEN_EVERY_SECONDS - 1)
    assert kept.is_due(NOW + SEEN_EVERY_SECONDS)


def test_the_id_itself_is_not_stored(database: Database) -> None:
    session_id = secrets.token_urlsafe(32)
    with database.write_aside() as conn:
        start_session(conn, session_id, NOW)
    with database.read() as conn:
        (row,) = conn.execute(select(session)).all()
        script = "".join(mysql_script(conn))
    assert session_id not in str(row)
    assert row.id_hash not in script, "a dump of the catalog gives sessions away"


def test_expired_ones_are_deleted(database: Database) -> None:
    with database.write_aside() as conn:
        for n in range(3):
            start_session(conn, f"old {n}", NOW - UNUSED_SECONDS - n)
        start_session(conn, "new", NOW)
        assert delete_expired(conn, NOW) == 3
        assert delete_expired(conn, NOW) == 0
        assert find_session(conn, "new", NOW) is not None


def test_a_load_holds_up_no_session_on_a_server(mariadb_database: Database) -> None:
    with mariadb_database.write(bulk=True), mariadb_database.write_aside() as conn:
        start_session(conn, "meanwhile", NOW)
    with mariadb_database.read() as conn:
        assert find_session(conn, "meanwhile", NOW) is not None


def test_many_who_come_at_once_all_get_one(sqlite_database: Database) -> None:
    def come(number: int) -> None:
        with sqlite_database.write_aside() as conn:
            start_session(conn, f"visitor {number}", NOW)

    with ThreadPoolExecutor(16) as visitors:
        list(visitors.map(come, range(320)))
    with sqlite_database.read() as conn:
        assert all(find_session(conn, f"visitor {n}", NOW) for n in range(320))


def test_a_load_in_sqlite_is_not_waited_for_long(sqlite_database: Database) -> None:
    with sqlite_database.write(bulk=True):
        began = time.monotonic()
        with pytest.raises(DatabaseUnavailableError), sqlite_database.write_aside():
            pytest.fail("two writers at once")
        assert time.monotonic() - began < ASIDE_WAIT_SECONDS + 2
        with sqlite_database.read() as conn:
            assert find_session(conn, "an id", NOW) is None
