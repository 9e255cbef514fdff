"""The exact engine: a query put into arrays, and the kernels' answers put into hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, BY_NAME, FEATURES
from spotai.search import counting, kernel, misses
from spotai.search.arrays import Aim, Asked, Conditions, Quick, Windows
from spotai.search.codes import AXES_AT_ONCE
from spotai.search.files import VALUES
from spotai.search.gauges import MOST_CELLS, Gauge, Misses, scales_of
from spotai.search.generation import Generation
from spotai.search.levels import distance_levels
from spotai.search.passing import keep_exactly
from spotai.search.query import Query, Where
from spotai.search.scan import Hits

# Beyond these a term might not be a number in float32: it is left to the exact distance.
LARGEST_TARGET: Final = 1e6
WEIGHTS: Final = (1e-12, 1e12)

# Yes or no, and one of two choices.
TWO_VALUED: Final = {
    feature.name
    for feature in FEATURES
    if feature.asks_for is not None or len(feature.choices) == 2
}


def search(generation: Generation, query: Query) -> Hits:
    """Return the exact ``query.k`` nearest songs that pass every condition, or all there are."""
    blocks = generation.blocks
    asked = ask(generation, query)
    rows, distances, _ = kernel.nearest(blocks, asked, min(query.k, len(generation)))
    order = np.lexsort((blocks.columns.rank[rows], distances))
    rows = rows[order]
    return Hits(rows, generation.ids[rows], distances[order])


def count(generation: Generation, query: Query) -> int:
    """Return how many songs pass every condition of the query but k."""
    asked = ask(generation, query.excluding_nothing())
    passing = int(counting.count(generation.blocks, asked))
    excluded = excluded_rows(generation, query)
    if len(excluded):
        passing -= int(counting.count_of(generation.blocks, asked, excluded))
    return passing


def passing(generation: Generation, query: Query, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which of ``rows`` pass the query's bounds, filters and exclusions; only they are
    looked at.
    """
    conditions, kept = _conditions(generation, query), rows.astype(np.int64)
    size = keep_exactly(generation.blocks.columns, conditions, kept, len(kept))
    passes: NDArray[np.bool_] = np.isin(rows, kept[:size])
    return passes & np.isin(rows, excluded_rows(generation, query), invert=True)


def near_misses(generation: Generation, query: Query, gauges: Sequence[Gauge]) -> Misses:
    """Return how many songs fail one or two gauges, of those that the query does not exclude.

    Of the query's own conditions only the genres are looked at, by a gauge of them.
    """
    # Farthest distances are not asked for without a radius.
    bare = replace(query, where=Where(genres=query.where.genres), low={}, high={}, radius=0.0)
    asked = ask(generation, bare)
    scales, size = scales_of(gauges), len(gauges)
    one = np.zeros((size, MOST_CELLS), dtype=np.int64)
    two = np.zeros((size, size, MOST_CELLS, MOST_CELLS), dtype=np.int64)
    cheapest = np.zeros(size, dtype=np.uint8)
    price = misses.count_misses(generation.blocks, asked, scales, one, two, cheapest)
    return Misses(one, two, tuple(cheapest.tolist()) if price < np.inf else None)


def excluded_rows(generation: Generation, query: Query) -> NDArray[np.intp]:
    """Return the rows a query excludes, ascending."""
    if not (query.exclude or query.exclude_artists):
        return np.unique(query.exclude_rows)
    rows = [query.exclude_rows]
    if query.exclude:
        rows.append(generation.rows_of(query.exclude))
    if query.exclude_artists:
        rows.append(generation.rows_by(query.exclude_artists).astype(np.intp))
    excluded = np.unique(np.concatenate(rows))
    return excluded[excluded >= 0]


def ask(generation: Generation, query: Query) -> Asked:
    """Return a query as the arrays that the kernels take."""
    excluded, conditions = excluded_rows(generation, query), _conditions(generation, query)
    bits = np.zeros((len(generation) + 7) // 8 if len(excluded) else 0, dtype=np.uint8)
    np.bitwise_or.at(bits, excluded >> 3, np.left_shift(1, excluded & 7).astype(np.uint8))
    aim, quick = _aim(query), _quick(generation, query)
    return Asked(
        aim=aim,
        quick=quick,
        conditions=conditions,
        windows=_windows(generation, query),
        free=_are_free(conditions),
        excluded=bits,
        radius=np.inf if query.radius is None else float(query.radius),
        complete=np.count_nonzero(quick.roots) == len(aim.axes),
        levels=distance_levels(generation, query),
    )


def _are_free(conditions: Conditions) -> bool:
    chosen = (conditions.bound_axes, conditions.range_columns, conditions.set_columns)
    return not any(map(len, (*chosen, conditions.allowed_genres)))


def _aim(query: Query) -> Aim:
    axes = query.weighted
    listed = [query.targets(axis) for axis in axes]
    most = max(map(len, listed), default=1)
    # The first target again where there are fewer: it changes no minimum.
    filled = [targets + targets[:1] * (most - len(targets)) for targets in listed]
    return Aim(
        axes=np.array([AXES.index(axis) for axis in axes], dtype=np.int64),
        targets=np.array(filled, dtype=np.float64).reshape(len(axes), most),
        weights=np.array([query.weight[axis] for axis in axes], dtype=np.float64),
        two_valued=np.array([axis in TWO_VALUED for axis in axes], dtype=np.bool_),
    )


def _quick(generation: Generation, query: Query) -> Quick:
    """Return the axes with one target, by their share of a mean distance, the largest first:
    w*(variance + (target - mean)^2). Those are left out that float32 cannot be trusted with.
    """
    lightest, heaviest = WEIGHTS
    shares = {}
    for axis in query.weighted:
        weight, target, entry = query.weight[axis], query.target[axis], generation.extremes[axis]
        trusted = abs(target) <= LARGEST_TARGET and lightest <= weight <= heaviest
        if trusted and len(set(query.targets(axis))) == 1:
            shares[axis] = weight * (entry.variance + (target - entry.mean) ** 2)
    chosen = sorted(shares, key=lambda axis: -shares[axis])
    fill = -len(chosen) % AXES_AT_ONCE
    numbers = [AXES.index(axis) for axis in chosen]
    return Quick(
        axes=np.array(numbers + numbers[-1:] * fill, dtype=np.int64),
        targets=np.array([query.target[axis] for axis in chosen] + [0.0] * fill, dtype=np.float64),
        roots=np.sqrt([query.weight[axis] for axis in chosen] + [0.0] * fill),
    )


def _windows(generation: Generation, query: Query) -> Windows:
    """Return the bounds and those ranges that lie between two coordinates."""
    where, windows = query.where, []
    for axis in sorted({*query.low, *query.high}):
        low, high = query.low.get(axis, -np.inf), query.high.get(axis, np.inf)
        windows.append((AXES.index(axis), low, high, -1, low, high))
    rest = [*where.sets, *where.genres, where.explicit, where.min_playlist_followers or None]
    others = any(each is not None for each in rest)
    for name, (low_end, high_end) in where.ranges.items():
        if BY_NAME[name].kind != "numeric":
            others = True
            continue
        (axis,) = BY_NAME[name].axes
        least = -np.inf if low_end is None else low_end
        most = np.inf if high_end is None else high_end
        low, high = generation.maps[axis].coordinates_of(np.array([least, most]))
        windows.append((AXES.index(axis), low, high, VALUES.index(name), least, most))
    axes, lows, highs, columns, leasts, mosts = zip(*windows, strict=True) if windows else ((),) * 6
    return Windows(
        axes=np.array(axes, dtype=np.int64),
        low=np.array(lows, dtype=np.float64),
        high=np.array(highs, dtype=np.float64),
        columns=np.array(columns, dtype=np.int64),
        least=np.array(leasts, dtype=np.float64),
        most=np.array(mosts, dtype=np.float64),
        decisive=not others,
    )


def _conditions(generation: Generation, query: Query) -> Conditions:
    where = query.where
    bounded = sorted({*query.low, *query.high})
    ranges = [
        (VALUES.index(name), -np.inf if low is None else low, np.inf if high is None else high)
        for name, (low, high) in where.ranges.items()
    ]
    if where.explicit is not None:
        ranges.append((VALUES.index("explicit"), int(where.explicit), int(where.explicit)))
    if where.min_playlist_followers > 0:
        ranges.append((VALUES.index("playlist_followers"), where.min_playlist_followers, np.inf))
    members = [np.unique(np.array(list(some), dtype=np.float64)) for some in where.sets.values()]
    return Conditions(
        bound_axes=np.array([AXES.index(axis) for axis in bounded], dtype=np.int64),
        bound_low=np.array([query.low.get(axis, -np.inf) for axis in bounded], dtype=np.float64),
        bound_high=np.array([query.high.get(axis, np.inf) for axis in bounded], dtype=np.float64),
        range_columns=np.array([column for column, _, _ in ranges], dtype=np.int64),
        range_low=np.array([low for _, low, _ in ranges], dtype=np.float64),
        range_high=np.array([high for _, _, high in ranges], dtype=np.float64),
        set_columns=np.array([VALUES.index(name) for name in where.sets], dtype=np.int64),
        set_begins=np.cumsum([0, *map(len, members)], dtype=np.int64),
        members=np.concatenate([np.empty(0), *members]),
        allowed_genres=_allowed_genres(generation, query),
    )


def _allowed_genres(generation: Generation, query: Query) -> NDArray[np.bool_]:
    if not query.where.genres:
        return np.empty(0, dtype=bool)
    # One more than there are, so that a catalog without genres lets none pass.
    allowed = np.zeros(len(generation.manifest.genres) + 1, dtype=bool)
    allowed[generation.genre_codes(query.where.genres)] = True
    return allowed
