"""Loading songs into the catalog: one way in for files and for the made-up catalog.

A file is read to its end first, into a spool; then all of it is stored in one transaction. The
database is locked for the second half only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spotai.catalog.batches import batched
from spotai.catalog.engine import Connection, Database
from spotai.catalog.loads import fail_load, finish_load, forget_load, start_load
from spotai.catalog.playlists import Entry, Playlist, append_entries, replace_playlists
from spotai.catalog.tracks import Counts, count_tracks, delete_demo, is_demo, known_ids
from spotai.catalog.upsert import Upsert, late_indexes
from spotai.errors import DatabaseUnavailableError, FormatError, InputError
from spotai.formats.recognise import open_rows
from spotai.formats.rows import PlaylistEntry, Refusal, block_of
from spotai.ingest.cycles import no_cycles
from spotai.ingest.spool import Spool, pack, pack_made_up
from spotai.telemetry import LOADED_ROWS
from spotai.tracks import Track

Progress = Callable[[int, int], None]

BATCH: Final = 5_000
REFUSALS_KEPT: Final = 1_000


@dataclass(slots=True)
class LoadReport:
    """What a load did. ``read`` = ``added`` + ``updated`` + ``merged`` + ``refused`` rows.

    ``merged`` rows told nothing new. ``entries`` are places in ``playlists``, ``dropped`` those
    of tracks that the playlist has already. ``refusals`` are the first thousand. ``unused`` are
    columns of the file that its format does not know.
    """

    file: str
    format: str
    added: int = 0
    updated: int = 0
    merged: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    playlists: int = 0
    entries: int = 0
    dropped: int = 0
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

    def counts(self) -> Counts:
        """Return what became of the rows that were not refused."""
        return Counts(self.added, self.updated, self.merged)

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Add refused rows, keeping the first thousand."""
        self.refused += len(refusals)
        self.refusals.extend(refusals[: REFUSALS_KEPT - len(self.refusals)])


def load_file(
    database: Database,
    path: Path,
    *,
    name: str = "",
    folder: Path | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Load a data-set file into a migrated database, all of it or nothing.

    ``name`` is what people know the file by, if not by its path: the books and messages call it
    so. Real songs replace the made-up ones. What was read and not yet stored lies in ``folder``,
    the system's folder for temporary files without one, and takes about as much room as the file
    unpacked.
    ``progress`` is told the work done and all of it, in no unit; 0 for a pipe, of which nobody
    knows the end. Raises FormatError when the file is not what it should be, and
    DatabaseUnavailableError; nothing has changed then but the note of the failed load.
    """
    with open_rows(path, name) as file, Spool(folder) as spool:
        report = LoadReport(name or path.name, file.format, unused=file.unused)
        with _booked(database, report, file.size) as books:
            for packed in file.blocks(pack):
                spool.add(packed)
                report.refuse(packed.refusals)
                if progress:
                    progress(file.bytes_read(), 2 * file.size)
            if spool.rows + report.refused == 0:
                raise FormatError(f"{name or path} holds no rows. Check that it is the whole file.")
            load_id = books.start()
            with database.write(bulk=True) as conn:
                if spool.rows:
                    delete_demo(conn)

                def stored(rows: int) -> None:
                    if progress:
                        progress(file.size + file.size * rows // spool.rows, 2 * file.size)

                _store(conn, spool, report, stored)
                _finish(conn, load_id, report)
    return report


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
    the work done and all of it, in no unit; ``total`` is how many songs there will be. Raises
    InputError when the catalog holds real songs and made-up ones should join them, and
    DatabaseUnavailableError; nothing has changed then.
    """
    report = LoadReport(name, "generated")
    with Spool() as spool, _booked(database, report) as books:
        for some in batched(tracks, BATCH):
            spool.add((pack_made_up if made_up else pack)(block_of(some)))
            if progress:
                progress(spool.rows, 2 * total)
        load_id = books.start()
        with database.write(bulk=True) as conn:
            if only_if_empty and count_tracks(conn):
                forget_load(conn, load_id)
                return report
            if made_up:
                _clear_made_up(conn)
            elif spool.rows:
                delete_demo(conn)

            def stored(rows: int) -> None:
                if progress:
                    progress(total + rows, 2 * total)

            _store(conn, spool, report, stored)
            for lists in batched(playlists, BATCH):
                report.entries += replace_playlists(conn, lists)
                report.playlists += len(lists)
            _finish(conn, load_id, report)
    return report


def _clear_made_up(conn: Connection) -> None:
    if count_tracks(conn) and not is_demo(conn):
        raise InputError(
            "the catalog holds real songs, which made-up ones must not mix with; use another "
            "SPOTAI_DATA_DIR or database for them"
        )
    delete_demo(conn)


class _Books:
    """What is noted about a load, in transactions of their own."""

    def __init__(self, database: Database, report: LoadReport, size: int) -> None:
        self._database = database
        self._report = report
        self._size = size
        self._load_id: int | None = None

    def start(self) -> int:
        """Note that the load begins to store; return its number."""
        if self._load_id is None:
            with self._database.write() as conn:
                report = self._report
                self._load_id = start_load(conn, report.file, report.format, self._size)
        return self._load_id

    def fail(self, reason: str) -> None:
        """Note that the load has changed nothing, and why."""
        load_id = self.start()
        with self._database.write() as conn:
            fail_load(conn, load_id, reason)


@contextmanager
def _booked(database: Database, report: LoadReport, size: int = 0) -> Iterator[_Books]:
    """Keep the books about a load."""
    began = time.perf_counter()
    books = _Books(database, report, size)
    try:
        yield books
    except BaseException as error:
        try:
            books.fail(str(error) or type(error).__name__)
        except DatabaseUnavailableError as gone:
            raise DatabaseUnavailableError(
                f"{gone.message} Then run the load again: one that is cut short changes nothing."
            ) from error
        raise
    report.seconds = time.perf_counter() - began
    for outcome, rows in {**report.counts()._asdict(), "refused": report.refused}.items():
        LOADED_ROWS.labels(outcome).inc(rows)


def _store(
    conn: Connection, spool: Spool, report: LoadReport, progress: Callable[[int], None]
) -> None:
    """Store all that waits; ``progress`` is told the rows stored so far, in any thread."""
    with no_cycles(), late_indexes(conn):
        upsert = Upsert(conn)
        for names in spool.names():
            upsert.put_names(*names)
        if upsert.fills():
            report.count(upsert.fill(spool, progress))
        else:
            stored = 0
            for rows in spool.tracks():
                report.count(upsert.store(rows))
                stored += len(rows)
                progress(stored)
        upsert.finish()
    positions: dict[str, int] = {}
    for entries in spool.entries():
        placed = _store_entries(conn, entries, positions)
        report.entries += placed
        report.dropped += len(entries) - placed
    report.playlists += len(positions)


def _store_entries(
    conn: Connection, entries: Sequence[PlaylistEntry], positions: dict[str, int]
) -> int:
    """Add entries to playlists and return how many were stored.

    ``positions`` says how far playlists are filled; those not in it are replaced.
    """
    new: dict[str, Playlist] = {}
    rows = []
    known = known_ids(conn, {entry.track_id for entry in entries})
    for entry in entries:
        id_ = entry.playlist_id
        if id_ not in positions:
            positions[id_] = 0
            new[id_] = Playlist(id_, entry.playlist_name, entry.source, followers=entry.followers)
        if entry.track_id in known:
            rows.append(Entry(id_, positions[id_], entry.track_id))
            positions[id_] += 1
    replace_playlists(conn, list(new.values()))
    return append_entries(conn, rows)


def _finish(conn: Connection, load_id: int, report: LoadReport) -> None:
    finish_load(conn, load_id, report.counts(), report.refused, report.playlists)
