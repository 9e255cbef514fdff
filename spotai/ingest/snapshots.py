"""Snapshots of the catalog, and the songs a fresh machine starts with."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from spotai.catalog import text_search
from spotai.catalog.columns import column_batches
from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.catalog.engine import Connection, Database
from spotai.catalog.loads import last_done
from spotai.catalog.migrations import upgrade
from spotai.catalog.playlists import Playlist
from spotai.catalog.sources import DEMO
from spotai.catalog.tracks import count_tracks
from spotai.errors import (
    DamagedSnapshotError,
    InputError,
    SnapshotBusyError,
    SnapshotMissingError,
)
from spotai.ingest.load import LoadReport, load_tracks
from spotai.search import Snapshot, build_snapshot
from spotai.settings import Settings

Progress = Callable[[int, int], None]

DEMO_SONGS: Final = 4_000
BUILD_WAIT_SECONDS: Final = 60

log = logging.getLogger(__name__)


def rebuild(database: Database, folder: Path, *, progress: Progress | None = None) -> Path:
    """Build the next snapshot generation of a migrated catalog in ``folder``; return its path.

    ``progress`` is told the tracks read so far and the tracks there are. Raises InputError when
    no track can be searched, SnapshotBusyError, and DatabaseUnavailableError.
    """
    with database.read() as conn:
        total = count_tracks(conn)
        return build_snapshot(
            column_batches(conn),
            folder,
            source=_state(conn),
            progress=None if progress is None else lambda done: progress(done, total),
        )


def is_stale(database: Database, snapshot: Snapshot) -> bool:
    """Return whether the catalog was loaded into, or is another one, since the snapshot."""
    with database.read() as conn:
        return snapshot.manifest.source != _state(conn)


def load_demo(
    database: Database, songs: int = DEMO_SONGS, *, seed: int = 1, progress: Progress | None = None
) -> LoadReport:
    """Fill a migrated catalog with made-up songs and their playlists, replacing made-up ones.

    ``progress`` is told the songs stored so far and ``songs``. Raises InputError when the catalog
    holds real songs, and DatabaseUnavailableError.
    """
    return load_tracks(
        database,
        demo_tracks(songs, seed=seed),
        _made_up_playlists(songs, seed),
        name=DEMO,
        made_up=True,
        total=songs,
        progress=progress,
    )


def prepare(database: Database, settings: Settings) -> None:
    """Make ready to serve: tables migrated, songs in an empty catalog and all of them found by
    their words, a snapshot to search.

    In production an empty catalog stays empty, and a catalog without a searchable song has no
    snapshot: both are logged, and the server says what to do. Raises DatabaseUnavailableError.
    """
    upgrade(database)
    with database.read() as conn:
        songs = count_tracks(conn)
        findable = text_search.is_fresh(conn)
    if not findable:
        log.info("indexing the words of songs", extra={"songs": songs})
        with database.write() as conn:
            text_search.refresh(conn)
    if songs == 0:
        if settings.production:
            log.warning("the catalog is empty; load songs: spotai load FILE, then spotai snapshot")
            return
        log.info("filling the empty catalog with made-up songs", extra={"songs": DEMO_SONGS})
        load_demo(database)
    try:
        snapshot = Snapshot.open(settings.snapshots_dir)
    except (SnapshotMissingError, DamagedSnapshotError) as error:
        log.info("building a snapshot", extra={"reason": error.message})
        _build_missing(database, settings.snapshots_dir)
    else:
        if is_stale(database, snapshot):
            log.warning("the snapshot is older than the catalog; build a new one: spotai snapshot")


def _build_missing(database: Database, folder: Path) -> None:
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
    """Describe the catalog as it stands; every load that ends changes the description."""
    tracks, load = count_tracks(conn), last_done(conn)
    if load is None:
        return f"{tracks:,} tracks, nothing loaded"
    return f"{tracks:,} tracks after load {load.id} ({load.file}, done {load.finished})"
