"""How well a ranking finds hidden songs, and how sure that is.

R-precision, NDCG and clicks are those of the RecSys Challenge 2018 (Chen, Lamere, Schedl, Zamani),
over songs alone and with gains of 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LENGTH: Final = 500
PAGE: Final = 10
NO_CLICK_HELPED: Final = 51
RESAMPLES: Final = 2_000
RESAMPLING_SEED: Final = 1
NDCG: Final = f"ndcg@{LENGTH}"
METRICS: Final = (
    "r_precision",
    NDCG,
    "recall@100",
    f"recall@{LENGTH}",
    "clicks",
    "median_rank_percent",
)


class Interval(NamedTuple):
    """A mean over playlists with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


def measure(places: NDArray[np.intp], candidates: int) -> dict[str, float]:
    """Return every metric of one list.

    ``places``: where in the ranking of ``candidates`` songs the hidden ones stand, from 0, (R,).
    """
    hidden = len(places)
    listed = places[places < LENGTH]
    ideal = discounts(np.arange(min(hidden, LENGTH))).sum()
    return {
        "r_precision": np.count_nonzero(places < hidden) / hidden,
        NDCG: float(discounts(listed).sum() / ideal),
        "recall@100": np.count_nonzero(places < 100) / hidden,
        f"recall@{LENGTH}": len(listed) / hidden,
        "clicks": float(listed.min() // PAGE) if len(listed) else float(NO_CLICK_HELPED),
        "median_rank_percent": float(np.median(places + 1) / candidates * 100),
    }


def discounts(places: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return what a hit is worth at each place, from 0: 1/log2(place + 2)."""
    worth: NDArray[np.float64] = 1 / np.log2(places + 2)
    return worth


class Bootstrap:
    """Resamples of ``playlists`` playlists, the same for everything that is compared."""

    def __init__(self, playlists: int) -> None:
        dice = np.random.default_rng(RESAMPLING_SEED)
        self._drawn = dice.integers(playlists, size=(RESAMPLES, playlists))

    def mean(self, values: NDArray[np.float64]) -> Interval:
        """Return the mean of one value per playlist with its interval."""
        return self._interval(values.mean(), values[self._drawn].mean(axis=1))

    def ratio(self, values: NDArray[np.float64], to: NDArray[np.float64]) -> Interval | None:
        """Return the ratio of two means, over the same playlists; None where it has no bounds."""
        below = to[self._drawn].mean(axis=1)
        if not (below > 0).all() or not to.mean() > 0:
            return None
        return self._interval(values.mean() / to.mean(), values[self._drawn].mean(axis=1) / below)

    @staticmethod
    def _interval(value: float, resampled: NDArray[np.float64]) -> Interval:
        low, high = np.percentile(resampled, (2.5, 97.5))
        return Interval(float(value), float(low), float(high))


def columns_of(measured: list[dict[str, float]]) -> Mapping[str, NDArray[np.float64]]:
    """Return one value per playlist for each metric, (P,)."""
    return {name: np.array([one[name] for one in measured]) for name in METRICS}
