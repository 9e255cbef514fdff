"""The methods that are compared: each ranks all songs of a snapshot for some seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from spotai.errors import NotFoundError
from spotai.evaluation.split import Split
from spotai.features import FEATURES, NAMES
from spotai.recommend import Recipe, Seed, query_of, recommend
from spotai.recommend.recipe import MAX_SIZE
from spotai.search import Query, Snapshot

Rows = NDArray[np.intp]
Method = Callable[[Split], Rows]

RANDOM_SEED: Final = 2
OURS: Final = "spotai"
ORIGINAL: Final = "original"
AS_STORED: Final = (
    "danceability", "energy", "mode", "speechiness", "acousticness", "instrumentalness",
    "liveness", "valence",
)  # fmt: skip
# Nothing is louder than 0 dB, whose logarithm has no bounds.
LEAST_DECIBELS: Final = 0.001

_UNTICKED: Final = {"selected": False}
RECIPES: Final[Mapping[str, Recipe]] = {
    OURS: Recipe(size=MAX_SIZE),
    "spotai_no_popularity": Recipe.model_validate(
        {"size": MAX_SIZE, "features": {"popularity": _UNTICKED}}
    ),
    "spotai_audio": Recipe.model_validate(
        {
            "size": MAX_SIZE,
            "features": {f.name: {"selected": f.heard} for f in FEATURES},
        }
    ),
}


def methods_over(snapshot: Snapshot) -> dict[str, Method]:
    """Return the methods by name. Each ranks every song but the seeds, the best first; the seeds
    and hidden songs of a split are rows of the snapshot.
    """
    return {
        "random": _random(snapshot),
        "popularity": _popularity(snapshot),
        ORIGINAL: _original(snapshot),
        "sklearn_standard": _sklearn_standard(snapshot),
        **{name: ours(snapshot, recipe) for name, recipe in RECIPES.items()},
    }


def ours(snapshot: Snapshot, recipe: Recipe) -> Method:
    """Rank as a listener with this recipe gets it: first the list of ``recommend``, then what the
    same query finds behind it.
    """

    def rank(split: Split) -> Rows:
        asked = seeded(snapshot, recipe, split)
        listed = [each.song.row for each in recommend(snapshot, asked, no_playlist).songs]
        hits = snapshot.search(replace(query_for(snapshot, split, recipe), k=len(snapshot)))
        behind = np.ones(len(snapshot), dtype=bool)
        behind[listed] = False
        return np.concatenate((np.array(listed, dtype=np.intp), hits.rows[behind[hits.rows]]))

    return rank


def seeded(snapshot: Snapshot, recipe: Recipe, split: Split) -> Recipe:
    """Return the recipe with the seeds of a split."""
    ids = tuple(track.decode() for track in snapshot.ids[split.seeds].tolist())
    return recipe.model_copy(update={"seed": Seed(track_ids=ids)})


def query_for(snapshot: Snapshot, split: Split, recipe: Recipe = RECIPES[OURS]) -> Query:
    """Return what a recipe searches for, given the seeds of a split."""
    return query_of(snapshot, seeded(snapshot, recipe, split), no_playlist)


def no_playlist(playlist_id: str) -> tuple[str, ...]:
    """Know no playlist: an evaluation names its seeds."""
    raise NotFoundError(f"there is no playlist {playlist_id}")


def without(rows: Rows, seeds: Rows) -> Rows:
    """Return the rows that are no seeds, in their order."""
    return rows[np.isin(rows, seeds, invert=True)]


def _random(snapshot: Snapshot) -> Method:
    by_id = np.argsort(snapshot.ids)

    def rank(split: Split) -> Rows:
        dice = np.random.default_rng([RANDOM_SEED, crc32(split.playlist_id.encode())])
        return without(dice.permutation(by_id), split.seeds)

    return rank


def _popularity(snapshot: Snapshot) -> Method:
    known = np.nan_to_num(snapshot.values("popularity"), nan=-1)
    order = np.lexsort((snapshot.ids, -known))
    return lambda split: without(order, split.seeds)


def _original(snapshot: Snapshot) -> Method:
    """SpotAI's method of 2021: nearest to the seeds' mean over ten features in its own scaling."""
    decibels = np.maximum(np.abs(snapshot.values("loudness")), LEAST_DECIBELS)
    axes = [(snapshot.values("tempo") - 40) / 160, np.log10(decibels / 20)]
    points = _filled(np.stack([*axes, *map(snapshot.values, AS_STORED)], axis=1))
    ids = np.array(snapshot.ids)

    def rank(split: Split) -> Rows:
        distances = ((points - points[split.seeds].mean(axis=0)) ** 2).sum(axis=1)
        return without(np.lexsort((ids, distances)), split.seeds)

    return rank


def _sklearn_standard(snapshot: Snapshot) -> Method:
    """What comes to mind first: the fifteen features standardised, nearest to the seeds' mean."""
    # Imported here: every command would wait a second for it.
    scaler = import_module("sklearn.preprocessing").StandardScaler()
    nearest = import_module("sklearn.neighbors").NearestNeighbors
    points = scaler.fit_transform(
        _filled(np.stack([snapshot.values(name) for name in NAMES], axis=1))
    )
    neighbours = nearest(n_neighbors=len(points), algorithm="brute").fit(points)

    def rank(split: Split) -> Rows:
        aim = points[split.seeds].mean(axis=0, keepdims=True)
        return without(neighbours.kneighbors(aim, return_distance=False)[0], split.seeds)

    return rank


def _filled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return columns with what is not known at their mean, 0 where nothing is."""
    known = ~np.isnan(values)
    counts = np.maximum(known.sum(axis=0), 1)
    filled: NDArray[np.float64] = np.where(known, values, np.nansum(values, axis=0) / counts)
    return filled
