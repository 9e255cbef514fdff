"""One database, read and written by many."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import URL, insert, select, text
from sqlalchemy.exc import DBAPIError

from spotai.catalog import engine
from spotai.catalog.engine import Connection, Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.tables import artist
from spotai.errors import ConfigurationError, DatabaseUnavailableError
from tests.forked import run_forked

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
    assert run_forked(_names, database, times=1) == [0]
    database.ping()


def test_a_server_that_is_not_there(mariadb_url: URL) -> None:
    gone = Database(mariadb_url.set(port=1, password="hunter2"))
    with pytest.raises(DatabaseUnavailableError) as caught:
        gone.ping()
    assert "MYSQL_" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_a_connection_that_the_server_has_closed_is_replaced(mariadb_url: URL) -> None:
    database = Database(mariadb_url)
    upgrade(database)
    with database.read() as conn:
        number = conn.scalar(text("SELECT CONNECTION_ID()"))
    with Database(mariadb_url).read() as other:
        other.execute(text(f"KILL {number}"))
    database.ping()
    database.close()


def test_a_connection_lost_in_use_is_a_readable_error(mariadb_url: URL) -> None:
    database, killer = Database(mariadb_url), Database(mariadb_url)
    upgrade(database)

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


@pytest.mark.long
def test_a_reader_does_not_wait_for_ever_but_a_change_may_take_long(
    mariadb_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(conn: Connection) -> None:
        conn.execute(text("SELECT SLEEP(2)"))

    monkeypatch.setattr(engine, "READ_SECONDS", 1)
    database = Database(mariadb_url)
    with pytest.raises(DatabaseUnavailableError, match="timed out"), database.read() as conn:
        sleep(conn)
    with database.read() as conn:
        assert conn.scalar(text("SELECT 1")) == 1
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


def test_a_file_that_is_put_back_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "spotai.sqlite3"
    database = Database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    with database.write() as conn:
        conn.execute(insert(artist), ONE)
    good = path.read_bytes()

    def replace_by(content: bytes) -> None:
        path.unlink()
        path.write_bytes(content)

    def delete() -> None:
        path.unlink()

    for harm in (lambda: replace_by(b"garbage" * 5_000), lambda: path.write_bytes(b""), delete):
        harm()
        with pytest.raises(DatabaseUnavailableError):
            database.ping()
        with pytest.raises(DatabaseUnavailableError):
            _names(database)
        replace_by(good)
        database.ping()
        assert _names(database) == 1


def test_the_arguments_of_an_address_are_never_shown(mariadb_url: URL) -> None:
    url = mariadb_url.set(port=1, query={"password": "hunter2"})
    assert "hunter2" not in str(Database(url))
    with pytest.raises(DatabaseUnavailableError) as caught:
        Database(url).ping()
    assert "hunter2" not in caught.value.message


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///{folder}/x.sqlite3?timeout=hunter2",
        "mysql+pymysql://me@127.0.0.1:1/x?hunter2=yes",
        "mysql+pymysql://me@127.0.0.1:1/x?connect_timeout=hunter2",
        "mysql+pymysql://me@127.0.0.1:1/x?ssl_ca=/hunter2",
        "mysql+pymysql://me@127.0.0.1:1/x?plugin=hunter2",
    ],
)
def test_arguments_no_driver_takes_are_a_fault_of_the_settings(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(ConfigurationError, match="SPOTAI_DATABASE_URL") as caught:
        Database(address.format(folder=tmp_path)).ping()
    assert "hunter2" not in caught.value.message
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("driver", ["sqlite+aiosqlite", "sqlite+nowhere"])
def test_sqlite_is_read_by_the_driver_that_comes_with_python(tmp_path: Path, driver: str) -> None:
    database = Database(f"{driver}:///{tmp_path}/x.sqlite3")
    upgrade(database)
    database.ping()


def test_an_sqlite_file_in_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(DatabaseUnavailableError, match=r"not a folder.*SPOTAI_DATA_DIR"):
        Database(URL.create("sqlite", database=str(tmp_path / "blocked" / "x.sqlite3"))).ping()


def test_a_fault_of_a_statement_stays_one(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as conn:
        conn.execute(text("SELECT mood FROM nowhere"))


def test_a_database_that_may_not_be_written_is_a_readable_error(tmp_path: Path) -> None:
    path = tmp_path / "spotai.sqlite3"
    database = Database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    database.close()
    read_only = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(DatabaseUnavailableError, match="readonly"), read_only.write() as conn:
        conn.execute(insert(artist), ONE)
    read_only.close()


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite:///{folder}/new/a b.sqlite3", "new/a b.sqlite3"),
        ("sqlite:///file:{folder}/new/a%20b.sqlite3?uri=true", "new/a b.sqlite3"),
        ("sqlite:///file:///{folder}/new/x.sqlite3", "new/x.sqlite3"),
        ("sqlite:///file://localhost{folder}/new/x.sqlite3?cache=private", "new/x.sqlite3"),
        ("sqlite:///file:new/x.sqlite3", "here/new/x.sqlite3"),
        ("sqlite:///new/x.sqlite3", "here/new/x.sqlite3"),
    ],
)
def test_an_sqlite_file_is_made_where_its_address_says_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, file: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    database = Database(address.format(folder=tmp_path))
    upgrade(database)
    database.ping()
    assert database.file is not None
    assert database.file.resolve() == tmp_path / file
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {Path(file)}


@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_an_address_of_what_is_there_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.chdir(tmp_path)
    absent = Database(f"sqlite:///file:{tmp_path}/none/x.sqlite3?mode={mode}")
    with pytest.raises(DatabaseUnavailableError, match="unable to open"):
        absent.ping()
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_memory_has_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for address in ("sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&cache=shared"):
        database = Database(address)
        upgrade(database)
        assert database.file is None
    assert list(tmp_path.iterdir()) == []


def test_a_full_database_is_a_readable_error(tmp_path: Path) -> None:
    database = Database(URL.create("sqlite", database=str(tmp_path / "spotai.sqlite3")))
    upgrade(database)

    def overfill() -> None:
        with database.write() as conn:
            conn.execute(text("PRAGMA max_page_count = 1"))
            names = [{"id": f"{n:022}", "name": "x" * 100} for n in range(10_000)]
            conn.execute(insert(artist), names)

    with pytest.raises(DatabaseUnavailableError, match="full"):
        overfill()
    database.close()


def test_an_unknown_database_and_a_wrong_password_are_readable_errors(mariadb_url: URL) -> None:
    for url in (mariadb_url.set(database="nowhere"), mariadb_url.set(password="wrong")):
        with pytest.raises(DatabaseUnavailableError, match="MYSQL_"):
            Database(url).ping()


def test_as_many_threads_as_were_asked_for_never_wait(database_url: URL) -> None:
    database = Database(database_url, connections=20)
    with ExitStack() as held:
        for _ in range(20):
            held.enter_context(database.read()).execute(text("SELECT 1"))
    database.close()
