"""How the values of a feature spread: over bins of a number, over the choices of the others."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import Feature
from spotai.search.tally import Tally

BINS: Final = 24
ENDS: Final = (0.01, 0.99)


@dataclass(frozen=True, slots=True)
class Spread:
    """The catalog's values of one feature.

    ``points`` in natural units: for numeric features the n+1 edges of n bins, each holding its
    lower edge and the outer ones also what lies beyond; else the n choices. ``catalog`` (n,) is
    the share of the catalog's known values in each, all 0.0 where none is known.
    """

    feature: Feature
    points: NDArray[np.float64]
    catalog: NDArray[np.float64]

    def shares_of(self, known: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of ``known`` values in each bin or choice, 0.0 without any."""
        return _shares(self.feature, self.points, known, np.ones(len(known), dtype=np.int64))

    def share_at(self, value: float) -> float:
        """Return the share of the catalog's known values in the bin of ``value``, or its choice."""
        return float(self.catalog[_places(self.feature, self.points, value)])


def spread_of(feature: Feature, tally: Tally) -> Spread:
    """Spread the catalog's values of a feature."""
    points = _edges(feature, tally) if feature.kind == "numeric" else _choices(feature)
    return Spread(feature, points, _shares(feature, points, tally.values, tally.counts))


def _choices(feature: Feature) -> NDArray[np.float64]:
    return np.array(sorted(feature.choices), dtype=np.float64)


def _edges(feature: Feature, tally: Tally) -> NDArray[np.float64]:
    low, high = feature.minimum, feature.maximum
    if tally.known:
        first, last = (_quantile(tally, share) for share in ENDS)
        low, high = (first, last) if first < last else (low, high)
    if not feature.integer:
        return np.linspace(low, high, BINS + 1)
    # Bins of as many whole numbers each: others would look like a comb.
    width = ceil((high - low + 1) / BINS)
    bins = ceil((high - low + 1) / width)
    return low + width * np.arange(bins + 1, dtype=np.float64)


def _quantile(tally: Tally, share: float) -> float:
    """Return the smallest value up to which at least a share of the songs lies."""
    place = max(ceil(tally.known * share - 1), 0)
    return float(tally.values[np.searchsorted(np.cumsum(tally.counts), place, side="right")])


def _shares(
    feature: Feature,
    points: NDArray[np.float64],
    values: NDArray[np.float64],
    counts: NDArray[np.int64],
) -> NDArray[np.float64]:
    bins = len(points) - (feature.kind == "numeric")
    places = _places(feature, points, values)
    songs = np.bincount(places, weights=counts, minlength=bins)
    shares: NDArray[np.float64] = songs / max(counts.sum(), 1)
    return shares


def _places(
    feature: Feature, points: NDArray[np.float64], values: NDArray[np.float64] | float
) -> NDArray[np.intp]:
    """Return the number of each value's bin or choice."""
    if feature.kind == "numeric":
        return np.asarray(np.searchsorted(points[1:-1], values, side="right"))
    return np.asarray(np.searchsorted(points, values))
