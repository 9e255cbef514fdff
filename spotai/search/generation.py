"""One snapshot generation, opened: its arrays memory-mapped, its songs readable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import AXES, FEATURES, Feature
from spotai.search.arrays import Blocks, Columns, Zones
from spotai.search.axes import AxisMap
from spotai.search.checksums import check_files
from spotai.search.files import TEXTS, VALUES, Heap, load_array
from spotai.search.lookup import as_bytes, find_ids
from spotai.search.manifest import AxisEntry, read_manifest
from spotai.search.spread import Spread
from spotai.tracks import ID_DTYPE, ID_LENGTH, Artist

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

    Raises DamagedSnapshotError when files are missing, cut, altered, or of another format; what
    of them is compared with checksums says ``check_files``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        check_files(folder, self.manifest)
        self.generation = self.manifest.generation
        self.axes: tuple[str, ...] = AXES
        self.ids: NDArray[np.bytes_] = load_array(folder, "ids")
        self.title_keys: NDArray[np.uint64] = load_array(folder, "title_key")
        self.audio_keys: NDArray[np.uint64] = load_array(folder, "audio_key")
        self.version_kinds: NDArray[np.uint8] = load_array(folder, "version_kind")
        self._version_keys: NDArray[np.uint64] = load_array(folder, "version_key")
        self._version_rows: NDArray[np.int32] = load_array(folder, "version_row")
        self.missing_bits: NDArray[np.uint16] = load_array(folder, "missing")
        self.maps = {axis: AxisMap(axis, *load_array(folder, f"map-{axis}")) for axis in AXES}
        self.extremes: Mapping[str, AxisEntry] = {e.name: e for e in self.manifest.axes}
        self._coordinates: NDArray[np.float32] = load_array(folder, "coordinates")
        self._values: NDArray[np.float64] = load_array(folder, "values")
        self._slots: NDArray[np.int32] = load_array(folder, "slots")
        self._texts = {name: Heap(folder, name) for name in TEXTS}
        self._artist_ids: NDArray[np.bytes_] = load_array(folder, "artist_id")
        self._artist_names = Heap(folder, "artist_name")
        self._lists = {
            name: (load_array(folder, f"{name}-offsets"), load_array(folder, name))
            for name in ("track_artist", "track_genre", "artist_track")
        }

    def __len__(self) -> int:
        return len(self.ids)

    def coordinates(self) -> NDArray[np.float32]:
        """Return all coordinates as one (N, A) array, columns in the order of ``axes``."""
        return self._coordinates

    def missing(self) -> NDArray[np.bool_]:
        """Return which values are missing, (N, A)."""
        return np.stack([self.missing_on(axis) for axis in AXES], axis=1)

    def axis(self, axis: str) -> NDArray[np.float32]:
        """Return the coordinates of one axis, (N,)."""
        column: NDArray[np.float32] = self._coordinates[:, AXES.index(axis)]
        return column

    def missing_on(self, axis: str, rows: Rows = ALL) -> NDArray[np.bool_]:
        """Return which of ``rows`` have no known value on ``axis``."""
        bit = np.uint16(1 << AXES.index(axis))
        unknown: NDArray[np.bool_] = (self.missing_bits[rows] & bit) != 0
        return unknown

    def values(self, column: str, rows: Rows = ALL) -> NDArray[np.float64]:
        """Return natural values of ``rows``, float64, NaN where missing.

        ``column`` is a feature, or ``explicit`` (1, 0), or ``playlist_followers``.
        """
        found: NDArray[np.float64] = self._values[VALUES.index(column)][rows]
        return found

    def largest(self, column: str) -> float:
        """Return the largest of ``values``, from the bounds of the regions; minus infinity where
        none is known.
        """
        highs = self.blocks.regions.value_high[VALUES.index(column)]
        return float(np.fmax.reduce(highs, initial=-np.inf))

    @cached_property
    def spreads(self) -> Mapping[str, Spread]:
        """How each feature's values spread over the catalog."""
        entries = self.manifest.spreads
        return {
            f.name: Spread(f, np.array(entries[f.name].points), np.array(entries[f.name].catalog))
            for f in FEATURES
        }

    @property
    def ends(self) -> tuple[bytes, bytes]:
        """The first and the last of all ids."""
        first, last = self.manifest.ends
        return first.encode(), last.encode()

    def rows_of(self, ids: Iterable[str | bytes]) -> NDArray[np.intp]:
        """Return the row of each id, in the order given, -1 where the snapshot has none."""
        wanted = _as_ids(ids)
        if len(wanted) == 0:
            return np.empty(0, dtype=np.intp)
        rows = np.empty(len(wanted), dtype=np.intp)
        find_ids(as_bytes(self.ids), self._slots, as_bytes(wanted), rows)
        return rows

    def first_artists(self, rows: NDArray[np.intp]) -> list[str]:
        """Return the id of each row's first artist, "" without one."""
        offsets, codes = self._lists["track_artist"]
        return [
            self._artist_ids[codes[offsets[row]]].decode()
            if offsets[row + 1] > offsets[row]
            else ""
            for row in rows
        ]

    def rows_by(self, artist_ids: Collection[str | bytes]) -> NDArray[np.int32]:
        """Return the rows that any of the artists is credited on, in no order, some twice."""
        wanted = np.unique(_as_ids(artist_ids))
        numbers = np.searchsorted(self._artist_ids, wanted)
        numbers = numbers[numbers < len(self._artist_ids)]
        numbers = numbers[np.isin(self._artist_ids[numbers], wanted)]
        offsets, rows = self._lists["artist_track"]
        some = [rows[offsets[number] : offsets[number + 1]] for number in numbers]
        return np.concatenate([np.empty(0, dtype=np.int32), *some])

    def are_artists(self, ids: Collection[str | bytes]) -> NDArray[np.bool_]:
        """Return of each id whether it is an artist's."""
        wanted = _as_ids(ids)
        places = np.searchsorted(self._artist_ids, wanted)
        found = np.zeros(len(wanted), dtype=np.bool_)
        inside = places < len(self._artist_ids)
        found[inside] = self._artist_ids[places[inside]] == wanted[inside]
        return found

    def versions_of(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the rows that share a title key with others of their own, and whose they are:
        places in ``rows``, ascending, and for each a row, itself among them. Songs without other
        versions have none.
        """
        keys = self.title_keys[rows]
        begins = np.searchsorted(self._version_keys, keys)
        counts = np.searchsorted(self._version_keys, keys, side="right") - begins
        owners = np.repeat(np.arange(len(rows)), counts)
        before = np.cumsum(counts) - counts
        places = np.arange(len(owners)) + np.repeat(begins - before, counts)
        return owners, self._version_rows[places].astype(np.intp)

    def genre_codes(self, genres: Collection[str]) -> NDArray[np.intp]:
        """Return the codes of genres, in whatever case."""
        wanted = {genre.casefold() for genre in genres}
        codes = [n for n, name in enumerate(self.manifest.genres) if name.casefold() in wanted]
        return np.array(codes, dtype=np.intp)

    def by_genres(self, genres: Collection[str]) -> NDArray[np.bool_]:
        """Return which songs have any of the genres, in whatever case, (N,)."""
        offsets, listed = self._lists["track_genre"]
        entries = np.flatnonzero(np.isin(listed, self.genre_codes(genres)))
        found = np.zeros(len(self), dtype=bool)
        found[np.searchsorted(offsets, entries, side="right") - 1] = True
        return found

    @cached_property
    def blocks(self) -> Blocks:
        """What the kernels search."""

        def load(name: str) -> NDArray[Any]:
            return load_array(self.folder, name)

        def zones(part: str) -> Zones:
            return Zones(
                begins=load(f"{part}-rows"),
                axis_low=load(f"{part}-coordinates_low"),
                axis_high=load(f"{part}-coordinates_high"),
                value_low=load(f"{part}-values_low"),
                value_high=load(f"{part}-values_high"),
                value_unknown=load(f"{part}-values_unknown"),
                all_missing=load(f"{part}-all_missing"),
                any_missing=load(f"{part}-any_missing"),
                first_rank=load(f"{part}-first_rank"),
            )

        return Blocks(
            regions=zones("region"),
            blocks=zones("block"),
            region_begins=load("region-begins"),
            columns=Columns(
                coordinates=load("coordinates"),
                codes=load("codes"),
                values=load("values"),
                missing=load("missing"),
                rank=load("rank"),
                genre_begins=load("track_genre-offsets"),
                genres=load("track_genre"),
            ),
        )

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
        explicit = float(self.values("explicit", np.array([row]))[0])
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
            explicit=None if np.isnan(explicit) else bool(explicit),
            genres=tuple(self.manifest.genres[code] for code in self._codes("track_genre", row)),
            values=values,
        )

    def _codes(self, name: str, row: int) -> list[int]:
        offsets, codes = self._lists[name]
        return [int(code) for code in codes[offsets[row] : offsets[row + 1]]]


def _known(feature: Feature, value: float) -> float | None:
    return None if np.isnan(value) else feature.number(value)


def _as_ids(ids: Iterable[str | bytes]) -> NDArray[np.bytes_]:
    """Encode ids; what is no 22-byte ASCII id becomes the empty id, which nothing has."""
    encoded = (i if isinstance(i, bytes) else i.encode("ascii", "replace") for i in ids)
    return np.array([i if len(i) == ID_LENGTH else b"" for i in encoded], dtype=ID_DTYPE)
