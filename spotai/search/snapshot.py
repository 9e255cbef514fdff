"""The snapshot people search: opened from disk, answered exactly."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from spotai import telemetry
from spotai.errors import DamagedSnapshotError, SnapshotMissingError
from spotai.features import AXES
from spotai.search import engine, scan
from spotai.search.compiled import first_calls
from spotai.search.files import generations
from spotai.search.gauges import Gauge, Misses
from spotai.search.generation import Generation
from spotai.search.manifest import MANIFEST
from spotai.search.query import Query
from spotai.search.scan import Hits

log = logging.getLogger(__name__)

# Kernels are compiled for a process, not for a snapshot.
_warm: Final = threading.Event()


class Snapshot(Generation):
    """An immutable copy of the catalog; safe to share between threads and processes."""

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the newest good generation in a folder of them, or one generation folder.

        Its first search is as fast as any: kernels are compiled and all files mapped, so it may be
        deleted while it is open. On a machine that never searched that takes a minute.
        Raises SnapshotMissingError when there is none, DamagedSnapshotError when none is whole.
        """
        folder = Path(path)
        candidates = generations(folder) or ([folder] if (folder / MANIFEST).exists() else [])
        if not candidates:
            raise SnapshotMissingError(
                f"{folder} holds no snapshot; load songs and build one: "
                "spotai load FILE, then spotai snapshot"
            )
        damage = []
        for candidate in candidates:
            try:
                return cls.open_generation(candidate)
            except DamagedSnapshotError as error:
                log.warning("skipping a damaged snapshot", extra={"reason": error.message})
                damage.append(error)
        raise damage[0]

    @classmethod
    def open_generation(cls, folder: Path) -> Self:
        """Open one generation folder as ``open`` does, without another in its place.

        Raises DamagedSnapshotError.
        """
        snapshot = cls(folder)
        snapshot.warm_up()
        telemetry.SNAPSHOT_SONGS.set(len(snapshot))
        telemetry.SNAPSHOT_GENERATION.set(snapshot.generation)
        return snapshot

    def warm_up(self) -> None:
        """Call every kernel that answers queries, and map what they read.

        Raises DamagedSnapshotError.
        """
        if _warm.is_set():
            self._call_kernels()
        else:
            first_calls(self._call_kernels)
        _warm.set()

    def _call_kernels(self) -> None:
        query = Query(k=1, exclude=(bytes(self.ids[0]),))
        self.search(query)
        self.count(query)
        self.passes(query, np.zeros(1, dtype=np.intp))
        self.near_misses(query, (Gauge("distance", (0.0,), (0.0, 1.0)),))
        self.maps[AXES[0]].coordinate(0.0)

    def search(self, query: Query) -> Hits:
        """Return the exact k nearest songs, by (distance, id bytes)."""
        return engine.search(self, query)

    def count(self, query: Query) -> int:
        """Return how many songs pass everything in ``query`` but k, the radius included."""
        return engine.count(self, query)

    def looked_up(self, query: Query) -> Query:
        """Return the same query with what it excludes as rows: to be asked more than once."""
        rows = engine.excluded_rows(self, query)
        return replace(query, exclude=(), exclude_artists=(), exclude_rows=rows)

    def near_misses(self, query: Query, gauges: Sequence[Gauge]) -> Misses:
        """Return how many songs fail one or two gauges, of those ``query`` does not exclude.

        Its aim gives the distance and its genres what a gauge of genres looks for; what else it
        asks is left to the gauges. At least one is needed.
        """
        return engine.near_misses(self, query, gauges)

    def distances_of(self, query: Query, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the distances of ``rows`` to the query's target."""
        return scan.distances_of(self, query, rows)

    def passes(self, query: Query, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of ``rows`` pass the query's bounds, filters and exclusions."""
        return engine.passing(self, query, rows)
