"""Commands that change the catalog and its snapshot: ``load``, ``snapshot``, ``demo``."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import click
from pydantic import BaseModel

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.commands.terminal import (
    SHOWN_PROBLEMS,
    exit_code,
    json_option,
    leave,
    new_table,
    progress_bar,
    quiet_option,
    warn,
    write,
    write_json,
)
from spotai.errors import ConfigurationError, FormatError, SpotAIError
from spotai.features import FEATURES
from spotai.ingest.load import LoadReport, load_file
from spotai.ingest.snapshots import DEMO_SONGS, load_demo, rebuild
from spotai.search import Snapshot
from spotai.settings import load_settings
from spotai.telemetry import redact

NEXT_STEP = "Next: `spotai snapshot` makes the new songs searchable."
LONGEST_COLUMN = 40


class RefusedRow(BaseModel):
    """A row that was not taken; ``line`` counts from 1."""

    line: int
    reason: str


class LoadAnswer(BaseModel):
    """What became of one file; ``error`` says why it could not be read, and nothing changed.

    ``unused`` are the columns of its header that SpotAI does not know.
    """

    file: str
    format: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    merged: int = 0
    refused: int = 0
    refusals: list[RefusedRow] = []
    playlists: int = 0
    unused: list[str] = []
    seconds: float = 0.0
    error: str | None = None

    @property
    def changed(self) -> bool:
        return bool(self.added or self.updated or self.playlists)

    @classmethod
    def of(cls, file: str, report: LoadReport) -> LoadAnswer:
        refusals = [RefusedRow(**row._asdict()) for row in report.refusals]
        counted = asdict(report) | {"file": file, "refusals": refusals}
        return cls(read=report.read, **counted)


class LoadAnswers(BaseModel):
    files: list[LoadAnswer]


class SnapshotAnswer(BaseModel):
    """``skipped`` songs lack a feature that a search needs."""

    songs: int
    skipped: int
    generation: int
    seconds: float
    folder: str


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@quiet_option
@json_option
def load(files: tuple[str, ...], *, quiet: bool, as_json: bool) -> None:
    """Read songs and playlists into the catalog.

    FILE is a table of songs or a playlist, plain or gzipped, recognised by what is in it;
    docs/formats.md lists all. Real songs replace made-up ones. Loading a file again changes
    nothing. Columns that SpotAI does not know are named.

    Every row that cannot be used is named with its line and the reason; such rows are no failure.
    A file that cannot be read changes nothing and does not stop the others; the exit code is that
    of the first such file.
    """
    database = _open_catalog()
    answers = []
    codes = []
    for file in files:
        shown = click.format_filename(file)
        try:
            with progress_bar(f"Loading {Path(shown).name}", quiet=quiet) as report:
                answer = LoadAnswer.of(shown, load_file(database, _path(file), progress=report))
        except SpotAIError as error:
            message = redact(click.format_filename(error.message))
            click.echo(f"Error: {message}", err=True)
            answer = LoadAnswer(file=shown, error=message)
            codes.append(exit_code(error))
        answers.append(answer)
        if answer.unused:
            _warn_unused(answer)
        if not as_json and answer.error is None:
            _print_load(answer)
    if as_json:
        write_json(LoadAnswers(files=answers))
    elif any(answer.changed for answer in answers):
        write(NEXT_STEP)
    if codes:
        leave(codes[0])


@click.command()
@quiet_option
@json_option
def snapshot(*, quiet: bool, as_json: bool) -> None:
    """Make a new searchable snapshot of the catalog.

    Running servers notice it by themselves. The one before is kept as well.
    """
    database = _open_catalog()
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
    database = _open_catalog()
    with progress_bar("Making up songs", quiet=quiet) as report:
        answer = LoadAnswer.of("demo", load_demo(database, songs, seed=seed, progress=report))
    if as_json:
        write_json(answer)
        return
    _print_load(answer)
    write("These songs are made up; their ids begin with `demo`.")
    write(NEXT_STEP)


def _path(file: str) -> Path:
    if file.lower().startswith(("http://", "https://")):
        raise FormatError("addresses are not read yet: download the file, then load it")
    return Path(file)


def _open_catalog() -> Database:
    """Return the database of the settings, with the tables of this version."""
    database = Database(load_settings().database())
    upgrade(database)
    return database


def _warn_unused(answer: LoadAnswer) -> None:
    columns = [column[:LONGEST_COLUMN] for column in answer.unused[:SHOWN_PROBLEMS]]
    more = len(answer.unused) - len(columns)
    told = f"columns not used: {', '.join(columns)}" + (f" and {more:,} more" if more else "")
    warn(f"{answer.file}: {told}")


def _print_load(answer: LoadAnswer) -> None:
    table = new_table()
    counts = ("read", "added", "updated", "merged", "refused", "playlists")
    for name in (*counts, "seconds"):
        table.add_column(name, justify="right")
    table.add_row(*(f"{getattr(answer, name):,}" for name in counts), f"{answer.seconds:.1f}")
    write(f"{answer.file} ({answer.format})", table)
    if not answer.refused:
        return
    refused = new_table()
    refused.add_column("line", justify="right")
    refused.add_column("refused because", overflow="fold")
    for row in answer.refusals[:SHOWN_PROBLEMS]:
        refused.add_row(f"{row.line:,}", row.reason)
    write(refused)
    if answer.refused > SHOWN_PROBLEMS:
        write(f"and {answer.refused - SHOWN_PROBLEMS:,} more refused rows")
