"""Sessions of the page: an opaque cookie, a row in SQL, a token against requests of other sites.

Whoever sends no cookie has no session and needs no token. While the database does not answer, a
cookie counts for nothing: guests go on as if they had none, and what needs a session waits.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from functools import cached_property
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from flask import g, request

from spotai.api.keys import derived_key
from spotai.catalog.accounts import forget_unused
from spotai.catalog.attempts import delete_old_attempts
from spotai.catalog.engine import Database
from spotai.catalog.sessions import (
    MOST_DELETED,
    Session,
    delete_expired,
    find_session,
    note_seen,
    start_session,
)
from spotai.errors import CrossSiteError, DatabaseUnavailableError, SessionExpiredError
from spotai.settings import Settings

log = logging.getLogger(__name__)

COOKIE: Final = "spotai_session"
CSRF_HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_OWN_SITE: Final = frozenset({"same-origin", "none"})
ID_BYTES: Final = 32
BLIND_SECONDS: Final = 5.0
CLEAN_EVERY_SECONDS: Final = 60 * 60


class Opened(NamedTuple):
    """A session and the id its cookie holds; ``renewed`` when the browser is to be told anew."""

    id: str
    session: Session
    renewed: bool


class Sessions:
    """The sessions of one application; thread-safe, and opens nothing before its first use."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._blind_until = 0.0
        self._next_cleaning = 0.0

    def open(self, session_id: str | None) -> Opened:
        """Return the session of an id, or a new one. Raises DatabaseUnavailableError."""
        now = int(time.time())
        found = None if session_id is None else self.find(session_id)
        if session_id is None or found is None:
            return self._start(now)
        if not found.is_due(now):
            return Opened(session_id, found, renewed=False)
        kept = self._prolong(session_id, found, now)
        return Opened(session_id, kept, renewed=kept is not found)

    def use(self, session_id: str, session: Session) -> Session:
        """Note that a session asks for a change, its first one: it then lasts; return it."""
        if session.is_used:
            return session
        return self._prolong(session_id, session, int(time.time()))

    def find(self, session_id: str) -> Session | None:
        """Return the session of an id, None when it is over or never was.

        Raises DatabaseUnavailableError, for a few seconds without asking again: a server that
        cannot be reached must not hold up every request.
        """
        self._leave_alone()
        try:
            with self._database.read(soon=True) as conn:
                return find_session(conn, session_id, int(time.time()))
        except DatabaseUnavailableError:
            self._blind_until = time.monotonic() + BLIND_SECONDS
            raise

    def _leave_alone(self) -> None:
        if time.monotonic() < self._blind_until:
            raise DatabaseUnavailableError("The database did not answer a moment ago.")

    def token(self, session_id: str) -> str:
        """Return the token that unsafe requests of the session carry."""
        return hmac.new(self._key, session_id.encode(), "sha256").hexdigest()

    @cached_property
    def _key(self) -> bytes:
        return derived_key(self._settings, "csrf")

    def _prolong(self, session_id: str, session: Session, now: int) -> Session:
        try:
            with self._database.write_aside() as conn:
                return note_seen(conn, session_id, session, now)
        except DatabaseUnavailableError as error:
            log.warning("a session was not prolonged", extra={"reason": error.message})
            return session

    def _start(self, now: int) -> Opened:
        self._leave_alone()
        session_id = secrets.token_urlsafe(ID_BYTES)
        with self._database.write_aside() as conn:
            started = start_session(conn, session_id, now)
        if time.monotonic() >= self._next_cleaning:
            self._clean(now)
        return Opened(session_id, started, renewed=True)

    def _clean(self, now: int) -> None:
        try:
            with self._database.write_aside() as conn:
                deleted = delete_expired(conn, now)
                delete_old_attempts(conn, now)
                forget_unused(conn, now)
        except DatabaseUnavailableError as error:
            log.warning("expired sessions were not deleted", extra={"reason": error.message})
            return
        if deleted < MOST_DELETED:
            self._next_cleaning = time.monotonic() + CLEAN_EVERY_SECONDS


def protect(sessions: Sessions) -> None:
    """Let an unsafe request with a cookie through only with the token of its session.

    Raises CrossSiteError, and SessionExpiredError for the cookie of no session. The session it acts
    for is ``g.session`` afterwards.
    """
    if _changes_nothing():
        return
    session_id = request.cookies.get(COOKIE)
    if session_id is None:
        return
    try:
        session = sessions.find(session_id)
    except DatabaseUnavailableError as error:
        log.warning("a session was not looked up", extra={"reason": error.message})
        return
    if session is None:
        raise SessionExpiredError("Ask GET /api/session for a new one, then send this again.")
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode(), sessions.token(session_id).encode()):
        raise CrossSiteError(
            f"Send the csrf_token of GET /api/session in the header {CSRF_HEADER}, or no cookie."
        )
    g.session = sessions.use(session_id, session)


def refuse_other_sites() -> None:
    """Raise CrossSiteError for an unsafe request that a browser sends for another site's page.

    Other clients send neither of the headers that tell. Nothing is looked up for it.
    """
    if _changes_nothing():
        return
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        ours = fetched_from in OUR_OWN_SITE
    else:
        origin = request.headers.get("Origin")
        # Without the scheme: a proxy may speak HTTPS for us without being declared in the settings.
        # The host is empty where what the request claims is none, as is that of the origin null.
        ours = origin is None or (request.host != "" and _host(origin) == request.host)
    if not ours:
        raise CrossSiteError("Changes can be asked for only from a page of this server.")


def _changes_nothing() -> bool:
    return request.method in SAFE_METHODS or request.url_rule is None


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
