"""One database, read and written by many."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest
from sqlalchemy import URL, insert, select, text

from spotai.catalog import engine
from spotai.catalog.engine import Connection, Database
from spotai.catalog.tables import artist
from spotai.errors import DatabaseUnavailableError

ONE: dict[str, str] = {"id": "local" + "0" * 17, "name": "One"}


def test_a_write_is_there_for_the_next_reader(database: Database) -> None:
    with database.write() as conn:
        conn.execute(insert(artist), ONE)
    with database.read() as conn:
        assert conn.execute(select(artist.c.name)).scalar_one() == "One"


def test_a_write_that_fails_leaves_nothing_behind(database: Database) -> None:
    def fail_half_way() -> None:
        with database.write() as conn:
            conn.execute(insert(artist), ONE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with database.read() as conn:
        assert conn.execute(select(artist)).all() == []


def test_a_reader_sees_one_state_while_a_writer_commits(database: Database) -> None:
    with database.read() as reader:
        assert reader.execute(select(artist)).all() == []
        with database.write() as writer:
            writer.execute(insert(artist), ONE)
        assert reader.execute(select(artist)).all() == []


def test_writers_take_turns(database: Database) -> None:
    def add_one() -> None:
        with database.write() as conn:
            known = len(conn.execute(select(artist)).all())
            conn.execute(insert(artist), {"id": f"{known:022}", "name": "x"})

    threads = [threading.Thread(target=add_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as conn:
        assert len(conn.execute(select(artist)).all()) == 8


def test_a_writer_that_waits_in_vain_says_why(database: Database, database_url: URL) -> None:
    impatient = Database(database_url, wait=1)
    with (
        database.write(),
        pytest.raises(DatabaseUnavailableError, match="Another load or change has held"),
        impatient.write(),
    ):
        pass
    impatient.close()


def test_ids_that_differ_by_case_are_different(database: Database) -> None:
    with database.write() as conn:
        conn.execute(insert(artist), [{"id": "abc", "name": "x"}, {"id": "aBc", "name": "y"}])
    with database.read() as conn:
        assert conn.scalars(select(artist.c.id).order_by(artist.c.id)).all() == ["aBc", "abc"]


def _names(database: Database) -> int:
    with database.read() as conn:
        return len(conn.execute(select(artist)).all())


def test_a_forked_child_opens_connections_of_its_own(database: Database) -> None:
    database.ping()
    child = multiprocessing.get_context("fork").Process(target=_names, args=(database,))
    child.start()
    child.join()
    assert child.exitcode == 0
    database.ping()


def test_a_server_that_is_not_there(mariadb_url: URL) -> None:
    gone = Database(mariadb_url.set(port=1, password="hunter2"))
    with pytest.raises(DatabaseUnavailableError) as caught:
        gone.ping()
    assert "MYSQL_" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_a_connection_that_the_server_has_closed_is_replaced(mariadb_url: URL) -> None:
    database = Database(mariadb_url)
    with database.read() as conn:
        number = conn.scalar(text("SELECT CONNECTION_ID()"))
    with Database(mariadb_url).read() as other:
        other.execute(text(f"KILL {number}"))
    database.ping()
    database.close()


def test_a_connection_lost_in_use_is_a_readable_error(mariadb_url: URL) -> None:
    database, killer = Database(mariadb_url), Database(mariadb_url)

    def lose_the_connection() -> None:
        with database.write() as conn:
            number = conn.scalar(text("SELECT CONNECTION_ID()"))
            with killer.read() as other:
                other.execute(text(f"KILL {number}"))
            conn.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailableError, match="cannot be used"):
        lose_the_connection()
    database.ping()
    for used in (database, killer):
        used.close()


def test_a_reader_does_not_wait_for_ever_but_a_change_may_take_long(
    mariadb_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(conn: Connection) -> None:
        conn.execute(text("SELECT SLEEP(2)"))

    monkeypatch.setattr(engine, "READ_SECONDS", 1)
    database = Database(mariadb_url)
    with pytest.raises(DatabaseUnavailableError, match="timed out"), database.read() as conn:
        sleep(conn)
    database.ping()
    with database.write() as conn:
        sleep(conn)
    patient = Database(mariadb_url.update_query_dict({"read_timeout": "5"}))
    with patient.read() as conn:
        sleep(conn)
    for used in (database, patient):
        used.close()


@pytest.mark.parametrize("content", [b"not a database at all, and long enough to be read" * 40])
def test_an_sqlite_file_that_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "spotai.sqlite3"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnavailableError, match="not a database"):
        Database(URL.create("sqlite", database=str(path))).ping()


def test_an_sqlite_file_in_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DatabaseUnavailableError, match="SPOTAI_DATA_DIR"):
        Database(URL.create("sqlite", database=str(tmp_path / "data" / "x.sqlite3"))).ping()
