"""Songs out of tracks: all versions of a song are one, or a split would tell the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from spotai.errors import InputError
from spotai.evaluation.songs import SongTable
from spotai.search.versions import audio_keys, title_keys


@dataclass(frozen=True, slots=True)
class MergedSongs:
    """One row of ``table`` for each song of a source; ``song_of`` every track id of the whole
    table, of any source, whose song is among them.
    """

    table: SongTable
    song_of: Mapping[str, int]


def song_groups(table: SongTable) -> NDArray[np.intp]:
    """Return for each track the number of its song, (N,).

    Songs are the connected components over equal (normalised title, first artist) or equal audio
    values, as ``spotai.search.versions`` keys both; a blank title joins nothing.
    """
    titles = title_keys(table.titles, table.first_artists())
    return components(titles, audio_keys(table.features))


def components(titles: NDArray[np.uint64], audio: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return the connected components of rows that share either key, numbered from 0, (N,).

    Key 0 among ``titles`` is none.
    """
    parents = list(range(len(titles)))

    def root(row: int) -> int:
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = parents[row]
        return row

    for keys in (titles, audio):
        first: dict[int, int] = {}
        for row, key in enumerate(keys.tolist()):
            if key or keys is audio:
                a, b = root(first.setdefault(key, row)), root(row)
                parents[max(a, b)] = min(a, b)
    roots = [root(row) for row in range(len(parents))]
    return np.unique(roots, return_inverse=True)[1].astype(np.intp)


def merge_songs(table: SongTable, groups: NDArray[np.intp], source: str) -> MergedSongs:
    """Keep of each song the most popular track that ``source`` has, with the song's earliest year.

    Of equally popular ones the first is kept. The year is the earliest of all its tracks, of any
    source: what a song is does not depend on whose row of it is kept. Raises InputError for a
    source without songs.
    """
    rows = np.flatnonzero(table.sources == source)
    if len(rows) == 0:
        known = ", ".join(np.unique(table.sources).tolist()[:20])
        raise InputError(f"no song comes from the source {source!r}; there are {known}")
    popularity = np.nan_to_num(table.features["popularity"][rows], nan=-1)
    order = np.lexsort((rows, -popularity, groups[rows]))
    rows = rows[order]
    kept = np.sort(rows[np.diff(groups[rows], prepend=-1) != 0])
    earliest = np.full(groups.max() + 1, np.nan)
    np.fmin.at(earliest, groups, table.features["release_year"])
    years = earliest[groups[kept]]
    song_of_group = {int(group): song for song, group in enumerate(groups[kept])}
    return MergedSongs(
        replace(
            table,
            ids=table.ids[kept],
            sources=table.sources[kept],
            titles=[table.titles[row] for row in kept],
            artists=[table.artists[row] for row in kept],
            features={
                name: years if name == "release_year" else values[kept]
                for name, values in table.features.items()
            },
        ),
        {
            track.decode(): song_of_group[group]
            for track, group in zip(table.ids.tolist(), groups.tolist(), strict=True)
            if group in song_of_group
        },
    )
