"""What stops a reading of Spotify, kept with it: who asks next is told the same, without a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast, get_args

from spotai.catalog.readings import Trouble
from spotai.errors import (
    DependencyError,
    NotFoundError,
    Refusal,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)

# A refusal may end at any time, when Spotify's list of listeners or a playlist's owner changes.
REFUSED_SECONDS: Final = 60
REFUSED: Final = SpotifyRefusedError.slug

_PASSING: Final[Mapping[str, type[SpotifyUnavailableError | SpotifyLimitedError]]] = {
    SpotifyUnavailableError.slug: SpotifyUnavailableError,
    SpotifyLimitedError.slug: SpotifyLimitedError,
}


def trouble_of(error: SpotAIError, now: int) -> Trouble | None:
    """Return what to keep of an error; None for one that is no fault of Spotify's or the list's."""
    if isinstance(error, SpotifyUnavailableError | SpotifyLimitedError | SpotifyQuotaError):
        return Trouble(error.slug, error.message, now + error.retry_after)
    if isinstance(error, SpotifyRefusedError):
        slug = REFUSED if error.reason == "forbidden" else f"{REFUSED}:{error.reason}"
        return Trouble(slug, error.message, now + REFUSED_SECONDS)
    if isinstance(error, NotFoundError):
        return Trouble(error.slug, error.message, now + REFUSED_SECONDS)
    return None


def error_of(trouble: Trouble, now: int) -> DependencyError | SpotifyRefusedError | NotFoundError:
    """Return the error that a trouble was, with the seconds that are left of it."""
    left = max(1, trouble.until - now)
    slug, _, reason = trouble.slug.partition(":")
    if slug == REFUSED:
        known = reason if reason in get_args(Refusal) else "forbidden"
        return SpotifyRefusedError(trouble.message, reason=cast("Refusal", known))
    if slug == NotFoundError.slug:
        return NotFoundError(trouble.message)
    if slug == SpotifyQuotaError.slug:
        return SpotifyQuotaError(trouble.message, retry_after=left)
    return _PASSING.get(slug, SpotifyUnavailableError)(trouble.message, retry_after=left)
