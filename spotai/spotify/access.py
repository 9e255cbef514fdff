"""Access tokens that are fresh, of one listener; refreshed once, whoever asks at the same time.

PKCE's refresh tokens can be used once: two who use the same one lose the login. So whoever finds
the access token too old takes a lease that the store keeps for all threads and processes; the
others wait until the store has what came of it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final, Protocol

from spotai.errors import (
    ConfigurationError,
    GrantEndedError,
    SpotifyLimitedError,
    SpotifyUnavailableError,
)
from spotai.spotify.oauth import Accounts
from spotai.spotify.tokens import Tokens

# A token is refreshed when it lasts no longer than this: a call may take a while.
MARGIN_SECONDS: Final = 60
# While it cannot be refreshed, it is used up to here.
LEAST_SECONDS: Final = 5
# Longer than a refresh may take, and storing what came of it.
LEASE_SECONDS: Final = 60
WAIT_SECONDS: Final = 20.0
POLL_SECONDS: Final = 0.05
# How long nobody tries again after a refresh failed: tabs must not wait for it one by one.
PAUSE_SECONDS: Final = 5
LONGEST_PAUSE: Final = 60 * 60


@dataclass(frozen=True, slots=True)
class Held:
    """Tokens as a store has them; ``version`` changes with them. Times are unix seconds."""

    tokens: Tokens
    version: int
    lease_until: int
    retry_at: int


class TokenStore(Protocol):
    """The tokens of one listener, shared by all processes. What is late is answered with False."""

    def find(self) -> Held | None: ...
    def lease(self, version: int, now: int, until: int) -> bool: ...
    def replace(self, version: int, tokens: Tokens) -> bool: ...
    def postpone(self, version: int, retry_at: int) -> None: ...
    def drop(self, version: int) -> bool: ...


class Access(Protocol):
    """What calls of the Web API need."""

    def token(self) -> str:
        """Return an access token that is fresh."""
        ...

    def renew(self, refused: str) -> str:
        """Return the token after one that Spotify refused with 401."""
        ...


class SpotifyAccess:
    """Access through the tokens of a store.

    Both methods raise GrantEndedError when the login is over, SpotifyUnavailableError and
    SpotifyLimitedError when it cannot be refreshed now, and what the store raises.
    """

    def __init__(self, accounts: Accounts, store: TokenStore) -> None:
        self._accounts = accounts
        self._store = store

    def token(self) -> str:
        """Return an access token that is fresh."""
        held = self._held()
        if held.tokens.expires > time.time() + MARGIN_SECONDS:
            return held.tokens.access
        try:
            return self._refreshed(held)
        except (SpotifyUnavailableError, SpotifyLimitedError):
            if held.tokens.expires > time.time() + LEAST_SECONDS:
                return held.tokens.access
            raise

    def renew(self, refused: str) -> str:
        """Return the token after one that Spotify refused with 401."""
        held = self._held()
        # Somebody else's call may have been refused before.
        return self._refreshed(held) if held.tokens.access == refused else held.tokens.access

    def _held(self) -> Held:
        held = self._store.find()
        if held is None:
            raise GrantEndedError("The Spotify login is over. Log in again.")
        return held

    def _refreshed(self, held: Held) -> str:
        until = time.monotonic() + WAIT_SECONDS
        version = held.version
        while held.version == version:
            now = int(time.time())
            if held.retry_at > now:
                raise _later(held.retry_at - now)
            if held.lease_until <= now and self._store.lease(version, now, now + LEASE_SECONDS):
                return self._refresh(held)
            if time.monotonic() > until:
                raise _later(PAUSE_SECONDS)
            time.sleep(POLL_SECONDS)
            held = self._held()
        return held.tokens.access

    def _refresh(self, held: Held) -> str:
        """Refresh what was leased."""
        kept: list[bool] = []

        def keep(fresh: Tokens) -> None:
            kept.append(self._store.replace(held.version, fresh))

        try:
            fresh = self._accounts.refresh(held.tokens, keep)
        except GrantEndedError:
            if self._store.drop(held.version):
                raise
        except SpotifyLimitedError as error:
            self._pause(held, min(error.retry_after, LONGEST_PAUSE))
            raise
        except (ConfigurationError, SpotifyUnavailableError):
            self._pause(held, PAUSE_SECONDS)
            raise
        else:
            if kept == [True]:
                return fresh.access
        # A new login, or a refresh whose lease we had outlived, came first; or the account went.
        return self._held().tokens.access

    def _pause(self, held: Held, seconds: int) -> None:
        self._store.postpone(held.version, int(time.time()) + seconds)


def _later(seconds: int) -> SpotifyUnavailableError:
    return SpotifyUnavailableError(
        "Spotify's login service did not answer a moment ago; try again soon.",
        retry_after=max(seconds, 1),
    )
