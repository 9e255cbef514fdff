"""A track as a row and as columns: the two shapes in which songs travel between rooms.

Readers (formats) and the demo generator yield ``Track`` rows, the catalog stores them; the
catalog exports ``TrackColumns``, the snapshot builder consumes them. None of these rooms knows
another: they meet here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

ID_LENGTH: Final = 22
ID_DTYPE: Final = np.dtype(f"S{ID_LENGTH}")
DEMO_PREFIX: Final = "demo"
UNKNOWN_EXPLICIT: Final = -1


class Artist(NamedTuple):
    id: str
    name: str


class Album(NamedTuple):
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Track:
    """What one source says about one track.

    ``features`` holds the known ones only, cleaned (``Feature.clean``), in natural units.
    ``release_date`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``source`` names the data set.
    ``isrc`` is the recording's code: twelve letters and digits, upper case, no hyphens.
    Empty strings and None mean "this source does not say".
    """

    id: str
    source: str
    title: str = ""
    artists: tuple[Artist, ...] = ()
    album: Album | None = None
    release_date: str = ""
    explicit: bool | None = None
    genres: tuple[str, ...] = ()
    artwork: str = ""
    features: Mapping[str, float] = field(default_factory=dict)
    isrc: str = ""


@dataclass(frozen=True, slots=True)
class TrackColumns:
    """N tracks in strictly ascending order of id, as bytes.

    ``ids`` (N,) S22. ``features``: one (N,) float64 array for each of the fifteen, natural
    units, NaN where not known. ``explicit`` (N,) int8: 1, 0, or -1 where not known.
    ``playlist_followers`` (N,) int64: the most followers of any playlist that holds the track,
    0 without one. The sequences hold N entries; an empty string is "not known". ``artists`` are
    in credit order, ``genres`` sorted.
    """

    ids: NDArray[np.bytes_]
    features: Mapping[str, NDArray[np.float64]]
    explicit: NDArray[np.int8]
    playlist_followers: NDArray[np.int64]
    titles: Sequence[str]
    artists: Sequence[Sequence[Artist]]
    albums: Sequence[str]
    artwork: Sequence[str]
    release_dates: Sequence[str]
    genres: Sequence[Sequence[str]]

    def __len__(self) -> int:
        return len(self.ids)
