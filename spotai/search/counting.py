"""How many songs pass: parts outside a condition count nothing, parts inside count whole."""

from __future__ import annotations

from typing import Final

import numpy as np

from spotai.search.arrays import Asked, Blocks, Desk, Spot
from spotai.search.codes import look, quick_limit, sure_limit
from spotai.search.compiled import Array, compiled, inlined
from spotai.search.passing import OUT, PERHAPS, SURE, judge, keep_exactly
from spotai.search.regions import new_desk, prepare, settle, spot_of
from spotai.search.zones import far_bounds, near_bounds

# Eight states at a time, and the low bit of each.
EIGHT: Final = 8
LOW: Final = np.uint64(0x0101010101010101)
ONE: Final = np.uint64(1)
TOP_BYTE: Final = np.uint64(56)


@compiled
def count(songs: Blocks, asked: Asked) -> int:
    """Return how many rows pass everything, the radius included, but for ``excluded``."""
    regions, radius, passing = songs.regions, asked.radius, 0
    near, far = np.empty(regions.begins.size - 1), np.empty(regions.begins.size - 1)
    first = regions.begins[0]
    near_bounds(regions, asked, first, near.size, near)
    far_bounds(regions, asked, first, far.size, far)
    desk = new_desk(asked)
    for region in range(near.size):
        if not near[region] <= radius:
            continue
        slack, inside = prepare(regions, asked, region, desk)
        begin, end = songs.region_begins[region], songs.region_begins[region + 1]
        if far[region] > radius:
            passing += _count_blocks(songs, asked, begin, end, desk, slack)
        elif inside:
            passing += regions.begins[region + 1] - regions.begins[region]
        else:
            passing += _count_rows(songs, asked, begin, end, desk)
    return passing


@compiled
def count_of(songs: Blocks, asked: Asked, rows: Array) -> int:
    """Return how many of ``rows`` pass everything; ``rows`` are used up."""
    columns, exact = songs.columns, np.empty(rows.size)
    found = keep_exactly(columns, asked.conditions, rows, rows.size)
    if asked.radius == np.inf:
        return found
    return settle(columns.coordinates, columns.missing, asked.aim, rows, found, asked.radius, exact)


@inlined
def _count_rows(songs: Blocks, asked: Asked, begin: int, end: int, desk: Desk) -> int:
    """Return how many rows of a region pass, all of which are within the radius."""
    # Reading a byte of each row takes less time than asking the zones of all blocks.
    columns, begins = songs.columns, songs.blocks.begins
    start, stop, axes = begins[begin], begins[end], columns.coordinates.shape[1]
    spot = Spot(start, stop, start * axes, stop - start)
    judge(columns.codes, columns.missing, spot, asked.windows, desk.edges, desk.states)
    surely, undecided = _count_judged(desk.states, spot, desk.rows, 0)
    return surely + count_of(songs, asked, desk.rows[:undecided])


@inlined
def _count_blocks(
    songs: Blocks, asked: Asked, begin: int, end: int, desk: Desk, slack: float
) -> int:
    """Return how many rows of a region pass, by the distances of its blocks."""
    bounds, far, radius = desk.bounds, np.empty(end - begin), asked.radius
    near_bounds(songs.blocks, asked, begin, end, bounds)
    far_bounds(songs.blocks, asked, begin, end, far)
    limit, sure = quick_limit(radius, slack), sure_limit(radius, slack) if asked.complete else -1.0
    begins, codes, missing = songs.blocks.begins, songs.columns.codes, songs.columns.missing
    axes, states, rows = songs.columns.coordinates.shape[1], desk.states, desk.rows
    weighted, passing, undecided = _bits(asked.aim.axes), 0, 0
    for block in range(begin, end):
        if not bounds[block - begin] <= radius:
            continue
        spot = spot_of(begins, begin, end, block, axes)
        judge(codes, missing, spot, asked.windows, desk.edges, states)
        if far[block - begin] > radius:
            look(codes, spot, asked.quick.axes, desk.slopes, desk.offsets, limit, desk.totals)
            _judge_distances(desk.totals, missing, weighted, spot, limit, sure, states)
        surely, undecided = _count_judged(states, spot, rows, undecided)
        passing += surely
    return passing + count_of(songs, asked, rows[:undecided])


@inlined
def _bits(axes: Array) -> int:
    bits = 0
    for axis in axes:
        bits |= 1 << axis
    return bits


@inlined
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
        state[n] &= SURE if for_sure else (PERHAPS if near else OUT)


@inlined
def _count_judged(states: Array, spot: Spot, rows: Array, found: int) -> tuple[int, int]:
    """Return how many rows pass for sure; add those that perhaps do to the ``found`` ones in
    ``rows``, and return how many these are then. The states after the rows' are written over.
    """
    size, surely = spot.stop - spot.start, np.uint64(0)
    eights = (size + EIGHT - 1) // EIGHT
    states[size : eights * EIGHT] = OUT
    words = states.view(np.uint64)
    for n in range(eights):
        # The high bit of a state is set in SURE alone; a product with LOW sums the bytes.
        high = (words[n] >> ONE) & LOW
        surely += (high * LOW) >> TOP_BYTE
        undecided = words[n] & LOW & ~high
        while undecided:
            lowest = undecided & (~undecided + ONE)
            # Below it there are as many low bits as states before.
            before = (((lowest - ONE) & LOW) * LOW) >> TOP_BYTE
            rows[found] = spot.start + n * EIGHT + np.int64(before)
            found += 1
            undecided ^= lowest
    return int(surely), found
