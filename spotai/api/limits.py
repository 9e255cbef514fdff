"""How many requests one address may send a minute, counted across the workers of a machine.

Answers say what is left in the fields of draft-ietf-httpapi-ratelimit-headers, version 08 and on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from flask import Response, g, request

from spotai import telemetry
from spotai.api.peers import client_site
from spotai.api.sessions import SAFE_METHODS
from spotai.catalog.counters import Counters
from spotai.errors import DatabaseUnavailableError, TooManyRequestsError
from spotai.settings import Settings

log = logging.getLogger(__name__)

Kind = Literal["reads", "searches", "imports"]

WINDOW_SECONDS: Final = 60
LIMITED: Final = "/api/"
# Each begins or ends a session.
LOGINS: Final = frozenset({"/login", "/callback", "/logout"})
IMPORTS: Final = frozenset({"/api/imports", "/api/known"})
COUNTERS_FILE: Final = "limits.sqlite3"
SAY_EVERY_SECONDS: Final = 60.0


class Limits:
    """The limits of one application; opens nothing before the first request they count."""

    def __init__(self, settings: Settings) -> None:
        # How many of each kind one address may send in a window; 0: any number.
        self.allowed: Final[Mapping[Kind, int]] = MappingProxyType(
            {
                "reads": settings.limit_reads,
                "searches": settings.limit_searches,
                "imports": settings.limit_imports,
            }
        )
        self._trusted: Final = settings.trusted_proxies
        self._counters = Counters(settings.data_dir / COUNTERS_FILE)
        self._said = -SAY_EVERY_SECONDS

    def count(self) -> None:
        """Count the request. Raises TooManyRequestsError beyond the limit of its kind.

        When it cannot be counted it goes through: a limit protects the service, and must not be
        what stops it.
        """
        kind = kind_of(request.method, request.path)
        if kind is None or self.allowed[kind] == 0:
            return
        allowed = self.allowed[kind]
        now = int(time.time())
        try:
            hits, ends = self._counters.hit(
                f"{kind} {client_site(self._trusted)}", WINDOW_SECONDS, now
            )
        except DatabaseUnavailableError as error:
            self._note_failure(error)
            return
        left = max(ends - now, 1)
        g.limit = {
            "RateLimit-Policy": f'"{kind}";q={allowed};w={WINDOW_SECONDS}',
            "RateLimit": f'"{kind}";r={max(allowed - hits, 0)};t={left}',
        }
        if hits > allowed:
            telemetry.LIMITED_REQUESTS.labels(kind).inc()
            raise TooManyRequestsError(
                f"One address may send {allowed:,} of these requests a minute; wait a moment.",
                retry_after=left,
            )

    def _note_failure(self, error: DatabaseUnavailableError) -> None:
        telemetry.UNCOUNTED_REQUESTS.inc()
        if time.monotonic() >= self._said + SAY_EVERY_SECONDS:
            self._said = time.monotonic()
            log.error("requests are not limited", extra={"reason": error.message})


def add_limit_headers(response: Response) -> None:
    """Say on an answer how many more requests there may be, where that was counted."""
    for name, value in g.get("limit", {}).items():
        response.headers[name] = value


def kind_of(method: str, path: str) -> Kind | None:
    """Return what a request is counted as, None where it is not counted."""
    if not path.startswith(LIMITED) and path not in LOGINS:
        return None
    if method in SAFE_METHODS:
        return "reads"
    return "imports" if method == "POST" and path in IMPORTS else "searches"
