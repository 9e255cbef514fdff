"""Logins that were begun: each answers once, to the session that began it, within half an hour.

Of the state only a hash is kept. Times are unix seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from spotai.catalog.sessions import hash_of
from spotai.catalog.tables import login_attempt

ATTEMPT_SECONDS: Final = 30 * 60
# Of one session: as many tabs as somebody may log in from, and no more rows than that.
MOST_ATTEMPTS: Final = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """``sealed``: the code verifier, encrypted; ``next``: the path to go on with."""

    sealed: bytes
    next: str
    scopes: tuple[str, ...]


def begin_attempt(
    conn: Connection, session_hash: str, state: str, attempt: Attempt, now: int
) -> None:
    """Store a login that begins; the oldest of a session beyond ``MOST_ATTEMPTS`` are dropped."""
    mine = login_attempt.c.session_hash == session_hash
    newest = (login_attempt.c.created.desc(), login_attempt.c.state_hash)
    kept = select(login_attempt.c.state_hash).where(mine).order_by(*newest)
    surplus = conn.scalars(kept.offset(MOST_ATTEMPTS - 1).limit(MOST_ATTEMPTS)).all()
    if surplus:
        conn.execute(delete(login_attempt).where(login_attempt.c.state_hash.in_(surplus)))
    conn.execute(
        insert(login_attempt).values(
            state_hash=hash_of(state),
            session_hash=session_hash,
            sealed=attempt.sealed,
            next=attempt.next,
            scopes=" ".join(attempt.scopes),
            created=now,
        )
    )


def take_attempt(conn: Connection, session_hash: str, state: str, now: int) -> Attempt | None:
    """Return the login that a session began under ``state``, for the only time.

    None where it began none such, has finished it already, or began it too long ago.
    """
    mine = (
        login_attempt.c.state_hash == hash_of(state),
        login_attempt.c.session_hash == session_hash,
        login_attempt.c.created > now - ATTEMPT_SECONDS,
    )
    found = conn.execute(
        select(login_attempt.c.sealed, login_attempt.c.next, login_attempt.c.scopes).where(*mine)
    ).first()
    # Of several who found it, the one who deletes it has it.
    if found is None or conn.execute(delete(login_attempt).where(*mine)).rowcount == 0:
        return None
    return Attempt(found.sealed, found.next, tuple(found.scopes.split()))


def delete_old_attempts(conn: Connection, now: int) -> None:
    """Delete the logins that can no longer be finished."""
    conn.execute(delete(login_attempt).where(login_attempt.c.created <= now - ATTEMPT_SECONDS))
