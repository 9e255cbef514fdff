"""An account's lists on Spotify, read page by page into SQL, a part at a time.

A list is read by whoever asks for it, for a short while, and goes on from where it stands with the
next one who asks or in the background: everything it needs is in SQL. What was read stays, and is
read again only when Spotify says that the list has changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal

from spotai.catalog.engine import Database
from spotai.catalog.readings import (
    Reading,
    begin_reading,
    complete_reading,
    find_reading,
    find_troubles,
    keep_page,
    pages_of,
    pause_reading,
    take_reading,
)
from spotai.catalog.tables import NAME_LENGTH
from spotai.errors import (
    DependencyError,
    GrantEndedError,
    LeaseLostError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
    StillReadingError,
)
from spotai.ingest.packed import pack, unpack
from spotai.ingest.troubles import REFUSED, error_of, trouble_of
from spotai.spotify.client import PAGE, SpotifyClient
from spotai.spotify.shapes import Entry, Listed, Part

# Subjects beside the ids of playlists, which hold no "~".
LISTING: Final = "~playlists"
LIKED: Final = "liked"

LIKED_NAME: Final = "Liked songs"
FRESH_SECONDS: Final = 60
# A playlist that comes without a snapshot is read again after this.
FRESH_UNMARKED_SECONDS: Final = 60 * 60
LOOK_AGAIN_SECONDS: Final = 0.1
MOST_ENTRIES: Final = 30_000

# Why a playlist's songs cannot be read: Spotify lets only others read it, or the login does not
# cover it.
Unreadable = Literal["followed", "scope"]

# Reads on as the holder of the lease until a monotonic time, and gives it back.
ReadOn = Callable[[Reading, str, float], None]

_PASSING: Final = (SpotifyUnavailableError, SpotifyLimitedError, SpotifyQuotaError)


@dataclass(frozen=True, slots=True)
class Listener:
    """An account of ours: its id, and every id that Spotify may name as the owner of a playlist.

    ``shows_liked``: the login covers the liked songs. ``covers`` is a text that changes with what
    it covers of the songs they know.
    """

    account_id: str
    ids: frozenset[str]
    shows_liked: bool = True
    covers: str = ""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A playlist in an account's list."""

    listed: Listed
    own: bool
    unreadable: Unreadable | None


class Library:
    """The lists of one account. ``holder`` names who reads: another one for each process or thread.

    Methods raise what ``SpotifyClient`` raises, DatabaseUnavailableError, and StillReadingError for
    what is not read to its end and was needed whole. ``patience``: how many seconds to go on.
    """

    def __init__(
        self,
        database: Database,
        client: SpotifyClient,
        listener: Listener,
        holder: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._holder = holder
        self.listener: Final = listener

    def playlists(self, patience: float) -> list[Shelved]:
        """Return all playlists: liked songs, own ones, then followed ones, in Spotify's order.

        What was listed within ``FRESH_SECONDS`` is not asked for again; nor while Spotify does not
        answer, if there is an older list.
        """
        return self._shelf(self._listing(patience))

    def playlist(self, playlist_id: str, patience: float) -> Shelved | None:
        """Return a playlist of the list, None for one that is not in it."""
        found = (one for one in self.playlists(patience) if one.listed.id == playlist_id)
        return next(found, None)

    def read(self, listed: Listed, patience: float) -> Reading:
        """Read a playlist as it stands now, or go on with it; return how far it is.

        One that has not changed since it was read to its end is not read again.
        """
        mark = listed.snapshot_id[:NAME_LENGTH] or str(self.now() // FRESH_UNMARKED_SECONDS)
        with self._database.read() as conn:
            kept = find_reading(conn, self.listener.account_id, listed.id)
        if kept is not None and kept.complete is not None and kept.complete_mark == mark:
            return kept
        if kept is None or not kept.goes_on or kept.mark != mark:
            kept = self._begin(listed.id, mark, listed.tracks)
        return self.go_on(kept, patience)

    def go_on(self, reading: Reading, patience: float, read: ReadOn | None = None) -> Reading:
        """Go on with a reading, or watch while somebody else does; return how far it is.

        What is in the way is kept with it and raised, now and to everybody until it is over.
        ``read`` is for what is no list of Spotify's.
        """
        until = time.monotonic() + patience
        while True:
            if reading.trouble is not None and reading.trouble.until > self.now():
                raise error_of(reading.trouble, self.now())
            with self._database.write_aside() as conn:
                taken = take_reading(conn, reading, self._holder, self.now())
            if taken is not None:
                return self._go_on_with(taken, until, read or self._read_pages)
            reading = self._current(reading)
            if not reading.goes_on or time.monotonic() >= until:
                return reading
            time.sleep(LOOK_AGAIN_SECONDS)

    def kept_playlist(self, playlist_id: str) -> Shelved | None:
        """Return a playlist of the list as it was read last, without asking Spotify."""
        with self._database.read() as conn:
            listing = find_reading(conn, self.listener.account_id, LISTING)
        if listing is None or listing.complete is None:
            return None
        found = (one for one in self._shelf(listing) if one.listed.id == playlist_id)
        return next(found, None)

    def entries(self, reading: Reading, first: int = 0, last: int | None = None) -> list[Entry]:
        """Return what is there of a playlist, from one place to before another."""
        return entries_of(self._database, reading, first, last)

    def let_go(self, reading: Reading, error: BaseException | None = None) -> None:
        """Give the lease of a reading back, and keep with it what is in the way, if anything."""
        trouble = trouble_of(error, self.now()) if isinstance(error, SpotAIError) else None
        # Without the database the lease ends by itself.
        with suppress(DependencyError), self._database.write_aside() as conn:
            pause_reading(conn, reading, self._holder, trouble)

    def now(self) -> int:
        """Return the time, in unix seconds."""
        return int(self._clock())

    def _shelf(self, listing: Reading) -> list[Shelved]:
        with self._database.read() as conn:
            refused = find_troubles(conn, self.listener.account_id, REFUSED)
            pages = [packed for _, packed in pages_of(conn, listing, shown_number(listing))]
        rows = {row.id: row for packed in pages for row in unpack(Listed, packed)}
        shelved = [self._shelve(row, refused) for row in rows.values()]
        return sorted(shelved, key=lambda one: (one.listed.id != LIKED, not one.own))

    def _listing(self, patience: float) -> Reading:
        with self._database.read() as conn:
            kept = find_reading(conn, self.listener.account_id, LISTING)
        now = self.now()
        fresh = kept is not None and kept.finished > now - FRESH_SECONDS
        # A login that covers more than the one before has another list.
        cover = LIKED if self.listener.shows_liked else ""
        if kept is not None and not kept.goes_on and fresh and kept.mark.endswith(f":{cover}"):
            return kept
        try:
            if kept is None or not kept.goes_on or not kept.mark.endswith(f":{cover}"):
                kept = self._begin(LISTING, f"{now}:{cover}", 0)
            kept = self.go_on(kept, patience)
        except _PASSING:
            if kept is None or kept.complete is None:
                raise
        if kept.complete is None:
            raise StillReadingError(
                f"Your playlists are being read: {kept.done:,} so far. Ask again in a moment."
            )
        return kept

    def _begin(self, subject: str, mark: str, total: int) -> Reading:
        with self._database.write_aside() as conn:
            return begin_reading(
                conn, self.listener.account_id, subject, mark, min(total, MOST_ENTRIES), self.now()
            )

    def _go_on_with(self, taken: Reading, until: float, read: ReadOn) -> Reading:
        try:
            read(taken, self._holder, until)
        except LeaseLostError:
            pass
        except BaseException as error:
            self.let_go(taken, error)
            raise
        return self._current(taken)

    def _read_pages(self, reading: Reading, holder: str, until: float) -> None:
        while True:
            part = self._fetch(reading.subject, reading.done)
            rows: tuple[Entry | Listed, ...] = part.rows
            done = reading.done + part.count
            ends = not part.more or part.count == 0 or done >= MOST_ENTRIES
            if ends and reading.subject == LISTING:
                rows = (*rows, self._liked())
            with self._database.write_aside() as conn:
                keep_page(
                    conn,
                    reading,
                    holder,
                    entries=pack(rows),
                    done=done,
                    total=min(part.total, MOST_ENTRIES),
                    now=self.now(),
                )
                if ends:
                    complete_reading(conn, reading, holder, self.now())
                    return
                kept = find_reading(conn, reading.account_id, reading.subject)
            if kept is None:
                return
            reading = kept
            if time.monotonic() >= until:
                self.let_go(reading)
                return

    def _fetch(self, subject: str, offset: int) -> Part[Entry] | Part[Listed]:
        if subject == LISTING:
            return self._client.playlists(offset)
        if subject == LIKED:
            return self._client.liked(offset)
        return self._client.entries(subject, offset)

    def _liked(self) -> Listed:
        """Return the liked songs as a playlist; without a snapshot where they cannot be read."""
        liked = Listed(LIKED, LIKED_NAME, owner_id=min(self.listener.ids))
        if not self.listener.shows_liked:
            return liked
        try:
            part = self._client.liked()
        except SpotifyRefusedError:
            return liked
        return replace(liked, snapshot_id=part.mark, tracks=part.total)

    def _shelve(self, row: Listed, refused: set[str]) -> Shelved:
        own = row.owner_id in self.listener.ids
        if row.id == LIKED:
            return Shelved(row, own, None if row.snapshot_id else "scope")
        # An app with extended quota may read any playlist, and gets the older shape of it.
        readable = own or row.collaborative or row.open_to_app
        return Shelved(row, own, None if readable and row.id not in refused else "followed")

    def _current(self, reading: Reading) -> Reading:
        with self._database.read() as conn:
            kept = find_reading(conn, reading.account_id, reading.subject)
        if kept is None:
            raise GrantEndedError("The Spotify login is over. Log in again.")
        return kept


def entries_of(
    database: Database, reading: Reading, first: int = 0, last: int | None = None
) -> list[Entry]:
    """Return what is there of a playlist, from one place to before another.

    Raises DatabaseUnavailableError.
    """
    start = first // PAGE * PAGE
    with database.read() as conn:
        pages = list(pages_of(conn, reading, shown_number(reading), start, last))
    if not pages:
        return []
    entries = [entry for _, packed in pages for entry in unpack(Entry, packed)]
    skipped = max(0, first - pages[0][0])
    return entries[skipped:] if last is None else entries[skipped : skipped + last - first]


def shown_number(reading: Reading) -> int:
    """Return which of its readings is shown of a list: the last complete one, if there is any."""
    return reading.number if reading.complete is None else reading.complete
