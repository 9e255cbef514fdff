"""Axes: the search coordinates of a song, and the maps from natural values to them.

Twelve numeric features become the catalog's own ranks as standard normal scores, so that a step
along any axis means the same share of the catalog. Mode, the key's place on the circle of fifths
(cosine and sine) and "is it in four" are standardised as they are. Every map is a list of knots,
linear between them and flat beyond, rounded to the float32 that is stored; queries' targets go
through the same map, so a target and a stored song never disagree about what a value means.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FEATURE_OF_AXIS
from spotai.search.interpolate import interpolate
from spotai.search.tally import Tally, moments

Floats = NDArray[np.float64]

MAX_KNOTS: Final = 4_097
RANK_CLIP: Final = 0.002


def raw_value(axis: str, natural: Floats) -> Floats:
    """Return what ``axis`` measures of its feature's natural values; NaN stays NaN.

    Cosine or sine of the place on the circle of fifths, 2*pi*fifths/12, for a circular feature;
    1.0 where the value is the one the feature asks for, else 0.0; the value itself for others.
    """
    feature = FEATURE_OF_AXIS[axis]
    if feature.kind == "circular":
        angle = 2 * np.pi * np.mod(7 * natural, 12) / 12
        wave = np.cos(angle) if axis == feature.axes[0] else np.sin(angle)
        # cos(pi/2) is 6e-17 in floating point: keys that share a coordinate must share it exactly.
        return np.asarray(np.round(wave, 12) + 0.0, dtype=np.float64)
    if feature.asks_for is not None:
        is_it: Floats = (natural == feature.asks_for).astype(np.float64)
        is_it[np.isnan(natural)] = np.nan
        return is_it
    return natural


@dataclass(frozen=True, slots=True)
class AxisMap:
    """The map of one axis: raw value -> coordinate, by linear interpolation between knots.

    ``knots`` (K,) strictly ascending raw values, ``coordinates`` (K,) non-decreasing. An axis
    with fewer than two distinct known values in the catalog is not ``available``: it has no
    knots, every coordinate is 0 and its weight must be 0. ``low`` and ``high`` are the extremes.
    """

    axis: str
    knots: Floats
    coordinates: Floats

    @property
    def available(self) -> bool:
        return len(self.knots) > 0

    @property
    def low(self) -> float:
        return float(self.coordinates[0]) if self.available else 0.0

    @property
    def high(self) -> float:
        return float(self.coordinates[-1]) if self.available else 0.0

    @property
    def rising(self) -> tuple[float, float]:
        """Raw values between which the map strictly rises: the catalog's .2 % and 99.8 %."""
        first, last = self._rising_knots()
        return float(self.knots[first]), float(self.knots[last])

    def coordinates_of(self, natural: Floats) -> Floats:
        """Map natural values of the axis' feature, any shape, to coordinates; NaN becomes 0.

        The result is float64 that float32 holds exactly.
        """
        raw = raw_value(self.axis, natural)
        stored = np.empty(raw.size, dtype=np.float32)
        _interpolate(raw.reshape(-1), self.knots, self.coordinates, stored)
        return stored.reshape(raw.shape).astype(np.float64)

    def write_coordinates(
        self, natural: Floats, tally: Tally, coordinates: NDArray[np.float32]
    ) -> None:
        """Write ``coordinates_of`` a column, (N,), that has been counted."""
        if FEATURE_OF_AXIS[self.axis].kind == "numeric":
            _interpolate(natural, self.knots, self.coordinates, coordinates)
        else:
            # What is measured of a few choices is worked out once for each.
            _interpolate(natural, tally.values, self.coordinates_of(tally.values), coordinates)

    def coordinate(self, natural: float) -> float:
        return float(self.coordinates_of(np.array([natural], dtype=np.float64))[0])

    def natural_of(self, coordinate: float) -> float:
        """Return the raw value at ``coordinate``, the map's inverse; flat parts give their end."""
        if not self.available:
            return float("nan")
        first, last = self._rising_knots()
        return float(
            np.interp(coordinate, self.coordinates[first : last + 1], self.knots[first : last + 1])
        )

    def _rising_knots(self) -> tuple[int, int]:
        first = int(np.searchsorted(self.coordinates, self.coordinates[0], side="right")) - 1
        last = int(np.searchsorted(self.coordinates, self.coordinates[-1], side="left"))
        return first, last


def fit_axis(axis: str, tally: Tally) -> AxisMap:
    """Fit the map of ``axis`` to how often each natural value occurs in a catalog."""
    values, counts = _raw_counts(axis, tally)
    if len(values) < 2:
        return AxisMap(axis, np.empty(0), np.empty(0))
    if FEATURE_OF_AXIS[axis].kind == "numeric":
        knots, scores = _normal_scores(values, counts)
    else:
        knots = scores = values[[0, -1]]
    mean, variance = moments(_scores_at(values, knots, scores), counts)
    rounded = ((scores - mean) / np.sqrt(variance)).astype(np.float32)
    return AxisMap(axis, knots, rounded.astype(np.float64))


@np.errstate(all="ignore")
def _scores_at(values: Floats, knots: Floats, scores: Floats) -> Floats:
    """Return the score at each value; that of the knot before it where two knots are so near to
    each other that no slope is a number.
    """
    mapped = np.interp(values, knots, scores)
    before = np.searchsorted(knots, values, side="right") - 1
    return np.where(np.isfinite(mapped), mapped, scores[np.maximum(before, 0)])


def _raw_counts(axis: str, tally: Tally) -> tuple[Floats, NDArray[np.int64]]:
    """Return the distinct raw values, ascending, and how often each occurs."""
    raw = raw_value(axis, tally.values)
    if raw is tally.values:
        return tally.values, tally.counts
    values, places = np.unique(raw, return_inverse=True)
    counts = np.zeros(len(values), dtype=np.int64)
    np.add.at(counts, places, tally.counts)
    return values, counts


def _normal_scores(values: Floats, counts: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Knots at distinct values and their normal scores, q = (average rank - 1/2)/N clipped.

    Values that end at rank e and occur c times have the average rank e - (c - 1)/2.

    More than MAX_KNOTS values are thinned by a grid of cells even in score: of each cell the
    first and last value are kept. So a value left out lies in one cell with the knots on both
    sides of it, and interpolation is off by less than a cell, 0.003 standard deviations.
    """
    inverse = NormalDist().inv_cdf
    ends = np.cumsum(counts)
    share = (ends - counts / 2) / ends[-1]
    np.clip(share, RANK_CLIP, 1 - RANK_CLIP, out=share)
    if len(values) > MAX_KNOTS:
        edges = np.linspace(inverse(RANK_CLIP), inverse(1 - RANK_CLIP), MAX_KNOTS // 2)
        firsts = np.searchsorted(share, [NormalDist().cdf(edge) for edge in edges[1:-1]])
        flat_until = np.searchsorted(share, RANK_CLIP, side="right") - 1
        flat_from = np.searchsorted(share, 1 - RANK_CLIP, side="left")
        ends = np.array([0, flat_until, flat_from, len(values) - 1], dtype=np.intp)
        found = np.concatenate((firsts, firsts - 1, ends))
        # A spike at an end leaves cells beyond it empty, and no flat part there.
        chosen = np.unique(np.clip(found, 0, len(values) - 1))
        values, share = values[chosen], share[chosen]
    return values, np.array([inverse(q) for q in share])


def _interpolate(
    values: Floats, knots: Floats, heights: Floats, coordinates: NDArray[np.float32]
) -> None:
    # A kernel is compiled for each combination of arrays that may be written to, or not: one is
    # enough.
    interpolate(_read_only(values), _read_only(knots), _read_only(heights), coordinates)


def _read_only(array: Floats) -> Floats:
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view
