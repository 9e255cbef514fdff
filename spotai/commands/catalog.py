"""Commands that change the catalog and its snapshot: ``snapshot``, ``demo``."""

from __future__ import annotations

import time

import click
from pydantic import BaseModel

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.commands.load_report import NEXT_STEP, LoadAnswer, print_load
from spotai.commands.terminal import (
    json_option,
    new_table,
    progress_bar,
    quiet_option,
    write,
    write_json,
)
from spotai.errors import ConfigurationError
from spotai.features import FEATURES
from spotai.ingest.snapshots import DEMO_SONGS, load_demo, rebuild
from spotai.search import Snapshot
from spotai.settings import load_settings


class SnapshotAnswer(BaseModel):
    """``skipped`` songs lack a feature that a search needs."""

    songs: int
    skipped: int
    generation: int
    seconds: float
    folder: str


@click.command()
@quiet_option
@json_option
def snapshot(*, quiet: bool, as_json: bool) -> None:
    """Make a new searchable snapshot of the catalog.

    Running servers notice it by themselves. The one before is kept as well.
    """
    database = open_catalog()
    began = time.perf_counter()
    with progress_bar("Building the snapshot", quiet=quiet) as report:
        folder = rebuild(database, load_settings().snapshots_dir, progress=report)
    manifest = Snapshot.open(folder).manifest
    answer = SnapshotAnswer(
        songs=manifest.songs,
        skipped=manifest.skipped,
        generation=manifest.generation,
        seconds=round(time.perf_counter() - began, 2),
        folder=str(folder),
    )
    if as_json:
        write_json(answer)
        return
    needed = ", ".join(feature.label.lower() for feature in FEATURES if feature.required)
    why = f" (a search needs all of {needed})" if answer.skipped else ""
    table = new_table(show_header=False)
    table.add_row("songs", f"{answer.songs:,}")
    table.add_row("skipped", f"{answer.skipped:,}{why}")
    table.add_row("generation", str(answer.generation))
    table.add_row("seconds", f"{answer.seconds:.1f}")
    table.add_row("folder", answer.folder)
    write(table)


@click.command()
@click.option(
    "--songs",
    type=click.IntRange(1),
    default=DEMO_SONGS,
    show_default=True,
    help="How many songs to make up.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**53),
    default=1,
    show_default=True,
    help="Another seed makes up other songs.",
)
@quiet_option
@json_option
def demo(*, songs: int, seed: int, quiet: bool, as_json: bool) -> None:
    """Fill the catalog with made-up songs and playlists.

    They replace the made-up ones that are there. Refused when the catalog holds real songs, and
    in production.
    """
    if load_settings().production:
        raise ConfigurationError(
            "made-up songs are not for production; set SPOTAI_ENV=development, or load real songs: "
            "spotai load FILE"
        )
    database = open_catalog()
    with progress_bar("Making up songs", quiet=quiet) as report:
        answer = LoadAnswer.of("demo", load_demo(database, songs, seed=seed, progress=report))
    if as_json:
        write_json(answer)
        return
    print_load(answer)
    write("These songs are made up; their ids begin with `demo`.")
    write(NEXT_STEP)


def open_catalog() -> Database:
    """Return the database of the settings, with the tables of this version."""
    database = Database(load_settings().database())
    upgrade(database)
    return database
