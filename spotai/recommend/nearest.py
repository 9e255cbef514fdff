"""The seed a song sounds most like.

The distance of a song x from a seed s is the sum over the axes of all features that are heard, of
w*(x - s)^2, plus w where the seed's value is missing, by whatever a recipe weighs or aims at: lists
lie beyond their seeds on the axes that decide, where the outermost seed would be nearest to most
songs. All features weigh the same, on each of their axes as much as they have axes; the time
signature, of which hardly any value but one occurs, weighs as in a search. Half and double time of
the song are further targets where the recipe says that they count as the same tempo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FEATURES
from spotai.recommend.targets import OCTAVES
from spotai.search import Snapshot
from spotai.search.axes import AxisMap

# Distances worked out at a time: as many as stay in a core's cache.
CELLS: Final = 32_768

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


def nearest_seeds(snapshot: Snapshot, songs: Rows, seeds: Rows, *, octaves: bool = False) -> Rows:
    """Return for each song the row of the seed nearest to it, ties by id; a seed is its own.

    ``seeds`` holds at least one row. ``octaves``: half and double time count as the same tempo.
    """
    by_id = seeds[np.argsort(snapshot.ids[seeds])]
    at_once = max(1, CELLS // len(by_id))
    parts = [songs[start : start + at_once] for start in range(0, len(songs), at_once)]
    distances = (_distances(snapshot, part, by_id, octaves=octaves) for part in parts)
    nearest = [by_id[each.argmin(axis=1)] for each in distances]
    found = np.concatenate([np.empty(0, dtype=np.intp), *nearest])
    return np.where(np.isin(songs, seeds), songs, found)


def weights(snapshot: Snapshot) -> Mapping[str, float]:
    """Return what each axis weighs that is heard and on which the songs of the catalog differ."""
    heard = [feature for feature in FEATURES if feature.heard]
    return {
        axis: (feature.weight if feature.unfitted else 1.0) / len(feature.axes)
        for feature in heard
        for axis in feature.axes
        if snapshot.maps[axis].available
    }


def _distances(snapshot: Snapshot, songs: Rows, seeds: Rows, *, octaves: bool) -> Floats:
    """Return the distance of each song from each seed, (songs, seeds)."""
    weighted = weights(snapshot)
    with_octaves = {feature.name for feature in FEATURES if octaves and feature.octaves}
    distances = np.zeros((len(songs), len(seeds)))
    for axis, weight in weighted.items():
        coordinates = snapshot.axis(axis)[seeds].astype(np.float64)
        targets = _targets(snapshot, axis, songs, octaves=axis in with_octaves)
        squared = np.square(targets[0][:, None] - coordinates)
        for target in targets[1:]:
            # Where a song has no such octave its target is NaN, which fmin passes over.
            np.fmin(squared, np.square(target[:, None] - coordinates), out=squared)
        squared *= weight
        distances += squared
    for axis, weight in weighted.items():
        distances += snapshot.missing_on(axis, seeds) * weight
    return distances


def _targets(snapshot: Snapshot, axis: str, songs: Rows, *, octaves: bool) -> list[Floats]:
    """Return the songs' own coordinates, and those of their octaves where octaves count."""
    own = snapshot.axis(axis)[songs].astype(np.float64)
    if not octaves:
        return [own]
    values = snapshot.values(axis, songs)
    return [own, *(octave(snapshot.maps[axis], values, factor) for factor in OCTAVES)]


def octave(axis: AxisMap, values: Floats, factor: float) -> Floats:
    """Return the coordinates of ``factor`` times some values; NaN where the map rises no more."""
    low, high = axis.rising
    multiplied = values * factor
    coordinates = axis.coordinates_of(multiplied)
    return np.where((multiplied >= low) & (multiplied <= high), coordinates, np.nan)
