"""What each part of the contrast profile adds: the same queries with parts left out.

All features count here, but for the one without a fitted weight; ``mean`` is the playlist's mean
with every axis alike, each line after it adds a part, and the last takes only the push away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from spotai.evaluation.methods import Method, Rows, query_for
from spotai.evaluation.split import Split
from spotai.features import FEATURE_OF_AXIS, FEATURES
from spotai.recommend import Recipe
from spotai.search import Query, Snapshot

PUSHED: Final = Recipe.model_validate(
    {"features": {f.name: {"selected": not f.unfitted} for f in FEATURES}}
)
NEAREST: Final = PUSHED.model_copy(update={"contrast": 0.0})


def _alike(query: Query) -> Query:
    return replace(query, weight=dict.fromkeys(query.weight, 1.0))


def _without_general_weights(query: Query) -> Query:
    weight = {axis: w / FEATURE_OF_AXIS[axis].weight for axis, w in query.weight.items()}
    return replace(query, weight=weight)


# Of the nearest to the playlist's mean, and of what is pushed away from the catalog's.
ABLATIONS: Final[Mapping[str, Callable[[Query, Query], Query]]] = {
    "mean": lambda nearest, _: _alike(nearest),
    "mean_spread": lambda nearest, _: _without_general_weights(nearest),
    "mean_spread_catalog": lambda _, pushed: _without_general_weights(pushed),
    "mean_spread_catalog_general": lambda _, pushed: pushed,
    "without_push": lambda nearest, pushed: replace(nearest, weight=pushed.weight),
}


def ablations(snapshot: Snapshot) -> dict[str, Method]:
    """Return the methods by name; each ranks every song but the seeds."""
    return {name: _ranked_by(snapshot, part) for name, part in ABLATIONS.items()}


def _ranked_by(snapshot: Snapshot, part: Callable[[Query, Query], Query]) -> Method:
    def rank(split: Split) -> Rows:
        nearest, pushed = (query_for(snapshot, split, recipe) for recipe in (NEAREST, PUSHED))
        return snapshot.search(replace(part(nearest, pushed), k=len(snapshot))).rows

    return rank
