"""Measure recommendations on playlists, as `python -m spotai evaluate` does, and draw them.

    python -m bench.evaluate --songs songs.csv.gz --playlists playlists.csv.gz --ablation

Writes evaluate.json, evaluate.md and, where matplotlib is installed, evaluate.png.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import click
import numpy as np

from bench.ablation import ablations
from bench.machine import is_installed
from spotai.evaluation import Evaluation, evaluate, read_playlists, read_songs
from spotai.evaluation.metrics import NDCG
from spotai.evaluation.report import HEADINGS, EvaluationAnswer, rows_of, show

RESULTS: Final = Path(__file__).parent / "results"
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--songs", required=True, type=FILE)
@click.option("--playlists", required=True, type=FILE)
@click.option("--source", help="The source whose songs are ranked; the largest if not said.")
@click.option("--upper-bound", is_flag=True, help="Also learn a re-ranker.")
@click.option("--ablation", is_flag=True, help="Also leave out parts of ours.")
@click.option(
    "--results", default=RESULTS, type=click.Path(path_type=Path), help="Where to write to."
)
def main(
    *,
    songs: Path,
    playlists: Path,
    source: str | None,
    upper_bound: bool,
    ablation: bool,
    results: Path,
) -> None:
    """Measure, and write a table, a plot and JSON."""
    measured = evaluate(
        read_songs(songs),
        read_playlists(playlists),
        source=source,
        upper_bound=upper_bound,
        further=ablations if ablation else None,
    )
    click.echo(write_report(results, measured))


def write_report(folder: Path, measured: Evaluation) -> Path:
    """Write the evaluation to ``folder`` and return the table's path."""
    folder.mkdir(parents=True, exist_ok=True)
    answer = EvaluationAnswer.of(measured).model_dump_json(indent=1)
    (folder / "evaluate.json").write_text(answer + "\n", encoding="utf-8")
    lines = [
        "# Recommendations measured on playlists",
        "",
        f"Songs of the source {measured.source}. Means over playlists with 95 % bootstrap "
        "intervals; what the figures mean is in docs/commands.md.",
        "",
    ]
    if is_installed("matplotlib"):
        _draw(folder / "evaluate.png", measured)
        lines += [f"![{NDCG} of each method](evaluate.png)", ""]
    for name, among in measured.sets.items():
        lines += [f"## Set {name}: {among.songs:,} songs, {among.playlists:,} playlists", ""]
        lines += [*_table(HEADINGS, rows_of(among.methods)), ""]
    lines += ["## The first 50 songs", ""]
    guardrails = [
        (name, f"{g.lists:,}", f"{g.duplicate_songs:,}", show(g.top_artist_percent))
        for name, g in measured.guardrails.items()
    ]
    heading = ("from", "lists", "duplicate songs", "most frequent artist, %")
    lines += _table(heading, guardrails)
    table = folder / "evaluate.md"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table


def summary(answer: EvaluationAnswer) -> list[str]:
    """Return the table of docs/algorithm.md: what matters most of each method, without intervals.

    All columns are of set A but for the one that names U.
    """
    columns = {NDCG: NDCG, "recall@500": "recall", "r_precision": "R-precision", "clicks": "clicks"}
    rows = []
    for name, method in answer.sets["A"].methods.items():
        among_used = answer.sets["U"].methods[name].metrics[NDCG].value
        figures = [_figure(method.metrics[metric].value) for metric in columns]
        ratio = method.ratio_to_original
        times = "–" if ratio is None else _figure(ratio.value)
        rows.append((f"`{name}`", *figures, times, _figure(among_used)))
    return _table(("method", *columns.values(), "x original", f"{NDCG} in U"), rows)


def _figure(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---", *["--:"] * (len(head) - 1)]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def _draw(path: Path, measured: Evaluation) -> None:
    """Draw NDCG with its interval for each method, in both sets."""
    # A figure without pyplot needs no screen and no global state.
    figure = import_module("matplotlib.figure").Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    for n, (name, among) in enumerate(measured.sets.items()):
        found = [method.metrics[NDCG] for method in among.methods.values()]
        values = [interval.value for interval in found]
        around = [
            [interval.value - interval.low for interval in found],
            [interval.high - interval.value for interval in found],
        ]
        label = f"set {name}: {among.songs:,} songs"
        places = np.arange(len(found)) + 0.25 * n
        axes.errorbar(values, places, xerr=around, fmt="o", capsize=3, label=label)
        axes.set_yticks(range(len(found)), list(among.methods))
    axes.invert_yaxis()
    axes.set_xlabel(f"{NDCG}, with 95 % intervals")
    axes.grid(axis="x", alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=150)


if __name__ == "__main__":
    main()
