"""Spotify's accounts service, through spotipy: where people log in, and where tokens come from.

Authorization Code with PKCE: no secret is sent. What spotipy raises may hold what the service
answered or was sent; nothing of it is passed on.
https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import requests
from spotipy.cache_handler import CacheHandler
from spotipy.exceptions import SpotifyOauthError
from spotipy.oauth2 import SpotifyPKCE

from spotai.errors import (
    ConfigurationError,
    GrantEndedError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyUnavailableError,
)
from spotai.settings import Settings
from spotai.spotify.tokens import Tokens
from spotai.spotify.transport import TIMEOUT, http_session, retry_after

log = logging.getLogger(__name__)

STATE_BYTES: Final = 32
_WORD: Final = re.compile(r"[a-z_]{1,40}")
_OF_OURS: Final = frozenset({"invalid_client", "unauthorized_client", "invalid_request"})

Keep = Callable[[Tokens], None]


class Begun(NamedTuple):
    """A login that begins. ``state`` and ``verifier`` are secrets of the browser's session."""

    url: str
    state: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts service at ``url``, for one app."""

    client_id: str
    redirect_uri: str
    url: str

    @classmethod
    def of(cls, settings: Settings) -> Accounts | None:
        """Return the service of the settings, None where no login is configured."""
        if settings.spotify_client_id is None:
            return None
        url = settings.spotify_accounts_url.rstrip("/")
        return cls(settings.spotify_client_id, settings.redirect_uri, url)

    def begin(self, scopes: Sequence[str]) -> Begun:
        """Make the address at which a listener is asked for ``scopes``; nothing is sent."""
        state = secrets.token_urlsafe(STATE_BYTES)
        with self._client(_Keeper(), scopes) as client:
            client.get_pkce_handshake_parameters()
            return Begun(client.get_authorize_url(state), state, client.code_verifier)

    def finish(self, code: str, verifier: str, scopes: Sequence[str]) -> Tokens:
        """Exchange the code that a listener who was asked for ``scopes`` came back with.

        Raises GrantEndedError for a code that was used, is too old or of another login, and what
        else ``refresh`` raises.
        """
        got: list[Tokens] = []
        with self._client(_Keeper(got.append, scopes), scopes) as client:
            client.code_verifier = verifier
            # Not sent; without one spotipy would make another pair.
            client.code_challenge = client._get_code_challenge()  # noqa: SLF001
            client.get_access_token(code, check_cache=False)
        return got[0]

    def refresh(self, tokens: Tokens, keep: Keep) -> Tokens:
        """Exchange a refresh token, which can be used once; ``keep`` is given what came for it.

        Raises GrantEndedError when the listener has revoked it or it is too old,
        SpotifyUnavailableError, SpotifyLimitedError, ConfigurationError for an app that Spotify
        does not know, and what ``keep`` raises.
        """
        got: list[Tokens] = []

        def note(fresh: Tokens) -> None:
            got.append(fresh)
            keep(fresh)

        with self._client(_Keeper(note, tokens.scopes)) as client:
            client.refresh_access_token(tokens.refresh)
        return got[0]

    @contextmanager
    def _client(self, cache: CacheHandler, scopes: Sequence[str] = ()) -> Iterator[SpotifyPKCE]:
        with http_session(self.url) as http, _readable_errors():
            client = SpotifyPKCE(
                client_id=self.client_id,
                redirect_uri=self.redirect_uri,
                scope=list(scopes),
                requests_timeout=TIMEOUT,
                requests_session=http,
                open_browser=False,
                cache_handler=cache,
            )
            client.OAUTH_AUTHORIZE_URL = f"{self.url}/authorize"
            client.OAUTH_TOKEN_URL = f"{self.url}/api/token"
            yield client


class _Keeper(CacheHandler):  # type: ignore[misc] # spotipy has no types
    """spotipy's cache, over whatever keeps tokens: it is told of new ones, and asked for none.

    ``scopes`` are those of tokens that come without.
    """

    def __init__(self, keep: Keep | None = None, scopes: Sequence[str] = ()) -> None:
        self._keep = keep
        self._scopes = tuple(scopes)

    def get_cached_token(self) -> None:
        """Return none: who asks for a token gets it from ``spotai.spotify.access``."""

    def save_token_to_cache(self, token_info: dict[str, Any]) -> None:
        """Hand on the tokens of an answer. Raises KeyError and TypeError for another answer."""
        access, refresh = token_info["access_token"], token_info["refresh_token"]
        granted = token_info.get("scope")
        scopes = self._scopes if granted is None else tuple(granted.split())
        texts = all(isinstance(text, str) and text for text in (access, refresh))
        if self._keep is None or not texts:
            raise TypeError
        self._keep(Tokens(access, refresh, scopes, int(token_info["expires_at"])))


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
    except SpotifyOauthError as error:
        raise _of_service(error) from None
    except requests.exceptions.RequestException as error:
        # Its message names the address, its request holds the code or the token.
        log.warning("the accounts service was not reached", extra={"kind": type(error).__name__})
        raise SpotifyUnavailableError(
            "Spotify's login service does not answer; try again in a moment."
        ) from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        log.warning("the accounts service answered something else")
        raise SpotifyUnavailableError(
            "Spotify's login service did not answer as it should; try again in a moment."
        ) from None


def _of_service(error: SpotifyOauthError) -> SpotAIError:
    """Return our error for one that the accounts service answered."""
    answered = getattr(error.__context__, "response", None)
    status = 0 if answered is None else answered.status_code
    kind = str(error.error)
    # Anything but the words of the standard may be anything.
    kind = kind if _WORD.fullmatch(kind) else "other"
    log.warning("the accounts service refused", extra={"status": status, "kind": kind})
    if kind == "invalid_grant":
        return GrantEndedError(
            "The Spotify login is over: it was revoked, or is older than six months. Log in again."
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS and answered is not None:
        wait = retry_after(answered.headers, SpotifyLimitedError.retry_after)
        return SpotifyLimitedError(f"Spotify asks to wait {wait} seconds.", retry_after=wait)
    if kind in _OF_OURS:
        return ConfigurationError(
            "Spotify does not take this app's login: compare SPOTIPY_CLIENT_ID and "
            "SPOTIPY_REDIRECT_URI with the app in Spotify's dashboard"
        )
    return SpotifyUnavailableError(
        "Spotify's login service cannot answer now; try again in a moment."
    )
