"""The open snapshot of a server process: swapped for a newer one between requests."""

from __future__ import annotations

import logging
import threading
import time
from math import inf
from pathlib import Path
from typing import Final, NamedTuple

from spotai.errors import DamagedSnapshotError, SnapshotMissingError
from spotai.ingest.snapshots import ONLY_MADE_UP, is_made_up
from spotai.search import Snapshot
from spotai.search.files import generations

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 60.0
NO_SNAPSHOT: Final = (
    "there is no snapshot to search; load songs with `python -m spotai load FILE`, "
    "then build one with `python -m spotai snapshot`"
)
ONLY_DAMAGED: Final = "every snapshot is damaged; build a new one with `python -m spotai snapshot`"


class _Folder(NamedTuple):
    """A generation folder as it stood: another of the same name is another."""

    name: str
    inode: int
    # When anybody last changed it or its list of files: copying sets the time of modification.
    changed: int


class _Aside(NamedTuple):
    """Why a generation was left aside, and when it is tried again."""

    says: str
    reason: str
    again_at: float


class SnapshotHolder:
    """Opens the newest good generation in ``folder`` and notices a newer one; thread-safe.

    The folder is looked at when a snapshot is asked for, at most every ``look_seconds``. A
    damaged generation is skipped, and one of made-up songs unless ``made_up``; what is open stays
    open. What could not be opened is tried again every ``retry_seconds``: it may have been repaired
    in place, or the process had too many files open. Opening compares checksums (``check_files``),
    which one request of each process waits for, half a second at most.
    """

    def __init__(
        self,
        folder: Path,
        *,
        made_up: bool = True,
        look_seconds: float = LOOK_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._folder = folder
        self._made_up = made_up
        self._look_seconds = look_seconds
        self._retry_seconds = retry_seconds
        self._next_look = 0.0
        self._looking = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._opened: _Folder | None = None
        self._left_aside: dict[_Folder, _Aside] = {}

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
            raise SnapshotMissingError(
                next((aside.says for aside in self._left_aside.values()), NO_SNAPSHOT)
            )
        return self._snapshot

    def _look(self) -> None:
        try:
            found = {_as_it_stands(path): path for path in generations(self._folder)}
        except OSError as error:  # too many files are open, or the folder may not be read
            log.warning("the folder of snapshots cannot be read", extra={"reason": str(error)})
            return
        self._left_aside = {f: aside for f, aside in self._left_aside.items() if f in found}
        for folder, path in found.items():
            if folder == self._opened:
                return
            if folder in self._left_aside and time.monotonic() < self._left_aside[folder].again_at:
                continue
            try:
                snapshot = Snapshot.open_generation(path)
            except DamagedSnapshotError as error:
                again_at = time.monotonic() + self._retry_seconds
                self._leave_aside(folder, _Aside(ONLY_DAMAGED, error.message, again_at))
                continue
            if is_made_up(snapshot) and not self._made_up:
                self._leave_aside(folder, _Aside(ONLY_MADE_UP, ONLY_MADE_UP, inf))
                continue
            self._left_aside.pop(folder, None)
            self._snapshot, self._opened = snapshot, folder
            log.info(
                "snapshot opened",
                extra={"generation": snapshot.generation, "songs": len(snapshot)},
            )
            return

    def _leave_aside(self, folder: _Folder, aside: _Aside) -> None:
        before = self._left_aside.get(folder)
        if before is None or before.reason != aside.reason:
            log.warning("snapshot left aside", extra={"reason": aside.reason})
        self._left_aside[folder] = aside


def _as_it_stands(path: Path) -> _Folder:
    try:
        status = path.stat()
    except FileNotFoundError:  # a builder has just deleted it
        return _Folder(path.name, 0, 0)
    return _Folder(path.name, status.st_ino, status.st_ctime_ns)
