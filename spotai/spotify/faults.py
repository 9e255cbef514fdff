"""What goes wrong with the Web API, as our own errors: each says what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spotipy.exceptions import SpotifyException

from spotai.errors import (
    GrantEndedError,
    NotFoundError,
    Refusal,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)
from spotai.spotify.transport import retry_after

DEFAULT_PAUSE: Final = 30
QUOTA_PAUSE: Final = 3600
QUOTA: Final = "QUOTA_EXCEEDED"

# Spotify tells refusals apart by their words alone; what each means for the person is ours.
_REASONS: Final[tuple[tuple[tuple[str, ...], Refusal], ...]] = (
    (("registered", "dashboard", "allowlist", "allow-list"), "not_listed"),
    (("premium",), "premium"),
    (("scope",), "scope"),
)
_WORDS: Final[Mapping[Refusal, str]] = {
    "not_listed": "This Spotify app is in development mode and lets in only the listeners on its "
    "list. Ask the operator to add you in Spotify's dashboard, under User Management; until then "
    "paste links or drop a file of the playlist.",
    "premium": "Spotify serves this app only while the account that owns it has Premium. The "
    "operator can renew it; until then paste links or drop a file of the playlist.",
    "scope": "Your Spotify login does not cover this yet. Log in once more and agree to what is "
    "asked for.",
    "forbidden": "Spotify lets only a playlist's owner and collaborators read or change it here. "
    "Copy its songs into a playlist of your own, or paste their links.",
}


def unavailable() -> SpotifyUnavailableError:
    """Return the error for no answer at all."""
    return SpotifyUnavailableError(
        "Spotify does not answer. Try again in half a minute; everything that needs no Spotify "
        "account goes on meanwhile.",
        retry_after=DEFAULT_PAUSE,
    )


def error_of(fault: SpotifyException) -> SpotAIError:
    """Return our error for what Spotify answered with a status of 400 or more."""
    status = int(fault.http_status)
    if status == 429:
        return _limited(fault)
    if status == 401:
        return GrantEndedError(
            "Spotify no longer accepts this login. Log in again; your recipe is still here."
        )
    if status == 404:
        return NotFoundError("Spotify has nothing under this id, or it was deleted there.")
    if status >= 500:
        return SpotifyUnavailableError(
            f"Spotify answered with a fault of its own ({status}). Try again in half a minute.",
            retry_after=retry_after(fault.headers, DEFAULT_PAUSE),
        )
    # Its message follows the address of the call.
    reason = _reason(str(fault.msg).partition("\n")[2])
    return SpotifyRefusedError(_WORDS[reason], reason=reason)


def _limited(fault: SpotifyException) -> SpotifyLimitedError | SpotifyQuotaError:
    if fault.reason == QUOTA:
        return SpotifyQuotaError(
            "The requests that Spotify allows this app for now are used up. Try again later; "
            "playlists pasted or dropped as a file need none.",
            retry_after=retry_after(fault.headers, QUOTA_PAUSE),
        )
    seconds = retry_after(fault.headers, DEFAULT_PAUSE)
    return SpotifyLimitedError(
        f"Spotify asks this app to pause for {seconds:,} seconds. What was read so far is kept; "
        "it goes on from there afterwards.",
        retry_after=seconds,
    )


def _reason(message: str) -> Refusal:
    words = message.lower()
    return next((why for signs, why in _REASONS if any(s in words for s in signs)), "forbidden")
