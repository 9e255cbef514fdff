"""What we ask listeners to let us do at Spotify, and when: never before it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

Use = Literal["read", "save", "known"]

# https://developer.spotify.com/documentation/web-api/concepts/scopes
SCOPES: Final[Mapping[Use, tuple[str, ...]]] = MappingProxyType(
    {
        "read": ("playlist-read-private", "playlist-read-collaborative"),
        "save": ("playlist-modify-private", "playlist-modify-public"),
        "known": ("user-library-read", "user-top-read", "user-read-recently-played"),
    }
)


def scopes_for(uses: Iterable[Use], granted: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what a login asks for: reading, what ``uses`` need, and what was granted before.

    A login that asked for less than was granted would take the rest away. Only scopes that we use
    are asked for again.
    """
    wanted = {scope for use in ("read", *uses) for scope in SCOPES[use]} | set(granted)
    return tuple(scope for scopes in SCOPES.values() for scope in scopes if scope in wanted)


def allows(granted: Iterable[str], use: Use) -> bool:
    """Whether what was granted is enough for a use."""
    return set(SCOPES[use]) <= set(granted)
