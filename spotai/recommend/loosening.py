"""Loosening: which single condition, given up, brings how many more songs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from spotai.features import BY_NAME
from spotai.recommend.recipe import Recipe, all_of
from spotai.search import Query, Snapshot, Where


@dataclass(frozen=True, slots=True)
class Loosening:
    """Giving up the condition at recipe path ``field`` brings ``gain`` more songs, exactly."""

    field: str
    text: str
    gain: int


def loosenings(
    snapshot: Snapshot,
    recipe: Recipe,
    query: Query,
    matches: int,
    without_known: Collection[str | bytes] | None = None,
) -> tuple[Loosening, ...]:
    """Return every condition that holds songs back on its own, most gain first.

    ``without_known``: what is excluded still once known songs are allowed, None where they are.
    """
    conditions = recipe.conditions()
    found = []
    for field, condition in conditions.items():
        others = {path: where for path, where in conditions.items() if path != field}
        gain = snapshot.count(replace(query, where=all_of(others))) - matches
        found.append(Loosening(field, f"Drop {_words(field, condition)}", gain))
    if query.radius is not None:
        gain = snapshot.count(replace(query, radius=None)) - matches
        found.append(Loosening("strictness", "Set strictness to 0", gain))
    if without_known is not None:
        gain = snapshot.count(replace(query, exclude=without_known)) - matches
        found.append(Loosening("variety.familiar", "Allow songs you know", gain))
    return tuple(sorted((each for each in found if each.gain > 0), key=lambda each: -each.gain))


def _words(field: str, condition: Where) -> str:
    for name, (low, high) in condition.ranges.items():
        feature = BY_NAME[name]
        if low is None:
            return f"the upper limit of {feature.label.lower()} ({feature.show(high)})"
        if high is None:
            return f"the lower limit of {feature.label.lower()} ({feature.show(low)})"
        return f"the {feature.label.lower()} range {feature.show(low)} to {feature.show(high)}"
    for name, allowed in condition.sets.items():
        feature = BY_NAME[name]
        shown = ", ".join(feature.show(value) for value in sorted(allowed))
        return f"the limit of {feature.label.lower()} to {shown}"
    return {
        "filters.explicit": "the filter on explicit songs",
        "filters.genres": "the genre filter",
        "filters.min_playlist_followers": "the filter on playlist followers",
    }[field]
