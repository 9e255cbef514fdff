"""Statements over many keys or rows at once, within what the databases take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import mysql, sqlite

# Well under the 32,766 parameters of one SQLite statement.
KEYS_AT_ONCE: Final = 5_000

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int = KEYS_AT_ONCE) -> Iterator[list[Item]]:
    """Yield ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def insert_rows(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that are not there yet."""
    if not rows:
        return
    statement = insert(table).compile(dialect=conn.dialect, column_keys=list(rows[0]))
    # Straight to the driver: our values need no conversion, and this is the loader's hot path.
    order = statement.positiontup
    values = rows if order is None else [tuple([row[name] for name in order]) for row in rows]
    conn.exec_driver_sql(str(statement), values)


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
