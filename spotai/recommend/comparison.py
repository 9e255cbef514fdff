"""How the values of some songs spread beside those of the whole catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spotai.search import Snapshot


@dataclass(frozen=True, slots=True)
class Comparison:
    """One feature: the shares of the seeds' and of the catalog's known values.

    ``points`` in natural units: for numeric features the n+1 edges of n bins, of which the outer
    ones also hold what lies beyond; else the n choices.
    """

    points: tuple[float, ...]
    seeds: tuple[float, ...]
    catalog: tuple[float, ...]


def compare(snapshot: Snapshot, rows: NDArray[np.intp]) -> Mapping[str, Comparison]:
    """Compare the distinct songs at ``rows`` with the catalog, by name of the feature.

    A feature of which the catalog knows no value is left out.
    """
    songs = np.unique(rows)
    compared = {}
    for name, spread in snapshot.spreads.items():
        if not spread.catalog.any():
            continue
        values = snapshot.values(name, songs)
        compared[name] = Comparison(
            points=tuple(map(spread.feature.number, spread.points.tolist())),
            seeds=tuple(spread.shares_of(values[~np.isnan(values)]).tolist()),
            catalog=tuple(spread.catalog.tolist()),
        )
    return compared
