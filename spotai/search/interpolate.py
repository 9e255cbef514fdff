"""Interpolation between knots: the one way from a raw value to a stored coordinate."""

from __future__ import annotations

from typing import Final

import numpy as np

from spotai.search.compiled import Array, compiled

# Cells of even width between the first and the last knot, which tell where to look for a value.
_CELLS: Final = 4_096


@compiled
def interpolate(values: Array, knots: Array, heights: Array, out: Array) -> None:
    """Write the height of each value as float32: linear between ascending knots, flat beyond them,
    0 for NaN, and for all where there are no knots.

    The operations are those of ``np.interp``, each rounded on its own, and no height is beyond
    those of the knots beside it: so heights never fall where they should rise.
    """
    if knots.size == 0:
        out[:] = 0.0
        return
    last = knots.size - 1
    first_knot, last_knot = knots[0], knots[last]
    begins = np.empty(_CELLS + 2, np.int64)
    # A few values are found sooner than the grid is filled.
    scale = _fill_grid(knots, begins) if values.size > knots.size else 0.0
    for n in range(values.size):
        value = values[n]
        if np.isnan(value):
            out[n] = 0.0
        elif value >= last_knot:
            out[n] = heights[last]
        elif value <= first_knot:
            out[n] = heights[0]
        else:
            low, end = 0, knots.size
            if scale > 0.0:
                cell = np.int64((value - first_knot) * scale)
                low, end = max(begins[cell] - 1, 0), begins[cell + 1]
            out[n] = _height(value, knots, heights, low, end)


@compiled
def _fill_grid(knots: Array, begins: Array) -> float:
    """Write which knot is the first in or beyond each cell; return how many cells make a step of
    1, or 0 where no such number can be.

    The cell of a value never falls where the value rises, however that is rounded, so the last
    knot up to a value comes before the next cell begins, and at the earliest just before its own.
    """
    scale: float = _CELLS / (knots[-1] - knots[0])
    if not np.isfinite(scale):
        return 0.0
    cell = 0
    for knot in range(knots.size):
        while cell <= np.int64((knots[knot] - knots[0]) * scale):
            begins[cell] = knot
            cell += 1
    begins[cell:] = knots.size
    return scale


@compiled
def _height(value: float, knots: Array, heights: Array, low: int, end: int) -> float:
    """Return the height of a value whose knot on the left is from ``low`` to before ``end``."""
    while end - low > 1:
        middle = (low + end) >> 1
        if knots[middle] <= value:
            low = middle
        else:
            end = middle
    if knots[low] == value:
        height: float = heights[low]
        return height
    slope = (heights[low + 1] - heights[low]) / (knots[low + 1] - knots[low])
    between: float = slope * (value - knots[low]) + heights[low]
    return float(min(max(between, heights[low]), heights[low + 1]))
