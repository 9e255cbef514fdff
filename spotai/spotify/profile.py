"""Who has logged in, by ``GET /me``."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import NamedTuple

import requests
from spotipy import Spotify
from spotipy.exceptions import SpotifyException

from spotai.errors import (
    GrantEndedError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)
from spotai.spotify.transport import TIMEOUT, http_session, retry_after

log = logging.getLogger(__name__)

LONGEST_ID = 255
LONGEST_NAME = 200


class Profile(NamedTuple):
    """A listener: known for good by ``user``; ``id`` is what their playlists name as owner."""

    user: str
    id: str
    name: str


def read_profile(access: str, api_url: str) -> Profile:
    """Ask Spotify whose access token this is.

    Raises SpotifyRefusedError for a listener whom the app's owner has not put on its list,
    GrantEndedError for a token that is no good, SpotifyLimitedError and SpotifyUnavailableError.
    """
    try:
        with http_session(api_url) as http:
            spotify = Spotify(auth=access, requests_session=http, requests_timeout=TIMEOUT)
            spotify.prefix = f"{api_url.rstrip('/')}/"
            return _profile(spotify.me())
    except SpotifyException as error:
        raise _of_service(error) from None
    except (
        requests.exceptions.RequestException,
        KeyError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        log.warning("Spotify did not say who logged in", extra={"kind": type(error).__name__})
        raise _unavailable() from None


def _profile(told: dict[str, object]) -> Profile:
    """Users are known by ``account_id`` where Spotify tells it, else by ``id``."""
    listener = told["id"]
    user = told.get("account_id") or listener
    name = told.get("display_name") or listener
    texts = [text for text in (user, listener, name) if isinstance(text, str) and text]
    # MariaDB takes no notice of blanks at the end.
    ids = [text for text in texts[:2] if len(text) <= LONGEST_ID and text == text.strip()]
    if len(texts) < 3 or len(ids) < 2:
        raise ValueError
    return Profile(texts[0], texts[1], texts[2][:LONGEST_NAME])


def _of_service(error: SpotifyException) -> SpotAIError:
    log.warning("Spotify refused to say who logged in", extra={"status": error.http_status})
    if error.http_status == HTTPStatus.UNAUTHORIZED:
        return GrantEndedError("Spotify does not know this login any more. Log in again.")
    if error.http_status == HTTPStatus.FORBIDDEN:
        return SpotifyRefusedError(
            "This Spotify account may not use this app yet: its owner has to add it to the app's "
            "users in Spotify's dashboard, and needs Premium.",
            reason="not_listed",
        )
    if error.http_status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = retry_after(error.headers, SpotifyLimitedError.retry_after)
        return SpotifyLimitedError(f"Spotify asks to wait {wait} seconds.", retry_after=wait)
    return _unavailable()


def _unavailable() -> SpotifyUnavailableError:
    return SpotifyUnavailableError("Spotify does not answer; try again in a moment.")
