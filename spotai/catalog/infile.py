"""MySQL's and MariaDB's way for many rows: a file of values that the client sends."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any, Final

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
    conn: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows that are not there yet; ``table`` and ``columns`` are quoted names.

    Part of the transaction, like any insert. Raises RuntimeError when the server leaves a row
    out or changes a value: of a file it merely warns of what is an error elsewhere.
    """
    with _pipe(_lines(rows)) as name:
        stored = conn.exec_driver_sql(
            f"LOAD DATA LOCAL INFILE %s INTO TABLE {table} CHARACTER SET utf8mb4 "
            f"({', '.join(columns)})",
            (name,),
        ).rowcount
    warnings = conn.exec_driver_sql("SHOW WARNINGS LIMIT 3").all()
    if warnings or stored != len(rows):
        raise RuntimeError(f"{table} took {stored} of {len(rows)} rows: {warnings}")


@contextmanager
def _pipe(lines: Iterable[bytes]) -> Iterator[str]:
    """Yield the name of a pipe that another thread writes to.

    So the server stores the first rows while the last ones are still to be written down.
    """
    reader, writer = os.pipe()
    thread = Thread(target=_write, args=(writer, lines))
    thread.start()
    try:
        yield f"/dev/fd/{reader}"
    finally:
        # Where the server wants no more rows the thread is told so by its next write.
        os.close(reader)
        thread.join()


def _write(writer: int, lines: Iterable[bytes]) -> None:
    with suppress(BrokenPipeError), open(writer, "wb") as pipe:
        pipe.writelines(lines)


def _lines(rows: Sequence[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield rows as the server reads them in a file, column by column because that is faster."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        columns = zip(*rows[start : start + ROWS_AT_ONCE], strict=True)
        texts = zip(*map(_texts, columns), strict=True)
        yield ("\n".join(map("\t".join, texts)) + "\n").encode()


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
