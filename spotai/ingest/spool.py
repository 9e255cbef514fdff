"""A file's rows between reading and storing: sorted roughly by id, on disk when there are many.

Tables are ordered by id. Rows that come in that order are stored several times faster than rows
that come as they stand in files, and a track's rows are seen together. So rows wait here in
buckets, each a range of ids, until the file is read to its end. They wait in an anonymous file:
nothing is left behind, however the process ends.
"""

from __future__ import annotations

import pickle
import string
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import SpooledTemporaryFile, gettempdir
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from spotai.errors import SpotAIError
from spotai.formats.rows import Block, PlaylistEntry, Refusal
from spotai.tracks import DEMO_PREFIX, TrackRows, Values

BATCH_ROWS: Final = 45_000
LARGEST_BATCH: Final = 100_000
BATCH_NAMES: Final = 300_000
KEPT_IN_MEMORY: Final = 16 * 2**20
# A file may well be named like the source of the made-up songs; what it holds is real.
NAMED_LIKE_DEMO: Final = f"{DEMO_PREFIX} (file)"

_BUCKETS: Final = 64
# In the order of bytes, which is that of the tables.
_LETTERS: Final = "".join(sorted(string.digits + string.ascii_letters))
# Spotify's ids are numbers of 128 bits in 22 digits, so the first digit is 7 at most.
_FIRST_TWO: Final = {
    first + second: min(_BUCKETS * (62 * n + m) // (62 * 8), _BUCKETS - 1)
    for n, first in enumerate(_LETTERS)
    for m, second in enumerate(_LETTERS)
}


class Names(NamedTuple):
    """Pairs of an id and a spelling, of artists and of albums."""

    artists: set[tuple[str, str]]
    albums: set[tuple[str, str]]


class Packed(NamedTuple):
    """A block, ready to wait: for each bucket its number, its rows' and their bytes.

    ``said`` are the pairs of a source and a set of groups that its rows come with.
    """

    tracks: list[tuple[int, int, bytes]]
    said: set[tuple[str, int]]
    names: bytes
    entries: bytes
    refusals: list[Refusal]


def pack(block: Block) -> Packed:
    """Return a block of a file ready to wait."""
    if DEMO_PREFIX in block.tracks.sources:
        block.tracks.sources = [_named(source) for source in block.tracks.sources]
    entries = [entry._replace(source=_named(entry.source)) for entry in block.entries]
    return pack_made_up(Block(block.tracks, entries, block.refusals))


def pack_made_up(block: Block) -> Packed:
    """Return a block of made-up songs ready to wait."""
    tracks = block.tracks
    # Sorted here, where several processes work, rows are soon merged where they are stored.
    order = sorted(range(len(tracks)), key=lambda row: str(tracks.values[row][0]))
    buckets = groupby(order, lambda row: _bucket(tracks.values[row]))
    return Packed(
        [_part(bucket, tracks.at(rows)) for bucket, rows in buckets],
        set(zip(tracks.sources, tracks.groups, strict=True)),
        _dumps(Names(tracks.artist_names, tracks.album_names)),
        _dumps(block.entries) if block.entries else b"",
        block.refusals,
    )


def _bucket(values: Values) -> int:
    return _FIRST_TWO.get(str(values[0])[:2], _BUCKETS - 1)


def _part(bucket: int, rows: TrackRows) -> tuple[int, int, bytes]:
    return bucket, len(rows), _dumps(rows)


def _named(source: str) -> str:
    return NAMED_LIKE_DEMO if source == DEMO_PREFIX else source


class Spool:
    """Where packed blocks wait. ``folder`` is where the file lies when it outgrows memory."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = str(folder or gettempdir())
        self._file = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY, dir=self._folder)  # noqa: SIM115
        self._tracks: list[list[_Place]] = [[] for _ in range(_BUCKETS)]
        self._names: list[_Place] = []
        self._entries: list[_Place] = []
        self.rows = 0
        self.said: set[tuple[str, int]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, packed: Packed) -> None:
        """Let a block wait."""
        for bucket, rows, data in packed.tracks:
            self._tracks[bucket].append(self._put(data, rows))
            self.rows += rows
        self.said |= packed.said
        self._names.append(self._put(packed.names))
        if packed.entries:
            self._entries.append(self._put(packed.entries))

    def names(self) -> Iterator[Names]:
        """Yield the names of artists and albums, many at a time."""
        gathered = Names(set(), set())
        for place in self._names:
            artists, albums = self._get(place)
            gathered.artists.update(artists)
            gathered.albums.update(albums)
            if len(gathered.artists) + len(gathered.albums) >= BATCH_NAMES:
                yield gathered
                gathered = Names(set(), set())
        yield gathered

    def tracks(self) -> Iterator[TrackRows]:
        """Yield the rows, many at a time, in ranges of ids.

        A bucket that is very large, because ids are not spread as Spotify's are, is cut anyhow.
        """
        gathered = TrackRows()
        for places in self._tracks:
            for place in places:
                if len(gathered) >= LARGEST_BATCH:
                    yield gathered
                    gathered = TrackRows()
                gathered.extend(self._get(place))
            if len(gathered) >= BATCH_ROWS:
                yield gathered
                gathered = TrackRows()
        if gathered:
            yield gathered

    def entries(self) -> Iterator[list[PlaylistEntry]]:
        """Yield the entries of playlists, in the order of the file."""
        for place in self._entries:
            yield self._get(place)

    def _put(self, data: bytes, rows: int = 0) -> _Place:
        try:
            begin = self._file.seek(0, 2)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise SpotAIError(
                f"What is read and not yet stored does not fit into {self._folder}: "
                f"{error.strerror}. Make room there, or name another folder (SPOTAI_DATA_DIR)."
            ) from error
        return _Place(begin, len(data), rows)

    def _get(self, place: _Place) -> Any:
        self._file.seek(place.begin)
        # Written by this program a moment ago, into a file that nobody else can open.
        return pickle.loads(self._file.read(place.size))  # noqa: S301


class _Place(NamedTuple):
    begin: int
    size: int
    rows: int


def _dumps(what: object) -> bytes:
    return pickle.dumps(what, protocol=5)
