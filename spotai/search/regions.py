"""What is done with the rows of a region, to find the nearest and to count."""

from __future__ import annotations

import numpy as np

from spotai.search.arrays import Aim, Asked, Desk, Spot, Zones
from spotai.search.blocks import BLOCK, REGION
from spotai.search.codes import quick_terms
from spotai.search.compiled import Array, inlined
from spotai.search.passing import open_windows
from spotai.search.zones import is_inside


@inlined
def new_desk(asked: Asked) -> Desk:
    """Return room to work in for a query."""
    quick, windows = asked.quick.axes.size, asked.windows.axes.size
    return Desk(
        np.empty(quick, dtype=np.float32),
        np.empty(quick, dtype=np.float32),
        np.empty((windows, 5), dtype=np.uint8),
        np.empty(REGION),
        np.empty(BLOCK, dtype=np.float32),
        np.empty(REGION, dtype=np.uint8),
        # One is written beyond the last that is found.
        np.empty(REGION + 1, dtype=np.int64),
        np.empty(BLOCK),
    )


@inlined
def prepare(regions: Zones, asked: Asked, region: int, desk: Desk) -> tuple[float, bool]:
    """Make the desk ready for a region. Return by how much the root of a quick distance may be
    off there, and whether every row passes every condition.
    """
    slack = quick_terms(regions, asked.quick, region, desk)
    inside = asked.free or is_inside(regions, asked.conditions, region)
    open_windows(regions, asked.windows, region, desk.edges)
    return slack, inside


@inlined
def spot_of(begins: Array, first: int, end: int, block: int, axes: int) -> Spot:
    """Return where a block lies whose region has the blocks from ``first`` to ``end``."""
    start, region = begins[block], begins[first]
    return Spot(start, begins[block + 1], region * axes + start - region, begins[end] - region)


@inlined
def rows_within(totals: Array, limit: float, spot: Spot, rows: Array) -> int:
    """Write the rows whose quick distance is within ``limit``; return how many.

    Terms left out and what is missing do not count here, so quick distances are low at most.
    """
    found, within = 0, np.float32(limit)
    for n in range(spot.stop - spot.start):
        rows[found] = spot.start + n
        found += totals[n] <= within
    return found


@inlined
def settle(
    coordinates: Array,
    missing: Array,
    aim: Aim,
    rows: Array,
    size: int,
    limit: float,
    exact: Array,
) -> int:
    """Keep those of the first ``size`` rows within ``limit``, write their distances, by the
    definition (scan.py), operation by operation; return how many there are.
    """
    kept, single = 0, aim.targets.shape[1] == 1
    for place in range(size):
        row = rows[place]
        at, distance = coordinates[row], 0.0
        for n in range(aim.axes.size):
            error = np.float64(at[aim.axes[n]]) - aim.targets[n, 0]
            least = error * error
            if not single:
                least = min(least, _least(np.float64(at[aim.axes[n]]), aim.targets[n]))
            distance += least * aim.weights[n]
        if missing[row]:
            for n in range(aim.axes.size):
                if (missing[row] >> aim.axes[n]) & 1:
                    distance += aim.weights[n]
        rows[kept], exact[kept] = row, distance
        kept += distance <= limit
    return kept


@inlined
def _least(coordinate: float, targets: Array) -> float:
    least = np.inf
    for target in targets:
        error = coordinate - target
        least = min(least, error * error)
    return least
