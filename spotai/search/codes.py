"""Coordinates in a byte each: enough to tell most rows that do not matter.

The codes of a region lie together, axis after axis. A code says where a coordinate lies between
the smallest and the largest of its region, in 255 steps. docs/search.md proves what follows.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from spotai.search.arrays import Desk, Quick, Spot, Zones
from spotai.search.compiled import Array, compiled, fused, inlined

STEPS: Final = 255
# So many axes fit into the processor's registers together.
AXES_AT_ONCE: Final = 4
# Half of what float32 rounds at most, relative to the number.
UNIT: Final = 2.0**-24
# Where float32 ends: below the smallest it rounds by more than a share of the number, beyond the
# largest it may overflow.
SMALLEST: Final = 1e-36
LARGEST: Final = 1e37


@inlined
def code_of(coordinate: float, low: float, high: float) -> float:
    """Return the code of a coordinate, a whole number: below 0 or above 255 outside the region."""
    if high == low:
        return float(np.sign(coordinate - low))
    return float(np.floor((coordinate - low) * (STEPS / (high - low)) + 0.5))


@compiled
def write_codes(
    coordinates: Array, low: Array, high: Array, begin: int, end: int, codes: Array
) -> None:
    """Write the codes of a region's rows, ``begin`` to ``end`` of coordinates (N, A).

    ``low`` and ``high`` (A,) are the region's extremes.
    """
    size = end - begin
    for axis in range(coordinates.shape[1]):
        at = begin * coordinates.shape[1] + axis * size
        least, most = np.float64(low[axis]), np.float64(high[axis])
        for n in range(size):
            codes[at + n] = np.uint8(code_of(np.float64(coordinates[begin + n, axis]), least, most))


@inlined
def quick_terms(regions: Zones, quick: Quick, region: int, desk: Desk) -> float:
    """Write what makes the root of a term of a code, slope*code + offset, for each quick axis.

    Return by how much the root of a quick distance may be off in this region.
    """
    total = 0.0
    for n in range(quick.axes.size):
        low = np.float64(regions.axis_low[quick.axes[n], region])
        width = np.float64(regions.axis_high[quick.axes[n], region]) - low
        away, root = low - quick.targets[n], quick.roots[n]
        desk.slopes[n], desk.offsets[n] = width / STEPS * root, away * root
        error = (width * (0.5001 / STEPS) + 4 * UNIT * (width + abs(away))) * root + SMALLEST
        total += error * error
    return float(np.sqrt(total))


@inlined
def quick_limit(limit: float, slack: float) -> float:
    """Return what a quick distance may be at most where the exact one is within ``limit``."""
    root = np.sqrt(limit) + slack
    # 2**-18 covers the roundings of up to 16 terms many times over.
    wide = root * root * (1.0 + 2.0**-18) + SMALLEST
    return wide if wide < LARGEST else np.inf


@inlined
def sure_limit(limit: float, slack: float) -> float:
    """Return up to which quick distance the exact one is within ``limit`` for sure, -1 if none."""
    root = np.sqrt(limit) - slack
    if not root > 0:
        return -1.0
    return (root * root - SMALLEST) * (1.0 - 2.0**-18) if root * root < LARGEST else -1.0


@fused
def look(
    codes: Array,
    spot: Spot,
    axes: Array,
    slopes: Array,
    offsets: Array,
    limit: float,
    totals: Array,
) -> int:
    """Write the quick distances of rows to ``totals``, float32; return how many are within
    ``limit``. It stops when none is left: then ``totals`` are of the terms so far.
    """
    left = size = spot.stop - spot.start
    total, within = totals[:size], np.float32(limit)
    total[:] = np.float32(0.0)
    for n in range(0, axes.size, AXES_AT_ONCE):
        # Slices: what is indexed from 0 on needs no look at the sign of every index.
        p = codes[spot.at + axes[n] * spot.stride :][:size]
        q = codes[spot.at + axes[n + 1] * spot.stride :][:size]
        r = codes[spot.at + axes[n + 2] * spot.stride :][:size]
        s = codes[spot.at + axes[n + 3] * spot.stride :][:size]
        slope_p, slope_q, slope_r, slope_s = slopes[n], slopes[n + 1], slopes[n + 2], slopes[n + 3]
        zero_p, zero_q, zero_r, zero_s = offsets[n], offsets[n + 1], offsets[n + 2], offsets[n + 3]
        for i in range(size):
            ep, eq = np.float32(p[i]) * slope_p + zero_p, np.float32(q[i]) * slope_q + zero_q
            er, es = np.float32(r[i]) * slope_r + zero_r, np.float32(s[i]) * slope_s + zero_s
            total[i] += (ep * ep + eq * eq) + (er * er + es * es)
        left = 0
        for i in range(size):
            left += total[i] <= within
        if left == 0:
            break
    return left
