"""The reference engine: a full scan in numpy, plainly what the definition says.

Every other engine is tested against it. It reads the columns in blocks so that memory stays
bounded at any catalog size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.search.generation import ALL, Generation, Rows
from spotai.search.query import Query, Where

BLOCK: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Hits:
    """Answers in ascending order of (distance, id bytes): rows (k,), ids (k,) S22, distances."""

    rows: NDArray[np.intp]
    ids: NDArray[np.bytes_]
    distances: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rows)


def scan(generation: Generation, query: Query) -> Hits:
    """Return the exact ``query.k`` nearest songs that pass every condition, or all there are."""
    found = list(_candidates(generation, query))
    rows = np.concatenate([rows for rows, _ in found]) if found else np.empty(0, dtype=np.intp)
    distances = np.concatenate([d for _, d in found]) if found else np.empty(0)
    if len(rows) > query.k:
        furthest = np.partition(distances, query.k - 1)[query.k - 1]
        kept = distances <= furthest
        rows, distances = rows[kept], distances[kept]
    ids = generation.ids[rows]
    order = np.lexsort((ids, distances))[: query.k]
    return Hits(rows[order], ids[order], distances[order])


def count(generation: Generation, query: Query) -> int:
    """Return how many songs pass every condition of the query but k."""
    if query.radius is None:
        return int(np.count_nonzero(passing(generation, query)))
    return sum(len(rows) for rows, _ in _candidates(generation, query))


def distances_of(
    generation: Generation, query: Query, rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the distance of each of ``rows`` by the definition, in float64.

    Terms e*e*w in ascending order of axis first, then w for each missing axis in the same order.
    """
    distance = np.zeros(len(rows))
    for axis in query.weighted:
        coordinate = generation.axis(axis)[rows].astype(np.float64)
        error = coordinate - query.target[axis]
        squared = error * error
        for target in query.alternatives.get(axis, ()):
            error = coordinate - target
            squared = np.minimum(squared, error * error)
        distance += squared * query.weight[axis]
    for axis in query.weighted:
        distance += generation.missing_on(axis, rows) * query.weight[axis]
    return distance


def passing(generation: Generation, query: Query, rows: Rows = ALL) -> NDArray[np.bool_]:
    """Return which of ``rows`` pass the query's bounds, filters and exclusions."""
    passes = _passing_where(generation, query.where, rows)
    for axis, bound in query.low.items():
        passes &= generation.axis(axis)[rows].astype(np.float64) >= bound
    for axis, bound in query.high.items():
        passes &= generation.axis(axis)[rows].astype(np.float64) <= bound
    if query.exclude:
        excluded = generation.rows_of(query.exclude)
        allowed = np.ones(len(generation), dtype=bool)
        allowed[excluded[excluded >= 0]] = False
        passes &= allowed[rows]
    if query.exclude_artists:
        passes &= ~generation.by_artists(query.exclude_artists)[rows]
    return passes


def _passing_where(generation: Generation, where: Where, rows: Rows) -> NDArray[np.bool_]:
    passes = np.ones(len(generation.explicit[rows]), dtype=bool)
    for feature, (low, high) in where.ranges.items():
        values = generation.values(feature, rows)
        # A missing value is NaN here, and no comparison with NaN is true.
        passes &= values >= (-np.inf if low is None else low)
        passes &= values <= (np.inf if high is None else high)
    for feature, allowed in where.sets.items():
        passes &= np.isin(generation.values(feature, rows), np.array(sorted(allowed)))
    if where.explicit is not None:
        passes &= generation.explicit[rows] == int(where.explicit)
    if where.genres:
        passes &= generation.by_genres(where.genres)[rows]
    if where.min_playlist_followers > 0:
        passes &= generation.playlist_followers[rows] >= where.min_playlist_followers
    return passes


def _candidates(
    generation: Generation, query: Query
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]:
    """Yield rows and distances of the songs that pass everything but k, block by block."""
    rows = np.flatnonzero(passing(generation, query))
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        distances = distances_of(generation, query, block)
        if query.radius is not None:
            within = distances <= query.radius
            block, distances = block[within], distances[within]
        yield block, distances
