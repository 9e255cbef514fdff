"""What zones tell of the rows in them: how near they can be, and whether they can pass."""

from __future__ import annotations

import numpy as np

from spotai.search.arrays import Aim, Asked, Conditions, Zones
from spotai.search.compiled import Array, compiled, inlined


@inlined
def near_bounds(zones: Zones, asked: Asked, begin: int, end: int, bounds: Array) -> None:
    """Write for parts ``begin`` to ``end`` a distance that none of their rows is below, NaN where
    none can pass: a distance itself may be infinite. ``bounds[0]`` is that of the first part.

    The operations of a distance, on the nearest value of each zone: rounding is monotone, so the
    bound holds to the last bit.
    """
    size = end - begin
    bounds[:size] = 0.0
    aim = asked.aim
    for n in range(aim.axes.size):
        low = zones.axis_low[aim.axes[n]][begin:end]
        high = zones.axis_high[aim.axes[n]][begin:end]
        if aim.two_valued[n]:
            gaps = (zones.any_missing[begin:end] >> aim.axes[n]) & 1
            alone = aim.axes.size == 1
            _add_nearer(low, high, gaps, aim.targets[n], aim.weights[n], alone, bounds)
        else:
            _add_least(low, high, aim.targets[n], aim.weights[n], bounds)
    _add_missing(zones.all_missing[begin:end], aim, bounds)
    if not asked.free:
        _close_outside(zones, asked.conditions, begin, end, bounds)


@inlined
def _add_least(low: Array, high: Array, targets: Array, weight: float, bounds: Array) -> None:
    if targets.size == 1:
        # What nearly all axes have, as a loop that is one instruction for many parts.
        target = targets[0]
        for n in range(low.size):
            error = max(np.float64(low[n]) - target, target - np.float64(high[n]), 0.0)
            bounds[n] += error * error * weight
        return
    for n in range(low.size):
        least = np.inf
        for target in targets:
            error = max(np.float64(low[n]) - target, target - np.float64(high[n]), 0.0)
            least = min(least, error * error)
        bounds[n] += least * weight


@inlined
def _add_nearer(
    low: Array,
    high: Array,
    gaps: Array,
    targets: Array,
    weight: float,
    alone: bool,  # noqa: FBT001
    bounds: Array,
) -> None:
    """The same for an axis of two values: no row meets a target between them, unless its value is
    missing, which is a coordinate of 0. Where nothing else counts, missing adds the weight at once.
    """
    for n in range(low.size):
        known = unknown = np.inf
        for target in targets:
            below, above = np.float64(low[n]) - target, np.float64(high[n]) - target
            known = min(known, below * below, above * above)
            unknown = min(unknown, target * target)
        least = known * weight
        if gaps[n]:
            least = min(least, unknown * weight + weight if alone else unknown * weight)
        bounds[n] += least


@inlined
def far_bounds(zones: Zones, asked: Asked, begin: int, end: int, bounds: Array) -> None:
    """Write for parts a distance that none of their rows is above; 0 without a radius, where
    nobody asks.
    """
    bounds[: end - begin] = 0.0
    if asked.radius == np.inf:
        return
    aim = asked.aim
    for n in range(aim.axes.size):
        low = zones.axis_low[aim.axes[n]][begin:end]
        high = zones.axis_high[aim.axes[n]][begin:end]
        for part in range(low.size):
            least = np.inf
            for target in aim.targets[n]:
                below = np.float64(low[part]) - target
                above = np.float64(high[part]) - target
                least = min(least, max(below * below, above * above))
            bounds[part] += least * aim.weights[n]
    _add_missing(zones.any_missing[begin:end], aim, bounds)


@inlined
def _add_missing(missing: Array, aim: Aim, bounds: Array) -> None:
    for n in range(aim.axes.size):
        axis, weight = aim.axes[n], aim.weights[n]
        for part in range(missing.size):
            if (missing[part] >> axis) & 1:
                bounds[part] += weight


@compiled
def _close_outside(
    zones: Zones, conditions: Conditions, begin: int, end: int, bounds: Array
) -> None:
    """Set the bounds of parts that lie outside a condition to NaN."""
    for n in range(conditions.bound_axes.size):
        axis = conditions.bound_axes[n]
        lows, highs = zones.axis_low[axis][begin:end], zones.axis_high[axis][begin:end]
        _close_between(lows, highs, conditions.bound_low[n], conditions.bound_high[n], bounds)
    for n in range(conditions.range_columns.size):
        column = conditions.range_columns[n]
        lows, highs = zones.value_low[column][begin:end], zones.value_high[column][begin:end]
        _close_between(lows, highs, conditions.range_low[n], conditions.range_high[n], bounds)
    for n in range(conditions.set_columns.size):
        column = conditions.set_columns[n]
        lows, highs = zones.value_low[column][begin:end], zones.value_high[column][begin:end]
        members = conditions.members[conditions.set_begins[n] : conditions.set_begins[n + 1]]
        for part in range(lows.size):
            first = np.searchsorted(members, lows[part])
            if first == members.size or members[first] > highs[part]:
                bounds[part] = np.nan


@compiled
def _close_between(lows: Array, highs: Array, least: float, most: float, bounds: Array) -> None:
    for part in range(lows.size):
        outside = (highs[part] < least) | (lows[part] > most)
        bounds[part] = np.nan if outside else bounds[part]


@compiled
def is_inside(zones: Zones, conditions: Conditions, part: int) -> bool:
    """Return whether every row of a part that is not outside passes every condition for sure."""
    if conditions.allowed_genres.size:
        return False
    for n in range(conditions.bound_axes.size):
        axis = conditions.bound_axes[n]
        if (
            zones.axis_low[axis, part] < conditions.bound_low[n]
            or zones.axis_high[axis, part] > conditions.bound_high[n]
        ):
            return False
    for n in range(conditions.range_columns.size):
        column = conditions.range_columns[n]
        if (
            zones.value_unknown[column, part]
            or zones.value_low[column, part] < conditions.range_low[n]
            or zones.value_high[column, part] > conditions.range_high[n]
        ):
            return False
    for n in range(conditions.set_columns.size):
        column = conditions.set_columns[n]
        low, high = zones.value_low[column, part], zones.value_high[column, part]
        if zones.value_unknown[column, part] or low != high:
            return False
    return True
