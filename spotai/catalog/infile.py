"""MySQL's and MariaDB's way for many rows: a file of values that the client sends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import NamedTemporaryFile
from typing import Any, Final

from sqlalchemy import Connection

_ALLOWED: Final = "spotai takes files"
_SPECIAL: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\0": r"\0"})


def takes_files(conn: Connection) -> bool:
    """Return whether the server takes files from its clients, as its administrator decides."""
    if conn.dialect.name == "sqlite":
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
    with NamedTemporaryFile("w", encoding="utf-8", newline="", prefix="spotai-") as file:
        file.writelines(map(_line, rows))
        file.flush()
        stored = conn.exec_driver_sql(
            f"LOAD DATA LOCAL INFILE %s INTO TABLE {table} CHARACTER SET utf8mb4 "
            f"({', '.join(columns)})",
            (file.name,),
        ).rowcount
    warnings = conn.exec_driver_sql("SHOW WARNINGS LIMIT 3").all()
    if warnings or stored != len(rows):
        raise RuntimeError(f"{table} took {stored} of {len(rows)} rows: {warnings}")


def _line(row: Iterable[Any]) -> str:
    return "\t".join(map(_text, row)) + "\n"


def _text(value: str | float | None) -> str:
    """Return a value as the server reads it in a file, with every digit of a number."""
    if isinstance(value, str):
        return value.translate(_SPECIAL)
    if value is None:
        return r"\N"
    return repr(int(value)) if isinstance(value, bool) else repr(value)
