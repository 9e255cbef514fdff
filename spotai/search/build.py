"""Build a snapshot generation from an iterator of column batches.

One pass streams every column to disk, in order of id; a second fits each axis to its feature's
finished column and computes the coordinates (fitting.py); then the rows are put in block order, and
each file is written anew in it (reorder.py). Memory holds the coordinates, a column or two with how
often each value occurs, and the ids of all artists.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import InputError, SnapshotBusyError
from spotai.features import FEATURES
from spotai.search.checksums import seal_files
from spotai.search.files import (
    TEXTS,
    VALUES,
    ColumnWriter,
    HeapWriter,
    as_values,
    flush,
    generation_number,
    generations,
    load_array,
    value_file,
)
from spotai.search.fitting import fit_features
from spotai.search.manifest import FORMAT_VERSION, MANIFEST, Manifest, write_manifest
from spotai.search.reorder import put_in_order
from spotai.search.version_kinds import version_kinds
from spotai.search.versions import audio_keys, title_keys
from spotai.tracks import ID_DTYPE, TrackColumns

log = logging.getLogger(__name__)

KEPT_GENERATIONS: Final = 2

Progress = Callable[[int], None]


def build_snapshot(
    batches: Iterable[TrackColumns],
    folder: Path,
    *,
    source: str,
    progress: Progress | None = None,
) -> Path:
    """Write the next generation into ``folder`` and return its path.

    Tracks without all required features are left out and counted in the manifest. ``progress``
    is called with the number of tracks read so far. ``source`` says where they came from.

    Raises InputError when the ids are not strictly ascending or no track can be searched, and
    SnapshotBusyError when another process builds in the same folder; an earlier generation is
    left as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_builder(folder):
        number = max(map(generation_number, generations(folder)), default=0) + 1
        building = folder / f".building-{number:08d}"
        building.mkdir()
        try:
            _write_generation(building, batches, number, source, progress)
            finished = building.rename(folder / f"generation-{number:08d}")
        except BaseException:
            _remove(building)
            raise
        flush(folder)
        for old in generations(folder)[KEPT_GENERATIONS:]:
            _remove(old)
    return finished


def _remove(folder: Path) -> None:
    """Delete what is no longer needed; failing to is no reason to fail, but to say so."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        log.warning("cannot delete %s: %s", folder, error.strerror)


def _write_generation(
    folder: Path,
    batches: Iterable[TrackColumns],
    number: int,
    source: str,
    progress: Progress | None,
) -> None:
    with closing(_ColumnPass(folder)) as columns:
        for batch in batches:
            columns.add(batch)
            if progress is not None:
                progress(columns.read)
    if columns.songs == 0:
        raise InputError(
            "no track has all features a search needs; load a data set with audio "
            "features first: spotai load FILE"
        )
    fitted = fit_features(folder)
    ids = load_array(folder, "ids")
    ends = ids[0].decode(), ids[-1].decode()
    put_in_order(folder)
    manifest = Manifest(
        format=FORMAT_VERSION,
        generation=number,
        songs=columns.songs,
        skipped=columns.read - columns.songs,
        ends=ends,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source=source,
        axes=fitted.axes,
        spreads=fitted.spreads,
        genres=tuple(columns.genre_codes),
        files=seal_files(folder),
    )
    write_manifest(folder, manifest)
    flush(folder / MANIFEST)
    flush(folder)


class _ColumnPass:
    """The streaming pass: every column of every searchable track."""

    def __init__(self, folder: Path) -> None:
        self.read = 0
        self.songs = 0
        self.genre_codes = _numbering()
        self._artist_codes = _numbering()
        self._last_id = b""
        self._heaps = {name: HeapWriter(folder, name) for name in TEXTS}
        self._artist_names = HeapWriter(folder, "artist_name")

        def column(name: str, dtype: object) -> ColumnWriter:
            return ColumnWriter(folder / f"{name}.npy", np.dtype(dtype))  # type: ignore[call-overload]

        self._values = [column(value_file(name), np.float64) for name in VALUES]
        self._plain = {
            name: column(name, dtype)
            for name, dtype in (
                ("ids", ID_DTYPE),
                ("title_key", np.uint64),
                ("audio_key", np.uint64),
                ("version_kind", np.uint8),
                ("artist_id", ID_DTYPE),
                ("track_artist", np.int32),
                ("track_artist-offsets", np.int64),
                ("track_genre", np.int32),
                ("track_genre-offsets", np.int64),
            )
        }
        for name in ("track_artist-offsets", "track_genre-offsets"):
            self._plain[name].append(np.zeros(1))

    def add(self, batch: TrackColumns) -> None:
        if len(batch) == 0:
            return
        previous = np.concatenate(([self._last_id], batch.ids[:-1])).astype(ID_DTYPE)
        if not (previous < batch.ids).all():
            raise InputError("tracks must come in strictly ascending order of id")
        self._last_id = batch.ids[-1]
        self.read += len(batch)

        known = np.ones(len(batch), dtype=bool)
        for feature in FEATURES:
            if feature.required:
                known &= ~np.isnan(batch.features[feature.name])
        rows = np.flatnonzero(known)
        self.songs += len(rows)
        # Mostly all: a slice copies nothing.
        chosen = slice(None) if len(rows) == len(batch) else rows
        for column, values in zip(self._values, as_values(batch), strict=True):
            column.append(values[chosen])
        self._add_descriptions(batch, rows)
        self._plain["ids"].append(batch.ids[chosen])
        features = {name: values[chosen] for name, values in batch.features.items()}
        self._plain["audio_key"].append(audio_keys(features))

    def close(self) -> None:
        for writer in (*self._heaps.values(), self._artist_names):
            writer.close()
        for column in (*self._values, *self._plain.values()):
            column.close()

    def _add_descriptions(self, batch: TrackColumns, rows: NDArray[np.intp]) -> None:
        kept = rows.tolist()
        titles = [batch.titles[row] for row in kept]
        artists = [batch.artists[row] for row in kept]
        genres = [batch.genres[row] for row in kept]
        self._heaps["title"].append(titles)
        albums = [batch.albums[row] for row in kept]
        self._heaps["album"].append(albums)
        self._heaps["artwork"].append([batch.artwork[row] for row in kept])
        self._heaps["release_date"].append([batch.release_dates[row] for row in kept])
        first = [credited[0].name if credited else "" for credited in artists]
        self._plain["title_key"].append(title_keys(titles, first))
        self._plain["version_kind"].append(version_kinds(titles, albums))

        known_before = len(self._artist_codes)
        listed = list(chain.from_iterable(artists))
        codes = _codes(self._artist_codes, [artist.id for artist in listed])
        unseen = np.flatnonzero(codes >= known_before)
        _, earliest = np.unique(codes[unseen], return_index=True)
        new = [listed[place] for place in unseen[earliest].tolist()]
        self._artist_names.append([artist.name for artist in new])
        self._plain["artist_id"].append(np.array([artist.id for artist in new], dtype=ID_DTYPE))
        self._add_lists("track_artist", artists, codes)
        genre_codes = _codes(self.genre_codes, list(chain.from_iterable(genres)))
        self._add_lists("track_genre", genres, genre_codes)

    def _add_lists(
        self, name: str, lists: Sequence[Sequence[object]], codes: NDArray[np.int32]
    ) -> None:
        lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        self._plain[f"{name}-offsets"].append(self._plain[name].length + np.cumsum(lengths))
        self._plain[name].append(codes)


def _codes(known: defaultdict[str, int], names: Sequence[str]) -> NDArray[np.int32]:
    """Return the numbers of names; new ones get the next, in order."""
    return np.fromiter(map(known.__getitem__, names), dtype=np.int32, count=len(names))


def _numbering() -> defaultdict[str, int]:
    """Return a mapping that numbers what it is asked for, from 0."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    """Hold the folder's build lock; the system frees it when the process dies."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SnapshotBusyError(
                "another process is building a snapshot here; wait for it to finish"
            ) from None
        # The lock is ours, so whatever is half-built belongs to a process that died.
        for stale in folder.glob(".building-*"):
            _remove(stale)
        yield
