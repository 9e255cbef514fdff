"""Spread: maximal marginal relevance over the candidates (Carbonell and Goldstein 1998).

Of n candidates, which come in the order they would be taken in, candidate i, counted from 0, is as
relevant as ``1 - i/n``. The distance D of two songs is that of the search: over the recipe's axes
the sum of ``w*(x - y)^2``, plus w for each of the two whose value is missing. They are as similar
as ``max(0, 1 - D/M)``, M the mean of D over two candidates: 1 is the same, 0 as far apart as these
are on average. The next song is the one with the largest ``(1 - spread)*relevance -
spread*similarity``, similarity to the most similar song chosen already, of equals the first.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES
from spotai.search import Query, Snapshot

Rows = NDArray[np.intp]
Values = NDArray[np.float64]

# Of a song from those chosen, where none is.
FAR: Final = 1e100


class Marginal:
    """Candidates that are still to be had, by marginal relevance.

    A song that is chosen is compared with all candidates once: no two candidates are.
    """

    def __init__(self, snapshot: Snapshot, query: Query, rows: Rows, spread: float) -> None:
        self._snapshot = snapshot
        self._query = query
        self._points, self._missing = self._placed(rows)
        self._relevance = (1 - spread) * (1 - np.arange(len(rows)) / max(len(rows), 1))
        mean = self.mean_distance
        self._penalty = spread / mean if mean > 0 else 0.0
        self._spread = spread
        self._nearest = np.full(len(rows), FAR)
        self._gone = np.zeros(len(rows), dtype=bool)

    def take_best(self) -> int | None:
        """Return the place of the best candidate, which is then gone; None when all are."""
        if self._gone.all():
            return None
        similarity = np.maximum(self._spread - self._penalty * self._nearest, 0)
        scores = np.where(self._gone, -np.inf, self._relevance - similarity)
        best = int(scores.argmax())
        self._gone[best] = True
        return best

    def choose(self, place: int) -> None:
        """Keep away from a candidate from now on."""
        self._keep_away(self._points[:, place, None], self._missing[place])

    def keep_away_from(self, rows: Rows) -> None:
        """Keep away from songs that are no candidates."""
        points, missing = self._placed(rows)
        for n in range(len(rows)):
            self._keep_away(points[:, n, None], missing[n])

    def _keep_away(self, point: Values, missing: float) -> None:
        apart = self._points - point
        apart *= apart
        # Summed axis by axis, so that the sum is the same on every machine.
        distance = apart.sum(axis=0) + (self._missing + missing)
        np.minimum(self._nearest, distance, out=self._nearest)

    @property
    def mean_distance(self) -> float:
        """Return the mean distance of two candidates: that from their centre tells it."""
        count = len(self._missing)
        centre = self._points.sum(axis=1, keepdims=True) / max(count, 1)
        away = float(((self._points - centre) ** 2).sum())
        return 2 * (away / max(count - 1, 1) + float(self._missing.sum()) / max(count, 1))

    def _placed(self, rows: Rows) -> tuple[Values, Values]:
        """Return where songs are, (A, n), a distance of 1 apart where w*(x - y)^2 is 1, and the
        weight of what is missing of each, (n,).
        """
        axes = self._query.weighted
        weights = np.array([self._query.weight[axis] for axis in axes])
        columns = [AXES.index(axis) for axis in axes]
        places = self._snapshot.coordinates()[rows][:, columns].astype(np.float64)
        missing = np.zeros(len(rows))
        for axis, weight in zip(axes, weights, strict=True):
            missing += weight * self._snapshot.missing_on(axis, rows)
        return np.ascontiguousarray((places * np.sqrt(weights)).T), missing
