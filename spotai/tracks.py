"""A track as a row and as columns: the two shapes in which songs travel between rooms.

Readers (formats) and the demo generator yield ``Track`` rows, or many of them at once as
``TrackRows``, the catalog stores them; the catalog exports ``TrackColumns``, the snapshot builder
consumes them. None of these rooms knows another: they meet here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.features import GROUPS as FEATURE_GROUPS
from spotai.features import NAMES

ID_LENGTH: Final = 22
ID_DTYPE: Final = np.dtype(f"S{ID_LENGTH}")
DEMO_PREFIX: Final = "demo"
UNKNOWN_EXPLICIT: Final = -1

# What a source says about a track falls into groups of values that belong together.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {group: tuple(f.name for f in members) for group, members in FEATURE_GROUPS.items()}
    | {
        "release": (*(f.name for f in FEATURE_GROUPS["release"]), "release_date"),
        "text": ("title", "artists"),
        "album": ("album_id",),
        "explicit": ("explicit",),
        "genres": ("genres",),
        "artwork": ("artwork",),
        "isrc": ("isrc",),
    }
)
# The single values of a track, in the order of ``TrackRows.values``.
VALUES: Final = ("id", "title", "album_id", "explicit", "release_date", "artwork", "isrc", *NAMES)

Values = tuple[str | float | bool | None, ...]


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


@dataclass(slots=True)
class TrackRows:
    """What sources say about N tracks, ready to be stored; the same track may occur again.

    ``values`` holds N tuples in the order of ``VALUES``, None where nothing is known; ``sources``
    the names of the data sets; ``groups`` the sets of groups of which a row knows anything, bit n
    for the n-th of ``GROUPS``; ``artists`` ids in credit order; ``genres`` ascending, each once.
    ``artist_names`` and ``album_names`` are pairs of an id and a spelling of its name, in no
    order, for every artist and album of the rows unless they travel apart from them.
    """

    values: list[Values] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    artists: list[tuple[str, ...]] = field(default_factory=list)
    genres: list[tuple[str, ...]] = field(default_factory=list)
    artist_names: set[tuple[str, str]] = field(default_factory=set)
    album_names: set[tuple[str, str]] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.values)

    def at(self, rows: Iterable[int]) -> TrackRows:
        """Return some of the rows, without the names."""
        chosen = list(rows)
        return TrackRows(
            [self.values[row] for row in chosen],
            [self.sources[row] for row in chosen],
            [self.groups[row] for row in chosen],
            [self.artists[row] for row in chosen],
            [self.genres[row] for row in chosen],
        )

    def extend(self, other: TrackRows) -> None:
        """Add the rows and names of another."""
        self.values += other.values
        self.sources += other.sources
        self.groups += other.groups
        self.artists += other.artists
        self.genres += other.genres
        self.artist_names |= other.artist_names
        self.album_names |= other.album_names


def rows_of(tracks: Sequence[Track]) -> TrackRows:
    """Return tracks as rows."""
    return rows_of_columns(
        {
            "id": [track.id for track in tracks],
            "title": [track.title or None for track in tracks],
            "explicit": [track.explicit for track in tracks],
            "release_date": [track.release_date or None for track in tracks],
            "artwork": [track.artwork or None for track in tracks],
            "isrc": [track.isrc or None for track in tracks],
            **{name: [track.features.get(name) for track in tracks] for name in NAMES},
        },
        [track.source for track in tracks],
        [track.artists for track in tracks],
        [track.album for track in tracks],
        [track.genres for track in tracks],
    )


def rows_of_columns(
    columns: Mapping[str, Sequence[str | float | bool | None]],
    sources: list[str],
    artists: Sequence[tuple[Artist, ...]],
    albums: Sequence[Album | None],
    genres: Sequence[tuple[str, ...]],
) -> TrackRows:
    """Return N tracks as rows; ``columns`` holds N entries for each of ``VALUES`` but the album."""
    album_ids = [album.id if album else None for album in albums]
    artist_ids = [tuple([artist.id for artist in credited]) for credited in artists]
    labels = [tuple(sorted(set(some))) if some else () for some in genres]
    said = {**columns, "album_id": album_ids}
    linked: dict[str, Sequence[object]] = {
        "artists": [credited or None for credited in artist_ids],
        "genres": [some or None for some in labels],
    }
    return TrackRows(
        list(zip(*(said[name] for name in VALUES), strict=True)),
        sources,
        _groups_of({**said, **linked}, len(sources)),
        artist_ids,
        labels,
        {artist for credited in set(artists) for artist in credited},
        {album for album in set(albums) if album},
    )


def _groups_of(said: Mapping[str, Sequence[object]], rows: int) -> list[int]:
    """Return for each row the groups of which it says anything."""
    sets = [0] * rows
    for bit, members in enumerate(GROUPS.values()):
        columns = [said[member] for member in members]
        if any(None not in column for column in columns):
            sets = [known | 1 << bit for known in sets]
        elif any(column.count(None) < rows for column in columns):
            sets = [
                known | (any(value is not None for value in values) << bit)
                for known, values in zip(sets, zip(*columns, strict=True), strict=True)
            ]
    return sets


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
