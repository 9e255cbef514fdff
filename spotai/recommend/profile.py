"""The profile: what a set of songs looks like over the fifteen features, against the catalog.

Per axis, over the distinct seeds with a known value there: mu is their mean coordinate and
v = (n*variance + 4*v0)/(n + 4) their population variance, shrunk towards the prior v0. The
catalog has mean 0 and variance 1 on every axis, so mu and v say how the set departs from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, FEATURE_OF_AXIS, FEATURES, Feature
from spotai.search import Snapshot

DEFAULT_TICKS: Final = 8
PRIOR_SONGS: Final = 4
CATALOG_SHARE: Final = 0.9
LEAST_DISTINCTIVENESS: Final = 0.05


@dataclass(frozen=True, slots=True)
class AxisProfile:
    """Mean and shrunk variance of the seeds' coordinates; ``known`` seeds had a value there."""

    mean: float
    variance: float
    known: int

    def distinctiveness(self, contrast: float = 1.0) -> float:
        """Return u = max(1/v - 0.9*contrast, 0.05): how much a song's place here says whether it
        is of the seeds' kind; what the catalog's own spread says is taken off.
        """
        return max(1 / self.variance - CATALOG_SHARE * contrast, LEAST_DISTINCTIVENESS)


@dataclass(frozen=True, slots=True)
class FeatureProfile:
    """One feature of the seeds, in natural units.

    ``centre`` is the natural value at the mean coordinate, for key, mode and time signature the
    most frequent value; None where no seed has one. ``quartiles`` (25, 50, 75 %) of numeric
    features. ``catalog_centre`` is what the catalog has at its mean coordinate. ``telling`` says
    how much the feature tells about the seeds: weight times the Kullback-Leibler divergence of
    their normal from the catalog's, (v + mu^2 - 1 - ln v)/2, summed over its axes.
    """

    feature: Feature
    available: bool
    known: int
    unknown: int
    centre: float | None
    quartiles: tuple[float, float, float] | None
    catalog_centre: float | None
    telling: float
    selected: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """Axes and features of ``songs`` distinct seeds."""

    songs: int
    axes: Mapping[str, AxisProfile]
    features: Mapping[str, FeatureProfile]


def build_profile(snapshot: Snapshot, rows: NDArray[np.intp]) -> Profile:
    """Profile the distinct songs at ``rows`` of the snapshot; none gives the prior alone."""
    seeds = np.unique(rows)
    axes = {axis: _axis_profile(snapshot, axis, seeds) for axis in AXES}
    telling = {f.name: _telling(snapshot, f, axes) for f in FEATURES}
    usable = [f.name for f in FEATURES if len(seeds) and _available(snapshot, f)]
    selected = set(sorted(usable, key=lambda name: -telling[name])[:DEFAULT_TICKS])
    features = {
        f.name: _feature_profile(
            snapshot, f, seeds, axes, telling=telling[f.name], selected=f.name in selected
        )
        for f in FEATURES
    }
    return Profile(len(seeds), axes, features)


def _axis_profile(snapshot: Snapshot, axis: str, seeds: NDArray[np.intp]) -> AxisProfile:
    prior = FEATURE_OF_AXIS[axis].prior_variance
    known = seeds[~snapshot.missing_on(axis, seeds)]
    if len(known) == 0:
        return AxisProfile(0.0, prior, 0)
    coordinates = snapshot.axis(axis)[known].astype(np.float64)
    variance = (len(known) * coordinates.var() + PRIOR_SONGS * prior) / (len(known) + PRIOR_SONGS)
    return AxisProfile(float(coordinates.mean()), float(variance), len(known))


def _telling(snapshot: Snapshot, feature: Feature, axes: Mapping[str, AxisProfile]) -> float:
    profiles = [axes[axis] for axis in feature.axes if snapshot.maps[axis].available]
    return sum(
        feature.weight * (p.variance + p.mean**2 - 1 - log(p.variance)) / 2 for p in profiles
    )


def _available(snapshot: Snapshot, feature: Feature) -> bool:
    return any(snapshot.maps[axis].available for axis in feature.axes)


def _feature_profile(
    snapshot: Snapshot,
    feature: Feature,
    seeds: NDArray[np.intp],
    axes: Mapping[str, AxisProfile],
    *,
    telling: float,
    selected: bool,
) -> FeatureProfile:
    values = snapshot.values(feature.name, seeds)
    known = values[~np.isnan(values)]
    numeric = feature.kind == "numeric"
    quartiles = None
    if numeric and len(known):
        low, median, high = (float(q) for q in np.quantile(known, (0.25, 0.5, 0.75)))
        quartiles = (low, median, high)
    return FeatureProfile(
        feature=feature,
        available=_available(snapshot, feature),
        known=len(known),
        unknown=len(values) - len(known),
        centre=_centre(snapshot, feature, axes, known),
        quartiles=quartiles,
        catalog_centre=natural(snapshot, feature, 0.0) if numeric else None,
        telling=telling,
        selected=selected,
    )


def _centre(
    snapshot: Snapshot,
    feature: Feature,
    axes: Mapping[str, AxisProfile],
    known: NDArray[np.float64],
) -> float | None:
    if len(known) == 0:
        return None
    if feature.kind == "numeric":
        return natural(snapshot, feature, axes[feature.name].mean)
    values, counts = np.unique(known, return_counts=True)
    return feature.number(float(values[np.argmax(counts)]))


def natural(snapshot: Snapshot, feature: Feature, coordinate: float) -> float | None:
    """Return a numeric feature's natural value at ``coordinate``, None where unavailable."""
    axis_map = snapshot.maps[feature.name]
    if not axis_map.available:
        return None
    return feature.number(axis_map.natural_of(coordinate))
