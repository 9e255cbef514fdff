"""Calls that Spotify has closed, and how it says so."""

from __future__ import annotations

import re
from typing import Final

# 403 where the call is still there for others, 404 where it is gone.
_FORBIDDEN: Final = re.compile(
    r"/(audio-features|audio-analysis)(/.*)?"
    r"|/(tracks|albums|artists|shows|episodes|audiobooks|chapters)"
    r"|/artists/[^/]+/top-tracks|/users/[^/]+(/playlists)?"
    r"|/playlists/[^/]+/followers.*"
    r"|/me/(tracks|albums|episodes|shows|audiobooks)/contains|/me/following.*"
    r"|/browse/new-releases|/markets"
)


def status_of(path: str) -> tuple[int, str]:
    """Return the status and the words for a path below ``/v1`` that answers nothing (more)."""
    if _FORBIDDEN.fullmatch(path.rstrip("/")):
        return 403, "Forbidden"
    return 404, "Resource not found"
