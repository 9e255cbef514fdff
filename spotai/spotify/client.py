"""Spotify's Web API for one account: what a listener has, page by page.

Every call has a timeout, none is repeated by itself and none sleeps: what Spotify asks for in
``Retry-After`` is raised at once. Pages are asked for by their offset, never by the address that an
answer names: the token goes nowhere else, and a long read can go on where another one ended.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final, Literal

import requests
import spotipy
import urllib3
from spotipy.exceptions import SpotifyException

from spotai.errors import GrantEndedError, NotFoundError
from spotai.spotify.access import Access
from spotai.spotify.breaker import Breaker
from spotai.spotify.faults import error_of, unavailable
from spotai.spotify.shapes import (
    Entry,
    Listed,
    Me,
    Part,
    read_entry,
    read_listed,
    read_me,
    read_part,
    read_song,
)
from spotai.spotify.transport import TIMEOUT, http_session

# The most that Spotify hands out at once.
PAGE: Final = 50
MOST_ADDED: Final = 100

TopRange = Literal["short_term", "medium_term", "long_term"]
TOP_RANGES: Final[tuple[TopRange, ...]] = ("short_term", "medium_term", "long_term")

_PLAYLIST_ID: Final = re.compile(r"[0-9A-Za-z]{1,64}")

# It writes headers, and with them tokens, to its log; and each fault, which we raise instead.
logging.getLogger("spotipy.client").setLevel(logging.CRITICAL)


class Gateway:
    """The way to one Web API: its connections and its breaker, shared by all of a process.

    ``base_url`` ends with ``/v1/``. May be shared by threads and made before a fork.
    """

    def __init__(
        self,
        base_url: str,
        *,
        breaker: Breaker | None = None,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.base_url: Final = base_url.rstrip("/") + "/"
        self._breaker = breaker or Breaker()
        self._timeout = timeout
        self._session = http_session(self.base_url)
        # One listener's cookies must not travel with another's requests.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def call(self, access: Access, ask: Callable[[spotipy.Spotify], Any]) -> Any:
        """Ask Spotify as one account; a token that it refuses is renewed once.

        Raises the errors of ``SpotifyClient``.
        """
        token = access.token()
        try:
            return self._ask(token, ask)
        except GrantEndedError:
            return self._ask(access.renew(token), ask)

    def _ask(self, token: str, ask: Callable[[spotipy.Spotify], Any]) -> Any:
        spotify = _Spotify(
            auth=token, requests_session=self._session, requests_timeout=self._timeout, retries=0
        )
        spotify.prefix = self.base_url
        with self._breaker.call():
            try:
                return ask(spotify)
            except SpotifyException as fault:
                raise error_of(fault) from None
            except (requests.RequestException, urllib3.exceptions.HTTPError):
                # What they say may hold the address; that it failed is all there is to know.
                raise unavailable() from None
            except (AttributeError, TypeError, RecursionError):
                # An error whose body is JSON of another shape breaks spotipy's reading of it.
                raise unavailable() from None


class SpotifyClient:
    """What one account has on Spotify.

    Every method raises SpotifyUnavailableError, SpotifyLimitedError and SpotifyQuotaError with the
    seconds to wait, SpotifyRefusedError, GrantEndedError, and NotFoundError for what is not there.
    """

    def __init__(self, access: Access, gateway: Gateway) -> None:
        self._access = access
        self._gateway = gateway

    def me(self) -> Me:
        """Say who the listener is."""
        return read_me(self._get(lambda spotify: spotify.me()))

    def playlists(self, offset: int = 0) -> Part[Listed]:
        """Return a page of the listener's playlists, own and followed."""
        found = self._get(lambda spotify: spotify.current_user_playlists(PAGE, offset))
        return read_part(found, read_listed)

    def playlist(self, playlist_id: str) -> Listed:
        """Return what Spotify says of a playlist, without its songs."""
        checked = _checked(playlist_id)
        found = read_listed(self._get(lambda spotify: spotify.playlist(checked)))
        if found is None:
            raise _not_found()
        return found

    def entries(self, playlist_id: str, offset: int = 0) -> Part[Entry]:
        """Return a page of a playlist, everything odd in it included."""
        checked = _checked(playlist_id)
        found = self._get(
            lambda spotify: spotify.playlist_items(checked, limit=PAGE, offset=offset)
        )
        return read_part(found, read_entry)

    def liked(self, offset: int = 0) -> Part[Entry]:
        """Return a page of the liked songs, the newest first."""
        found = self._get(lambda spotify: spotify.current_user_saved_tracks(PAGE, offset))
        return read_part(found, read_entry)

    def recently_played(self) -> Part[Entry]:
        """Return the songs played last; Spotify keeps 50."""
        found = self._get(lambda spotify: spotify.current_user_recently_played(PAGE))
        return read_part(found, read_entry)

    def top(self, over: TopRange, offset: int = 0) -> Part[Entry]:
        """Return a page of the songs played most over a while."""
        found = self._get(lambda spotify: spotify.current_user_top_tracks(PAGE, offset, over))
        return read_part(found, read_song)

    def create_playlist(self, name: str, description: str, *, public: bool) -> Listed:
        """Make a playlist of the listener's."""
        return self._made(
            lambda spotify: spotify.current_user_playlist_create(
                name, public=public, description=description
            )
        )

    def change_playlist(self, playlist_id: str, name: str, description: str) -> None:
        """Give a playlist another name and description."""
        checked = _checked(playlist_id)
        self._get(
            lambda spotify: spotify.playlist_change_details(
                checked, name=name, description=description
            )
        )

    def add_songs(self, playlist_id: str, track_ids: Sequence[str]) -> None:
        """Add songs at the end of a playlist, ``MOST_ADDED`` at most."""
        path, uris = f"playlists/{_checked(playlist_id)}/items", _uris(track_ids)
        # spotipy's own call sends a bare list, which is no longer documented.
        self._get(lambda spotify: spotify._post(path, payload={"uris": uris}))  # noqa: SLF001

    def replace_songs(self, playlist_id: str, track_ids: Sequence[str]) -> None:
        """Put songs in place of all that a playlist holds, ``MOST_ADDED`` at most."""
        checked, uris = _checked(playlist_id), _uris(track_ids)
        self._get(lambda spotify: spotify.playlist_replace_items(checked, uris))

    def _made(self, ask: Callable[[spotipy.Spotify], Any]) -> Listed:
        made = read_listed(self._get(ask))
        if made is None:
            raise unavailable()
        return made

    def _get(self, ask: Callable[[spotipy.Spotify], Any]) -> Any:
        return self._gateway.call(self._access, ask)


class _Spotify(spotipy.Spotify):  # type: ignore[misc]
    """One call's client. The connections it uses outlive it: spotipy would close them."""

    def __del__(self) -> None:
        pass


def _checked(playlist_id: str) -> str:
    if not _PLAYLIST_ID.fullmatch(playlist_id):
        raise _not_found()
    return playlist_id


def _uris(track_ids: Sequence[str]) -> list[str]:
    return [f"spotify:track:{track_id}" for track_id in track_ids]


def _not_found() -> NotFoundError:
    return NotFoundError("Spotify has no playlist with this id; pick one of the list.")
