"""The way to the database: one object, two context managers, on SQLite and MySQL alike."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from spotai.errors import DatabaseUnavailableError

# Connection, so that other rooms can name what they pass on without knowing SQLAlchemy.
__all__ = ["Connection", "Database"]

CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 30
WRITE_WAIT_SECONDS: Final = 60
RECYCLE_SECONDS: Final = 1800
CACHE_KIB: Final = 64 * 1024


class Database:
    """A database by its SQLAlchemy address, and how to read and write it.

    ``wait`` is how long a writer waits for another one, in seconds. Nothing is opened before the
    first use, and idle connections are closed with the object. May be shared by threads, and by
    the children of a process.
    """

    def __init__(self, url: URL | str, *, wait: int = WRITE_WAIT_SECONDS) -> None:
        self.url: Final = make_url(url)
        self.wait: Final = wait
        self.is_sqlite: Final = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._engine: Engine = _sqlite_engine(self.url, wait)
            self._writer: Engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        else:
            # Requests must not wait for a frozen server for ever; a large change may take long.
            self._engine = _mysql_engine(self.url, {"read_timeout": READ_SECONDS})
            self._writer = _mysql_engine(self.url, {})
        for engine in (self._engine, self._writer):
            _forget_connections_after_fork(engine)
            weakref.finalize(self, engine.dispose)

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that sees one state of the database throughout.

        Raises DatabaseUnavailableError when the database does not answer, now or later; on MySQL
        also when a statement takes longer than ``READ_SECONDS`` (``read_timeout`` in the address).
        """
        with self._readable_errors(), self._engine.begin() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in a transaction; writers of all processes take turns.

        Commits at the end, rolls back when the body raises. Raises DatabaseUnavailableError when
        the database does not answer or another writer is not done within ``wait`` seconds.
        """
        with self._readable_errors(), self._writer.connect() as conn:
            if self.is_sqlite:
                with conn.begin():
                    yield conn
            else:
                with _named_lock(conn, f"spotai.{self.url.database}"[:64], self.wait), conn.begin():
                    yield conn

    def ping(self) -> None:
        """Ask the database for an answer. Raises DatabaseUnavailableError without one."""
        with self.read() as conn:
            conn.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close every idle connection; the next use opens new ones."""
        self._engine.dispose()
        self._writer.dispose()

    @contextmanager
    def _readable_errors(self) -> Iterator[None]:
        try:
            if self.is_sqlite and self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            yield
        except DBAPIError as error:
            # A plain DatabaseError is a damaged file; its other kinds are faults of a statement.
            if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
                raise self._unavailable(str(error.orig)) from error
            raise
        except PoolTimeoutError as error:
            raise self._unavailable("all of its connections are in use") from error
        except FileExistsError as error:
            raise self._unavailable(f"{error.filename} is not a folder") from error

    def _unavailable(self, reason: str) -> DatabaseUnavailableError:
        if self.is_sqlite and "locked" in reason:
            return _busy(self.wait)
        what = "the file, its folder and the disk" if self.is_sqlite else "that the server runs"
        return DatabaseUnavailableError(
            f"The database {self} cannot be used: {reason}. Check {what}, and the settings "
            "SPOTAI_DATABASE_URL, MYSQL_* and SPOTAI_DATA_DIR."
        )


def _sqlite_engine(url: URL, wait: int) -> Engine:
    engine = create_engine(url, connect_args={"timeout": wait})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _entry: ConnectionPoolEntry) -> None:
        # Python's driver begins transactions late and never before DDL; we say BEGIN ourselves.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
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
        conn.exec_driver_sql(conn.get_execution_options().get("begin", "BEGIN"))

    return engine


def _mysql_engine(url: URL, timeouts: dict[str, int]) -> Engine:
    """``timeouts``, in seconds, are for what the address does not say itself."""
    defaults = {"connect_timeout": CONNECT_SECONDS, **timeouts}
    return create_engine(
        url.set(drivername="mysql+pymysql"),
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        isolation_level="REPEATABLE READ",
        connect_args={
            "charset": "utf8mb4",
            **{name: seconds for name, seconds in defaults.items() if name not in url.query},
        },
    )


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


def _busy(wait: int) -> DatabaseUnavailableError:
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
