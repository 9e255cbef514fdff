"""The reference engine: a full scan in numpy, plainly what the definition says.

Every other engine is tested against it. It reads the columns in blocks and keeps the k nearest
so far; what grows with the catalog is one byte a song for each kind of exclusion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.search.generation import Generation, Rows
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
    rows, distances = np.empty(0, dtype=np.intp), np.empty(0)
    for block, away in _candidates(generation, query):
        near = away <= (distances[-1] if len(rows) == query.k else np.inf)
        rows, distances = _nearest(
            generation,
            np.concatenate((rows, block[near])),
            np.concatenate((distances, away[near])),
            query.k,
        )
    return Hits(rows, generation.ids[rows], distances)


def count(generation: Generation, query: Query) -> int:
    """Return how many songs pass every condition of the query but k."""
    if query.radius is None:
        conditions = _Conditions(generation, query)
        return sum(
            int(np.count_nonzero(conditions.passing(block))) for block in _blocks(generation)
        )
    return sum(len(rows) for rows, _ in _candidates(generation, query))


def distances_of(
    generation: Generation, query: Query, rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the distance of each of ``rows`` by the definition, in float64."""
    return distances_from(
        query,
        len(rows),
        lambda axis: generation.axis(axis)[rows].astype(np.float64),
        lambda axis: generation.missing_on(axis, rows),
    )


@np.errstate(over="ignore")
def distances_from(
    query: Query,
    songs: int,
    coordinates: Callable[[str], NDArray[np.float64]],
    missing: Callable[[str], NDArray[np.bool_]],
) -> NDArray[np.float64]:
    """Return distances by the definition from what songs have on an axis, (songs,) each.

    Terms e*e*w in ascending order of axis first, then w for each missing axis in the same order.
    From a target beyond 1e154 they are infinite.
    """
    distance = np.zeros(songs)
    for axis in query.weighted:
        coordinate = coordinates(axis)
        error = coordinate - query.target[axis]
        squared = error * error
        for target in query.alternatives.get(axis, ()):
            error = coordinate - target
            squared = np.minimum(squared, error * error)
        distance += squared * query.weight[axis]
    for axis in query.weighted:
        distance += missing(axis) * query.weight[axis]
    return distance


def passing(generation: Generation, query: Query, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which of ``rows`` pass the query's bounds, filters and exclusions."""
    return _Conditions(generation, query).passing(rows)


class _Conditions:
    """The hard conditions of a query. What is looked up by id is looked up once, one bit a song."""

    def __init__(self, generation: Generation, query: Query) -> None:
        self._generation = generation
        self._query = query
        self._allowed: list[NDArray[np.bool_]] = []
        if query.exclude:
            excluded = generation.rows_of(query.exclude)
            allowed = np.ones(len(generation), dtype=bool)
            allowed[excluded[excluded >= 0]] = False
            self._allowed.append(allowed)
        if query.exclude_artists:
            allowed = np.ones(len(generation), dtype=bool)
            allowed[generation.rows_by(query.exclude_artists)] = False
            self._allowed.append(allowed)
        if len(query.exclude_rows):
            allowed = np.ones(len(generation), dtype=bool)
            allowed[query.exclude_rows] = False
            self._allowed.append(allowed)
        if query.where.genres:
            self._allowed.append(generation.by_genres(query.where.genres))

    def passing(self, rows: Rows) -> NDArray[np.bool_]:
        generation, query = self._generation, self._query
        passes = self._passing_where(query.where, rows)
        for allowed in self._allowed:
            passes &= allowed[rows]
        for axis, bound in query.low.items():
            passes &= generation.axis(axis)[rows].astype(np.float64) >= bound
        for axis, bound in query.high.items():
            passes &= generation.axis(axis)[rows].astype(np.float64) <= bound
        return passes

    def _passing_where(self, where: Where, rows: Rows) -> NDArray[np.bool_]:
        generation = self._generation
        passes = np.ones(len(generation.missing_bits[rows]), dtype=bool)
        for feature, (low, high) in where.ranges.items():
            values = generation.values(feature, rows)
            # A missing value is NaN here, and no comparison with NaN is true.
            passes &= values >= (-np.inf if low is None else low)
            passes &= values <= (np.inf if high is None else high)
        for feature, allowed in where.sets.items():
            passes &= np.isin(generation.values(feature, rows), np.array(sorted(allowed)))
        if where.explicit is not None:
            passes &= generation.values("explicit", rows) == int(where.explicit)
        if where.min_playlist_followers > 0:
            passes &= generation.values("playlist_followers", rows) >= where.min_playlist_followers
        return passes


def _blocks(generation: Generation) -> Iterator[slice]:
    for start in range(0, len(generation), BLOCK):
        yield slice(start, start + BLOCK)


def _candidates(
    generation: Generation, query: Query
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]:
    """Yield rows and distances of the songs that pass everything but k, block by block."""
    conditions = _Conditions(generation, query)
    for block in _blocks(generation):
        rows = np.flatnonzero(conditions.passing(block)) + block.start
        distances = distances_of(generation, query, rows)
        if query.radius is not None:
            within = distances <= query.radius
            rows, distances = rows[within], distances[within]
        yield rows, distances


def _nearest(
    generation: Generation, rows: NDArray[np.intp], distances: NDArray[np.float64], k: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the k nearest of some songs, by (distance, id bytes)."""
    if len(rows) > k:
        kept = distances <= np.partition(distances, k - 1)[k - 1]
        rows, distances = rows[kept], distances[kept]
    order = np.lexsort((generation.ids[rows], distances))[:k]
    return rows[order], distances[order]
