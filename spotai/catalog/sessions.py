"""Sessions: who comes back with which cookie. Of its value only a hash is kept.

A session ends ``IDLE_SECONDS`` after it was last seen, and ``LONGEST_SECONDS`` after it began
whatever happens; one that has asked for no change, as of a visitor who keeps no cookies, ends
``UNUSED_SECONDS`` after it began. A login begins another one. Times are unix seconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from spotai.catalog.tables import session

DAY: Final = 24 * 60 * 60
UNUSED_SECONDS: Final = DAY
IDLE_SECONDS: Final = 30 * DAY
LONGEST_SECONDS: Final = 90 * DAY
# A session is noted as seen this often at most: most requests then only read.
SEEN_EVERY_SECONDS: Final = 60 * 60
MOST_DELETED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Session:
    """One session. ``seen``: when it was last noted that somebody used it.

    ``account_id`` is that of the listener who has logged in, null for a guest.
    """

    created: int
    seen: int
    expires: int
    account_id: str | None = None

    @property
    def is_used(self) -> bool:
        """Whether it has ever asked for a change."""
        return self.expires > self.created + UNUSED_SECONDS

    def is_due(self, now: int) -> bool:
        """Whether it is time to note that it was seen."""
        return self.is_used and now >= self.seen + SEEN_EVERY_SECONDS


def start_session(conn: Connection, session_id: str, now: int) -> Session:
    """Store a new session under the id its cookie holds."""
    started = Session(created=now, seen=now, expires=now + UNUSED_SECONDS)
    conn.execute(
        insert(session).values(
            id_hash=hash_of(session_id),
            created=started.created,
            seen=started.seen,
            expires=started.expires,
        )
    )
    return started


def find_session(conn: Connection, session_id: str, now: int) -> Session | None:
    """Return the session of an id, None when there is none or it has expired."""
    found = conn.execute(
        select(session.c.created, session.c.seen, session.c.expires, session.c.account_id).where(
            session.c.id_hash == hash_of(session_id), session.c.expires > now
        )
    ).first()
    return None if found is None else Session(*found)


def note_seen(conn: Connection, session_id: str, kept: Session, now: int) -> Session:
    """Note that a session is in use, and return it with its new end."""
    expires = min(now + IDLE_SECONDS, kept.created + LONGEST_SECONDS)
    seen = Session(kept.created, now, expires, kept.account_id)
    conn.execute(
        update(session)
        .where(session.c.id_hash == hash_of(session_id))
        .values(seen=seen.seen, expires=seen.expires)
    )
    return seen


def delete_expired(conn: Connection, now: int) -> int:
    """Delete expired sessions, at most ``MOST_DELETED`` at once; return how many.

    What belongs to them goes as well.
    """
    expired = select(session.c.id_hash).where(session.c.expires <= now).limit(MOST_DELETED)
    hashes = list(conn.scalars(expired))
    if hashes:
        conn.execute(delete(session).where(session.c.id_hash.in_(hashes)))
    return len(hashes)


def end_session(conn: Connection, id_hash: str) -> None:
    """Delete a session with all that belongs to it alone."""
    conn.execute(delete(session).where(session.c.id_hash == id_hash))


def hash_of(session_id: str) -> str:
    """Return what a session is stored under."""
    # The id is 256 random bits: nothing to guess, so nothing to slow down or to salt.
    return hashlib.sha256(session_id.encode()).hexdigest()
