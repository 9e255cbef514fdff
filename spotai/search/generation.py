"""One snapshot generation, opened: its arrays memory-mapped, its songs readable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, BY_NAME, FEATURES, Feature
from spotai.search.axes import AxisMap
from spotai.search.files import (
    TEXTS,
    AxisEntry,
    Heap,
    load_array,
    read_manifest,
    to_natural,
    value_file,
)
from spotai.search.spread import Spread, spread_of
from spotai.tracks import ID_DTYPE, ID_LENGTH, UNKNOWN_EXPLICIT, Artist

ALL: Final = slice(None)

Rows = NDArray[np.intp] | slice


@dataclass(frozen=True, slots=True)
class Song:
    """What a list shows of one song. ``values``: natural units, None where not known."""

    row: int
    id: str
    title: str
    artists: tuple[Artist, ...]
    album: str
    artwork: str
    release_date: str
    explicit: bool | None
    genres: tuple[str, ...]
    values: Mapping[str, float | None]


class Generation:
    """The columns and texts of one generation folder.

    Raises DamagedSnapshotError when files are missing, cut, or of another format.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.generation = self.manifest.generation
        self.axes: tuple[str, ...] = AXES
        self.ids: NDArray[np.bytes_] = load_array(folder, "ids")
        self.title_keys: NDArray[np.uint64] = load_array(folder, "title_key")
        self.audio_keys: NDArray[np.uint64] = load_array(folder, "audio_key")
        self.explicit: NDArray[np.int8] = load_array(folder, "explicit")
        self.playlist_followers: NDArray[np.int64] = load_array(folder, "playlist_followers")
        self.missing_bits: NDArray[np.uint16] = load_array(folder, "missing")
        self.maps = {axis: AxisMap(axis, *load_array(folder, f"map-{axis}")) for axis in AXES}
        self.extremes: Mapping[str, AxisEntry] = {e.name: e for e in self.manifest.axes}
        self._coordinates = {axis: load_array(folder, f"axis-{axis}") for axis in AXES}
        self._values = {f.name: load_array(folder, value_file(f)) for f in FEATURES}
        self._texts = {name: Heap(folder, name) for name in TEXTS}
        self._artist_ids: NDArray[np.bytes_] = load_array(folder, "artist_id")
        self._artist_names = Heap(folder, "artist_name")
        self._lists = {
            name: (load_array(folder, f"{name}-offsets"), load_array(folder, name))
            for name in ("track_artist", "track_genre")
        }

    def __len__(self) -> int:
        return len(self.ids)

    def coordinates(self) -> NDArray[np.float32]:
        """Return all coordinates as one (N, A) array, columns in the order of ``axes``."""
        return np.stack([self._coordinates[axis] for axis in AXES], axis=1)

    def missing(self) -> NDArray[np.bool_]:
        """Return which values are missing, (N, A)."""
        return np.stack([self.missing_on(axis) for axis in AXES], axis=1)

    def axis(self, axis: str) -> NDArray[np.float32]:
        """Return the coordinates of one axis, (N,)."""
        return self._coordinates[axis]

    def missing_on(self, axis: str, rows: Rows = ALL) -> NDArray[np.bool_]:
        """Return which of ``rows`` have no known value on ``axis``."""
        bit = np.uint16(1 << AXES.index(axis))
        unknown: NDArray[np.bool_] = (self.missing_bits[rows] & bit) != 0
        return unknown

    def values(self, feature: str, rows: Rows = ALL) -> NDArray[np.float64]:
        """Return natural values of ``rows``, float64, NaN where missing."""
        return to_natural(self._values[feature][rows], BY_NAME[feature])

    @cached_property
    def spreads(self) -> Mapping[str, Spread]:
        """How each feature's values spread over the catalog; counted when first asked for."""
        return {f.name: spread_of(f, self.values(f.name)) for f in FEATURES}

    def rows_of(self, ids: Iterable[str | bytes]) -> NDArray[np.intp]:
        """Return the row of each id, in the order given, -1 where the snapshot has none."""
        wanted = _as_ids(ids)
        if len(wanted) == 0:
            return np.empty(0, dtype=np.intp)
        # Rows are in ascending order of id (build.py refuses any other).
        rows = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[rows] == wanted, rows, -1)

    def first_artists(self, rows: NDArray[np.intp]) -> list[str]:
        """Return the id of each row's first artist, "" without one."""
        offsets, codes = self._lists["track_artist"]
        return [
            self._artist_ids[codes[offsets[row]]].decode()
            if offsets[row + 1] > offsets[row]
            else ""
            for row in rows
        ]

    def by_artists(self, artist_ids: Collection[str | bytes]) -> NDArray[np.bool_]:
        """Return which songs any of the artists is credited on, (N,)."""
        codes = np.flatnonzero(np.isin(self._artist_ids, _as_ids(artist_ids)))
        return self._listed("track_artist", codes)

    def by_genres(self, genres: Collection[str]) -> NDArray[np.bool_]:
        """Return which songs have any of the genres, in whatever case, (N,)."""
        wanted = {genre.casefold() for genre in genres}
        codes = [n for n, name in enumerate(self.manifest.genres) if name.casefold() in wanted]
        return self._listed("track_genre", np.array(codes, dtype=np.intp))

    def song(self, row: int) -> Song:
        """Read everything shown of one song."""
        return self.songs([row])[0]

    def songs(self, rows: Sequence[int]) -> list[Song]:
        """Read everything shown of songs, in the order of ``rows``."""
        natural = [(f, self.values(f.name, np.array(rows, dtype=np.intp))) for f in FEATURES]
        return [
            self._song(row, {f.name: _known(f, float(values[n])) for f, values in natural})
            for n, row in enumerate(rows)
        ]

    def _song(self, row: int, values: Mapping[str, float | None]) -> Song:
        explicit = int(self.explicit[row])
        return Song(
            row=row,
            id=self.ids[row].decode(),
            title=self._texts["title"][row],
            artists=tuple(
                Artist(self._artist_ids[code].decode(), self._artist_names[code])
                for code in self._codes("track_artist", row)
            ),
            album=self._texts["album"][row],
            artwork=self._texts["artwork"][row],
            release_date=self._texts["release_date"][row],
            explicit=None if explicit == UNKNOWN_EXPLICIT else bool(explicit),
            genres=tuple(self.manifest.genres[code] for code in self._codes("track_genre", row)),
            values=values,
        )

    def _codes(self, name: str, row: int) -> list[int]:
        offsets, codes = self._lists[name]
        return [int(code) for code in codes[offsets[row] : offsets[row + 1]]]

    def _listed(self, name: str, codes: NDArray[np.intp]) -> NDArray[np.bool_]:
        offsets, listed = self._lists[name]
        entries = np.flatnonzero(np.isin(listed, codes))
        found = np.zeros(len(self), dtype=bool)
        found[np.searchsorted(offsets, entries, side="right") - 1] = True
        return found


def _known(feature: Feature, value: float) -> float | None:
    return None if np.isnan(value) else feature.number(value)


def _as_ids(ids: Iterable[str | bytes]) -> NDArray[np.bytes_]:
    """Encode ids; what is no 22-byte ASCII id becomes the empty id, which nothing has."""
    encoded = (i if isinstance(i, bytes) else i.encode("ascii", "replace") for i in ids)
    return np.array([i if len(i) == ID_LENGTH else b"" for i in encoded], dtype=ID_DTYPE)
