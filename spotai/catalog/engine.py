"""The way to the database: one object, two context managers, on SQLite and MySQL alike."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    Engine,
    NullPool,
    create_engine,
    event,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from spotai.catalog.tables import metadata, track
from spotai.catalog.traces import Traces
from spotai.errors import ConfigurationError, DatabaseUnavailableError

# Connection, so that other rooms can name what they pass on without knowing SQLAlchemy.
__all__ = ["Connection", "Database"]

CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 30
# For what holds up every request: better no answer than a late one.
SOON_SECONDS: Final = 2
WRITE_WAIT_SECONDS: Final = 60
ASIDE_WAIT_SECONDS: Final = 2.0
TURN_SECONDS: Final = 0.002
TRACE_SECONDS: Final = 1.0
RECYCLE_SECONDS: Final = 1800
CACHE_KIB: Final = 64 * 1024
# Of a bulk write alone: a client that may send files sends the server any it asks for, and the
# checks cost each row dearly.
BULK_CONNECTION: Final[Mapping[str, int | str]] = MappingProxyType(
    {"local_infile": 1, "init_command": "SET foreign_key_checks = 0, unique_checks = 0"}
)
# Rows that come in the order of their keys need little; sorting an index takes as much again.
BULK_CACHE_KIB: Final = 16 * 1024
CONNECTIONS: Final = 16
BEGIN_TO_WRITE: Final = "BEGIN IMMEDIATE"
FILE_URI: Final = "file:"
UNUSABLE_ARGUMENTS: Final = (
    "SPOTAI_DATABASE_URL has arguments after its ? that the driver does not take; correct them"
)

# What the operator or time can mend; every other code is a fault of a statement of ours.
_SQLITE_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_UNAVAILABLE: Final = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
_MYSQL_UNAVAILABLE: Final = frozenset(
    {
        *(1040, 1041, 1042, 1043, 1053, 1129, 1130, 1203, 1226),  # too busy, or going down
        *(1044, 1045, 1049, 1142, 1227, 1251, 1698, 2059),  # who we are, and what we may
        *(1205, 1213, 1317, 1927, 1969, 3024),  # locks, and statements that were ended
        *(1021, 1030, 1114, 1290, 1836),  # full, or read-only
        *(1034, 1035, 1194, 1195, 1712),  # damaged
        *(0, 1158, 1159, 1160, 1161, 2002, 2003, 2005, 2006, 2012, 2013, 2014, 2026, 2055),
    }
)
_NO_TABLE: Final = re.compile(r"no such table: (\w+)|Table '[^']*\.(\w+)' doesn't exist")


class Database:
    """A database by its SQLAlchemy address, and how to read and write it.

    ``wait`` is how long a writer waits for another one, in seconds. Nothing is opened before the
    first use, and idle connections are closed with the object. May be shared by threads, of which
    ``connections`` never wait for each other, and by the children of a process. ``file`` is where
    an SQLite database lies, made with its folder when it is written first. Raises
    ConfigurationError, also when it connects, for arguments of the address that cannot be used.
    """

    def __init__(
        self,
        url: URL | str,
        *,
        wait: int = WRITE_WAIT_SECONDS,
        connections: int = CONNECTIONS,
    ) -> None:
        self.url: Final = make_url(url)
        self.wait: Final = wait
        self.is_sqlite: Final = self.url.get_backend_name() == "sqlite"
        self.file: Final = _sqlite_file(self.url) if self.is_sqlite else None
        self._aside = threading.Lock()
        try:
            if self.is_sqlite:
                self._engine: Engine = _sqlite_engine(self.url, wait)
                self._soon: Engine = self._engine
                self._writer: Engine = self._engine.execution_options(begin=BEGIN_TO_WRITE)
                self._bulk: Engine = self._writer.execution_options(bulk=True)
            else:
                # Requests must not wait for a frozen server for ever; a change may take long.
                reading = {"read_timeout": READ_SECONDS}
                self._engine = _mysql_engine(self.url, connections, reading)
                # The limit of the address is for reading much.
                address = self.url.difference_update_query(["read_timeout"])
                soon = {"read_timeout": SOON_SECONDS, "connect_timeout": SOON_SECONDS}
                self._soon = _mysql_engine(address, connections, soon)
                self._writer = _mysql_engine(self.url, connections, {})
                self._bulk = _mysql_engine(self.url, 1, BULK_CONNECTION)
        except (ArgumentError, TypeError, ValueError):
            raise ConfigurationError(UNUSABLE_ARGUMENTS) from None
        self._traces = None if self.file is None else Traces(self._engine, self.file)
        for engine in self._engines():
            _forget_connections_after_fork(engine)
            # The end of the process closes connections by itself.
            weakref.finalize(self, engine.dispose).atexit = False

    def __str__(self) -> str:
        # The arguments may hold a password as well.
        return self.url.set(query={}).render_as_string(hide_password=True)

    @contextmanager
    def read(self, *, soon: bool = False) -> Iterator[Connection]:
        """Yield a connection in a transaction that sees one state of the database throughout.

        Raises DatabaseUnavailableError when the database does not answer, now or later; on MySQL
        also when a statement takes longer than ``READ_SECONDS`` (``read_timeout`` in the address),
        or ``SOON_SECONDS`` where the answer is of use only ``soon``.
        """
        engine = self._soon if soon else self._engine
        with self._readable_errors(), engine.begin() as conn:
            yield conn

    @contextmanager
    def write(self, *, bulk: bool = False) -> Iterator[Connection]:
        """Yield a connection in a transaction; writers of all processes take turns.

        Commits at the end, rolls back when the body raises. ``bulk`` ones write a great deal:
        foreign keys are neither checked nor followed, so the body must leave none that points
        nowhere. Raises DatabaseUnavailableError when the database does not answer or another
        writer is not done within ``wait`` seconds.
        """
        writer = self._bulk if bulk else self._writer
        with self._readable_errors(), writer.connect() as conn:
            if self.is_sqlite:
                with conn.begin():
                    yield conn
                return
            with _named_lock(conn, f"spotai.{self.url.database}"[:64], self.wait), conn.begin():
                yield conn

    @contextmanager
    def write_aside(self) -> Iterator[Connection]:
        """Yield a connection for a few rows that loads do not touch; takes no turn with writers.

        SQLite has one writer at a time all the same: there it waits ``ASIDE_WAIT_SECONDS`` at most;
        on MySQL a statement takes ``SOON_SECONDS`` at most. Raises DatabaseUnavailableError when
        the database does not answer or cannot be written now.
        """
        if not self.is_sqlite:
            with self._readable_errors(), self._soon.begin() as conn:
                yield conn
            return
        # Of many who ask SQLite in turns, some would find it busy each time: a lock has a queue.
        until = time.monotonic() + ASIDE_WAIT_SECONDS
        if not self._aside.acquire(timeout=ASIDE_WAIT_SECONDS):
            raise _busy(ASIDE_WAIT_SECONDS)
        try:
            engine = self._engine.execution_options(until=until)
            with self._readable_errors(ASIDE_WAIT_SECONDS), engine.begin() as conn:
                yield conn
        finally:
            self._aside.release()

    def leave_no_trace(self, *, later: bool = False) -> bool:
        """Bring changes into SQLite's file and empty its log, where deleted rows still stand.

        Returns whether it was done. A reader or writer may be in the way: ``later`` goes on trying
        in a thread then, for some minutes. Raises DatabaseUnavailableError.
        """
        if self._traces is None:
            return True
        with self._readable_errors():
            emptied = self._traces.empty(TRACE_SECONDS)
        if later and not emptied:
            self._traces.empty_later()
        return emptied

    def ping(self) -> None:
        """Read from the tables. Raises DatabaseUnavailableError when they do not answer soon."""
        with self.read(soon=True) as conn:
            conn.execute(select(track.c.id).limit(1))

    def close(self) -> None:
        """Close every idle connection; the next use opens new ones."""
        for engine in self._engines():
            engine.dispose()

    def _engines(self) -> tuple[Engine, ...]:
        return self._engine, self._soon, self._writer, self._bulk

    @contextmanager
    def _readable_errors(self, wait: float | None = None) -> Iterator[None]:
        try:
            if self.file is not None and "mode" not in self.url.query:
                self.file.parent.mkdir(parents=True, exist_ok=True)
            yield
        except DBAPIError as error:
            code = self._code(error)
            if self.is_sqlite and code in _SQLITE_BUSY:
                raise _busy(self.wait if wait is None else wait) from error
            unavailable = _SQLITE_UNAVAILABLE if self.is_sqlite else _MYSQL_UNAVAILABLE
            if error.connection_invalidated or code in unavailable or _lacks_our_tables(error):
                raise self._unavailable(str(error.orig)) from error
            raise
        except PoolTimeoutError as error:
            raise self._unavailable("all of its connections are in use") from error
        except FileExistsError as error:
            raise self._unavailable(f"{error.filename} is not a folder") from error

    def _code(self, error: DBAPIError) -> object:
        """Return the code by which the database names the error, None without one."""
        if self.is_sqlite:
            # The low byte is the code, the rest of it says more.
            return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return error.orig.args[0] if error.orig and error.orig.args else None

    def _unavailable(self, reason: str) -> DatabaseUnavailableError:
        what = "the file, its folder and the disk" if self.is_sqlite else "that the server runs"
        return DatabaseUnavailableError(
            f"The database {self} cannot be used: {reason}. Check {what}, and the settings "
            "SPOTAI_DATABASE_URL, MYSQL_* and SPOTAI_DATA_DIR."
        )


def _sqlite_file(url: URL) -> Path | None:
    """Return the file of an SQLite address, None in memory.

    A database may be named by a URI: https://www.sqlite.org/uri.html
    """
    name = url.database or ""
    if name.startswith(FILE_URI):
        name = unquote(urlsplit(name).path)
    in_memory = name in {"", ":memory:"} or url.query.get("mode") == "memory"
    return None if in_memory else Path(name)


def _sqlite_engine(url: URL, wait: int) -> Engine:
    # A connection that is kept would keep a file that was deleted or put back from a backup.
    url = url.set(drivername="sqlite")
    if (url.database or "").startswith(FILE_URI):
        url = url.update_query_dict({"uri": "true"})
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": wait})
    _name_unusable_arguments(engine)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _entry: ConnectionPoolEntry) -> None:
        # Python's driver begins transactions late and never before DDL; we say BEGIN ourselves.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            # What is deleted is overwritten: tokens and names must not be left in the file.
            "secure_delete=ON",
            f"cache_size=-{CACHE_KIB}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "invalidate")
    def _release(
        connection: Any, _entry: ConnectionPoolEntry, _error: BaseException | None
    ) -> None:
        # After Ctrl-C a traceback may keep the connection alive, and with it the write lock.
        connection.rollback()

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        options = conn.get_execution_options()
        if options.get("bulk"):
            # Has no effect inside a transaction; the connection is not used again.
            conn.exec_driver_sql("PRAGMA foreign_keys=OFF")
            # Songs are no secrets, and the word index is rewritten with every load.
            conn.exec_driver_sql("PRAGMA secure_delete=OFF")
            conn.exec_driver_sql(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")
        if "until" in options:
            _await_turn(conn, options["until"])
        else:
            conn.exec_driver_sql(options.get("begin", "BEGIN"))

    return engine


def _await_turn(conn: Connection, until: float) -> None:
    """Begin to write as soon as SQLite lets us; its own waiting sleeps longer with every try."""
    conn.exec_driver_sql("PRAGMA busy_timeout=0")
    driver = conn.connection.driver_connection
    while driver is not None and time.monotonic() < until:
        try:
            driver.execute(BEGIN_TO_WRITE)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _SQLITE_BUSY:
                break
            time.sleep(TURN_SECONDS)
        else:
            return
    conn.exec_driver_sql(BEGIN_TO_WRITE)


def _mysql_engine(url: URL, connections: int, arguments: Mapping[str, int | str]) -> Engine:
    """``arguments`` of the driver are for what the address does not say itself."""
    defaults = {"connect_timeout": CONNECT_SECONDS, **arguments}
    engine = create_engine(
        url.set(drivername="mysql+pymysql"),
        pool_size=connections,
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        isolation_level="REPEATABLE READ",
        connect_args={
            "charset": "utf8mb4",
            **{name: value for name, value in defaults.items() if name not in url.query},
        },
    )
    _name_unusable_arguments(engine)
    return engine


def _name_unusable_arguments(engine: Engine) -> None:
    @event.listens_for(engine, "do_connect")
    def _connect(
        dialect: Dialect, _entry: ConnectionPoolEntry, args: tuple[Any, ...], options: Any
    ) -> Any:
        try:
            return dialect.connect(*args, **options)
        except (TypeError, ValueError, LookupError, AttributeError, OSError):
            # Of no kind of the driver's own; the message may hold what follows the "?".
            raise ConfigurationError(UNUSABLE_ARGUMENTS) from None


def _lacks_our_tables(error: DBAPIError) -> bool:
    """Whether the database, or its file, was replaced by one without our tables."""
    missing = _NO_TABLE.search(str(error.orig))
    return missing is not None and (missing[1] or missing[2]) in metadata.tables


@contextmanager
def _named_lock(conn: Connection, name: str, wait: int) -> Iterator[None]:
    """Hold a lock of the MySQL server; it outlives transactions and dies with the connection."""
    taken = conn.scalar(text("SELECT GET_LOCK(:name, :wait)"), {"name": name, "wait": wait})
    # The transaction must begin after the wait, or it would see the state before the other writer.
    conn.rollback()
    if taken != 1:
        raise _busy(wait)
    try:
        yield
    finally:
        if not conn.invalidated:
            conn.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": name})
            conn.rollback()


def _busy(wait: float) -> DatabaseUnavailableError:
    return DatabaseUnavailableError(
        f"Another load or change has held the database for {wait} seconds. "
        "Try again when it is done."
    )


def _forget_connections_after_fork(engine: Engine) -> None:
    """Make a forked child open connections of its own: two processes must never share one."""
    reference = weakref.ref(engine)

    def forget() -> None:
        if (live := reference()) is not None:
            live.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
