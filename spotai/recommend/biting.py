"""Which conditions bite: how many songs each lets through alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import BY_NAME, Feature
from spotai.recommend.recipe import FAMILIAR, Recipe
from spotai.search import Query, Snapshot, Where

Rows = NDArray[np.intp]

LEFT_OUT: Final = {
    "seed": "none of the songs to start from",
    FAMILIAR: "no songs you know",
    "bans": "no banned songs and artists",
}


@dataclass(frozen=True, slots=True)
class Biting:
    """The condition at recipe path ``field``, in words, lets ``passing`` songs through alone."""

    field: str
    text: str
    passing: int


def biting(
    snapshot: Snapshot, recipe: Recipe, query: Query, seeds: Rows, known: Rows
) -> tuple[Biting, ...]:
    """Return every condition that holds songs back, the tightest first. What is left out by id
    belongs to them where songs would match without it.
    """
    conditions = recipe.conditions()
    checks = {path: Query(where=where) for path, where in conditions.items()}
    if query.radius is not None:
        checks["strictness"] = replace(query.excluding_nothing(), where=Where())
    if snapshot.count(query.excluding_nothing()):
        checks |= exclusions(recipe, seeds, known)
    texts = {path: in_words(where) for path, where in conditions.items()} | LEFT_OUT
    texts["strictness"] = f"strictness {recipe.strictness}"
    counts = {path: snapshot.count(check) for path, check in checks.items()}
    found = [
        Biting(path, texts[path][0].upper() + texts[path][1:], passing)
        for path, passing in counts.items()
        if passing < len(snapshot)
    ]
    return tuple(sorted(found, key=lambda each: each.passing))


def left_out_by_id(
    snapshot: Snapshot, recipe: Recipe, query: Query, seeds: Rows, known: Rows
) -> tuple[Biting, ...]:
    """Return known songs and bans, each where more songs match ``query`` but for it."""
    checks = exclusions(recipe, seeds, known)
    rows = {path: snapshot.looked_up(check).exclude_rows for path, check in checks.items()}
    matches, found = snapshot.count(query), []
    for path in (FAMILIAR, "bans"):
        others = np.unique(np.concatenate([rows[other] for other in rows if other != path]))
        if snapshot.count(replace(query, exclude_rows=others)) > matches:
            text = LEFT_OUT[path]
            passing = snapshot.count(checks[path])
            found.append(Biting(path, text[0].upper() + text[1:], passing))
    return tuple(found)


def exclusions(recipe: Recipe, seeds: Rows, known: Rows) -> dict[str, Query]:
    """Return what a recipe leaves out by id, under the path of the field that says so."""
    return {
        "seed": Query(exclude_rows=seeds),
        FAMILIAR: Query(exclude_rows=known),
        "bans": Query(exclude=recipe.bans, exclude_artists=recipe.bans),
    }


def in_words(condition: Where) -> str:
    """Return one condition of a recipe as people say it, in lower case."""
    for name, (low, high) in condition.ranges.items():
        return _range_in_words(BY_NAME[name], low, high)
    for name, allowed in condition.sets.items():
        feature = BY_NAME[name]
        return f"{feature.label.lower()} only {', '.join(map(feature.show, sorted(allowed)))}"
    if condition.explicit is not None:
        return "explicit songs only" if condition.explicit else "no explicit songs"
    if condition.genres:
        return f"genre {' or '.join(condition.genres)}"
    return f"from {condition.min_playlist_followers:,} playlist followers"


def _range_in_words(feature: Feature, low: float | None, high: float | None) -> str:
    label = feature.label.lower()
    lowest, highest = (None if end is None else feature.show_exactly(end) for end in (low, high))
    if lowest is None:
        return f"{label} up to {highest}"
    if highest is None:
        return f"{label} from {lowest}"
    return f"{label} {lowest}" if low == high else f"{label} from {lowest} to {highest}"
