"""What a search is asked: target, weights, bounds, filters, exclusions."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import QueryError
from spotai.features import AXES, BY_NAME

MAX_EXCLUDED: Final = 50_000
NO_ROWS: Final = np.empty(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Where:
    """Hard conditions in natural units; a value that is not known passes none of them.

    ``ranges``: feature -> (min, max), inclusive, None for an open end. ``sets``: feature ->
    allowed values. ``explicit``: True or False keeps only songs known to be so. ``genres``: keep
    songs of any of them. ``min_playlist_followers``: of the best-followed playlist with the song.
    """

    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    sets: Mapping[str, Collection[float]] = field(default_factory=dict)
    explicit: bool | None = None
    genres: Collection[str] = ()
    min_playlist_followers: int = 0

    def __post_init__(self) -> None:
        for name in (*self.ranges, *self.sets):
            if name not in BY_NAME:
                raise QueryError(f"{name!r} is not a feature", field="where")
        for name, bounds in self.ranges.items():
            if any(bound is not None and math.isnan(bound) for bound in bounds):
                raise QueryError(f"the range of {name} is not a number", field="where")


@dataclass(frozen=True, slots=True)
class Query:
    """The k nearest songs to ``target``, in axis coordinates.

    distance = sum over axes in ascending order of weight*(x - target)^2 in float64, then plus the
    weight of each axis on which the song's value is missing. ``alternatives`` are further targets
    of an axis: its term is the minimum over all of them. ``low`` and ``high`` bound raw
    coordinates, inclusive, whether missing or not. ``exclude`` and ``exclude_artists`` hold up to
    50,000 ids each, ``exclude_rows`` rows of the snapshot that is asked. Songs beyond ``radius``
    are dropped. Raises QueryError when something is outside this contract.
    """

    target: Mapping[str, float] = field(default_factory=dict)
    weight: Mapping[str, float] = field(default_factory=dict)
    low: Mapping[str, float] = field(default_factory=dict)
    high: Mapping[str, float] = field(default_factory=dict)
    where: Where = field(default_factory=Where)
    alternatives: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    exclude: Collection[str | bytes] = ()
    exclude_artists: Collection[str | bytes] = ()
    exclude_rows: NDArray[np.intp] = field(default_factory=lambda: NO_ROWS, compare=False)
    radius: float | None = None
    k: int = 100

    def __post_init__(self) -> None:
        for part in ("target", "weight", "low", "high", "alternatives"):
            for axis in getattr(self, part):
                if axis not in AXES:
                    raise QueryError(f"{axis!r} is not an axis", field=part)
        finite = [*self.target.values(), *self.weight.values()]
        finite += [t for targets in self.alternatives.values() for t in targets]
        if not all(map(math.isfinite, finite)):
            raise QueryError("targets and weights must be finite numbers", field="target")
        if any(map(math.isnan, (*self.low.values(), *self.high.values(), self.radius or 0.0))):
            raise QueryError("bounds and radius must be numbers", field="low")
        if any(weight < 0 for weight in self.weight.values()):
            raise QueryError("weights must not be negative", field="weight")
        aimless = [axis for axis in self.weighted if axis not in self.target]
        if aimless:
            raise QueryError(f"{', '.join(aimless)}: a weight without a target", field="target")
        if self.k < 1:
            raise QueryError("k must be at least 1", field="k")
        if max(len(self.exclude), len(self.exclude_artists)) > MAX_EXCLUDED:
            raise QueryError(f"at most {MAX_EXCLUDED:,} ids can be excluded", field="exclude")

    @property
    def weighted(self) -> tuple[str, ...]:
        """The axes that count, in ascending order."""
        return tuple(axis for axis in AXES if self.weight.get(axis, 0.0) > 0)

    def excluding_nothing(self) -> Query:
        """Return the same query with no song excluded by id, artist or row."""
        return replace(self, exclude=(), exclude_artists=(), exclude_rows=NO_ROWS)

    def targets(self, axis: str) -> tuple[float, ...]:
        """All targets of an axis: the one and its alternatives."""
        return (self.target[axis], *self.alternatives.get(axis, ()))
