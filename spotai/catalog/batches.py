"""Statements over many keys or rows at once, within what the databases take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import mysql, sqlite

from spotai.catalog.infile import load_data, takes_files

# Well under the 32,766 parameters of one SQLite statement.
KEYS_AT_ONCE: Final = 5_000

# So many rows of our widest table too.
ROWS_AT_ONCE: Final = 500

# Below this one statement with the values in it is as quick.
WORTH_A_FILE: Final = 500

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int = KEYS_AT_ONCE) -> Iterator[list[Item]]:
    """Yield ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def rows_with(
    conn: Connection, table: Table, columns: Sequence[str], key: str, keys: Iterable[str]
) -> list[tuple[Any, ...]]:
    """Return these columns of the rows whose text column ``key`` is one of ``keys``."""
    name, key_name, *listed = _quoted(conn, table.name, key, *columns)
    found: list[tuple[Any, ...]] = []
    for some in batched(keys):
        words = ("SELECT", ", ".join(listed), "FROM", name, "WHERE", key_name, "IN")
        # Straight to the driver: SQLAlchemy takes longer over such a list than the database.
        rows = conn.exec_driver_sql(" ".join((*words, _marks(conn, len(some)))), tuple(some))
        found += map(tuple, rows)
    return found


def insert_rows(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that are not there yet, each with the same keys."""
    if rows:
        values = [tuple(row.values()) for row in rows]
        _insert(conn, *_quoted(conn, table.name, *rows[0]), rows=values)


def insert_tuples(conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert whole rows that are not there yet: texts and numbers in the order of the columns.

    On MySQL and MariaDB many rows travel as a file where the server takes files.
    """
    name, *columns = _quoted(conn, table.name, *table.columns.keys())
    if len(rows) >= WORTH_A_FILE and takes_files(conn):
        load_data(conn, name, columns, rows)
    elif rows:
        _insert(conn, name, *columns, rows=rows)


def insert_many(conn: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert whole rows of any number, by a server that takes files, in one statement.

    They are made in another thread and must not use the connection.
    """
    name, *columns = _quoted(conn, table.name, *table.columns.keys())
    load_data(conn, name, columns, rows)


def _insert(conn: Connection, name: str, *columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    words = ("INSERT INTO", name, f"({', '.join(columns)})", "VALUES")
    row = _marks(conn, len(columns))
    # Straight to the driver: our values need no conversion, and this is the loader's hot path.
    if conn.dialect.name != "sqlite":
        conn.exec_driver_sql(" ".join((*words, row)), list(rows))
        return
    # SQLite takes a third less time for rows that come by the hundred.
    for some in batched(rows, ROWS_AT_ONCE):
        marks = ", ".join([row] * len(some))
        conn.exec_driver_sql(" ".join((*words, marks)), tuple(chain.from_iterable(some)))


def _quoted(conn: Connection, *names: str) -> list[str]:
    return [conn.dialect.identifier_preparer.quote(name) for name in names]


def _marks(conn: Connection, count: int) -> str:
    mark = "?" if conn.dialect.name == "sqlite" else "%s"
    return f"({', '.join([mark] * count)})"


def put_rows(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write whole rows over those with the same primary key."""
    if not rows:
        return
    values = [column for column in table.columns if not column.primary_key]
    if conn.dialect.name == "sqlite":
        lite = sqlite.insert(table)
        changed = {column.name: lite.excluded[column.name] for column in values}
        conn.execute(lite.on_conflict_do_update(set_=changed), rows)
    else:
        my = mysql.insert(table)
        conn.execute(
            my.on_duplicate_key_update({c.name: my.inserted[c.name] for c in values}), rows
        )
