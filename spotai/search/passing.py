"""Conditions of rows: what codes tell of them at once, and each row's own values."""

from __future__ import annotations

import numpy as np

from spotai.search.arrays import Columns, Conditions, Spot, Windows, Zones
from spotai.search.codes import STEPS, code_of
from spotai.search.compiled import Array, compiled

# What is known of a row: it passes for no condition, perhaps, or for sure.
OUT, PERHAPS, SURE = np.uint8(0), np.uint8(1), np.uint8(2)


@compiled
def open_windows(zones: Zones, windows: Windows, region: int, edges: Array) -> None:
    """Write for each window the codes of its ends in a region, (W, 2).

    Codes between them pass for sure, codes beyond them do not; at the ends the value decides.
    """
    for n in range(windows.axes.size):
        low = np.float64(zones.axis_low[windows.axes[n], region])
        high = np.float64(zones.axis_high[windows.axes[n], region])
        edges[n, 0] = min(max(code_of(windows.low[n], low, high), -1.0), STEPS + 1.0)
        edges[n, 1] = min(max(code_of(windows.high[n], low, high), -1.0), STEPS + 1.0)


@compiled
def judge(
    codes: Array, missing: Array, spot: Spot, windows: Windows, edges: Array, states: Array
) -> None:
    """Write to ``states`` what the windows tell of rows."""
    size = spot.stop - spot.start
    state, unknown = states[:size], missing[spot.start : spot.stop]
    state[:] = SURE if windows.decisive else PERHAPS
    for n in range(windows.axes.size):
        axis, least, most = windows.axes[n], edges[n, 0], edges[n, 1]
        column = codes[spot.at + axis * spot.stride :][:size]
        for i in range(size):
            code = np.int16(column[i])
            near = (code >= least) & (code <= most)
            within = (code > least) & (code < most)
            state[i] = min(state[i], np.uint8(near) + np.uint8(within))
        if windows.columns[n] >= 0:
            for i in range(size):
                state[i] = OUT if (unknown[i] >> axis) & 1 else state[i]


@compiled
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


@compiled
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
