"""How many songs pass: parts outside a condition count nothing, parts inside count whole."""

from __future__ import annotations

import numpy as np

from spotai.search.arrays import Asked, Blocks, Desk, Spot
from spotai.search.codes import look, quick_limit, sure_limit
from spotai.search.compiled import Array, compiled
from spotai.search.passing import OUT, PERHAPS, SURE, judge, keep_exactly
from spotai.search.regions import new_desk, prepare, settle, spot_of
from spotai.search.zones import far_bounds, is_inside, near_bounds


@compiled
def count(songs: Blocks, asked: Asked) -> int:
    """Return how many rows pass everything, the radius included, but for ``excluded``."""
    regions = songs.regions
    near, far = np.empty(regions.begins.size - 1), np.empty(regions.begins.size - 1)
    first = regions.begins[0]
    near_bounds(regions, asked, first, near.size, near)
    far_bounds(regions, asked, first, far.size, far)
    desk, passing = new_desk(asked), 0
    for region in range(near.size):
        if not near[region] <= asked.radius:
            continue
        if far[region] <= asked.radius and is_inside(regions, asked.conditions, region):
            passing += regions.begins[region + 1] - regions.begins[region]
        else:
            passing += _count_in(songs, asked, region, desk)
    return passing


@compiled
def count_of(songs: Blocks, asked: Asked, rows: Array) -> int:
    """Return how many of ``rows`` pass everything; ``rows`` are used up."""
    columns, exact = songs.columns, np.empty(rows.size)
    found = keep_exactly(columns, asked.conditions, rows, rows.size)
    return settle(columns.coordinates, columns.missing, asked.aim, rows, found, asked.radius, exact)


@compiled
def _count_in(songs: Blocks, asked: Asked, region: int, desk: Desk) -> int:
    """Return how many rows of a region pass."""
    begin, end = songs.region_begins[region], songs.region_begins[region + 1]
    slack, inside = prepare(songs.regions, asked, region, desk)
    bounds, far, whole = desk.bounds, np.empty(end - begin), np.empty(end - begin, dtype=np.bool_)
    near_bounds(songs.blocks, asked, begin, end, bounds)
    far_bounds(songs.blocks, asked, begin, end, far)
    for block in range(begin, end):
        whole[block - begin] = inside or is_inside(songs.blocks, asked.conditions, block)
    limit, sure = (
        quick_limit(asked.radius, slack),
        sure_limit(asked.radius, slack) if asked.complete else -1.0,
    )
    weighted = _bits(asked.aim.axes)
    # Taken out of their tuples once: handing a tuple on costs more than a look at a block.
    begins, codes, missing = songs.blocks.begins, songs.columns.codes, songs.columns.missing
    axes, quick_axes, windows = songs.columns.coordinates.shape[1], asked.quick.axes, asked.windows
    slopes, offsets, edges = desk.slopes, desk.offsets, desk.edges
    totals, states, rows, passing, undecided = desk.totals, desk.states, desk.rows, 0, 0
    for block in range(begin, end):
        close = far[block - begin] <= asked.radius
        if not bounds[block - begin] <= asked.radius:
            continue
        spot = spot_of(begins, begin, end, block, axes)
        if close and whole[block - begin]:
            passing += spot.stop - spot.start
            continue
        states[:] = SURE
        if not whole[block - begin]:
            judge(codes, missing, spot, windows, edges, states)
        if not close:
            look(codes, spot, quick_axes, slopes, offsets, limit, totals)
            _judge_distances(totals, missing, weighted, spot, limit, sure, states)
        surely, undecided = _count_judged(states, spot, rows, undecided)
        passing += surely
    return passing + count_of(songs, asked, rows[:undecided]) if undecided else passing


@compiled
def _bits(axes: Array) -> int:
    bits = 0
    for axis in axes:
        bits |= 1 << axis
    return bits


@compiled
def _judge_distances(
    totals: Array,
    missing: Array,
    weighted: int,
    spot: Spot,
    limit: float,
    sure: float,
    states: Array,
) -> None:
    """Lower the states of rows to what quick distances tell: what is missing is not in them."""
    size, within, surely = spot.stop - spot.start, np.float32(limit), np.float32(sure)
    total, state, unknown = totals[:size], states[:size], missing[spot.start : spot.stop]
    bits = np.uint16(weighted)
    for n in range(size):
        near = total[n] <= within
        for_sure = (total[n] <= surely) & ((unknown[n] & bits) == 0)
        state[n] = min(state[n], np.uint8(near) + np.uint8(for_sure))


@compiled
def _count_judged(states: Array, spot: Spot, rows: Array, found: int) -> tuple[int, int]:
    """Return how many rows pass for sure; add those that perhaps do to the ``found`` ones in
    ``rows``, and return how many these are then.
    """
    state, surely, possible = states[: spot.stop - spot.start], 0, 0
    for n in range(state.size):
        surely += state[n] == SURE
        possible += state[n] != OUT
    if possible > surely:
        for n in range(state.size):
            rows[found] = spot.start + n
            found += state[n] == PERHAPS
    return surely, found
