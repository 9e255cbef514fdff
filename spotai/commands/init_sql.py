"""The command ``init-sql``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO

import click

from spotai.catalog.dump import mysql_script
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.commands.terminal import progress_bar, quiet_option
from spotai.ingest.snapshots import DEMO_SONGS, load_demo

HEADING = """\
-- A SpotAI catalog with {songs:,} made-up songs, for an empty MySQL or MariaDB database:
--   mysql -u USER -p DATABASE < init.sql
-- docs/mysql.md says more. Written by `spotai init-sql`; write it anew instead of editing it.
"""


@click.command("init-sql")
@click.argument("file", type=click.File("wb", lazy=True, atomic=True), default="-")
@click.option(
    "--songs",
    type=click.IntRange(min=1),
    default=DEMO_SONGS,
    show_default=True,
    help="How many songs to make up.",
)
@quiet_option
def init_sql(file: BinaryIO, *, songs: int, quiet: bool) -> None:
    """Write an SQL script of a catalog with made-up songs, for MySQL or MariaDB.

    FILE is stdout if not said. The same version of SpotAI always writes the same script; no
    database is needed for it, and none is changed.
    """
    with tempfile.TemporaryDirectory() as folder:
        # The script holds what the loader stores: a catalog is made, and read from there.
        database = Database(f"sqlite:///{Path(folder) / 'catalog.sqlite3'}")
        upgrade(database)
        with progress_bar("Making up songs", quiet=quiet) as report:
            load_demo(database, songs, progress=report)
        file.write(HEADING.format(songs=songs).encode())
        with database.read() as conn:
            file.writelines(part.encode() for part in mysql_script(conn))
        database.close()
