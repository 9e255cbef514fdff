"""The songs that a listener knows, from what Spotify knows of them.

Songs played last and most, liked ones, and every playlist of their own, up to ``MOST_KNOWN``. That
may take hundreds of calls, so it is a reading like any other: a part at a time, by whoever goes on
with it. Its playlists are kept as those that were opened are, and what is there is not read again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from spotai.catalog.engine import Database
from spotai.catalog.known import MOST_KNOWN
from spotai.catalog.matched import Songs, find_songs, put_songs
from spotai.catalog.readings import (
    Reading,
    begin_reading,
    complete_reading,
    find_reading,
    note_progress,
)
from spotai.errors import NotFoundError, SpotifyRefusedError
from spotai.ingest.listed_songs import look_up
from spotai.ingest.matching import FindIsrcs
from spotai.ingest.reading import LIKED, Library, Shelved
from spotai.search import Snapshot
from spotai.spotify.client import TOP_RANGES, SpotifyClient
from spotai.spotify.shapes import Entry, Part

KNOWN: Final = "~known"
# Its lease has to be prolonged before it ends.
SLICE_SECONDS: Final = 5.0


class Familiar:
    """The songs one account knows. Raises what ``Library`` raises."""

    def __init__(
        self,
        database: Database,
        library: Library,
        client: SpotifyClient,
        open_snapshot: Callable[[], Snapshot],
        find_isrcs: FindIsrcs,
    ) -> None:
        self._database = database
        self._library = library
        self._client = client
        self._open_snapshot = open_snapshot
        self._find_isrcs = find_isrcs

    def begin(self, since: int) -> Reading:
        """Begin to read what the account knows, unless that was begun at ``since`` or later.

        What a login reads that covers more, or less, is another thing.
        """
        listener = self._library.listener
        account_id = listener.account_id
        with self._database.read() as conn:
            kept = find_reading(conn, account_id, KNOWN)
        same = kept is not None and kept.mark.partition(":")[2] == listener.covers
        if kept is not None and same and (kept.goes_on or kept.started >= since):
            return kept
        now = self._library.now()
        mark = f"{now}:{listener.covers}"
        with self._database.write_aside() as conn:
            return begin_reading(conn, account_id, KNOWN, mark, 0, now)

    def go_on(self, reading: Reading, patience: float) -> Reading:
        """Go on with it unless somebody else does; return how far it is."""
        return self._library.go_on(reading, patience, self._read)

    def _read(self, reading: Reading, holder: str, until: float) -> None:
        shelf = [one for one in self._library.playlists(SLICE_SECONDS) if one.own]
        readable = [one for one in shelf if one.unreadable is None]
        total = sum(one.listed.tracks for one in readable)
        noted = reading.done
        readings: list[Reading] = []
        for one in readable:
            before = sum(each.done for each in readings)
            for part in self._parts(one, until):
                # What was read before is gone through again, and noted already.
                if before + part.done > noted:
                    noted = before + part.done
                    self._note(reading, holder, noted, total)
                if not part.goes_on:
                    readings.append(part)
                elif time.monotonic() >= until:
                    self._library.let_go(reading)
                    return
        self._finish(reading, holder, readings, lacks_liked=len(readable) < len(shelf))

    def _note(self, reading: Reading, holder: str, done: int, total: int) -> None:
        now = self._library.now()
        with self._database.write_aside() as conn:
            note_progress(conn, reading, holder, done=done, total=total, now=now)

    def _parts(self, one: Shelved, until: float) -> Iterator[Reading]:
        """Read a playlist, and yield how far it is after each part; nothing where it is refused."""
        while True:
            try:
                left = until - time.monotonic()
                part = self._library.read(one.listed, max(0.0, min(left, SLICE_SECONDS)))
            except (SpotifyRefusedError, NotFoundError):
                return
            yield part
            if not part.goes_on:
                return

    def _finish(
        self, reading: Reading, holder: str, readings: list[Reading], *, lacks_liked: bool
    ) -> None:
        played, lacks = self._played()
        if lacks_liked:
            lacks.append(LIKED)
        distinct = {entry.id: entry for entry in played if entry.id}
        for one in readings:
            for entry in self._library.entries(one):
                if entry.id and len(distinct) < MOST_KNOWN:
                    distinct.setdefault(entry.id, entry)
        snapshot = self._open_snapshot()
        found = look_up(snapshot, list(distinct.values()), self._find_isrcs)
        now = self._library.now()
        songs = Songs(
            number=reading.number,
            generation=snapshot.generation,
            track_ids=found.track_ids,
            told=json.dumps({"lacks": lacks}),
            finished=now,
        )
        with self._database.write_aside() as conn:
            complete_reading(conn, reading, holder, now)
            put_songs(conn, reading.account_id, KNOWN, songs)

    def _played(self) -> tuple[list[Entry], list[str]]:
        """Return the songs played last and most, and which of the two the login does not cover."""
        entries: list[Entry] = []
        lacks: list[str] = []
        for name, ask in self._asked():
            try:
                entries += ask().rows
            except SpotifyRefusedError:
                lacks.append(name)
        return entries, list(dict.fromkeys(lacks))

    def _asked(self) -> Iterator[tuple[str, Callable[[], Part[Entry]]]]:
        yield "recent", self._client.recently_played
        for over in TOP_RANGES:
            yield "top", partial(self._client.top, over)


def known_songs(database: Database, account_id: str) -> Songs | None:
    """Return the songs an account knows by Spotify, None while that was never read to its end."""
    with database.read(soon=True) as conn:
        return find_songs(conn, account_id, KNOWN)
