"""The second pass of a build: each feature's axes and spread, fitted to its finished column."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, FEATURES, Feature
from spotai.search.axes import AxisMap, fit_axis
from spotai.search.cores import for_each
from spotai.search.files import load_array, value_file
from spotai.search.manifest import AxisEntry, SpreadEntry
from spotai.search.reorder import new_array
from spotai.search.spread import spread_of
from spotai.search.tally import Tally, moments, tally_of


class Fitted(NamedTuple):
    """What the manifest says of all features."""

    axes: tuple[AxisEntry, ...]
    spreads: dict[str, SpreadEntry]


class _FittedFeature(NamedTuple):
    axes: list[AxisEntry]
    spread: SpreadEntry
    unknown: int


def fit_features(folder: Path) -> Fitted:
    """Write maps, coordinates and what is missing of the columns in ``folder``, in their order."""
    songs = len(load_array(folder, "ids"))
    coordinates = new_array(folder / "coordinates.npy", np.float32, (len(AXES), songs))
    found = for_each(lambda feature: _fit_feature(folder, feature, coordinates), FEATURES)
    np.save(folder / "missing.npy", _missing(folder, songs, found))
    return Fitted(
        axes=tuple(entry for fitted in found for entry in fitted.axes),
        spreads={
            feature.name: fitted.spread for feature, fitted in zip(FEATURES, found, strict=True)
        },
    )


def _fit_feature(
    folder: Path, feature: Feature, coordinates: NDArray[np.float32]
) -> _FittedFeature:
    natural = np.asarray(load_array(folder, value_file(feature.name)))
    tally = tally_of(natural)
    entries = []
    for axis in feature.axes:
        fitted = fit_axis(axis, tally)
        fitted.write_coordinates(natural, tally, coordinates[AXES.index(axis)])
        np.save(folder / f"map-{axis}.npy", np.stack([fitted.knots, fitted.coordinates]))
        entries.append(_axis_entry(fitted, tally))
    spread = spread_of(feature, tally)
    shown = SpreadEntry(points=spread.points.tolist(), catalog=spread.catalog.tolist())
    return _FittedFeature(entries, shown, tally.unknown)


def _axis_entry(fitted: AxisMap, tally: Tally) -> AxisEntry:
    if tally.known == 0:
        return AxisEntry(
            name=fitted.axis, available=False, mean=0.0, variance=0.0, low=0.0, high=0.0
        )
    coordinates = fitted.coordinates_of(tally.values)
    mean, variance = moments(coordinates, tally.counts)
    return AxisEntry(
        name=fitted.axis,
        available=fitted.available,
        mean=mean,
        variance=variance,
        low=float(coordinates.min()),
        high=float(coordinates.max()),
    )


def _missing(folder: Path, songs: int, found: list[_FittedFeature]) -> NDArray[np.uint16]:
    """Return for each song a bit for each axis, set where its value is not known."""
    missing = np.zeros(songs, dtype=np.uint16)
    for feature, fitted in zip(FEATURES, found, strict=True):
        if fitted.unknown:
            unknown = np.isnan(load_array(folder, value_file(feature.name)))
            bits = sum(1 << AXES.index(axis) for axis in feature.axes)
            missing |= unknown * np.uint16(bits)
    return missing
