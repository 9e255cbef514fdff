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
        if not self.available:
            return np.zeros_like(natural)
        raw = raw_value(self.axis, natural)
        mapped = np.interp(raw, self.knots, self.coordinates).astype(np.float32)
        return np.where(np.isnan(raw), 0.0, mapped.astype(np.float64))

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


def fit_axis(axis: str, natural: Floats) -> AxisMap:
    """Fit the map of ``axis`` to a catalog's natural values, (N,), NaN where not known."""
    raw = raw_value(axis, natural)
    values, counts = np.unique(raw[~np.isnan(raw)], return_counts=True)
    if len(values) < 2:
        return AxisMap(axis, np.empty(0), np.empty(0))
    if FEATURE_OF_AXIS[axis].kind == "numeric":
        knots, scores = _normal_scores(values, counts)
    else:
        knots = scores = values[[0, -1]]
    mapped = np.interp(values, knots, scores)
    total = counts.sum()
    mean = float((mapped * counts).sum() / total)
    deviation = float(np.sqrt((np.square(mapped - mean) * counts).sum() / total))
    rounded = ((scores - mean) / deviation).astype(np.float32)
    return AxisMap(axis, knots, rounded.astype(np.float64))


def _normal_scores(values: Floats, counts: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Knots at distinct values and their normal scores, q = (average rank - 1/2)/N clipped.

    More than MAX_KNOTS values are thinned by a grid of cells even in score: of each cell the
    first and last value are kept. So a value left out lies in one cell with the knots on both
    sides of it, and interpolation is off by less than a cell, 0.003 standard deviations.
    """
    inverse = NormalDist().inv_cdf
    ends = np.cumsum(counts)
    share = np.clip((ends - (counts - 1) / 2 - 0.5) / ends[-1], RANK_CLIP, 1 - RANK_CLIP)
    if len(values) > MAX_KNOTS:
        edges = np.linspace(inverse(RANK_CLIP), inverse(1 - RANK_CLIP), MAX_KNOTS // 2)
        firsts = np.searchsorted(share, [NormalDist().cdf(edge) for edge in edges[1:-1]])
        flat_until = np.searchsorted(share, RANK_CLIP, side="right") - 1
        flat_from = np.searchsorted(share, 1 - RANK_CLIP, side="left")
        flat_ends = np.array([0, max(flat_until, 0), flat_from, len(values) - 1], dtype=np.intp)
        chosen = np.unique(np.concatenate((firsts, np.maximum(firsts - 1, 0), flat_ends)))
        values, share = values[chosen], share[chosen]
    return values, np.array([inverse(q) for q in share])
