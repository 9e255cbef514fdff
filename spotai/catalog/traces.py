"""SQLite's log, where deleted rows stand until it is emptied, and emptying it in spite of readers.

https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

AGAIN_SECONDS: Final = 1.0
GIVE_UP_SECONDS: Final = 10 * 60.0
# Who waits for readers here keeps writers out meanwhile.
AGAIN_WAIT_SECONDS: Final = 0.05

log = logging.getLogger(__name__)


class Traces:
    """The log of the SQLite database in ``file``; may be shared by threads, starts none itself."""

    def __init__(self, engine: Engine, file: Path) -> None:
        self._engine = engine
        self._file = file
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._until = 0.0

    def empty(self, wait: float) -> bool:
        """Bring changes into the file and empty the log; return whether nothing was in the way.

        Waits ``wait`` seconds for readers and writers. Raises DBAPIError.
        """
        # Outside of transactions.
        with self._engine.connect() as conn:
            driver = conn.connection.driver_connection
            if driver is None:
                return False
            try:
                driver.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
                busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise DBAPIError("PRAGMA wal_checkpoint", None, error) from error
            return not busy

    def empty_later(self) -> None:
        """Try to empty the log until it is done, in a thread; returns at once."""
        with self._lock:
            self._until = time.monotonic() + GIVE_UP_SECONDS
            # Of the threads of a process none is alive in a child.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._try, name="traces", daemon=True)
                self._thread.start()

    def _try(self) -> None:
        while True:
            time.sleep(AGAIN_SECONDS)
            before = self._until
            emptied = self._emptied()
            with self._lock:
                # Somebody may have deleted more meanwhile: they rely on another try.
                if self._until == before and (emptied or time.monotonic() > before):
                    self._thread = None
                    break
        if not emptied:
            log.warning("what was deleted is still in the database's log: it is being read")

    def _emptied(self) -> bool:
        try:
            # To connect would make a file that was taken away.
            return not self._file.exists() or self.empty(AGAIN_WAIT_SECONDS)
        except DBAPIError:
            return False
