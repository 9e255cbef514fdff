"""The original's way: the database sorts all songs by the root of a sum of squares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import create_engine

from bench.search_queries import NUMERIC, Answer, Rows, ranges_of
from spotai.features import AXES
from spotai.search import Query, Snapshot
from tests.servers.mariadb import HOW_TO_GET_IT, find_programs, run_mariadb

DUCKDB_THREADS: Final = 2
DUCKDB_MEMORY: Final = "8GB"
DUCKDB_BATCH: Final = 1 << 20
MARIADB_BATCH: Final = 10_000
MARIADB_MEMORY: Final = 1 << 30
# Natural values, which ranges are set on, beside the coordinates of the same name.
VALUES: Final = {name: f"{name}_value" for name in NUMERIC}
COLUMNS: Final = (
    "song INTEGER",
    *(f"{axis} FLOAT" for axis in AXES),
    *(f"{column} DOUBLE" for column in VALUES.values()),
)
CREATE_TABLE: Final = f"CREATE TABLE songs ({', '.join(COLUMNS)})"


@contextmanager
def duckdb_table(snapshot: Snapshot) -> Iterator[Answer]:
    """A table in memory, two threads."""
    options = {"threads": DUCKDB_THREADS, "memory_limit": DUCKDB_MEMORY}
    connection = import_module("duckdb").connect(config=options)
    try:
        connection.execute(CREATE_TABLE)
        for start in range(0, len(snapshot), DUCKDB_BATCH):
            batch = _columns(snapshot, slice(start, start + DUCKDB_BATCH))
            connection.register("batch", batch)
            # A not-a-number is how numpy says that nothing is known.
            known = [f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END" for name in batch]
            known[0] = "song"
            connection.execute(f"INSERT INTO songs SELECT {', '.join(known)} FROM batch")
            connection.unregister("batch")

        def answer(query: Query) -> Rows:
            asked = _select(query, snapshot, "CAST({:.9e} AS FLOAT)")
            found: Rows = connection.execute(asked).fetchnumpy()["song"]
            return found

        yield answer
    finally:
        connection.close()


@contextmanager
def mariadb_table(snapshot: Snapshot) -> Iterator[Answer]:
    """A table of a server of its own, with a gigabyte of memory."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError(HOW_TO_GET_IT)
    with run_mariadb(*programs) as server, server.fresh_database() as url:
        server.run(f"SET GLOBAL innodb_buffer_pool_size = {MARIADB_MEMORY}")
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql(CREATE_TABLE)
            for start in range(0, len(snapshot), MARIADB_BATCH):
                batch = _columns(snapshot, slice(start, start + MARIADB_BATCH))
                places = ", ".join(["%s"] * len(batch))
                connection.exec_driver_sql(f"INSERT INTO songs VALUES ({places})", _rows(batch))
            connection.commit()

            def answer(query: Query) -> Rows:
                asked = _select(query, snapshot, "{:.9e}")
                found = connection.exec_driver_sql(asked).scalars().all()
                return np.array(found, dtype=np.int64)

            yield answer
        engine.dispose()


def _columns(snapshot: Snapshot, rows: slice) -> dict[str, NDArray[Any]]:
    """Return the table's columns for some rows, NaN where nothing is known."""
    numbers = np.arange(len(snapshot), dtype=np.int32)[rows]
    columns: dict[str, NDArray[Any]] = {"song": numbers}
    for axis in AXES:
        coordinates = np.array(snapshot.axis(axis)[rows])
        coordinates[snapshot.missing_on(axis, rows)] = np.nan
        columns[axis] = coordinates
    for name, column in VALUES.items():
        columns[column] = np.array(snapshot.values(name, rows))
    return columns


def _rows(batch: dict[str, NDArray[Any]]) -> list[tuple[float | None, ...]]:
    table = np.array(list(batch.values()), dtype=object)
    table[np.isnan(table.astype(np.float64))] = None
    return [tuple(row) for row in table.T.tolist()]


def _select(query: Query, snapshot: Snapshot, number: str) -> str:
    """Return the statement that asks for the query's songs; ``number`` writes a float."""
    terms = []
    for axis in query.weighted:
        target, weight = query.target[axis], query.weight[axis]
        error = f"({axis} - {number.format(target)})"
        # Where nothing is known: the mean distance of the catalog.
        unknown = number.format(weight * (target * target + 1))
        terms.append(f"COALESCE({number.format(weight)} * {error} * {error}, {unknown})")
    conditions = ["TRUE"]
    for name, (low, high) in ranges_of(query).items():
        conditions.append(f"{VALUES[name]} BETWEEN {low!r} AND {high!r}")
    if query.exclude:
        rows = ", ".join(map(str, snapshot.rows_of(query.exclude)))
        conditions.append(f"song NOT IN ({rows})")
    return (
        f"SELECT song FROM songs WHERE {' AND '.join(conditions)} "
        f"ORDER BY SQRT({' + '.join(terms)}) LIMIT {query.k}"
    )
