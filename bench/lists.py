"""Measure what order, random seed, spread and versions do to the lists of real playlists.

    python -m bench.lists --songs songs.csv.gz --playlists playlists.csv.gz

The mean cost of a step from one song to the next (spotai/recommend/order.py) in a smooth list, a
greedy one, the closest first and a shuffled one, whose mean is that over all pairs. And what a
draw costs: the mean match of the list with a random seed against the list without. What a spread
does: the mean match, and the mean distance of two songs of the list, by the recipe's own weights.
How many songs are listed in place of a version further from the original. And to which share of a
list one seed is nearest.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from spotai.recommend import Recipe, Recommendation, Seed, build_profile, query_of, recommend
from spotai.recommend.marginal import Marginal
from spotai.recommend.order import UNIT, transitions
from spotai.recommend.originals import originals
from spotai.recommend.pipeline import ORIGINAL_MATCHES_LESS
from spotai.recommend.recipe import Variety
from spotai.recommend.targets import build_model
from spotai.recommend.tour import nearest_neighbour_paths, path_cost, shortest_path
from spotai.search import Snapshot
from spotai.search.version_kinds import VersionKind
from tests.real_songs import playlists_in, snapshot_of_file

DRAWS = (1, 2, 3)
SPREADS = (0.25, 0.5, 1.0)


@click.command()
@click.option("--songs", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--playlists", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--queries", default=100, show_default=True, help="Playlists to ask for.")
@click.option("--size", "sizes", multiple=True, default=(10, 30, 100, 500), show_default=True)
def main(songs: Path, playlists: Path, queries: int, sizes: tuple[int, ...]) -> None:
    """Print a line of figures for each size of list."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of_file(songs, Path(folder))
        known = [
            ids
            for _, ids in sorted(playlists_in(playlists).items())
            if 20 <= (snapshot.rows_of(ids) >= 0).sum() <= 1_000
        ][:queries]
        for size in sizes:
            seeds = [Seed(track_ids=tuple(ids)) for ids in known]
            _report_order(snapshot, seeds, size)
            _report_draw(snapshot, seeds, size)
            _report_spread(snapshot, seeds, size)
            _report_originals(snapshot, seeds, size)
            _report_nearest(snapshot, seeds, size)


def _report_order(snapshot: Snapshot, seeds: Sequence[Seed], size: int) -> None:
    costs, times = [], []
    for seed in seeds:
        rows = _rows(_ask(snapshot, Recipe(seed=seed, size=size)))
        steps = transitions(snapshot, rows)
        started = time.perf_counter()
        smooth = shortest_path(steps)
        times.append(time.perf_counter() - started)
        greedy = nearest_neighbour_paths(steps, 1)[0]
        paths = (smooth, greedy, np.arange(len(rows)))
        count = len(rows) - 1
        shuffled = steps.sum() / (count * len(rows))
        costs.append([*(path_cost(steps, path) / count for path in paths), shuffled])
    smooth_, greedy_, closest, shuffled = np.mean(costs, axis=0) / UNIT
    click.echo(
        f"{len(seeds)} lists of {size}: smooth {smooth_:.3f}, greedy {greedy_:.3f}, "
        f"closest {closest:.3f}, shuffled {shuffled:.3f}; "
        f"ms: median {np.median(times) * 1000:.1f}, worst {max(times) * 1000:.1f}"
    )


def _report_draw(snapshot: Snapshot, seeds: Sequence[Seed], size: int) -> None:
    matches: list[tuple[float, float]] = []
    stayed: list[float] = []
    again: list[float] = []
    for seed in seeds:
        exact = _ask(snapshot, Recipe(seed=seed, size=size))
        drawn = [
            _ask(snapshot, Recipe(seed=seed, size=size, variety=Variety(random_seed=number)))
            for number in DRAWS
        ]
        matches.append((_match(exact), float(np.mean([_match(each) for each in drawn]))))
        stayed += [_common(exact, each) for each in drawn]
        again += [_common(a, b) for a, b in pairwise(drawn)]
    exact_match, drawn_match = np.mean(matches, axis=0)
    click.echo(
        f"  drawn: mean match {exact_match:.3f} -> {drawn_match:.3f}; of the songs "
        f"{np.mean(stayed):.0%} in the list without seed, {np.mean(again):.0%} in the next draw"
    )


def _report_spread(snapshot: Snapshot, seeds: Sequence[Seed], size: int) -> None:
    figures: dict[float, list[tuple[float, float, float]]] = {0.0: []}
    for seed in seeds:
        for share in (0.0, *SPREADS):
            recipe = Recipe(seed=seed, size=size, variety=Variety(spread=share))
            started = time.perf_counter()
            found = _ask(snapshot, recipe)
            seconds = time.perf_counter() - started
            apart = _mean_distance(snapshot, recipe, _rows(found))
            figures.setdefault(share, []).append((apart, _match(found), seconds))
    nearest = np.mean(figures[0.0], axis=0)
    for share in SPREADS:
        apart, match, _ = np.mean(figures[share], axis=0)
        longer = 1000 * (np.array(figures[share])[:, 2] - np.array(figures[0.0])[:, 2])
        click.echo(
            f"  spread {share:g}: mean distance of two songs {apart / nearest[0] - 1:+.0%}, mean "
            f"match {nearest[1]:.3f} -> {match:.3f}; ms longer: median {np.median(longer):.1f}"
        )


def _mean_distance(snapshot: Snapshot, recipe: Recipe, rows: NDArray[np.intp]) -> float:
    query = query_of(snapshot, recipe, lambda _: ())
    return Marginal(snapshot, query, rows, recipe.variety.spread).mean_distance


def _report_originals(snapshot: Snapshot, seeds: Sequence[Seed], size: int) -> None:
    kinds = []
    for seed in seeds:
        found = _rows(_ask(snapshot, Recipe(seed=seed, size=size)))
        songs = snapshot.rows_of(seed.track_ids)
        profile = build_profile(snapshot, songs[songs >= 0])
        model = build_model(snapshot, profile, Recipe(seed=seed))
        query = query_of(snapshot, Recipe(seed=seed), lambda _: ())
        every = snapshot.search(replace(query, k=4 * size)).rows
        farther = model.apart(ORIGINAL_MATCHES_LESS)
        listed = originals(snapshot, query, every, farther)
        others = (
            np.mean(snapshot.version_kinds[some] > VersionKind.NEAR) for some in (every, found)
        )
        kinds.append((np.mean(listed != every), *others))
    replaced, before, after = np.mean(kinds, axis=0)
    click.echo(
        f"  versions: {replaced:.1%} of the candidates stand for an original; other recordings are "
        f"{before:.1%} of the candidates, {after:.1%} of the songs listed"
    )


def _ask(snapshot: Snapshot, recipe: Recipe) -> Recommendation:
    return recommend(snapshot, recipe, lambda _: ())


def _report_nearest(snapshot: Snapshot, seeds: Sequence[Seed], size: int) -> None:
    shares, named = [], []
    for seed in seeds:
        listed = _ask(snapshot, Recipe(seed=seed, size=size)).songs
        times = Counter(each.nearest.id for each in listed if each.nearest)
        shares.append(max(times.values()) / len(listed))
        named.append(len(times))
    click.echo(
        f"{len(seeds)} lists of {size}: one seed is nearest to {np.mean(shares):.1%} of the songs, "
        f"in the worst list to {max(shares):.1%}; {np.mean(named):.1f} seeds are named"
    )


def _rows(found: Recommendation) -> NDArray[np.intp]:
    return np.array([each.song.row for each in found.songs], dtype=np.intp)


def _match(found: Recommendation) -> float:
    return float(np.mean([each.match for each in found.songs]))


def _common(one: Recommendation, other: Recommendation) -> float:
    return float(np.isin(_rows(one), _rows(other)).mean())


if __name__ == "__main__":
    main()
