"""The exact search: bounds of parts, a quick look at rows, exact distances of what is left.

docs/search.md explains it and proves that nothing is lost on the way.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from spotai.search.arrays import Asked, Blocks, Desk, Held
from spotai.search.codes import look, quick_limit
from spotai.search.compiled import Array, compiled, inlined
from spotai.search.heap import lowest, offer
from spotai.search.passing import judge, keep_allowed, keep_exactly, keep_judged
from spotai.search.regions import new_desk, prepare, rows_within, settle, spot_of
from spotai.search.zones import near_bounds

# The regions of lowest bound: enough rows for a first limit.
FIRST_REGIONS: Final = 4
# A number in an array's type, not a literal: literals are compiled for one by one.
FIRST: Final[Any] = np.int64(0)


@compiled
def nearest(songs: Blocks, asked: Asked, k: int) -> tuple[Array, Array, int]:
    """Return rows and distances of the k nearest rows in no order, and how many were looked at.

    The nearest regions come first and set a limit; then all others with a bound within it.
    """
    bounds = np.empty(songs.regions.begins.size - 1)
    near_bounds(songs.regions, asked, FIRST, bounds.size, bounds)
    held, desk = Held(np.empty(k), np.empty(k, dtype=np.int64)), new_desk(asked)
    first = lowest(bounds, FIRST_REGIONS)
    size, seen = _visit(songs, asked, first, bounds, desk, held, FIRST)
    others = np.flatnonzero(bounds <= _limit(held, size, asked.radius))
    others = others[np.argsort(bounds[others])]
    size, seen_then = _visit(songs, asked, others, bounds, desk, held, size)
    return held.rows[:size], held.distances[:size], seen + seen_then


@inlined
def _limit(held: Held, size: int, radius: float) -> float:
    """Return what a distance may be at most to be among the nearest."""
    return float(held.distances[0]) if size == held.distances.size else radius


@inlined
def _next_below(levels: Array, distance: float) -> float:
    """Return the largest distance below one that a row may have."""
    if levels.size == 0:
        return float(np.nextafter(distance, -np.inf))
    place = np.searchsorted(levels, distance)
    return float(levels[place - 1]) if place else -np.inf


@compiled
def _visit(
    songs: Blocks, asked: Asked, regions: Array, bounds: Array, desk: Desk, held: Held, size: int
) -> tuple[int, int]:
    """Offer the rows of regions, the nearest region first, until one is beyond the limit.

    ``bounds`` of what was visited become NaN. Returns how many rows are held and were looked at.
    """
    seen = 0
    for region in regions:
        if bounds[region] > _limit(held, size, asked.radius):
            break
        bounds[region] = np.nan
        size, seen_here = _visit_region(songs, asked, region, desk, held, size)
        seen += seen_here
    return size, seen


@inlined
def _visit_region(
    songs: Blocks, asked: Asked, region: int, desk: Desk, held: Held, size: int
) -> tuple[int, int]:
    """Offer the rows of a region, block by block, to the k nearest so far.

    A block none of whose ids comes before the k-th has to be nearer than the limit.
    """
    begin, end = songs.region_begins[region], songs.region_begins[region + 1]
    near_bounds(songs.blocks, asked, begin, end, desk.bounds)
    slack, inside = prepare(songs.regions, asked, region, desk)
    # Taken out of their tuples once: handing a tuple on costs more than a look at a block.
    begins, first_rank, rank = songs.blocks.begins, songs.blocks.first_rank, songs.columns.rank
    codes, coordinates = songs.columns.codes, songs.columns.coordinates
    missing, aim, quick_axes, windows = (
        songs.columns.missing,
        asked.aim,
        asked.quick.axes,
        asked.windows,
    )
    levels, full, seen = asked.levels, held.rows.size, 0
    bounds, slopes, offsets, edges = desk.bounds, desk.slopes, desk.offsets, desk.edges
    totals, states, rows, exact = desk.totals, desk.states, desk.rows, desk.exact
    for block in range(begin, end):
        bound, limit = bounds[block - begin], _limit(held, size, asked.radius)
        if not bound <= limit:
            continue
        if size == full and first_rank[block] > rank[held.rows[0]]:
            limit = _next_below(levels, limit)
            if not bound <= limit:
                continue
        spot = spot_of(begins, begin, end, block, coordinates.shape[1])
        seen += spot.stop - spot.start
        within = quick_limit(limit, slack)
        if look(codes, spot, quick_axes, slopes, offsets, within, totals) == 0:
            continue
        found = rows_within(totals, within, spot, rows)
        if not inside:
            judge(codes, missing, spot, windows, edges, states)
            found, undecided = keep_judged(states, spot.start, rows, found)
            if undecided:
                found = keep_exactly(songs.columns, asked.conditions, rows, found)
        found = keep_allowed(asked.excluded, rows, found)
        found = settle(coordinates, missing, aim, rows, found, limit, exact)
        size = offer(rank, rows[:found], exact, held.distances, held.rows, size)
    return size, seen
