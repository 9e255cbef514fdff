"""Tables of real songs and playlists, and what tests and benchmarks make of them."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from pathlib import Path

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.ingest.load import load_file
from spotai.ingest.snapshots import rebuild
from spotai.search import Snapshot


def playlists_in(path: Path) -> dict[str, list[str]]:
    """Return the track ids of each playlist of a table, plain or gzipped."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    found: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(content.decode())):
        found[row["playlist_id"]].append(row["track_id"])
    return found


def snapshot_of_file(songs: Path, folder: Path) -> Snapshot:
    """Load a table of songs into a catalog in ``folder``, and open a snapshot of it."""
    database = Database(f"sqlite:///{folder / 'spotai.sqlite3'}")
    upgrade(database)
    load_file(database, songs)
    rebuild(database, folder / "snapshots")
    database.close()
    return Snapshot.open(folder / "snapshots")
