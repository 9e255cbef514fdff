"""The table of songs that an evaluation goes by, read as the loader reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from spotai.errors import FormatError
from spotai.features import FEATURES, NAMES
from spotai.formats.recognise import open_rows
from spotai.tracks import ID_DTYPE, UNKNOWN_EXPLICIT, Artist, Track, TrackColumns

Progress = Callable[[int, int], None]

REQUIRED = tuple(feature.name for feature in FEATURES if feature.required)


@dataclass(frozen=True, slots=True)
class SongTable:
    """N songs that can be searched, in the order of their file; an id stands there once.

    ``features``: one (N,) float64 array for each of the fifteen, natural units, NaN where not
    known.
    """

    ids: NDArray[np.bytes_]
    sources: NDArray[np.str_]
    titles: Sequence[str]
    artists: Sequence[tuple[Artist, ...]]
    features: Mapping[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def main_source(self) -> str:
        """The source that most songs come from, the first by name of several."""
        names, counts = np.unique(self.sources, return_counts=True)
        return str(names[np.argmax(counts)])

    def first_artists(self) -> list[str]:
        return [credited[0].name if credited else "" for credited in self.artists]

    def columns(self) -> TrackColumns:
        """Return the songs as a snapshot is built from them, by id."""
        order = np.argsort(self.ids)
        nothing = [""] * len(self)
        return TrackColumns(
            ids=self.ids[order],
            features={name: values[order] for name, values in self.features.items()},
            explicit=np.full(len(self), UNKNOWN_EXPLICIT, dtype=np.int8),
            playlist_followers=np.zeros(len(self), dtype=np.int64),
            titles=[self.titles[row] for row in order],
            artists=[self.artists[row] for row in order],
            albums=nothing,
            artwork=nothing,
            release_dates=nothing,
            genres=[()] * len(self),
        )


def read_songs(path: Path, progress: Progress | None = None) -> SongTable:
    """Read the songs of a table that have all features a search needs.

    So those without a duration go, and those whose analysis failed (the joint zeros).
    ``progress`` is told the bytes read and all of them. Raises FormatError.
    """
    tracks: dict[str, Track] = {}
    with open_rows(path) as file:
        for item in file.items:
            if isinstance(item, Track) and all(name in item.features for name in REQUIRED):
                tracks.setdefault(item.id, item)
                if progress and len(tracks) % 1000 == 0:
                    progress(file.bytes_read(), file.size)
    if not tracks:
        raise FormatError(f"{path} has no song with all features a search needs.")
    return table_of(list(tracks.values()))


def table_of(tracks: Sequence[Track]) -> SongTable:
    """Return tracks with distinct ids as a table."""
    return SongTable(
        ids=np.array([track.id for track in tracks], dtype=ID_DTYPE),
        sources=np.array([track.source for track in tracks]),
        titles=[track.title for track in tracks],
        artists=[track.artists for track in tracks],
        features={
            name: np.array([track.features.get(name, np.nan) for track in tracks], dtype=np.float64)
            for name in NAMES
        },
    )
