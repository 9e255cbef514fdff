"""Influence: how much each feature decides which songs come first.

A feature's part of a song's distance is the sum over its axes of w*((x - t)^2 + missing). What all
songs have alike puts none before another, however large its weight w: so a feature's influence is
the standard deviation of its part. Contrast pushes targets t far out, where a small weight parts
songs widely: of a standard normal axis the part has the deviation w*sqrt(2 + 4*t^2), by the moments
of the noncentral chi-squared distribution (1 degree of freedom, noncentrality t^2). Axes are not
normal, though (nearly all songs are in 4/4), and a list is made of the nearest songs alone. So it
is measured, on the nearest ones of a fixed sample of the catalog; docs/recipe.md says how well
that foretells what unticking a feature changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FEATURE_OF_AXIS
from spotai.recommend.targets import Model
from spotai.search import Snapshot

SAMPLE: Final = 4_096
NEAREST: Final = 128

Floats = NDArray[np.float64]


def influences(snapshot: Snapshot, model: Model) -> Mapping[str, float]:
    """Return the influence of each feature that counts, in distance, by its name.

    The sample are songs evenly apart in the snapshot, whose order follows from its songs alone.
    """
    count = min(len(snapshot), SAMPLE)
    parts = _parts(snapshot, model, np.arange(count) * len(snapshot) // count)
    distances = np.sum(list(parts.values()), axis=0)
    nearest = np.argsort(distances, kind="stable")[:NEAREST]
    return {name: _deviation(part[nearest]) for name, part in parts.items()}


def shares(influence: Mapping[str, float]) -> Mapping[str, float]:
    """Return influences in percent of their sum; 0.0 each where nothing parts the songs."""
    total = sum(influence.values())
    return {name: 100 * each / total if total else 0.0 for name, each in influence.items()}


def _deviation(part: Floats) -> float:
    # From one of them, so that numbers that are all the same deviate by exactly nothing.
    return float((part - part[0]).std())


def _parts(snapshot: Snapshot, model: Model, rows: NDArray[np.intp]) -> dict[str, Floats]:
    """Return each feature's part of the distances of ``rows``."""
    parts: dict[str, Floats] = {}
    for axis, weight in model.weight.items():
        coordinates = snapshot.axis(axis)[rows].astype(np.float64)
        away = np.min([np.square(coordinates - t) for t in model.targets(axis)], axis=0)
        part = weight * (away + snapshot.missing_on(axis, rows))
        name = FEATURE_OF_AXIS[axis].name
        parts[name] = parts[name] + part if name in parts else part
    return parts
