"""Finding the rows of ids."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spotai.search.compiled import Array, compiled
from spotai.tracks import ID_LENGTH


def as_bytes(ids: NDArray[np.bytes_]) -> NDArray[np.uint8]:
    """Return ids, (n,) S22, as (n, 22) bytes without copying them."""
    return ids.view(np.uint8).reshape(len(ids), ID_LENGTH)


@compiled
def find_ids(ids: Array, by_id: Array, wanted: Array, rows: Array) -> None:
    """Write the row of each wanted id, -1 where there is none.

    Ids are (n, 22) bytes; ``by_id`` are the rows in order of id.
    """
    for n in range(wanted.shape[0]):
        low, high = 0, by_id.size
        while low < high:
            middle = (low + high) // 2
            if _is_before(ids[by_id[middle]], wanted[n]):
                low = middle + 1
            else:
                high = middle
        rows[n] = -1
        if low < by_id.size and not _is_before(wanted[n], ids[by_id[low]]):
            rows[n] = by_id[low]


@compiled
def _is_before(one: Array, other: Array) -> bool:
    for place in range(one.size):
        if one[place] != other[place]:
            return bool(one[place] < other[place])
    return False
