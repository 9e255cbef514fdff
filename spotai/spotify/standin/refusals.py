"""How Spotify says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Response, jsonify

NOT_LISTED: Final = (
    "Check settings on developer.spotify.com/dashboard, the user may not be registered."
)
INSUFFICIENT_SCOPE: Final = "Insufficient client scope"


class RefusedError(Exception):
    """An answer of the Web API other than the one asked for; ``plain`` ones are no JSON."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        reason: str | None = None,
        headers: Mapping[str, str] | None = None,
        plain: bool = False,
    ) -> None:
        super().__init__(message)
        self.status: Final = status
        self.message: Final = message
        self.reason: Final = reason
        self.headers: Final = dict(headers or {})
        self.plain: Final = plain

    def response(self) -> Response:
        """Return the answer as Spotify writes it."""
        if self.plain:
            answer = Response(self.message, mimetype="text/plain")
        else:
            error: dict[str, object] = {"status": self.status, "message": self.message}
            if self.reason:
                error["reason"] = self.reason
            answer = jsonify(error=error)
        answer.status_code = self.status
        answer.headers.update(self.headers)
        return answer


class TokenRefusedError(Exception):
    """A refusal of the token endpoint: ``error`` is one of RFC 6749, 5.2."""

    def __init__(
        self,
        error: str,
        description: str,
        status: int = 400,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(description)
        self.headers: Final = dict(headers or {})
        self.status: Final = status
        self.error: Final = error
        self.description: Final = description

    def response(self) -> Response:
        answer = jsonify(error=self.error, error_description=self.description)
        answer.status_code = self.status
        answer.headers.update(self.headers)
        return answer
