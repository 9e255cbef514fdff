"""Counts of a moment that all processes of one machine share, in a small SQLite file of their own.

Beside the catalog: a count must not wait for a load, nor for a server that is down, and nothing is
lost with the file. Nothing of it is flushed to disk, so that counting takes microseconds.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Final, NamedTuple

from spotai.errors import DatabaseUnavailableError

WAIT_SECONDS: Final = 0.05
CLEAN_EVERY_SECONDS: Final = 60

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS counter (
    name TEXT PRIMARY KEY, ends INTEGER NOT NULL, hits INTEGER NOT NULL
) WITHOUT ROWID
"""
_HIT: Final = """
INSERT INTO counter (name, ends, hits) VALUES (:name, :now + :seconds, 1)
ON CONFLICT (name) DO UPDATE SET
    hits = CASE WHEN ends <= :now THEN 1 ELSE hits + 1 END,
    ends = CASE WHEN ends <= :now THEN excluded.ends ELSE ends END
RETURNING hits, ends
"""
_CLEAN: Final = "DELETE FROM counter WHERE ends <= ?"


class Count(NamedTuple):
    """How many hits a name has had in its window, and when that ends, in unix seconds."""

    hits: int
    ends: int


class Counters:
    """The counters in ``file``, made when first used; may be shared by threads and processes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._next_cleaning = 0

    def hit(self, name: str, seconds: int, now: int | None = None) -> Count:
        """Count one more hit of ``name``; a window of ``seconds`` begins with its first hit.

        Raises DatabaseUnavailableError when the file cannot be used.
        """
        moment = int(time.time()) if now is None else now
        try:
            with self._lock:
                connection = self._open()
                if moment >= self._next_cleaning:
                    connection.execute(_CLEAN, (moment,))
                    self._next_cleaning = moment + CLEAN_EVERY_SECONDS
                values = {"name": name, "now": moment, "seconds": seconds}
                (row,) = connection.execute(_HIT, values).fetchall()
                return Count(*row)
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise DatabaseUnavailableError(
                f"The counters in {self._file} cannot be used: {error}. Check its folder and the "
                "disk; if it is damaged, stop the server and delete the file, which is made anew."
            ) from error

    def close(self) -> None:
        """Close the file; the next hit opens it again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        # A connection must not be used on the other side of a fork.
        if self._connection is None or self._process != os.getpid():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self._file, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=OFF")
                connection.execute(_TABLE)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection, self._process = connection, os.getpid()
        return self._connection
