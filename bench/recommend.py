"""Time recommendations against scikit-learn's brute-force neighbours.

    python -m bench.recommend --songs songs.csv.gz --playlists playlists.csv.gz

Each playlist is one query of 30 songs. The rival answers the plain nearest-neighbour part of the
same query: because weights change with every query, it has to rescale the catalog and fit again
each time; it knows no filters, versions or reasons. Both run in one process, in turn.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.neighbors import NearestNeighbors

from spotai.features import AXES
from spotai.recommend import Recipe, Seed, build_profile, find_seeds, recommend
from spotai.recommend.targets import build_model
from spotai.search import Snapshot
from tests.real_songs import playlists_in, snapshot_of_file


@click.command()
@click.option("--songs", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--playlists", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--queries", default=100, show_default=True, help="Playlists to ask for.")
def main(songs: Path, playlists: Path, queries: int) -> None:
    """Print a table of times, in milliseconds, and the median ratio."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of_file(songs, Path(folder))
        recipes = _recipes(playlists, queries)
        ours, rival = [], []
        for recipe in recipes:
            ours.append(_time(lambda r=recipe: recommend(snapshot, r, _no_playlist)))  # type: ignore[misc]
            rival.append(_time(lambda r=recipe: _brute(snapshot, r)))  # type: ignore[misc]
        _report(len(snapshot), np.array(ours), np.array(rival))


def _recipes(playlists: Path, queries: int) -> list[Recipe]:
    some = [ids for _, ids in sorted(playlists_in(playlists).items()) if 20 <= len(ids) <= 1_000]
    return [Recipe(seed=Seed(track_ids=tuple(ids))) for ids in some[:queries]]


def _brute(snapshot: Snapshot, recipe: Recipe) -> None:
    seeds = find_seeds(snapshot, recipe.seed, _no_playlist)
    model = build_model(snapshot, build_profile(snapshot, seeds.rows), recipe)
    axes = list(model.weight)
    scale = np.sqrt([model.weight[axis] for axis in axes])
    scaled = snapshot.coordinates()[:, [AXES.index(axis) for axis in axes]] * scale
    target = np.array([[model.target[axis] for axis in axes]]) * scale
    neighbours = NearestNeighbors(n_neighbors=recipe.size + len(seeds.rows), algorithm="brute")
    neighbours.fit(scaled).kneighbors(target)


def _no_playlist(_: str) -> tuple[str, ...]:
    return ()


def _time(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _report(songs: int, ours: np.ndarray, rival: np.ndarray) -> None:
    table = Table(title=f"{len(ours)} playlists, {songs:,} songs, milliseconds")
    for column in ("", "p50", "p95", "worst"):
        table.add_column(column, justify="right" if column else "left")
    for name, times in (("recommend", ours), ("scikit-learn brute", rival)):
        p50, p95, worst = np.percentile(times, (50, 95, 100))
        table.add_row(name, f"{p50:.0f}", f"{p95:.0f}", f"{worst:.0f}")
    console = Console(file=sys.stdout)
    console.print(table)
    console.print(f"median ratio, rival to ours: {np.median(rival / ours):.1f}")
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"numpy {np.__version__}"
    )


if __name__ == "__main__":
    main()
