"""The snapshot people search: opened from disk, answered exactly."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from spotai import telemetry
from spotai.errors import DamagedSnapshotError, SnapshotMissingError
from spotai.search import engine, scan
from spotai.search.files import generations
from spotai.search.generation import Generation
from spotai.search.query import Query
from spotai.search.scan import Hits

log = logging.getLogger(__name__)


class Snapshot(Generation):
    """An immutable copy of the catalog; safe to share between threads and processes."""

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the newest good generation in a folder of them, or one generation folder.

        Raises SnapshotMissingError when there is none, DamagedSnapshotError when none is whole.
        """
        folder = Path(path)
        candidates = generations(folder) or (
            [folder] if (folder / "manifest.json").exists() else []
        )
        if not candidates:
            raise SnapshotMissingError(
                f"{folder} holds no snapshot; load songs and build one: "
                "spotai load FILE, then spotai snapshot"
            )
        damage = []
        for candidate in candidates:
            try:
                snapshot = cls(candidate)
            except DamagedSnapshotError as error:
                log.warning("skipping a damaged snapshot", extra={"reason": error.message})
                damage.append(error)
                continue
            telemetry.SNAPSHOT_SONGS.set(len(snapshot))
            telemetry.SNAPSHOT_GENERATION.set(snapshot.generation)
            return snapshot
        raise damage[0]

    def search(self, query: Query) -> Hits:
        """Return the exact k nearest songs, by (distance, id bytes)."""
        return engine.search(self, query)

    def count(self, query: Query) -> int:
        """Return how many songs pass everything in ``query`` but k, the radius included."""
        return engine.count(self, query)

    def distances_of(self, query: Query, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the distances of ``rows`` to the query's target."""
        return scan.distances_of(self, query, rows)

    def passes(self, query: Query, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of ``rows`` pass the query's bounds, filters and exclusions."""
        return scan.passing(self, query, rows)
