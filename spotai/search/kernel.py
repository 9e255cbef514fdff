"""The exact search: bounds of parts, a quick look at rows, exact distances of what is left.

docs/search.md explains it and proves that nothing is lost on the way.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from spotai.search.arrays import Aim, Asked, Blocks, Columns, Conditions
from spotai.search.blocks import BLOCK
from spotai.search.compiled import Array, compiled
from spotai.search.zones import far_bounds, is_inside, near_bounds

# The regions of lowest bound: enough rows for a first limit.
FIRST_REGIONS: Final = 4
# A number in an array's type, not a literal: literals are compiled for one by one.
FIRST: Final[Any] = np.int64(0)
# So many axes fit into the processor's registers together.
AXES_AT_ONCE: Final = 4
# Where float32 ends: below the smallest it rounds by more than a share of the number, beyond the
# largest it may overflow.
SMALLEST: Final = 1e-36
LARGEST: Final = 1e37


@compiled
def nearest(songs: Blocks, asked: Asked, k: int) -> tuple[Array, Array, int]:
    """Return rows and distances of the k nearest rows in no order, and how many were looked at.

    The nearest regions come first and set a limit; then all others with a bound within it.
    """
    bounds = np.empty(songs.regions.begins.size - 1)
    near_bounds(songs.regions, asked, FIRST, bounds.size, bounds)
    held, held_rows = np.empty(k), np.empty(k, dtype=np.int64)
    first = _lowest(bounds, FIRST_REGIONS)
    size, seen = _visit(songs, asked, first, held, held_rows, FIRST)
    bounds[first] = np.nan
    others = np.flatnonzero(bounds <= (held[0] if size == k else asked.radius))
    size, seen_then = _visit(songs, asked, others, held, held_rows, size)
    return held_rows[:size], held[:size], seen + seen_then


@compiled
def count(songs: Blocks, asked: Asked) -> int:
    """Return how many rows pass everything, the radius included, but for ``excluded``."""
    regions, blocks = songs.regions, songs.blocks
    bounds, far = np.empty(regions.begins.size - 1), np.empty(regions.begins.size - 1)
    block_bounds = np.empty(blocks.begins.size - 1)
    block_far = np.empty(blocks.begins.size - 1)
    near_bounds(regions, asked, FIRST, bounds.size, bounds)
    far_bounds(regions, asked, FIRST, bounds.size, far)
    near, total = np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.float32)
    exact = np.empty(BLOCK)
    quick = quick_limit(asked.radius, asked.slack)
    passing = 0
    for region in range(bounds.size):
        if not bounds[region] <= asked.radius:
            continue
        if far[region] <= asked.radius and is_inside(regions, asked.conditions, region):
            passing += regions.begins[region + 1] - regions.begins[region]
            continue
        begin, end = songs.region_begins[region], songs.region_begins[region + 1]
        near_bounds(blocks, asked, begin, end, block_bounds)
        far_bounds(blocks, asked, begin, end, block_far)
        for block in range(begin, end):
            if not block_bounds[block] <= asked.radius:
                continue
            start, stop = blocks.begins[block], blocks.begins[block + 1]
            if not block_far[block] <= asked.radius:
                found = _near(songs.columns.coordinates, asked.aim, start, stop, quick, total, near)
                passing += _settle(songs.columns, asked, asked.radius, near, found, exact)
            elif is_inside(blocks, asked.conditions, block):
                passing += stop - start
            else:
                near[: stop - start] = np.arange(start, stop)
                passing += _keep_passing(songs.columns, asked.conditions, near, stop - start)
    return passing


@compiled
def count_of(songs: Blocks, asked: Asked, rows: Array) -> int:
    """Return how many of ``rows`` pass everything; ``rows`` are used up."""
    exact = np.empty(rows.size)
    return _settle(songs.columns, asked, asked.radius, rows, rows.size, exact)


@compiled
def _visit(
    songs: Blocks, asked: Asked, regions: Array, held: Array, held_rows: Array, size: int
) -> tuple[int, int]:
    """Offer the rows of regions to the k nearest so far, block by block in order of bound.

    Stops at the first bound beyond the k-th distance; at the same distance a block is left out
    when none of its ids comes before the k-th. Returns how many rows are held and were looked at.
    """
    k, seen, radius, slack = held.size, 0, asked.radius, asked.slack
    blocks, bounds = _blocks_of(songs, asked, regions, held[0] if size == k else radius)
    near, total = np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.float32)
    exact = np.empty(BLOCK)
    # Taken out of their tuples once: inside the loop that would cost as much as the looking.
    begins, first_rank = songs.blocks.begins, songs.blocks.first_rank
    rank, coordinates, aim = songs.columns.rank, songs.columns.coordinates, asked.aim
    for n in np.argsort(bounds):
        block, bound = blocks[n], bounds[n]
        limit = held[0] if size == k else radius
        if bound > limit:
            break
        if size == k and bound == limit and first_rank[block] > rank[held_rows[0]]:
            continue
        start, stop = begins[block], begins[block + 1]
        seen += stop - start
        found = _near(coordinates, aim, start, stop, quick_limit(limit, slack), total, near)
        if found > 0:
            found = _settle(songs.columns, asked, limit, near, found, exact)
            size = _offer(rank, near[:found], exact, held, held_rows, size)
    return size, seen


@compiled
def _blocks_of(songs: Blocks, asked: Asked, regions: Array, limit: float) -> tuple[Array, Array]:
    """Return the blocks of regions that may hold something within ``limit``, and their bounds."""
    of_all = np.empty(songs.blocks.begins.size - 1)
    blocks, bounds = np.empty(of_all.size, dtype=np.int64), np.empty(of_all.size)
    found = 0
    for region in regions:
        begin, end = songs.region_begins[region], songs.region_begins[region + 1]
        near_bounds(songs.blocks, asked, begin, end, of_all)
        for block in range(begin, end):
            if of_all[block] <= limit:
                blocks[found], bounds[found] = block, of_all[block]
                found += 1
    return blocks[:found], bounds[:found]


@compiled
def quick_limit(limit: float, slack: float) -> float:
    """Return what a quick distance may be at most where the exact one is within ``limit``."""
    root = np.sqrt(limit) + slack
    # 2**-18 covers the roundings of up to 16 terms many times over.
    wide = root * root * (1.0 + 2.0**-18) + SMALLEST
    return wide if wide < LARGEST else np.inf


@compiled
def _near(
    coordinates: Array, aim: Aim, start: int, stop: int, limit: float, total: Array, near: Array
) -> int:
    """Write the rows of a block whose quick distance is at most ``limit``; return how many.

    It stops when no row is left. Terms left out and what is missing do not count here, so quick
    distances are low at most.
    """
    # Unsigned, or every index would be looked at for being negative.
    begin, size = np.uint64(start), np.uint64(stop - start)
    within = np.float32(limit)
    total[: stop - start] = np.float32(0.0)
    axes, targets, weights = aim.quick_axes, aim.quick_targets, aim.quick_weights
    if limit < np.inf:
        for n in range(0, axes.size, AXES_AT_ONCE):
            p, q, r, s = axes[n : n + AXES_AT_ONCE].astype(np.uint64)
            tp, tq, tr, ts = targets[n], targets[n + 1], targets[n + 2], targets[n + 3]
            wp, wq, wr, ws = weights[n], weights[n + 1], weights[n + 2], weights[n + 3]
            left = 0
            for i in range(size):
                ep, eq = coordinates[p, begin + i] - tp, coordinates[q, begin + i] - tq
                er, es = coordinates[r, begin + i] - tr, coordinates[s, begin + i] - ts
                total[i] += (ep * ep * wp + eq * eq * wq) + (er * er * wr + es * es * ws)
                left += total[i] <= within
            if left == 0:
                return 0
    found = 0
    for i in range(size):
        near[found] = begin + i
        found += total[i] <= within
    return found


@compiled
def _settle(
    columns: Columns, asked: Asked, limit: float, near: Array, found: int, exact: Array
) -> int:
    """Keep those of the rows found that pass everything and are within ``limit``; write their
    distances and return how many there are.
    """
    if not asked.free:
        found = _keep_passing(columns, asked.conditions, near, found)
    if asked.excluded.size:
        found = _keep_allowed(asked.excluded, near, found)
    _distances(columns.coordinates, columns.missing, asked.aim, near[:found], exact)
    kept = 0
    for n in range(found):
        near[kept], exact[kept] = near[n], exact[n]
        kept += exact[n] <= limit
    return kept


@compiled
def _distances(coordinates: Array, missing: Array, aim: Aim, rows: Array, distances: Array) -> None:
    """Write the distances of rows by the definition (scan.py), operation by operation."""
    distances[: rows.size] = 0.0
    for n in range(aim.axes.size):
        column, targets, weight = coordinates[aim.axes[n]], aim.targets[n], aim.weights[n]
        for place in range(rows.size):
            coordinate = np.float64(column[rows[place]])
            least = np.inf
            for target in targets:
                error = coordinate - target
                least = min(least, error * error)
            distances[place] += least * weight
    for n in range(aim.axes.size):
        axis, weight = aim.axes[n], aim.weights[n]
        for place in range(rows.size):
            if (missing[rows[place]] >> axis) & 1:
                distances[place] += weight


@compiled
def _keep_passing(columns: Columns, conditions: Conditions, rows: Array, size: int) -> int:
    """Keep those of the first ``size`` rows that pass every condition, in their order, and return
    how many; a value that is not known passes none.
    """
    for n in range(conditions.range_columns.size):
        values = columns.values[conditions.range_columns[n]]
        size = _keep_between(values, conditions.range_low[n], conditions.range_high[n], rows, size)
    for n in range(conditions.bound_axes.size):
        values = columns.coordinates[conditions.bound_axes[n]]
        size = _keep_between(values, conditions.bound_low[n], conditions.bound_high[n], rows, size)
    for n in range(conditions.set_columns.size):
        values = columns.values[conditions.set_columns[n]]
        members = conditions.members[conditions.set_begins[n] : conditions.set_begins[n + 1]]
        kept = 0
        for place in range(size):
            row, value = rows[place], values[rows[place]]
            member = np.searchsorted(members, value)
            rows[kept] = row
            kept += member < members.size and members[member] == value
        size = kept
    if conditions.allowed_genres.size:
        kept = 0
        for place in range(size):
            row, allowed = rows[place], False
            for n in range(columns.genre_begins[row], columns.genre_begins[row + 1]):
                allowed |= conditions.allowed_genres[columns.genres[n]]
            rows[kept] = row
            kept += allowed
        size = kept
    return size


@compiled
def _keep_between(values: Array, low: float, high: float, rows: Array, size: int) -> int:
    kept = 0
    for place in range(size):
        row = rows[place]
        value = np.float64(values[row])
        rows[kept] = row
        kept += bool((value >= low) & (value <= high))
    return kept


@compiled
def _keep_allowed(excluded: Array, rows: Array, size: int) -> int:
    kept = 0
    for place in range(size):
        row = rows[place]
        rows[kept] = row
        kept += ((excluded[row >> 3] >> (row & 7)) & 1) == 0
    return kept


@compiled
def _lowest(bounds: Array, most: int) -> Array:
    """Return the places of the ``most`` lowest bounds that are not NaN, the lowest first."""
    places = np.empty(most, dtype=np.int64)
    found = 0
    for place in range(bounds.size):
        if np.isnan(bounds[place]):
            continue
        if found == most and not bounds[place] < bounds[places[most - 1]]:
            continue
        found = min(found + 1, most)
        n = found - 1
        while n > 0 and bounds[places[n - 1]] > bounds[place]:
            places[n] = places[n - 1]
            n -= 1
        places[n] = place
    return places[:found]


@compiled
def _offer(
    rank: Array, rows: Array, distances: Array, held: Array, held_rows: Array, size: int
) -> int:
    """Put rows among the k nearest so far; return how many are held then.

    When k are, they are a heap with the farthest at its top.
    """
    k = held.size
    for n in range(rows.size):
        if size < k:
            held[size], held_rows[size] = distances[n], rows[n]
            size += 1
            if size == k:
                for place in range(k // 2 - 1, -1, -1):
                    _sift(rank, held, held_rows, place)
        elif _is_nearer(rank, distances[n], rows[n], held[0], held_rows[0]):
            held[0], held_rows[0] = distances[n], rows[n]
            _sift(rank, held, held_rows, 0)
    return size


@compiled
def _is_nearer(rank: Array, distance: float, row: int, other: float, other_row: int) -> bool:
    if distance != other:
        return distance < other
    return bool(rank[row] < rank[other_row])


@compiled
def _sift(rank: Array, held: Array, held_rows: Array, place: int) -> None:
    """Let an entry of the heap sink to its place."""
    away, row = held[place], held_rows[place]
    while True:
        child = 2 * place + 1
        if child >= held.size:
            break
        other = child + 1
        if other < held.size and _is_nearer(
            rank, held[child], held_rows[child], held[other], held_rows[other]
        ):
            child = other
        if not _is_nearer(rank, away, row, held[child], held_rows[child]):
            break
        held[place], held_rows[place] = held[child], held_rows[child]
        place = child
    held[place], held_rows[place] = away, row
