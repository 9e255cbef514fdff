"""How often each value of a column occurs: all that its axes and its spread are made of.

Most columns hold few distinct values, however many songs there are, so they are counted in a hash
table; only a column with more than ``MOST_COUNTED`` of them is sorted.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.search.compiled import Array, compiled

# So many keep the table within 12 MB; sorting more takes no longer than counting them.
MOST_COUNTED: Final = 2**18
_FIRST_SLOTS_LOG2: Final = 12
# 2^64 divided by the golden ratio: the upper bits of its multiples are spread evenly.
_SPREADING: Final = np.uint64(0x9E3779B97F4A7C15)
_BITS: Final = np.uint64(64)
_HALF: Final = np.uint64(32)


class Tally(NamedTuple):
    """The known values of a column, (D,) ascending and each once, how often each occurs, (D,),
    and how many are not known (NaN). 0.0 and -0.0 are one value, 0.0.
    """

    values: NDArray[np.float64]
    counts: NDArray[np.int64]
    unknown: int

    @property
    def known(self) -> int:
        return int(self.counts.sum())


def tally_of(column: NDArray[np.float64]) -> Tally:
    """Count the values of a column, (N,), contiguous, NaN where not known."""
    keys, counts, unknown = _count(column, column.view(np.uint64), MOST_COUNTED)
    if unknown < 0:
        return _by_sorting(column)
    used = np.flatnonzero(counts)
    values = keys[used].view(np.float64)
    order = np.argsort(values)
    return Tally(values[order], counts[used[order]], unknown)


def moments(values: NDArray[np.float64], counts: NDArray[np.int64]) -> tuple[float, float]:
    """Return mean and variance of values, of which there is at least one, that occur so often."""
    songs = counts.sum()
    mean = (values * counts).sum() / songs
    squares = values - mean
    squares *= squares
    squares *= counts
    return float(mean), float(squares.sum() / songs)


def _by_sorting(column: NDArray[np.float64]) -> Tally:
    known = column[~np.isnan(column)]
    known += 0.0
    known.sort()
    new = np.ones(len(known), dtype=bool)
    np.not_equal(known[1:], known[:-1], out=new[1:])
    begins = np.flatnonzero(new)
    counts = np.diff(begins, append=len(known))
    return Tally(known[begins], counts, len(column) - len(known))


@compiled
def _count(values: Array, bits: Array, most: int) -> tuple[Array, Array, int]:
    """Return the slots of a table, the bits of the value in each and how often it occurs, 0 where
    a slot is free; and how many values are not known, -1 when more than ``most`` are distinct.
    """
    log2 = _FIRST_SLOTS_LOG2
    keys, counts = np.zeros(1 << log2, np.uint64), np.zeros(1 << log2, np.int64)
    distinct = unknown = 0
    for n in range(values.size):
        if np.isnan(values[n]):
            unknown += 1
            continue
        key = bits[n] if values[n] != 0.0 else np.uint64(0)
        slot = _slot(keys, counts, log2, key)
        counts[slot] += 1
        if counts[slot] > 1:
            continue
        keys[slot] = key
        distinct += 1
        if distinct > most:
            return keys, counts, -1
        if 2 * distinct > keys.size:
            log2 += 1
            keys, counts = _in_larger_table(keys, counts, log2)
    return keys, counts, unknown


@compiled
def _slot(keys: Array, counts: Array, log2: int, key: np.uint64) -> int:
    """Return the slot that holds a key, or the free one where it belongs."""
    folded = (key ^ (key >> _HALF)) * _SPREADING
    slot: int = np.int64(folded >> (_BITS - np.uint64(log2)))  # type: ignore[assignment]
    while counts[slot] > 0 and keys[slot] != key:
        slot = (slot + 1) & (keys.size - 1)
    return slot


@compiled
def _in_larger_table(keys: Array, counts: Array, log2: int) -> tuple[Array, Array]:
    larger_keys, larger_counts = np.zeros(1 << log2, np.uint64), np.zeros(1 << log2, np.int64)
    for old in range(keys.size):
        if counts[old] > 0:
            slot = _slot(larger_keys, larger_counts, log2, keys[old])
            larger_keys[slot], larger_counts[slot] = keys[old], counts[old]
    return larger_keys, larger_counts
