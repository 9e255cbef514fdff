"""MySQL's and MariaDB's way for many rows: a file of values that the client sends."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from threading import Thread
from typing import Any, Final, Self

from sqlalchemy import Connection

_ALLOWED: Final = "spotai takes files"
ROWS_AT_ONCE: Final = 1_000

# CLIENT_LOCAL_FILES of the MySQL protocol.
_MAY_SEND_FILES: Final = 0x80

_SPECIAL: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\0": r"\0"})
_SPECIAL_TEXT: Final = frozenset("\\\t\n\0")


def takes_files(conn: Connection) -> bool:
    """Return whether the server takes files, as its administrator decides, on a connection that
    may send them: that of a bulk write.
    """
    driver: Any = conn.connection.dbapi_connection
    if conn.dialect.name == "sqlite" or not driver.client_flag & _MAY_SEND_FILES:
        return False
    if _ALLOWED not in conn.info:
        conn.info[_ALLOWED] = bool(conn.exec_driver_sql("SELECT @@local_infile").scalar())
    return bool(conn.info[_ALLOWED])


def load_data(
    conn: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows that are not there yet; ``table`` and ``columns`` are quoted names.

    Part of the transaction, like any insert. ``rows`` are made in another thread, while the
    server stores: they must not use the connection. Raises what making them raises, and
    RuntimeError when the server leaves a row out or changes a value: of a file it merely warns of
    what is an error elsewhere.
    """
    with _Pipe(rows) as pipe:
        stored = conn.exec_driver_sql(
            f"LOAD DATA LOCAL INFILE %s INTO TABLE {table} CHARACTER SET utf8mb4 "
            f"({', '.join(columns)})",
            (pipe.name,),
        ).rowcount
    warnings = conn.exec_driver_sql("SHOW WARNINGS LIMIT 3").all()
    if warnings or stored != pipe.rows:
        raise RuntimeError(f"{table} took {stored} of {pipe.rows} rows: {warnings}")


class _Pipe:
    """A named pipe that another thread writes rows to.

    So the server stores the first rows while the last ones are still to be written down.
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._waiting = iter(rows)
        self._reader, self._writer = os.pipe()
        self._thread = Thread(target=self._write)
        self._error: BaseException | None = None
        self.name = f"/dev/fd/{self._reader}"
        self.rows = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Where the server wants no more rows the thread is told so by its next write.
        os.close(self._reader)
        self._thread.join()
        if self._error:
            raise self._error

    def _write(self) -> None:
        try:
            with suppress(BrokenPipeError), os.fdopen(self._writer, "wb") as pipe:
                while some := list(islice(self._waiting, ROWS_AT_ONCE)):
                    self.rows += len(some)
                    pipe.write(_lines(some))
        except BaseException as error:  # noqa: BLE001 - raised where the rows are waited for
            self._error = error


def _lines(rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Return rows as the server reads them in a file, column by column because that is faster."""
    texts = zip(*map(_texts, zip(*rows, strict=True)), strict=True)
    return ("\n".join(map("\t".join, texts)) + "\n").encode()


def _texts(column: Sequence[str | float | None]) -> list[str]:
    """Return values as the server reads them in a file, with every digit of a number."""
    kinds = set(map(type, column))
    if kinds == {str}:
        texts: Sequence[str] = column  # type: ignore[assignment]
        escaped = not _SPECIAL_TEXT.isdisjoint("".join(texts))
        return [text.translate(_SPECIAL) for text in texts] if escaped else list(texts)
    if kinds <= {int, float}:
        return list(map(repr, column))
    return list(map(_text, column))


def _text(value: str | float | None) -> str:
    if isinstance(value, str):
        return value.translate(_SPECIAL)
    if value is None:
        return r"\N"
    return repr(int(value)) if isinstance(value, bool) else repr(value)
