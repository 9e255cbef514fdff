"""Songs and playlists on which a recipe is tried, and what is measured of its lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spotai.features import BY_NAME, NAMES
from spotai.recommend import Recipe, Recommendation, recommend
from spotai.search import Snapshot

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """A catalog, and some of its playlists as ids of songs it has."""

    snapshot: Snapshot
    playlists: Sequence[tuple[str, ...]]

    def ask(
        self, seeds: Sequence[str], *, known: Sequence[str] = (), **fields: Any
    ) -> Recommendation:
        """Answer a recipe whose seed is some songs, or the playlist of that number."""
        recipe = {"seed": {"track_ids": tuple(seeds)}, **fields}
        return recommend(
            self.snapshot,
            Recipe.model_validate(recipe, strict=False),
            lambda number: self.playlists[int(number)],
            lambda: known,
        )

    def each(self, measure: Callable[[tuple[str, ...]], float]) -> Floats:
        """Return what is measured with each playlist."""
        return np.array([measure(seeds) for seeds in self.playlists])

    def rows(self, found: Recommendation) -> Rows:
        return np.array([each.song.row for each in found.songs], dtype=np.intp)

    def values(self, found: Recommendation, name: str) -> Floats:
        """Return the known values of a feature in a list."""
        values = self.snapshot.values(name, self.rows(found))
        return values[~np.isnan(values)]

    def coordinates(self, rows: Rows, name: str) -> Floats:
        """Return the coordinates of a feature's known values, (songs, axes of the feature)."""
        axes = BY_NAME[name].axes
        known = rows[~self.snapshot.missing_on(axes[0], rows)]
        return np.stack([self.snapshot.axis(axis)[known] for axis in axes], axis=1).astype(float)

    def centre(self, rows: Rows, name: str) -> Floats:
        """Return the mean coordinates of a feature, (axes of the feature,)."""
        mean: Floats = self.coordinates(rows, name).mean(axis=0)
        return mean

    def strays(self, found: Recommendation, name: str, aim: Floats) -> float:
        """Return the root mean square distance of a list from coordinates of a feature.

        A value that is not known is as far away as a typical song.
        """
        rows, snapshot = self.rows(found), self.snapshot
        squared = np.zeros(len(rows))
        for axis, target in zip(BY_NAME[name].axes, aim, strict=True):
            squared += (snapshot.axis(axis)[rows].astype(float) - target) ** 2
            squared += snapshot.missing_on(axis, rows)
        return float(np.sqrt(squared.mean()))

    def scattered(self, found: Recommendation) -> float:
        """Return how far the songs of a list are from its mean, root mean square over all axes."""
        return float(
            np.sqrt(sum(self.coordinates(self.rows(found), n).var(axis=0).sum() for n in NAMES))
        )

    def apart(self, one: Rows, other: Rows) -> float:
        """Return how far the means of two sets of songs are from each other over all axes."""
        return float(
            np.sqrt(
                sum(
                    ((self.centre(one, name) - self.centre(other, name)) ** 2).sum()
                    for name in NAMES
                )
            )
        )


def ids(found: Recommendation) -> list[str]:
    return [each.song.id for each in found.songs]


def known_share(values: Floats, wanted: set[float]) -> float:
    """Return the share of a list's values that are wanted; 0 of an empty list."""
    return float(np.isin(values, sorted(wanted)).mean()) if len(values) else 0.0
