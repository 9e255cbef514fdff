"""Loading songs into the catalog: one way in for files and for the made-up catalog."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from spotai.catalog import text_search
from spotai.catalog.batches import batched
from spotai.catalog.engine import Connection, Database
from spotai.catalog.loads import fail_load, finish_load, forget_load, start_load
from spotai.catalog.playlists import Entry, Playlist, append_entries, replace_playlist
from spotai.catalog.sources import DEMO
from spotai.catalog.tracks import (
    Counts,
    count_tracks,
    delete_demo,
    is_demo,
    known_ids,
    upsert_tracks,
)
from spotai.errors import DatabaseUnavailableError, FormatError, InputError
from spotai.formats.recognise import open_rows
from spotai.formats.rows import Item, ListedTrack, PlaylistEntry, Refusal
from spotai.telemetry import LOADED_ROWS
from spotai.tracks import Track

Progress = Callable[[int, int], None]

BATCH: Final = 5_000
REFUSALS_KEPT: Final = 1_000
# A file may well be named like the source of the made-up songs; what it holds is real.
NAMED_LIKE_DEMO: Final = f"{DEMO} (file)"


@dataclass(slots=True)
class LoadReport:
    """What a load did. ``read`` = ``added`` + ``updated`` + ``merged`` + ``refused`` rows.

    ``merged`` rows told nothing new. ``refusals`` are the first thousand. ``unused`` are columns
    of the file that its format does not know.
    """

    file: str
    format: str
    added: int = 0
    updated: int = 0
    merged: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    playlists: int = 0
    unused: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def read(self) -> int:
        return self.added + self.updated + self.merged + self.refused

    def count(self, counts: Counts) -> None:
        """Add what became of a batch of tracks."""
        self.added += counts.added
        self.updated += counts.updated
        self.merged += counts.merged

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Add refused rows, keeping the first thousand."""
        self.refused += len(refusals)
        self.refusals.extend(refusals[: REFUSALS_KEPT - len(self.refusals)])


def load_file(
    database: Database, path: Path, *, name: str = "", progress: Progress | None = None
) -> LoadReport:
    """Load a data-set file into a migrated database, all of it or nothing.

    ``name`` is what people know the file by, if not by its path: the books and messages call it
    so. Real songs replace the made-up ones. ``progress`` is told the bytes read so far and the
    bytes of the file. Raises FormatError when the file is not what it should be, and
    DatabaseUnavailableError; nothing has changed then but the note of the failed load.
    """
    with (
        open_rows(path, name) as file,
        _one_load(database, name or path.name, file.format, size=file.size) as load,
    ):
        load.report.unused = file.unused
        for items in batched(file.items, BATCH):
            load.store(items)
            if progress:
                progress(file.bytes_read(), file.size)
        if load.report.read == 0:
            raise FormatError(f"{name or path} holds no rows. Check that it is the whole file.")
    return load.report


def load_tracks(
    database: Database,
    tracks: Iterable[Track],
    playlists: Iterable[Playlist] = (),
    *,
    name: str,
    made_up: bool = False,
    only_if_empty: bool = False,
    total: int = 0,
    progress: Progress | None = None,
) -> LoadReport:
    """Load songs and playlists that come from no file, all of them or nothing.

    ``made_up`` ones take the place of the made-up ones that are there. With ``only_if_empty`` a
    catalog that holds songs by now is left as it is, and the report is empty. ``progress`` is told
    the songs stored so far and ``total``. Raises InputError when the catalog holds real songs and
    made-up ones should join them, and DatabaseUnavailableError; nothing has changed then.
    """
    with _one_load(database, name, "generated", made_up=made_up) as load:
        if only_if_empty and count_tracks(load.conn):
            load.needless = True
            return load.report
        if made_up:
            _clear_made_up(load.conn)
        for items in batched(tracks, BATCH):
            load.store(items)
            if progress:
                progress(load.report.read, total)
        for playlist in playlists:
            load.store_playlist(playlist)
    return load.report


def _clear_made_up(conn: Connection) -> None:
    if count_tracks(conn) and not is_demo(conn):
        raise InputError(
            "the catalog holds real songs, which made-up ones must not mix with; use another "
            "SPOTAI_DATA_DIR or database for them"
        )
    delete_demo(conn)


@contextmanager
def _one_load(
    database: Database, name: str, format_name: str, *, size: int = 0, made_up: bool = False
) -> Iterator[_Load]:
    """Yield a load in one transaction, and keep the books about it in others."""
    began = time.perf_counter()
    with database.write() as conn:
        load_id = start_load(conn, name, format_name, size)
    try:
        with database.write() as conn:
            load = _Load(conn, LoadReport(name, format_name), made_up)
            yield load
            report = load.report
            counts = Counts(report.added, report.updated, report.merged)
            if not made_up and report.read > report.refused:
                delete_demo(conn)
            if load.needless:
                forget_load(conn, load_id)
            else:
                text_search.refresh(conn)
                finish_load(conn, load_id, counts, report.refused, report.playlists)
    except BaseException as error:
        try:
            with database.write() as conn:
                fail_load(conn, load_id, str(error) or type(error).__name__)
        except DatabaseUnavailableError as gone:
            raise DatabaseUnavailableError(
                f"{gone.message} Then run the load again: one that is cut short changes nothing."
            ) from error
        raise
    report.seconds = time.perf_counter() - began
    for outcome, rows in {**counts._asdict(), "refused": report.refused}.items():
        LOADED_ROWS.labels(outcome).inc(rows)


def _refused(item: Item) -> Refusal | None:
    if isinstance(item, ListedTrack):
        return Refusal(item.line, f"{item.title[:60]!r} has no Spotify id to be stored under")
    return item if isinstance(item, Refusal) else None


@dataclass(slots=True)
class _Load:
    """A running load: stores items batch by batch and keeps the report."""

    conn: Connection
    report: LoadReport
    made_up: bool
    needless: bool = False
    _positions: dict[str, int] = field(default_factory=dict)

    def store(self, items: Sequence[Item]) -> None:
        tracks = [self._real(item) for item in items if isinstance(item, Track)]
        self.report.count(upsert_tracks(self.conn, tracks))
        self.report.refuse([refused for item in items if (refused := _refused(item))])
        self._store_entries([item for item in items if isinstance(item, PlaylistEntry)])

    def _real(self, track: Track) -> Track:
        source = self._named(track.source)
        return track if source == track.source else replace(track, source=source)

    def _named(self, source: str) -> str:
        return NAMED_LIKE_DEMO if source == DEMO and not self.made_up else source

    def store_playlist(self, playlist: Playlist) -> None:
        replace_playlist(self.conn, playlist)
        self.report.playlists += 1

    def _store_entries(self, entries: Sequence[PlaylistEntry]) -> None:
        rows = []
        known = known_ids(self.conn, {entry.track_id for entry in entries})
        for entry in entries:
            if entry.playlist_id not in self._positions:
                self._positions[entry.playlist_id] = 0
                source = self._named(entry.source)
                self.store_playlist(Playlist(entry.playlist_id, entry.playlist_name, source))
            if entry.track_id in known:
                rows.append(
                    Entry(entry.playlist_id, self._positions[entry.playlist_id], entry.track_id)
                )
                self._positions[entry.playlist_id] += 1
        append_entries(self.conn, rows)
