"""Time the count with its loosenings, and its parts, for recipes that leave few songs or none; and
the list, for recipes whose variety leaves it short.

    python -m bench.loosening                       # a million made-up songs
    python -m bench.loosening --songs songs.csv.gz  # a table of real ones

Processor time of one thread, so that other work on the machine counts less.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from spotai.catalog.demo import demo_columns
from spotai.features import FEATURES
from spotai.recommend import Matches, Recipe, Recommendation, count_matches, query_of, recommend
from spotai.search import Snapshot, build_snapshot
from tests.real_songs import snapshot_of_file

SEEDS: Final = 30
TIMES: Final = 9
RECIPES: Final[dict[str, dict[str, Any]]] = {
    "one limit": {"features": {"tempo": {"min": 399}}},
    "two": {"features": {"tempo": {"min": 120, "max": 120.001}, "mode": {"only": [0]}}},
    "four": {
        "features": {
            "tempo": {"min": 120, "max": 120.5},
            "key": {"only": [0]},
            "energy": {"min": 0.97},
            "danceability": {"max": 0.2},
        }
    },
    "strictness": {"strictness": 1.0},
    "strictness and a limit": {"strictness": 0.95, "features": {"tempo": {"min": 200}}},
    "strictness and three": {
        "strictness": 0.9,
        "features": {
            "tempo": {"min": 120, "max": 121},
            "key": {"only": [0]},
            "energy": {"min": 0.97},
        },
    },
}

SHORT_LISTS: Final[dict[str, dict[str, Any]]] = {
    "one song an artist": {"size": 500, "features": {"tempo": {"min": 120, "max": 120.003}}},
    "and a key": {
        "size": 100,
        "features": {
            "tempo": {"min": 120, "max": 121},
            "key": {"only": [0]},
            "energy": {"min": 0.9},
            "danceability": {"max": 0.4},
        },
    },
}


@click.command()
@click.option("--songs", type=click.Path(exists=True, path_type=Path), help="A table of songs.")
@click.option("--count", default=1_000_000, show_default=True, help="Else: so many made-up ones.")
def main(songs: Path | None, count: int) -> None:
    """Print a line for each recipe."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if songs is None:
            snapshot = Snapshot.open(build_snapshot(demo_columns(count), folder, source="demo"))
        else:
            snapshot = snapshot_of_file(songs, folder)
        report(snapshot)


def report(snapshot: Snapshot) -> None:
    """Time each recipe, and one with a condition of every kind."""
    liveliest = np.argsort(-snapshot.values("energy"), kind="stable")[:SEEDS]
    seed = {"track_ids": [id_.decode() for id_ in snapshot.ids[liveliest]]}
    click.echo(f"{len(snapshot):,} songs; milliseconds of processor time, median of {TIMES}")
    for name, fields in (RECIPES | {"every condition": _every(snapshot)}).items():
        recipe = Recipe.model_validate({"seed": seed, **fields}, strict=False)
        query = query_of(snapshot, recipe, _no_playlist)
        whole, found = _time(lambda r=recipe: count_matches(snapshot, r, _no_playlist))  # type: ignore[misc]
        alone, _ = _time(lambda q=query: snapshot.count(q))  # type: ignore[misc]
        offered = _offered(found)
        click.echo(
            f"{name}: {whole:.1f}, the count alone {alone:.1f}; {found.total} match{offered}"
        )
    for name, fields in SHORT_LISTS.items():
        capped = {"seed": seed, "variety": {"artist_cap": 1}, **fields}
        recipe = Recipe.model_validate(capped, strict=False)
        whole, made = _time(lambda r=recipe: recommend(snapshot, r, _no_playlist))  # type: ignore[misc]
        click.echo(
            f"{name}: {whole:.1f}; {len(made.songs)} of {made.total_matches} listed{_offered(made)}"
        )


def _every(snapshot: Snapshot) -> dict[str, Any]:
    """Return limits of every feature around its median, and every filter."""
    features: dict[str, Any] = {}
    for feature in FEATURES:
        if feature.choices:
            features[feature.name] = {"only": [min(feature.choices)]}
        else:
            ends = np.nanquantile(snapshot.values(feature.name), (0.45, 0.55))
            low, high = (feature.number(end) for end in ends.tolist())
            features[feature.name] = {"min": float(low), "max": float(high)}
    genres = snapshot.manifest.genres[:1]
    filters = {"explicit": True, "genres": genres, "min_playlist_followers": 1_000}
    return {"features": features, "filters": filters, "strictness": 0.9}


def _time(call: Callable[[], Any]) -> tuple[float, Any]:
    times = []
    for _ in range(TIMES):
        started = time.process_time()
        answer = call()
        times.append(time.process_time() - started)
    return float(np.median(times)) * 1000, answer


def _offered(found: Matches | Recommendation) -> str:
    if not found.loosenings:
        return ""
    first = found.loosenings[0]
    if first.listed is not None:
        return f"; {first.text}: a list of {first.listed}"
    return f"; {first.text}: {first.gain:,} more"


def _no_playlist(_: str) -> tuple[str, ...]:
    return ()


if __name__ == "__main__":
    main()
