"""Finding the rows of ids: a hash table of rows.

Its slots are as many as a power of two, at least twice as many as rows; a row that finds its slot
taken stands in the next free one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spotai.search.compiled import Array, compiled, inlined
from spotai.tracks import ID_LENGTH

NO_ROW = np.int32(-1)
# FNV-1a, 64 bits (Fowler, Noll, Vo).
BASIS, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)


def as_bytes(ids: NDArray[np.bytes_]) -> NDArray[np.uint8]:
    """Return ids, (n,) S22, as (n, 22) bytes without copying them."""
    return ids.view(np.uint8).reshape(len(ids), ID_LENGTH)


def slots_of(ids: NDArray[np.bytes_]) -> NDArray[np.int32]:
    """Return the slots of a hash table of the rows of distinct ids."""
    slots = np.full(1 << (2 * len(ids) - 1).bit_length(), NO_ROW)
    fill_slots(as_bytes(ids), slots)
    return slots


@compiled
def fill_slots(ids: Array, slots: Array) -> None:
    """Put the rows of ids, (n, 22) bytes, into empty slots."""
    for row in range(ids.shape[0]):
        slot = _first_slot(ids[row], slots.size)
        while slots[slot] != NO_ROW:
            slot = (slot + 1) & (slots.size - 1)
        slots[slot] = row


@compiled
def find_ids(ids: Array, slots: Array, wanted: Array, rows: Array) -> None:
    """Write the row of each wanted id, -1 where there is none; ids are (n, 22) bytes."""
    for n in range(wanted.shape[0]):
        slot = _first_slot(wanted[n], slots.size)
        while slots[slot] != NO_ROW and not _are_equal(ids[slots[slot]], wanted[n]):
            slot = (slot + 1) & (slots.size - 1)
        rows[n] = slots[slot]


@inlined
def _first_slot(one: Array, slots: int) -> np.int64:
    hashed = BASIS
    for byte in one:
        hashed = (hashed ^ np.uint64(byte)) * PRIME
    # The low bits of the product know little of the last bytes.
    return np.int64((hashed ^ (hashed >> np.uint64(32))) & np.uint64(slots - 1))


@inlined
def _are_equal(one: Array, other: Array) -> bool:
    different = np.uint8(0)
    for place in range(one.size):
        different |= one[place] ^ other[place]
    return bool(different == 0)
