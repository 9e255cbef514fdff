"""The seed a song is nearest to, in the space the recipe searches.

The distance of a song x from a seed s is that of the search with the song as its target: the sum
over axes of w*(x - s)^2, plus w where the seed's value is missing. Half and double time of the song
are further targets where the recipe says that they count as the same tempo.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES
from spotai.recommend.targets import OCTAVES, Model
from spotai.search import Snapshot
from spotai.search.axes import AxisMap

# Distances worked out at a time: as many as stay in a core's cache.
CELLS: Final = 32_768

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


def nearest_seeds(snapshot: Snapshot, model: Model, songs: Rows, seeds: Rows) -> Rows:
    """Return for each song the row of the seed nearest to it, ties by id; a seed is its own.

    ``seeds`` holds at least one row.
    """
    by_id = seeds[np.argsort(snapshot.ids[seeds])]
    at_once = max(1, CELLS // len(by_id))
    parts = [songs[start : start + at_once] for start in range(0, len(songs), at_once)]
    nearest = [by_id[_distances(snapshot, model, part, by_id).argmin(axis=1)] for part in parts]
    found = np.concatenate([np.empty(0, dtype=np.intp), *nearest])
    return np.where(np.isin(songs, seeds), songs, found)


def _distances(snapshot: Snapshot, model: Model, songs: Rows, seeds: Rows) -> Floats:
    """Return the distance of each song from each seed, (songs, seeds)."""
    weighted = [axis for axis in AXES if axis in model.weight]
    distances = np.zeros((len(songs), len(seeds)))
    for axis in weighted:
        coordinates = snapshot.axis(axis)[seeds].astype(np.float64)
        targets = _targets(snapshot, model, axis, songs)
        squared = np.square(targets[0][:, None] - coordinates)
        for target in targets[1:]:
            # Where a song has no such octave its target is NaN, which fmin passes over.
            np.fmin(squared, np.square(target[:, None] - coordinates), out=squared)
        squared *= model.weight[axis]
        distances += squared
    for axis in weighted:
        distances += snapshot.missing_on(axis, seeds) * model.weight[axis]
    return distances


def _targets(snapshot: Snapshot, model: Model, axis: str, songs: Rows) -> list[Floats]:
    """Return the songs' own coordinates, and those of their octaves where octaves count."""
    own = snapshot.axis(axis)[songs].astype(np.float64)
    if axis not in model.octaves:
        return [own]
    values = snapshot.values(axis, songs)
    return [own, *(octave(snapshot.maps[axis], values, factor) for factor in OCTAVES)]


def octave(axis: AxisMap, values: Floats, factor: float) -> Floats:
    """Return the coordinates of ``factor`` times some values; NaN where the map rises no more."""
    low, high = axis.rising
    multiplied = values * factor
    coordinates = axis.coordinates_of(multiplied)
    return np.where((multiplied >= low) & (multiplied <= high), coordinates, np.nan)
