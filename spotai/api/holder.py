"""The open snapshot of a server process: swapped for a newer one between requests."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Final, NamedTuple

from spotai.errors import DamagedSnapshotError, SnapshotMissingError
from spotai.ingest.snapshots import ONLY_MADE_UP, is_made_up
from spotai.search import Snapshot
from spotai.search.files import altered_files, generations, read_manifest

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
MOST_CHECKED_BYTES: Final = 2**30
NO_SNAPSHOT: Final = (
    "there is no snapshot to search; load songs with `python -m spotai load FILE`, "
    "then build one with `python -m spotai snapshot`"
)
ONLY_DAMAGED: Final = "every snapshot is damaged; build a new one with `python -m spotai snapshot`"


class _Folder(NamedTuple):
    """A generation folder as it stood: another of the same name is another."""

    name: str
    inode: int
    changed: int


class SnapshotHolder:
    """Opens the newest good generation in ``folder`` and notices a newer one; thread-safe.

    The folder is looked at when a snapshot is asked for, at most every ``look_seconds``. A
    damaged generation is skipped, and one of made-up songs unless ``made_up``; what is open stays
    open. Up to 1 GiB, some three million songs, every byte of a generation is read and checked
    before it is opened; beyond, where that takes more than seconds, sizes alone are.
    """

    def __init__(
        self, folder: Path, *, made_up: bool = True, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._folder = folder
        self._made_up = made_up
        self._look_seconds = look_seconds
        self._next_look = 0.0
        self._looking = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._opened: _Folder | None = None
        self._left_aside: dict[_Folder, str] = {}

    def current(self) -> Snapshot:
        """Return the snapshot to answer one request with.

        Raises SnapshotMissingError while there is none that can be opened.
        """
        # Only the first opening is waited for: afterwards the open snapshot serves meanwhile.
        due = time.monotonic() >= self._next_look
        if due and self._looking.acquire(blocking=self._snapshot is None):
            try:
                if time.monotonic() >= self._next_look:
                    self._look()
                    self._next_look = time.monotonic() + self._look_seconds
            finally:
                self._looking.release()
        if self._snapshot is None:
            raise SnapshotMissingError(next(iter(self._left_aside.values()), NO_SNAPSHOT))
        return self._snapshot

    def _look(self) -> None:
        found = {_as_it_stands(path): path for path in generations(self._folder)}
        self._left_aside = {f: why for f, why in self._left_aside.items() if f in found}
        for folder, path in found.items():
            if folder == self._opened:
                return
            if folder in self._left_aside:
                continue
            try:
                _check_bytes(path)
                snapshot = Snapshot.open(path)
            except (DamagedSnapshotError, SnapshotMissingError) as error:
                log.warning("snapshot left aside", extra={"reason": error.message})
                self._left_aside[folder] = ONLY_DAMAGED
                continue
            if is_made_up(snapshot) and not self._made_up:
                log.warning("snapshot left aside", extra={"reason": ONLY_MADE_UP})
                self._left_aside[folder] = ONLY_MADE_UP
                continue
            self._snapshot, self._opened = snapshot, folder
            log.info(
                "snapshot opened",
                extra={"generation": snapshot.generation, "songs": len(snapshot)},
            )
            return


def _check_bytes(path: Path) -> None:
    """Raise DamagedSnapshotError when a file of the generation is not as it was written."""
    manifest = read_manifest(path)
    if sum(entry.bytes for entry in manifest.files.values()) > MOST_CHECKED_BYTES:
        return
    try:
        altered = altered_files(path, manifest)
    except OSError as error:
        raise DamagedSnapshotError(f"{path} cannot be read: {error.strerror}") from error
    if altered:
        raise DamagedSnapshotError(f"{path} has altered files: {', '.join(altered)}")


def _as_it_stands(path: Path) -> _Folder:
    try:
        status = path.stat()
    except FileNotFoundError:  # a builder has just deleted it
        return _Folder(path.name, 0, 0)
    return _Folder(path.name, status.st_ino, status.st_mtime_ns)
