"""``evaluate``: how good recommendations are, measured on playlists."""

from __future__ import annotations

from pathlib import Path

import click

from spotai.commands.terminal import (
    json_option,
    new_table,
    progress_bar,
    quiet_option,
    write,
    write_json,
)
from spotai.evaluation import Evaluation, read_playlists, read_songs
from spotai.evaluation import evaluate as measure_methods
from spotai.evaluation.report import HEADINGS, EvaluationAnswer, rows_of, show

_file = click.Path(path_type=Path)


@click.command()
@click.option("--songs", required=True, type=_file, metavar="FILE", help="A table of songs.")
@click.option("--playlists", required=True, type=_file, metavar="FILE", help="Their playlists.")
@click.option(
    "--source",
    metavar="NAME",
    help="The source whose songs are ranked; the one with most songs if not said.",
)
@click.option("--upper-bound", is_flag=True, help="Also learn a re-ranker; takes minutes.")
@quiet_option
@json_option
def evaluate(
    *,
    songs: Path,
    playlists: Path,
    source: str | None,
    upper_bound: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Measure recommendations on playlists, and compare methods.

    Half of each playlist is hidden; a method sees the other half and ranks all songs. Neither the
    catalog nor its snapshot is used or changed.
    """
    with progress_bar("Reading songs", quiet=quiet) as report:
        table = read_songs(songs, report)
    lists = read_playlists(playlists)
    with progress_bar("Ranking songs", quiet=quiet) as report:
        result = measure_methods(
            table, lists, source=source, upper_bound=upper_bound, progress=report
        )
    if as_json:
        write_json(EvaluationAnswer.of(result))
    else:
        _print(result)


def _print(result: Evaluation) -> None:
    for name, among in result.sets.items():
        table = new_table()
        for n, heading in enumerate(HEADINGS):
            table.add_column(heading, justify="right" if n else "left", no_wrap=not n)
        for row in rows_of(among.methods):
            table.add_row(*row)
        write(f"Set {name}: {among.songs:,} songs, {among.playlists:,} playlists.", table)
    for name, seen in result.guardrails.items():
        write(
            f"First songs of {seen.lists:,} lists from {name.replace('_', ' ')}: "
            f"{seen.duplicate_songs:,} duplicates; "
            f"{show(seen.top_artist_percent)} % by the most frequent artist."
        )
    write(f"Songs of the source {result.source}; means with 95 % intervals over playlists.")
