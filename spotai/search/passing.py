"""Conditions of rows: what codes tell of them at once, and each row's own values."""

from __future__ import annotations

import numpy as np

from spotai.search.arrays import Columns, Conditions, Spot, Windows, Zones
from spotai.search.codes import STEPS, code_of
from spotai.search.compiled import Array, compiled, inlined

# What is known of a row: it does not pass, it may, it does. Two bits, so that several conditions
# are one by a bitwise and.
OUT, PERHAPS, SURE = np.uint8(0), np.uint8(1), np.uint8(3)


@inlined
def open_windows(zones: Zones, windows: Windows, region: int, edges: Array) -> None:
    """Write for each window the first and last code in a region that may pass, the first and last
    that pass for sure, and whether values may be unknown that have to be known, (W, 5).

    Codes between those of its ends pass, those beyond do not; at the ends the value decides.
    """
    for n in range(windows.axes.size):
        axis, column = windows.axes[n], windows.columns[n]
        low = np.float64(zones.axis_low[axis, region])
        high = np.float64(zones.axis_high[axis, region])
        first = int(_clipped(code_of(windows.low[n], low, high)))
        last = int(_clipped(code_of(windows.high[n], low, high)))
        # Nothing lies beyond: often many songs have the very value at the end.
        if column >= 0 and windows.least[n] <= zones.value_low[column, region]:
            first = -1
        if column >= 0 and windows.most[n] >= zones.value_high[column, region]:
            last = STEPS + 1
        _write_codes_between(first, last, edges[n, :2])
        _write_codes_between(first + 1, last - 1, edges[n, 2:4])
        edges[n, 4] = column >= 0 and zones.value_unknown[column, region]


@inlined
def _clipped(code: float) -> float:
    return min(max(code, -1.0), STEPS + 1.0)


@inlined
def _write_codes_between(first: int, last: int, codes: Array) -> None:
    none = first > min(last, STEPS) or last < 0
    codes[0] = np.uint8(STEPS if none else max(first, 0))
    codes[1] = np.uint8(0 if none else min(last, STEPS))


@inlined
def judge(
    codes: Array, missing: Array, spot: Spot, windows: Windows, edges: Array, states: Array
) -> None:
    """Write to ``states`` what the windows tell of rows."""
    size = spot.stop - spot.start
    state, unknown = states[:size], missing[spot.start : spot.stop]
    state[:] = SURE if windows.decisive else PERHAPS
    for n in range(windows.axes.size):
        axis = windows.axes[n]
        column = codes[spot.at + axis * spot.stride :][:size]
        first, last, surely_first, surely_last, unknown_values = edges[n]
        for i in range(size):
            told = PERHAPS if (column[i] >= first) & (column[i] <= last) else OUT
            told |= SURE if (column[i] >= surely_first) & (column[i] <= surely_last) else OUT
            state[i] &= told
        if unknown_values:
            for i in range(size):
                state[i] = OUT if (unknown[i] >> axis) & 1 else state[i]


@inlined
def keep_judged(states: Array, start: int, rows: Array, size: int) -> tuple[int, int]:
    """Keep those of the first ``size`` rows that may pass; ``states[0]`` is that of row ``start``.

    Return how many there are, and of how many the values have to decide.
    """
    kept = undecided = 0
    for n in range(size):
        row = rows[n]
        state = states[row - start]
        rows[kept] = row
        kept += state != OUT
        undecided += state == PERHAPS
    return kept, undecided


@compiled
def keep_exactly(columns: Columns, conditions: Conditions, rows: Array, size: int) -> int:
    """Keep those of the first ``size`` rows that pass every condition, in their order, and return
    how many; a value that is not known passes none.
    """
    for n in range(conditions.range_columns.size):
        values = columns.values[conditions.range_columns[n]]
        size = _keep_between(values, conditions.range_low[n], conditions.range_high[n], rows, size)
    for n in range(conditions.bound_axes.size):
        values = columns.coordinates[:, conditions.bound_axes[n]]
        size = _keep_between(values, conditions.bound_low[n], conditions.bound_high[n], rows, size)
    for n in range(conditions.set_columns.size):
        values = columns.values[conditions.set_columns[n]]
        members = conditions.members[conditions.set_begins[n] : conditions.set_begins[n + 1]]
        size = _keep_members(values, members, rows, size)
    if conditions.allowed_genres.size:
        size = _keep_of_genres(
            columns.genre_begins, columns.genres, conditions.allowed_genres, rows, size
        )
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
def _keep_members(values: Array, members: Array, rows: Array, size: int) -> int:
    kept = 0
    for place in range(size):
        row, value = rows[place], values[rows[place]]
        member = np.searchsorted(members, value)
        rows[kept] = row
        kept += member < members.size and members[member] == value
    return kept


@compiled
def _keep_of_genres(begins: Array, genres: Array, allowed: Array, rows: Array, size: int) -> int:
    kept = 0
    for place in range(size):
        row, passes = rows[place], False
        for n in range(begins[row], begins[row + 1]):
            passes |= allowed[genres[n]]
        rows[kept] = row
        kept += passes
    return kept


@inlined
def keep_allowed(excluded: Array, rows: Array, size: int) -> int:
    """Keep those of the first ``size`` rows that are not excluded, and return how many."""
    if excluded.size == 0:
        return size
    kept = 0
    for place in range(size):
        row = rows[place]
        rows[kept] = row
        kept += ((excluded[row >> 3] >> (row & 7)) & 1) == 0
    return kept
