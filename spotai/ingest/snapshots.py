"""Snapshots of the catalog, and the songs a fresh machine starts with."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from spotai.catalog import text_search
from spotai.catalog.columns import column_batches
from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.catalog.engine import Connection, Database
from spotai.catalog.loads import last_change
from spotai.catalog.migrations import upgrade
from spotai.catalog.playlists import Playlist
from spotai.catalog.sources import DEMO
from spotai.catalog.tracks import count_tracks, is_demo
from spotai.errors import (
    DamagedSnapshotError,
    DependencyError,
    InputError,
    SnapshotBusyError,
    SnapshotMissingError,
)
from spotai.ingest.cycles import no_cycles
from spotai.ingest.load import LoadReport, load_tracks
from spotai.search import Snapshot, build_snapshot, warm_up
from spotai.settings import Settings
from spotai.tracks import DEMO_PREFIX

Progress = Callable[[int, int], None]

DEMO_SONGS: Final = 4_000
BUILD_WAIT_SECONDS: Final = 60
# A full disk, a quota, a limit of file sizes.
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

ONLY_MADE_UP: Final = (
    "the snapshot holds made-up songs, which are not for production; load real ones with "
    "`python -m spotai load FILE`, then build a snapshot with `python -m spotai snapshot`"
)

log = logging.getLogger(__name__)


def rebuild(database: Database, folder: Path, *, progress: Progress | None = None) -> Path:
    """Build the next snapshot generation of a migrated catalog in ``folder``; return its path.

    New songs are found by their words from then on as well. ``progress`` is told the tracks read
    so far and the tracks there are. Raises InputError when no track can be searched,
    SnapshotBusyError, DependencyError when the disk is full, and DatabaseUnavailableError.
    """
    warm_up()
    _index_words(database)
    with database.read() as conn, no_cycles():
        total = count_tracks(conn)
        try:
            return build_snapshot(
                column_batches(conn),
                folder,
                source=_state(conn),
                progress=None if progress is None else lambda done: progress(done, total),
            )
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            raise DependencyError(
                f"there is no room for a snapshot in {folder.absolute()} ({error.strerror}); free "
                "some there, or set SPOTAI_DATA_DIR to a folder on a larger disk, then build it "
                "with `python -m spotai snapshot`; the snapshots before are as they were"
            ) from error


def is_stale(database: Database, snapshot: Snapshot) -> bool:
    """Return whether the catalog was loaded into, or is another one, since the snapshot."""
    with database.read() as conn:
        return snapshot.manifest.source != _state(conn)


def open_snapshot(settings: Settings) -> Snapshot:
    """Open the newest good snapshot that these settings allow to answer with.

    Raises as ``Snapshot.open`` does, and SnapshotMissingError for made-up songs in production.
    """
    snapshot = Snapshot.open(settings.snapshots_dir)
    if settings.production and is_made_up(snapshot):
        raise SnapshotMissingError(ONLY_MADE_UP)
    return snapshot


def is_made_up(snapshot: Snapshot) -> bool:
    """Return whether the snapshot holds made-up songs only."""
    # Ids that begin alike lie together in order of id.
    return all(end.startswith(DEMO_PREFIX.encode()) for end in snapshot.ends)


def load_demo(
    database: Database,
    songs: int = DEMO_SONGS,
    *,
    seed: int = 1,
    only_if_empty: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Fill a migrated catalog with made-up songs and their playlists, replacing made-up ones.

    With ``only_if_empty`` a catalog that holds songs is left as it is. ``progress`` is told the
    work done and all of it, in no unit. Raises InputError when the catalog holds real songs, and
    DatabaseUnavailableError.
    """
    return load_tracks(
        database,
        demo_tracks(songs, seed=seed),
        _made_up_playlists(songs, seed),
        name=DEMO,
        made_up=True,
        only_if_empty=only_if_empty,
        total=songs,
        progress=progress,
    )


def prepare(database: Database, settings: Settings) -> None:
    """Make ready to serve: tables migrated, songs in an empty catalog and all of them found by
    their words, a snapshot to search, and the search compiled.

    A snapshot of made-up songs is replaced as soon as the catalog holds real ones. In production
    an empty catalog stays empty, and made-up songs count as none; a catalog without a searchable
    song has no snapshot: all are logged, and the server says what to do. Raises
    DatabaseUnavailableError.
    """
    upgrade(database)
    with database.read() as conn:
        songs, made_up = count_tracks(conn), is_demo(conn)
    if settings.production and (songs == 0 or made_up):
        what = "is empty" if songs == 0 else "holds made-up songs only"
        log.warning("the catalog %s; load songs: spotai load FILE, then spotai snapshot", what)
        # Or the first request after the songs have come would wait for it.
        warm_up()
        return
    if songs == 0:
        log.info("filling the empty catalog with made-up songs", extra={"songs": DEMO_SONGS})
        load_demo(database, only_if_empty=True)
    _index_words(database)
    try:
        snapshot = Snapshot.open(settings.snapshots_dir)
    except (SnapshotMissingError, DamagedSnapshotError) as error:
        log.info("building a snapshot", extra={"reason": error.message})
        _build(database, settings.snapshots_dir)
        return
    if not is_stale(database, snapshot):
        return
    if is_made_up(snapshot) and not _holds_made_up(database):
        log.info("building a snapshot of the real songs")
        _build(database, settings.snapshots_dir)
    else:
        log.warning("the snapshot is older than the catalog; build a new one: spotai snapshot")


def _index_words(database: Database) -> None:
    """Make all songs findable by their words."""
    with database.read() as conn:
        if text_search.is_fresh(conn):
            return
    log.info("indexing the words of songs")
    with database.write() as conn:
        text_search.refresh(conn)


def _holds_made_up(database: Database) -> bool:
    with database.read() as conn:
        return is_demo(conn)


def _build(database: Database, folder: Path) -> None:
    try:
        rebuild(database, folder)
    except SnapshotBusyError:
        _await_snapshot(folder)
    except InputError as error:
        log.warning("there is nothing to search yet", extra={"reason": error.message})


def _await_snapshot(folder: Path) -> None:
    """Wait for the process that builds the snapshot at the moment. Raises when it does not."""
    until = time.monotonic() + BUILD_WAIT_SECONDS
    while True:
        try:
            Snapshot.open(folder)
        except (SnapshotMissingError, DamagedSnapshotError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _made_up_playlists(songs: int, seed: int) -> Iterator[Playlist]:
    for made_up in demo_playlists(songs, seed=seed):
        yield Playlist(
            id=made_up.id,
            name=made_up.name,
            source=DEMO,
            kind="demo",
            description=made_up.description,
            followers=made_up.followers,
            track_ids=made_up.track_ids,
        )


def _state(conn: Connection) -> str:
    """Describe the catalog as it stands; every load that changes it changes the description."""
    tracks, load = count_tracks(conn), last_change(conn)
    if load is None:
        return f"{tracks:,} tracks, nothing loaded"
    return f"{tracks:,} tracks after load {load.id} ({load.file}, done {load.finished})"
