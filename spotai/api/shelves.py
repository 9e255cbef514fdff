"""What accounts have on Spotify, for one application: read in requests, and on behind them."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from spotai.api.background import Background
from spotai.api.logins import Logins
from spotai.catalog.engine import Database
from spotai.catalog.matched import Songs
from spotai.catalog.owners import Owner
from spotai.catalog.readings import Reading, find_orphans, find_reading
from spotai.catalog.stored import tracks_with_isrc
from spotai.errors import GrantEndedError, SpotAIError, StillReadingError
from spotai.ingest.familiar import KNOWN, Familiar, known_songs
from spotai.ingest.read_songs import songs_of
from spotai.ingest.reading import Library, Listener
from spotai.ingest.saving import Saver
from spotai.ingest.troubles import error_of
from spotai.search import Snapshot
from spotai.settings import Settings
from spotai.spotify.client import Gateway, SpotifyClient
from spotai.spotify.scopes import SCOPES

# How long a request goes on with what it asks for; the rest is read behind it.
LISTING_SECONDS: Final = 5.0
READING_SECONDS: Final = 2.0
SLICE_SECONDS: Final = 10.0
HOLDER_BYTES: Final = 16
ORPHANS: Final = 20
LIKED_SCOPE: Final = "user-library-read"
# Other readings of an account go by names with a tilde.
IS_LISTED: Final = re.compile(r"[0-9A-Za-z]{1,64}")


@dataclass(frozen=True, slots=True)
class KnownBySpotify:
    """What an account knows by Spotify: ``songs`` is None while that was never read to its end.

    ``lacks`` are the lists that the login does not cover: ``liked``, ``recent``, ``top``.
    """

    songs: Songs | None
    reading: Reading
    trouble: SpotAIError | None

    @property
    def lacks(self) -> tuple[str, ...]:
        return () if self.songs is None else tuple(json.loads(self.songs.told)["lacks"])

    def needed(self) -> Songs:
        """Return the songs. Raises what is in the way, and StillReadingError."""
        if self.songs is not None:
            return self.songs
        if self.trouble is not None:
            raise self.trouble
        raise StillReadingError(
            f"The songs you know are being read from Spotify: {self.reading.done:,} of "
            f"{self.reading.total:,} so far. Ask again in a moment, or allow songs you know."
        )


class Shelves:
    """May be shared by threads; opens nothing before its first use."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        logins: Logins,
        open_snapshot: Callable[[], Snapshot],
    ) -> None:
        self._database = database
        self._logins = logins
        self._open_snapshot = open_snapshot
        self._gateway = Gateway(settings.spotify_api_url)
        self._background = Background(self._go_on, self._orphans)

    def library(self, owner: Owner | None) -> Library:
        """Return the lists of who asks.

        Raises LoginNeededError, GrantEndedError and DatabaseUnavailableError.
        """
        return self._opened(owner)[0]

    def saver(self, owner: Owner, holder: str) -> Saver:
        """Return what saves for who asks.

        Raises LoginNeededError, GrantEndedError and DatabaseUnavailableError.
        """
        access = self._logins.access(owner, "save")
        client = SpotifyClient(access, self._gateway)
        return Saver(self._database, client, owner.account_id or "", holder)

    def read_on(self, reading: Reading) -> Reading:
        """Go on behind the answer with a reading that is not at its end; return it."""
        if reading.goes_on:
            self._background.wake(reading)
        return reading

    def songs(self, owner: Owner | None, playlist_id: str, snapshot: Snapshot) -> Songs | None:
        """Return the songs of a playlist that is in the asking account's list, else None.

        One that was read is not asked of Spotify again. Raises StillReadingError while it is read
        for the first time, and what ``Library`` raises.
        """
        if owner is None or owner.account_id is None:
            return None
        if not IS_LISTED.fullmatch(playlist_id):
            return None
        with self._database.read() as conn:
            reading = find_reading(conn, owner.account_id, playlist_id)
        if reading is None or reading.complete is None:
            library = self.library(owner)
            shelved = library.kept_playlist(playlist_id)
            if shelved is None:
                return None
            reading = self.read_on(library.read(shelved.listed, READING_SECONDS))
            if reading.complete is None:
                raise StillReadingError(
                    f"The playlist is being read from Spotify: {reading.done:,} of "
                    f"{reading.total:,} songs. Ask again in a moment."
                )
        return songs_of(self._database, reading, snapshot, self.find_isrcs)

    def known(self, owner: Owner | None, since: int) -> KnownBySpotify | None:
        """Return what the asking account knows by Spotify, read behind the answer once ``since``.

        None for a guest and for a login that has ended.
        """
        account = None if owner is None else self._logins.account(owner)
        if account is None or account.scopes is None:
            return None
        library, client = self._opened(owner)
        reading = self._familiar(library, client).begin(since)
        trouble = None
        if reading.trouble is not None and reading.trouble.until > time.time():
            trouble = error_of(reading.trouble, int(time.time()))
        else:
            self.read_on(reading)
        return KnownBySpotify(known_songs(self._database, account.id), reading, trouble)

    def find_isrcs(self, isrcs: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return the ids of the catalog's songs by ISRC. Raises DatabaseUnavailableError."""
        with self._database.read() as conn:
            return tracks_with_isrc(conn, isrcs)

    def _opened(self, owner: Owner | None) -> tuple[Library, SpotifyClient]:
        access = self._logins.access(owner, "read")
        account = None if owner is None else self._logins.account(owner)
        if account is None:
            raise GrantEndedError("This account was deleted here. Log in again to go on.")
        client = SpotifyClient(access, self._gateway)
        granted = set(SCOPES["known"]).intersection(account.scopes or ())
        listener = Listener(
            account.id,
            frozenset({account.spotify_id}),
            shows_liked=LIKED_SCOPE in granted,
            covers=" ".join(sorted(granted)),
        )
        holder = secrets.token_hex(HOLDER_BYTES)
        return Library(self._database, client, listener, holder), client

    def _familiar(self, library: Library, client: SpotifyClient) -> Familiar:
        return Familiar(self._database, library, client, self._open_snapshot, self.find_isrcs)

    def _go_on(self, reading: Reading) -> None:
        library, client = self._opened(Owner("", reading.account_id))
        of_known = reading.subject == KNOWN
        reader = self._familiar(library, client) if of_known else library
        while reading.goes_on:
            before = reading
            reading = reader.go_on(reading, SLICE_SECONDS)
            if (reading.number, reading.done) == (before.number, before.done):
                return  # somebody else reads it

    def _orphans(self) -> list[Reading]:
        with self._database.read() as conn:
            return find_orphans(conn, int(time.time()), ORPHANS)
