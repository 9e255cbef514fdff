"""The k nearest so far, as a heap: the farthest of them at its top."""

from __future__ import annotations

import numpy as np

from spotai.search.compiled import Array, compiled, inlined


@compiled
def lowest(bounds: Array, most: int) -> Array:
    """Return the places of the ``most`` lowest bounds that are not NaN, the lowest first."""
    places = np.empty(most, dtype=np.int64)
    found = 0
    for place in range(bounds.size):
        if np.isnan(bounds[place]):
            continue
        if found == most and not bounds[place] < bounds[places[most - 1]]:
            continue
        found = min(found + 1, most)
        n = found - 1
        while n > 0 and bounds[places[n - 1]] > bounds[place]:
            places[n] = places[n - 1]
            n -= 1
        places[n] = place
    return places[:found]


@inlined
def offer(
    rank: Array, rows: Array, distances: Array, held: Array, held_rows: Array, size: int
) -> int:
    """Put rows among the k nearest so far; return how many are held then.

    When k are, they are a heap with the farthest at its top.
    """
    k = held.size
    for n in range(rows.size):
        if size < k:
            held[size], held_rows[size] = distances[n], rows[n]
            size += 1
            if size == k:
                for place in range(k // 2 - 1, -1, -1):
                    _sift(rank, held, held_rows, place)
        elif _is_nearer(rank, distances[n], rows[n], held[0], held_rows[0]):
            held[0], held_rows[0] = distances[n], rows[n]
            _sift(rank, held, held_rows, 0)
    return size


@inlined
def _is_nearer(rank: Array, distance: float, row: int, other: float, other_row: int) -> bool:
    if distance != other:
        return distance < other
    return bool(rank[row] < rank[other_row])


@inlined
def _sift(rank: Array, held: Array, held_rows: Array, place: int) -> None:
    """Let an entry of the heap sink to its place."""
    away, row = held[place], held_rows[place]
    while True:
        child = 2 * place + 1
        if child >= held.size:
            break
        other = child + 1
        if other < held.size and _is_nearer(
            rank, held[child], held_rows[child], held[other], held_rows[other]
        ):
            child = other
        if not _is_nearer(rank, away, row, held[child], held_rows[child]):
            break
        held[place], held_rows[place] = held[child], held_rows[child]
        place = child
    held[place], held_rows[place] = away, row
