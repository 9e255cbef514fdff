"""``load``: files, addresses and public data sets into the catalog."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click
from pydantic import BaseModel

from spotai.catalog.engine import Database
from spotai.commands.catalog import open_catalog
from spotai.commands.load_report import (
    NEXT_STEP,
    LoadAnswer,
    LoadAnswers,
    print_load,
    warn_unused,
)
from spotai.commands.terminal import (
    INTERRUPTED,
    exit_code,
    json_option,
    leave,
    new_table,
    progress_bar,
    quiet_option,
    write,
    write_json,
)
from spotai.errors import SpotAIError
from spotai.ingest.downloads import Say, downloaded
from spotai.ingest.load import LoadReport, load_file
from spotai.ingest.public_sets import (
    PUBLIC_SETS,
    SPOTIFY_TERMS,
    PublicSet,
    Wanted,
    check_is,
    wanted,
)
from spotai.settings import load_settings
from spotai.telemetry import redact

INTERRUPTED_LINE: Final = (
    "Interrupted. What is reported above is loaded, the rest changed nothing. The same command "
    "goes on from here."
)


class SetAnswer(BaseModel):
    """A public data set; ``address`` is null where ``page`` asks for a login."""

    name: str
    title: str
    holds: str
    rows: int
    lacks: str
    format: str
    file: str
    page: str
    licence: str
    address: str | None

    @classmethod
    def of(cls, known: PublicSet) -> SetAnswer:
        return cls(**{name: getattr(known, name) for name in cls.model_fields})


class SetAnswers(BaseModel):
    sets: list[SetAnswer]


@click.command()
@click.argument("files", nargs=-1, metavar="FILE|URL|SET…")
@click.option("--list", "listing", is_flag=True, help="List the public data sets known by name.")
@click.option("--keep", is_flag=True, help="Keep what was downloaded.")
@quiet_option
@json_option
def load(files: tuple[str, ...], *, listing: bool, keep: bool, quiet: bool, as_json: bool) -> None:
    """Read songs and playlists into the catalog.

    FILE is a table of songs or a playlist, plain or gzipped, recognised by what is in it;
    docs/formats.md lists all. URL is the https address of such a file: it is downloaded first,
    and goes on where it stopped when that was interrupted. SET is a public data set by its name;
    one that needs a login is followed by the file you downloaded.

    Real songs replace made-up ones. Loading a file again changes nothing. Columns that SpotAI
    does not know are named.

    Every row that cannot be used is named with its line and the reason; such rows are no failure.
    A file that cannot be read changes nothing and does not stop the others; the exit code is that
    of the first such file.
    """
    if listing == bool(files):
        raise click.UsageError("Name files, addresses or sets to load, or give --list alone.")
    if listing:
        _list_sets(as_json=as_json)
        return
    things = list(wanted(files))
    try:
        _load_all(things, keep=keep, quiet=quiet, as_json=as_json)
    except KeyboardInterrupt:
        click.echo(INTERRUPTED_LINE, err=True)
        leave(INTERRUPTED)


def _load_all(things: list[Wanted], *, keep: bool, quiet: bool, as_json: bool) -> None:
    database = open_catalog()
    answers = []
    codes = []
    for thing in things:
        shown = thing.name or click.format_filename(thing.place)
        try:
            answer = LoadAnswer.of(shown, _load_one(database, thing, shown, keep=keep, quiet=quiet))
        except SpotAIError as error:
            message = redact(click.format_filename(error.message))
            click.echo(f"Error: {message}", err=True)
            answer = LoadAnswer(file=shown, error=message)
            codes.append(exit_code(error))
        answers.append(answer)
        if answer.unused:
            warn_unused(answer)
        if not as_json and answer.error is None:
            print_load(answer)
    if as_json:
        write_json(LoadAnswers(files=answers))
    elif any(answer.changed for answer in answers):
        write(NEXT_STEP)
    if codes:
        leave(codes[0])


def _load_one(
    database: Database, thing: Wanted, shown: str, *, keep: bool, quiet: bool
) -> LoadReport:
    if known := thing.public_set:
        _tell(f"{known.name}: {known.title}. Not in it: {known.lacks}.")
        _tell(f"Licence: {known.licence}. {SPOTIFY_TERMS}")
    with ExitStack() as stack:
        path = Path(thing.place)
        if thing.remote:
            say: Say | None = None if quiet else _tell
            with progress_bar("Downloading", quiet=quiet, of_bytes=True) as report:
                folder = load_settings().data_dir / "downloads"
                file = downloaded(thing.place, folder, keep=keep, progress=report, say=say)
                path = stack.enter_context(file)
        if known:
            check_is(known, path, shown)
        with progress_bar(f"Loading {Path(shown).name}", quiet=quiet) as report:
            folder = load_settings().data_dir
            folder.mkdir(parents=True, exist_ok=True)
            return load_file(database, path, name=thing.name, folder=folder, progress=report)


def _list_sets(*, as_json: bool) -> None:
    if as_json:
        write_json(SetAnswers(sets=[SetAnswer.of(known) for known in PUBLIC_SETS.values()]))
        return
    table = new_table()
    for name in ("set", "what it is", "not in it", "how to get it"):
        table.add_column(name, overflow="fold")
    table.add_column("rows", justify="right")
    for known in PUBLIC_SETS.values():
        how = "downloaded" if known.address else f"{known.file} from {known.page}"
        what = f"{known.title}: {known.holds}. Licence: {known.licence}"
        table.add_row(known.name, what, known.lacks, how, f"{known.rows:,}")
    write(table, SPOTIFY_TERMS)


def _tell(text: str) -> None:
    click.echo(redact(text), err=True)
