"""What the client needs of a login: an access token, and another one when that is refused."""

from __future__ import annotations

from typing import Protocol


class Access(Protocol):
    """The access to one account. Both raise GrantEndedError when the login is over."""

    def token(self) -> str:
        """Return a fresh access token."""
        ...

    def renew(self, refused: str) -> str:
        """Return the token after ``refused``, which Spotify answered with 401."""
        ...
