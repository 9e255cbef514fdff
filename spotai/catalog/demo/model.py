"""The fitted figures as arrays: curves from latent scores to values, genres, correlations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import BY_NAME, NAMES, Feature

Array = NDArray[np.float64]

FITTED: Final = Path(__file__).with_name("fitted.json")
SIGNIFICANT_DIGITS: Final = 3
MOST_DECIMALS: Final = 12
POWERS_OF_TEN: Final = np.array([float(f"1e{n}") for n in range(MOST_DECIMALS + 1)])


@dataclass(frozen=True, slots=True)
class Curve:
    """Maps a feature's latent scores to natural values, rounded as Spotify writes them.

    ``p`` (K,) is the cumulative share of songs at each knot, ``z`` (K,) the latent score,
    ``value`` (K,) the natural value.
    """

    feature: Feature
    stepped: bool
    below: float
    p: Array
    z: Array
    value: Array

    def values(self, scores: Array) -> Array:
        """Return the natural values (N,) of the latent ``scores`` (N,)."""
        if self.stepped:
            return self.value[np.searchsorted(self.z[:-1], scores)]
        values = np.interp(scores, self.z, self.value, left=self.below)
        if self.feature.integer:
            return np.rint(values)
        if self.feature.unit:
            return np.round(values, 3)
        return _significant(values)


@dataclass(frozen=True, slots=True)
class Model:
    """Everything fitted. ``G`` genres, fifteen features in the order of features.py.

    ``genre_edges`` (G,) are cumulative shares; ``means`` (G, 15) the genres' latent means;
    ``factor`` (15, 15) the Cholesky factor of the covariance within a genre; ``missing`` the
    share of songs without a value; ``duplicates`` and ``text`` as documented in fit.py.
    """

    curves: tuple[Curve, ...]
    genres: tuple[str, ...]
    genre_edges: Array
    means: Array
    factor: Array
    correlation: Array
    missing: Mapping[str, float]
    duplicates: Mapping[str, float]
    text: Mapping[str, float]


@cache
def fitted_model() -> Model:
    """Read fitted.json."""
    figures: dict[str, Any] = json.loads(FITTED.read_text(encoding="utf-8"))
    shares = np.array(figures["genres"]["shares"])
    means = np.array(figures["genres"]["means"])
    correlation = np.array(figures["correlation"])
    between_genres = (means * shares[:, None]).T @ means
    return Model(
        curves=tuple(_curve(name, figures["curves"][name]) for name in NAMES),
        genres=tuple(figures["genres"]["names"]),
        genre_edges=np.cumsum(shares) / shares.sum(),
        means=means,
        factor=np.linalg.cholesky(correlation - between_genres),
        correlation=correlation,
        missing=figures["missing"],
        duplicates=figures["duplicates"],
        text=figures["text"],
    )


def _curve(name: str, knots: Mapping[str, Any]) -> Curve:
    return Curve(
        feature=BY_NAME[name],
        stepped=knots["stepped"],
        below=knots["below"],
        p=np.array(knots["p"], dtype=float),
        z=np.array(knots["z"], dtype=float),
        value=np.array(knots["value"], dtype=float),
    )


def _significant(values: Array) -> Array:
    """Round to three significant decimals.

    Dividing a whole number by an exact power of ten gives the float that the decimal text reads
    as; multiplying by 0.001 does not.
    """
    exponents = np.floor(np.log10(np.maximum(values, 10.0**-MOST_DECIMALS)))
    decimals = SIGNIFICANT_DIGITS - 1 - np.minimum(exponents, -1)
    scale = POWERS_OF_TEN[np.minimum(decimals, MOST_DECIMALS).astype(np.intp)]
    rounded: Array = np.rint(values * scale) / scale
    return rounded
