"""The order of rows: songs near each other on all axes lie together.

A k-d tree without the tree: the rows are split in two where they differ most, and each half again,
until a part is a region of at most 4,096 rows, and further, to blocks of at most 256. Of every
region and block the smallest and largest value of each column are kept (its zone), so a search
can tell from afar which of them cannot matter.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, FEATURE_OF_AXIS
from spotai.search.codes import write_codes
from spotai.search.compiled import Array, compiled

REGION: Final = 4_096
BLOCK: Final = 256
# So many rows tell which axis to cut, and so many where.
GLANCE: Final = 256
SAMPLE: Final = 1_024
# A cut leaves at least this share of the sample on either side.
SMALLEST_SIDE: Final = 0.1

# Axes that weigh much in most queries are cut more often: it halves the rows a query looks at
# (docs/search.md).
EMPHASIS: Final = np.array([FEATURE_OF_AXIS[axis].weight for axis in AXES])


class Order(NamedTuple):
    """``rows`` (N,) in block order, ``blocks`` (B+1,) where blocks begin among them, ``regions``
    (R+1,) where regions begin among the blocks.
    """

    rows: NDArray[np.int32]
    blocks: NDArray[np.int64]
    regions: NDArray[np.int64]


def block_order(coordinates: NDArray[np.float32]) -> Order:
    """Put the rows of coordinates, (A, N), in order. Within a block they ascend."""
    size = coordinates.shape[1]
    rows = np.arange(size, dtype=np.int32)
    # Every cut leaves a row on either side, so there are no more blocks than rows.
    blocks, regions = np.empty((2, size + 1), dtype=np.int64)
    found, over = _split_all(coordinates, EMPHASIS, rows, np.empty_like(rows), blocks, regions)
    return Order(
        rows, np.append(blocks[:found], np.int64(size)), np.append(regions[:over], np.int64(found))
    )


@compiled
def _split_all(
    coordinates: Array, emphasis: Array, rows: Array, spare: Array, blocks: Array, regions: Array
) -> tuple[int, int]:
    """Split until every part is a block; return how many blocks and regions there are."""
    parts = [(np.int64(0), np.int64(rows.size), False)]
    found = over = 0
    while len(parts) > 0:
        start, stop, inside = parts.pop()
        if not inside and stop - start <= REGION:
            regions[over] = found
            over += 1
            inside = True
        if stop - start <= BLOCK:
            blocks[found] = start
            found += 1
            continue
        axis, cut = _best_cut(coordinates, emphasis, rows[start:stop])
        middle = (start + stop) // 2
        if axis >= 0:
            middle = start + _partition(coordinates[axis], cut, rows[start:stop], spare)
        # The left half is taken first, so blocks come in order.
        parts.append((middle, stop, inside))
        parts.append((start, middle, inside))
    return found, over


@compiled
def _best_cut(coordinates: Array, emphasis: Array, rows: Array) -> tuple[int, float]:
    """Return the axis and value whose cut sets two halves apart most, -1 where all is constant."""
    values = np.empty(SAMPLE, dtype=np.float32)
    best, best_axis = 0.0, -1
    for axis in range(coordinates.shape[0]):
        gain, _ = _gain(coordinates[axis], rows, values[:GLANCE])
        if gain * emphasis[axis] > best:
            best, best_axis = gain * emphasis[axis], axis
    if best_axis >= 0:
        return best_axis, _gain(coordinates[best_axis], rows, values)[1]
    for axis in range(coordinates.shape[0]):
        gain, cut = _gain(coordinates[axis], rows, values)
        if gain > 0:
            return axis, cut
    return -1, 0.0


@compiled
def _gain(column: Array, rows: Array, values: Array) -> tuple[float, float]:
    """Return what a cut of these rows gains on an axis, and the last value on its left side.

    p(1-p)(mean of the left - mean of the right)^2, of an evenly spaced sample, which is written
    to ``values``.
    """
    step = rows.size / values.size
    for n in range(values.size):
        values[n] = column[rows[np.int64(n * step)]]
    values.sort()
    if values[0] == values[-1]:
        return 0.0, 0.0
    left = _boundary(values)
    total, low = 0.0, 0.0
    for n in range(values.size):
        total += values[n]
        if n < left:
            low += values[n]
    share = left / values.size
    apart = low / left - (total - low) / (values.size - left)
    gain = share * (1 - share) * apart * apart
    if share < SMALLEST_SIDE or share > 1 - SMALLEST_SIDE:
        # Better than none, worse than any that halves the rows.
        gain *= 1e-6
    return gain, float(values[left - 1])


@compiled
def _boundary(values: Array) -> int:
    """Return where a new value begins in sorted ones, as near to the middle as possible."""
    middle: int = values.size // 2
    for away in range(values.size):
        if middle - away > 0 and values[middle - away - 1] != values[middle - away]:
            return middle - away
        if middle + away < values.size and values[middle + away - 1] != values[middle + away]:
            return middle + away
    return middle


@compiled
def _partition(column: Array, cut: float, rows: Array, spare: Array) -> int:
    """Put rows up to ``cut`` first, keeping their order, and return where the others begin."""
    low = high = 0
    for n in range(rows.size):
        row = rows[n]
        if column[row] <= cut:
            rows[low] = row
            low += 1
        else:
            spare[high] = row
            high += 1
    rows[low:] = spare[:high]
    return low


@compiled
def zone_of(column: Array, begins: Array, low: Array, high: Array, unknown: Array) -> None:
    """Write the smallest and the largest known value of each part, +inf and -inf where there is
    none, and whether any value is not known (NaN).
    """
    for part in range(begins.size - 1):
        low[part], high[part], unknown[part] = np.inf, -np.inf, False
        for row in range(begins[part], begins[part + 1]):
            if np.isnan(column[row]):
                unknown[part] = True
            else:
                low[part] = min(low[part], column[row])
                high[part] = max(high[part], column[row])


@compiled
def lay_out(
    coordinates: Array,
    order: Array,
    blocks: Array,
    regions: Array,
    of_blocks: Array,
    of_regions: Array,
    ordered: Array,
    codes: Array,
) -> None:
    """Write coordinates (A, N) as (N, A) in ``order``, and their codes.

    The smallest and largest of each block and region go to ``of_blocks`` (2, A, B) and
    ``of_regions`` (2, A, R).
    """
    for region in range(regions.size - 1):
        first, end = regions[region], regions[region + 1]
        for axis in range(coordinates.shape[0]):
            column = coordinates[axis]
            for block in range(first, end):
                low, high = np.float32(np.inf), np.float32(-np.inf)
                for row in range(blocks[block], blocks[block + 1]):
                    coordinate = column[order[row]]
                    ordered[row, axis] = coordinate
                    low, high = min(low, coordinate), max(high, coordinate)
                of_blocks[0, axis, block], of_blocks[1, axis, block] = low, high
            of_regions[0, axis, region] = of_blocks[0, axis, first:end].min()
            of_regions[1, axis, region] = of_blocks[1, axis, first:end].max()
        lows, highs = of_regions[0, :, region], of_regions[1, :, region]
        write_codes(ordered, lows, highs, blocks[first], blocks[end], codes)
