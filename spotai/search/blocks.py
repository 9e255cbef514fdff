"""The order of rows: songs near each other on all axes lie together.

A k-d tree without the tree: the rows are split in two where they differ most, and each half again,
until a part is a region of at most 4,096 rows, and further, to blocks of at most 256. Of every
region and block the smallest and largest value of each column are kept (its zone), so a search
can tell from afar which of them cannot matter.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, FEATURE_OF_AXIS
from spotai.search.codes import write_codes
from spotai.search.compiled import Array, compiled
from spotai.search.cores import for_each

Rows = NDArray[np.int32]

REGION: Final = 4_096
BLOCK: Final = 256
# So many parts are put in order one beside the other, if they have so many rows.
PARTS: Final = 16
SMALLEST_PART: Final = 16 * REGION
# So many rows tell which axis to cut, and so many where.
GLANCE: Final = 256
SAMPLE: Final = 1_024
# Of so many axes the gain is found.
CONTENDERS: Final = 2
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
    spare = np.empty_like(rows)
    parts = _first_parts(coordinates, rows, spare)
    ordered = for_each(
        lambda part: _blocks_in(coordinates, rows[part], spare[part]),
        [slice(start, stop) for start, stop in pairwise(parts)],
    )
    blocks, regions, found = [], [], 0
    for start, (begins, over) in zip(parts, ordered, strict=False):
        blocks.append(begins + start)
        regions.append(over + found)
        found += len(begins)
    return Order(
        rows,
        np.concatenate([*blocks, np.array([size])]),
        np.concatenate([*regions, np.array([found])]),
    )


def _first_parts(coordinates: NDArray[np.float32], rows: Rows, spare: Rows) -> list[int]:
    """Cut the rows a few times, to have parts for all cores; return where parts begin and end."""
    parts = [0, len(rows)]
    while len(parts) <= PARTS:
        largest = int(np.argmax(np.diff(parts)))
        start, stop = parts[largest : largest + 2]
        if stop - start <= SMALLEST_PART:
            break
        middle = start + _cut(coordinates, EMPHASIS, rows[start:stop], spare[start:stop])
        parts.insert(largest + 1, int(middle))
    return parts


def _blocks_in(
    coordinates: NDArray[np.float32], rows: Rows, spare: Rows
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put a part in order; return where its blocks begin, and its regions among these."""
    # Every cut leaves a row on either side, so there are no more blocks than rows.
    blocks, regions = np.empty((2, len(rows)), dtype=np.int64)
    found, over = _split_all(coordinates, EMPHASIS, rows, spare, blocks, regions)
    return blocks[:found].copy(), regions[:over].copy()


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
        middle = start + _cut(coordinates, emphasis, rows[start:stop], spare)
        # The left half is taken first, so blocks come in order.
        parts.append((middle, stop, inside))
        parts.append((start, middle, inside))
    return found, over


@compiled
def _cut(coordinates: Array, emphasis: Array, rows: Array, spare: Array) -> int:
    """Put the rows of one half before those of the other; return where the other begins."""
    axis, cut = _best_cut(coordinates, emphasis, rows)
    if axis < 0:
        return int(rows.size // 2)
    return _partition(coordinates[axis], cut, rows, spare)


@compiled
def _best_cut(coordinates: Array, emphasis: Array, rows: Array) -> tuple[int, float]:
    """Return the axis and value whose cut sets two halves apart most, -1 where all is constant."""
    values = np.empty(min(SAMPLE, rows.size), dtype=np.float32)
    glance = values[: min(GLANCE, rows.size)]
    best, best_axis = 0.0, -1
    for axis in _widest(coordinates, emphasis, rows, glance):
        gain, _ = _gain(coordinates[axis], rows, glance)
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
def _widest(coordinates: Array, emphasis: Array, rows: Array, values: Array) -> Array:
    """Return the axes whose cut may gain most, by the variance of a sample: a few, for a gain
    takes sorting.
    """
    spreads = np.empty(coordinates.shape[0])
    for axis in range(spreads.size):
        _take_sample(coordinates[axis], rows, values)
        total = squares = 0.0
        for value in values:
            total += value
            squares += value * value
        spreads[axis] = emphasis[axis] * (total * total / values.size - squares)
    return np.argsort(spreads)[:CONTENDERS]


@compiled
def _take_sample(column: Array, rows: Array, values: Array) -> None:
    """Write an evenly spaced sample of rows to ``values``."""
    step = rows.size / values.size
    for n in range(values.size):
        values[n] = column[rows[np.int64(n * step)]]


@compiled
def _gain(column: Array, rows: Array, values: Array) -> tuple[float, float]:
    """Return what a cut of these rows gains on an axis, and the last value on its left side.

    p(1-p)(mean of the left - mean of the right)^2, of an evenly spaced sample, which is written
    to ``values``.
    """
    _take_sample(column, rows, values)
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
        least, most, missing = np.inf, -np.inf, False
        for value in column[begins[part] : begins[part + 1]]:
            # Comparisons with NaN are false; min and max would have to ask for it.
            least = value if value < least else least  # noqa: FURB136
            most = value if value > most else most  # noqa: FURB136
            missing |= value != value  # noqa: PLR0124
        low[part], high[part], unknown[part] = least, most, missing


@compiled
def lay_out(
    coordinates: Array,
    order: Order,
    of_blocks: Array,
    of_regions: Array,
    ordered: Array,
    codes: Array,
    begin: int,
    end: int,
) -> None:
    """Write coordinates (A, N) of regions ``begin`` to ``end`` as (N, A) in order, and their codes.

    The smallest and largest of each block and region go to ``of_blocks`` (2, A, B) and
    ``of_regions`` (2, A, R).
    """
    rows, blocks, regions = order.rows, order.blocks, order.regions
    for region in range(begin, end):
        first, last = regions[region], regions[region + 1]
        for axis in range(coordinates.shape[0]):
            column = coordinates[axis]
            for block in range(first, last):
                low, high = np.float32(np.inf), np.float32(-np.inf)
                for row in range(blocks[block], blocks[block + 1]):
                    coordinate = column[rows[row]]
                    ordered[row, axis] = coordinate
                    low, high = min(low, coordinate), max(high, coordinate)
                of_blocks[0, axis, block], of_blocks[1, axis, block] = low, high
            of_regions[0, axis, region] = of_blocks[0, axis, first:last].min()
            of_regions[1, axis, region] = of_blocks[1, axis, first:last].max()
        lows, highs = of_regions[0, :, region], of_regions[1, :, region]
        write_codes(ordered, lows, highs, blocks[first], blocks[last], codes)
