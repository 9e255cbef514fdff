"""Gauges: the conditions of a query, with the values at which each would give way.

What a looser condition brings follows from how far songs are from passing it: one pass over the
catalog counts that for every step of every condition, and of every two of them (misses.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import QueryError
from spotai.search.arrays import DISTANCE, GENRES, Scales
from spotai.search.files import VALUES

MOST_CELLS: Final = 16
# Their numbers, counted from 1, have to fit into the five bits that misses.py has for each.
MOST_GAUGES: Final = 31
_OTHERS: Final = {"genres": GENRES, "distance": DISTANCE}


@dataclass(frozen=True, slots=True)
class Gauge:
    """What songs are measured by for one condition.

    ``of``: a feature, ``explicit`` or ``playlist_followers`` in natural units, ``genres`` (1 for a
    song that has any of the query's, else 0), or ``distance``. A song lies in cell n when n of the
    ascending ``cuts`` are at most its value, in cell 0 when the value is not known. ``prices``:
    what it costs to let a cell in, one more than there are cuts; the cells at 0 pass.

    Raises QueryError for cells that do not fit together, or for more than 16 of them.
    """

    of: str
    cuts: tuple[float, ...]
    prices: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.of not in VALUES and self.of not in _OTHERS:
            raise QueryError(f"nothing of a song is called {self.of!r}", field="gauges")
        if len(self.prices) != len(self.cuts) + 1 or len(self.prices) > MOST_CELLS:
            raise QueryError(f"{self.of}: {len(self.cuts)} cuts make other cells", field="gauges")
        if list(self.cuts) != sorted(self.cuts) or any(map(math.isnan, self.cuts)):
            raise QueryError(f"the cuts of {self.of} do not ascend", field="gauges")
        if not all(price >= 0 for price in self.prices):
            raise QueryError(f"a price of {self.of} is negative", field="gauges")


@dataclass(frozen=True, slots=True)
class Misses:
    """How many songs fail one or two of T gauges, by the cells they lie in, C = 16.

    ``one`` (T, C): songs that fail gauge t alone. ``two`` (T, T, C, C): songs that fail t and u
    and no other, t < u, by their cells of t and u. ``cheapest`` (T,): the cells of the song that
    it costs least to let in, of equal ones the first by id; None when no song fails.
    """

    one: NDArray[np.int64]
    two: NDArray[np.int64]
    cheapest: tuple[int, ...] | None


def scales_of(gauges: Sequence[Gauge]) -> Scales:
    """Return gauges as the arrays that the kernel takes. Raises QueryError for too many."""
    if len(gauges) > MOST_GAUGES:
        raise QueryError(f"at most {MOST_GAUGES} conditions can be gauged", field="gauges")
    cuts = np.full((len(gauges), MOST_CELLS), np.inf)
    prices = np.full((len(gauges), MOST_CELLS), np.inf)
    for n, gauge in enumerate(gauges):
        cuts[n, : len(gauge.cuts)] = gauge.cuts
        prices[n, : len(gauge.prices)] = gauge.prices
    return Scales(
        columns=np.array([_number(gauge.of) for gauge in gauges], dtype=np.int64),
        sizes=np.array([len(gauge.cuts) for gauge in gauges], dtype=np.int64),
        cuts=cuts,
        prices=prices,
    )


def _number(of: str) -> int:
    return _OTHERS[of] if of in _OTHERS else VALUES.index(of)
