"""Of a song's versions the studio original, where it passes as well and fits nearly as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spotai.search import Query, Snapshot
from spotai.search.version_kinds import VersionKind

Rows = NDArray[np.intp]


def originals(snapshot: Snapshot, query: Query, rows: Rows, farther: float) -> Rows:
    """Return for each of ``rows`` the song to be listed in its place, mostly itself.

    That is, of the songs that share its title key, pass the whole query, the radius included, and
    are at most ``farther`` away than it in distance, one of the best kind, if that is better than
    its own: the nearest, of equals by id. The same recording remastered or in mono is as good as
    the original: a farther one is no better. Only the versions of rows that are other recordings
    are looked at.
    """
    own = _kinds(snapshot, rows)
    others = np.flatnonzero(own > VersionKind.NEAR)
    owners, versions = snapshot.versions_of(rows[others])
    better = _kinds(snapshot, versions) < own[others][owners]
    owners, versions = owners[better], versions[better]
    distances = snapshot.distances_of(query, versions)
    found = snapshot.distances_of(query, rows[others])
    passes = snapshot.passes(query, versions) & (distances <= found[owners] + farther)
    if query.radius is not None:
        passes &= distances <= query.radius
    owners, versions, distances = owners[passes], versions[passes], distances[passes]
    kinds = _kinds(snapshot, versions)
    order = np.lexsort((snapshot.ids[versions], distances, kinds, owners))
    replaced, first = np.unique(owners[order], return_index=True)
    listed = rows.copy()
    listed[others[replaced]] = versions[order][first]
    return listed


def _kinds(snapshot: Snapshot, rows: Rows) -> NDArray[np.uint8]:
    """Return the kinds of songs, those of the same recording all alike."""
    return np.maximum(snapshot.version_kinds[rows], VersionKind.NEAR).astype(np.uint8)
