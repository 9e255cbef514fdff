"""What listeners have allowed: codes, access tokens and refresh tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from spotai.spotify.standin.refusals import RefusedError, TokenRefusedError

CODE_SECONDS: Final = 600
ACCESS_SECONDS: Final = 3600
REFRESH_SECONDS: Final = 182 * 86_400


@dataclass(frozen=True, slots=True)
class Grant:
    """One consent: ``granted`` is its time; no refresh makes it last longer."""

    listener: str
    scopes: frozenset[str]
    granted: float


@dataclass(frozen=True, slots=True)
class _Code:
    grant: Grant
    challenge: str
    redirect_uri: str


class Grants:
    """Codes and refresh tokens serve once; ``now`` tells the time in unix seconds.

    Without ``single_use`` a refresh token stays, and none comes with the new access token.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, tuple[Grant, float]] = {}
        self._refresh: dict[str, Grant] = {}
        self.single_use = True

    def new_code(
        self, listener: str, scopes: frozenset[str], challenge: str, redirect_uri: str
    ) -> str:
        """Return a code for a consent given now."""
        code = secrets.token_urlsafe(96)
        grant = Grant(listener, scopes, self._now())
        self._codes[code] = _Code(grant, challenge, redirect_uri)
        return code

    def redeem(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        """Return the first tokens. Raises TokenRefusedError; the code is used up all the same."""
        given = self._codes.pop(code, None)
        if given is None:
            raise TokenRefusedError("invalid_grant", "Invalid authorization code")
        if self._now() - given.grant.granted > CODE_SECONDS:
            raise TokenRefusedError("invalid_grant", "Authorization code expired")
        if redirect_uri != given.redirect_uri:
            raise TokenRefusedError("invalid_grant", "Invalid redirect URI")
        if not hmac.compare_digest(challenge_of(verifier), given.challenge):
            raise TokenRefusedError("invalid_grant", "code_verifier was incorrect")
        return self._issue(given.grant)

    def refresh(self, token: str) -> dict[str, Any]:
        """Return new tokens for a refresh token not used before. Raises TokenRefusedError."""
        grant = self._refresh.pop(token, None) if self.single_use else self._refresh.get(token)
        if grant is None:
            raise TokenRefusedError("invalid_grant", "Refresh token revoked")
        if self._now() - grant.granted > REFRESH_SECONDS:
            raise TokenRefusedError("invalid_grant", "Refresh token expired")
        return self._issue(grant) if self.single_use else self._access_for(grant)

    def of_access(self, token: str) -> Grant:
        """Return what an access token stands for. Raises RefusedError."""
        if token not in self._access:
            raise RefusedError(401, "Invalid access token")
        grant, expires = self._access[token]
        if self._now() >= expires:
            raise RefusedError(401, "The access token expired")
        return grant

    def revoke(self, listener: str) -> None:
        """Take back all that a listener has allowed."""
        self._codes = {k: v for k, v in self._codes.items() if v.grant.listener != listener}
        self._access = {k: v for k, v in self._access.items() if v[0].listener != listener}
        self._refresh = {k: v for k, v in self._refresh.items() if v.listener != listener}

    def _issue(self, grant: Grant) -> dict[str, Any]:
        refresh = secrets.token_urlsafe(96)
        self._refresh[refresh] = grant
        return {**self._access_for(grant), "refresh_token": refresh}

    def _access_for(self, grant: Grant) -> dict[str, Any]:
        access = secrets.token_urlsafe(150)
        self._access[access] = grant, self._now() + ACCESS_SECONDS
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
            "scope": " ".join(sorted(grant.scopes)),
        }


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
