"""The exact engine: a query put into arrays, and the kernels' answers put into hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES
from spotai.search import kernel
from spotai.search.arrays import Aim, Asked, Conditions
from spotai.search.files import VALUES
from spotai.search.generation import Generation
from spotai.search.query import Query
from spotai.search.scan import Hits

# Half of what float32 rounds at most, relative to the number.
UNIT: Final = 2.0**-24
# Beyond these a distance might not be a number in float32: then float64 alone is used.
LARGEST_TARGET: Final = 1e6
WEIGHTS: Final = (1e-12, 1e12)


def search(generation: Generation, query: Query) -> Hits:
    """Return the exact ``query.k`` nearest songs that pass every condition, or all there are."""
    blocks = generation.blocks
    asked = _asked(generation, query, _excluded(generation, query))
    rows, distances, _ = kernel.nearest(blocks, asked, min(query.k, len(generation)))
    order = np.lexsort((blocks.columns.rank[rows], distances))
    rows = rows[order]
    return Hits(rows, generation.ids[rows], distances[order])


def count(generation: Generation, query: Query) -> int:
    """Return how many songs pass every condition of the query but k."""
    excluded = _excluded(generation, query)
    asked = _asked(generation, query, np.empty(0, dtype=np.int64))
    passing = int(kernel.count(generation.blocks, asked))
    if len(excluded):
        passing -= int(kernel.count_of(generation.blocks, asked, excluded))
    return passing


def _excluded(generation: Generation, query: Query) -> NDArray[np.int64]:
    """Return the rows a query excludes, ascending."""
    rows = [np.empty(0, dtype=np.int64)]
    if query.exclude:
        rows.append(generation.rows_of(query.exclude))
    if query.exclude_artists:
        rows.append(generation.rows_by(query.exclude_artists).astype(np.int64))
    excluded = np.unique(np.concatenate(rows))
    return excluded[excluded >= 0]


def _asked(generation: Generation, query: Query, excluded: NDArray[np.int64]) -> Asked:
    conditions = _conditions(generation, query)
    bits = np.zeros((len(generation) + 7) // 8 if len(excluded) else 0, dtype=np.uint8)
    np.bitwise_or.at(bits, excluded >> 3, np.left_shift(1, excluded & 7).astype(np.uint8))
    aim, slack = _aim(generation, query)
    return Asked(
        aim=aim,
        conditions=conditions,
        free=_are_free(conditions),
        excluded=bits,
        radius=np.inf if query.radius is None else float(query.radius),
        slack=slack,
    )


def _are_free(conditions: Conditions) -> bool:
    chosen = (conditions.bound_axes, conditions.range_columns, conditions.set_columns)
    return not any(map(len, (*chosen, conditions.allowed_genres)))


# Targets may be so far away that distances are infinite: all songs are equally far then.
@np.errstate(over="ignore")
def _aim(generation: Generation, query: Query) -> tuple[Aim, float]:
    """Return the axes and targets of a query, and the slack of quick distances."""
    axes = query.weighted
    numbers = np.array([AXES.index(axis) for axis in axes], dtype=np.int64)
    weights = np.array([query.weight[axis] for axis in axes], dtype=np.float64)
    listed = [query.targets(axis) for axis in axes]
    most = max(map(len, listed), default=1)
    # The first target again where there are fewer: it changes no minimum.
    filled = [targets + targets[:1] * (most - len(targets)) for targets in listed]
    targets = np.array(filled, dtype=np.float64).reshape(len(axes), most)
    quick = _by_share(generation, axes, targets, weights)
    fill = np.resize(quick[-1:], -len(quick) % kernel.AXES_AT_ONCE)
    quick_weights = np.concatenate((weights[quick], np.zeros(len(fill))))
    chosen = np.concatenate((quick, fill))
    aim = Aim(
        axes=numbers,
        targets=targets,
        weights=weights,
        quick_axes=numbers[chosen],
        quick_targets=targets[chosen, 0].astype(np.float32),
        quick_weights=quick_weights.astype(np.float32),
    )
    return aim, _slack(generation, [axes[n] for n in quick], targets[quick, 0], weights[quick])


def _by_share(
    generation: Generation,
    axes: Sequence[str],
    targets: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Return the axes with one target, by their share of a mean distance, the largest first:
    w*(variance + (target - mean)^2).
    """
    moments = [generation.extremes[axis] for axis in axes]
    shares = [
        -weight * (entry.variance + (target - entry.mean) ** 2)
        for weight, entry, target in zip(weights, moments, targets[:, 0], strict=True)
    ]
    single = [len(set(several)) == 1 for several in targets.tolist()]
    order = [n for n in np.argsort(shares, kind="stable").tolist() if single[n]]
    return np.array(order, dtype=np.int64)


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


def _slack(
    generation: Generation,
    axes: Sequence[str],
    targets: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> float:
    """Return by how much the root of a quick distance may be off, +inf where it says nothing.

    The error of x - t is at most u*|t| for rounding the target and u*(|x| + |t|)(1 + u) for the
    subtraction; the roots of two weighted sums of squares differ by the root of the weighted sum
    of squared errors at most (docs/search.md).
    """
    lightest, heaviest = WEIGHTS
    fits = (np.abs(targets) <= LARGEST_TARGET) & (weights >= lightest) & (weights <= heaviest)
    if not len(axes) or not fits.all():
        return np.inf
    entries = [generation.extremes[axis] for axis in axes]
    farthest = np.array([max(abs(entry.low), abs(entry.high)) for entry in entries])
    errors = UNIT * (farthest + 2 * np.abs(targets)) * 1.001
    return float(np.sqrt((weights * errors * errors).sum()))
