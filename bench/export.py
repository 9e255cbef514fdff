"""Time the catalog's export to columns, beside reading the same songs without making columns.

    python -m bench.export                      # a million made-up songs, SQLite and MariaDB
    python -m bench.export --file songs.csv     # a file of your own
    python -m bench.export --database ADDRESS   # a catalog that is there already

The rivals read songs with their albums, and nothing else, by one statement in order of id:
"SQLAlchemy" as its rows, "driver" as the tuples of the driver's own cursor, which on MariaDB holds
no result (SSCursor). Each line is a process of its own. Processor time is that of this process,
without the server's; private memory is the peak of what the process holds for itself alone, with
the program (Linux only).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
from pymysql.cursors import SSCursor  # type: ignore[import-untyped]
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from bench.load import write_songs
from bench.machine import PrivatePeak, describe_machine
from spotai.catalog.columns import column_batches
from spotai.catalog.engine import Connection, Database
from spotai.catalog.tables import album, track
from spotai.features import NAMES
from spotai.ingest.cycles import no_cycles
from tests.servers.mariadb import HOW_TO_GET_IT, find_programs, run_mariadb

ROWS_AT_ONCE: Final = 10_000
PACKAGES: Final = ("numpy", "pymysql", "sqlalchemy")
_SONGS: Final = (
    select(
        track.c.id,
        track.c.title,
        track.c.explicit,
        track.c.release_date,
        track.c.artwork,
        album.c.name,
        *(track.c[name] for name in NAMES),
    )
    .outerjoin(album)
    .order_by(track.c.id)
)


@click.command()
@click.option("--songs", default=1_000_000, show_default=True, help="How many songs to make up.")
@click.option("--file", type=click.Path(exists=True, path_type=Path), help="Load this file.")
@click.option("--database", help="Read the catalog at this address; load nothing.")
@click.option("--child", type=click.Choice(["export", "SQLAlchemy", "driver"]), hidden=True)
def main(songs: int, file: Path | None, database: str | None, child: str | None) -> None:
    """Print songs a second, processor time a song, and private memory."""
    if child and database:
        click.echo(json.dumps(_measure(WAYS[child], database)))
        return
    table = Table("database", "way", "songs", "songs/s", "CPU µs a song", "private MB")
    for name, address in [("given", database)] if database else _loaded(songs, file):
        for way in WAYS:
            found = _in_process_of_its_own(way, address)
            speed = f"{found['songs'] / found['seconds']:,.0f}"
            spent = f"{found['cpu'] / found['songs'] * 1e6:.1f}"
            memory = "?" if found["private_mb"] is None else f"{found['private_mb']:.0f}"
            table.add_row(name, way, f"{found['songs']:,}", speed, spent, memory)
    console = Console()
    console.print(json.dumps(describe_machine(PACKAGES)))
    console.print(table)


def _loaded(songs: int, file: Path | None) -> Iterator[tuple[str, str]]:
    """Yield names and addresses of catalogs, each there until the next is asked for."""
    programs = find_programs()
    if programs is None:
        raise click.ClickException(HOW_TO_GET_IT)
    with tempfile.TemporaryDirectory() as folder:
        path = file or write_songs(Path(folder) / "songs.csv", songs)
        address = f"sqlite:///{folder}/bench.sqlite3"
        _load(path, address)
        yield "SQLite", address
        with run_mariadb(*programs) as server, server.fresh_database() as url:
            address = url.render_as_string(hide_password=False)
            _load(path, address)
            yield "MariaDB", address


def _load(path: Path, address: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SPOTAI_DATABASE_URL": address, "SPOTAI_DATA_DIR": folder}
        words = [sys.executable, "-m", "spotai", "load", str(path), "--quiet"]
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)


def _in_process_of_its_own(way: str, address: str) -> dict[str, Any]:
    words = [sys.executable, "-m", "bench.export", "--child", way, "--database", address]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measure(read: Callable[[Connection], Iterator[int]], address: str) -> dict[str, Any]:
    database = Database(address)
    began, spent = time.perf_counter(), time.process_time()
    with PrivatePeak() as memory, database.read() as conn, no_cycles():
        songs = sum(read(conn))
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    database.close()
    return {"songs": songs, "seconds": seconds, "cpu": cpu, "private_mb": memory.peak_mb}


def _export(conn: Connection) -> Iterator[int]:
    return map(len, column_batches(conn))


def _rows(conn: Connection) -> Iterator[int]:
    streaming = conn.execution_options(yield_per=ROWS_AT_ONCE)
    return map(len, streaming.execute(_SONGS).partitions())


@contextmanager
def _cursor(conn: Connection) -> Iterator[Any]:
    driver: Any = conn.connection.driver_connection
    cursor = driver.cursor() if conn.dialect.name == "sqlite" else driver.cursor(SSCursor)
    try:
        yield cursor
    finally:
        cursor.close()


def _tuples(conn: Connection) -> Iterator[int]:
    with _cursor(conn) as cursor:
        cursor.execute(str(_SONGS.compile(conn)))
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield len(rows)


WAYS: Final = {"export": _export, "SQLAlchemy": _rows, "driver": _tuples}

if __name__ == "__main__":
    main()
