"""Accounts: listeners who have logged in with Spotify, and all that is kept of them.

An account outlives its sessions, and ends when its listener deletes it or has not logged in for
``FORGOTTEN_SECONDS``. Its tokens end with its last session. Times are unix seconds.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, select, update
from sqlalchemy.dialects import mysql, sqlite

from spotai.catalog.known import count_known, move_known
from spotai.catalog.owners import Owner
from spotai.catalog.sessions import DAY, IDLE_SECONDS, Session, end_session, hash_of
from spotai.catalog.tables import account, login_attempt, recipe, session, token

ID_BYTES: Final = 16  # ACCOUNT_ID_LENGTH characters of base64url
FORGOTTEN_SECONDS: Final = 365 * DAY


class SpotifyUser(NamedTuple):
    """A listener as Spotify tells of them.

    ``user`` is what it knows them by for good, ``id`` what it names as their playlists' owner.
    """

    user: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """``scopes``: what Spotify lets us do for its listener, null where their login has ended."""

    id: str
    spotify_id: str
    name: str
    scopes: tuple[str, ...] | None


class Deleted(NamedTuple):
    """How much of what was deleted."""

    sessions: int
    recipes: int
    known_songs: int


def find_account(conn: Connection, account_id: str) -> Account | None:
    """Return an account, None when it has been deleted."""
    found = conn.execute(
        select(account.c.id, account.c.spotify_id, account.c.name, token.c.scopes)
        .outerjoin(token, token.c.account_id == account.c.id)
        .where(account.c.id == account_id)
    ).first()
    if found is None:
        return None
    scopes = None if found.scopes is None else tuple(found.scopes.split())
    return Account(found.id, found.spotify_id, found.name, scopes)


def keep_account(conn: Connection, user: SpotifyUser, now: int) -> str:
    """Note that a listener logs in, and return the id of their account, made when it is new."""
    told = {"spotify_id": user.id, "name": user.name, "seen": now}
    row = {"id": secrets.token_urlsafe(ID_BYTES), "spotify_user": user.user, "created": now, **told}
    # In one statement: of two who log in at once, each would find no account and make one.
    if conn.dialect.name == "sqlite":
        lite = sqlite.insert(account).values(row)
        conn.execute(lite.on_conflict_do_update(index_elements=["spotify_user"], set_=told))
    else:
        conn.execute(mysql.insert(account).values(row).on_duplicate_key_update(told))
    known = account.c.spotify_user == user.user
    made: str = conn.execute(select(account.c.id).where(known)).scalar_one()
    return made


def move_in(conn: Connection, account_id: str, before: Owner, session_id: str, now: int) -> Session:
    """Begin the session of an account in place of another one, and return it.

    What a guest kept there becomes the account's, however many recipes it has then; logins begun
    there can still be finished.
    """
    begun = Session(now, now, now + IDLE_SECONDS, account_id)
    session_hash = hash_of(session_id)
    conn.execute(
        insert(session).values(
            id_hash=session_hash,
            created=begun.created,
            seen=begun.seen,
            expires=begun.expires,
            account_id=account_id,
        )
    )
    conn.execute(
        update(recipe)
        .where(recipe.c.session_hash == before.session_hash)
        .values(session_hash=None, account_id=account_id)
    )
    move_known(conn, before.session_hash, account_id)
    conn.execute(
        update(login_attempt)
        .where(login_attempt.c.session_hash == before.session_hash)
        .values(session_hash=session_hash)
    )
    leave(conn, before)
    return begun


def leave(conn: Connection, owner: Owner) -> None:
    """Log a session out: it ends, and with an account's last session its tokens."""
    end_session(conn, owner.session_hash)
    if owner.account_id is not None:
        conn.execute(delete(token).where(token.c.account_id == owner.account_id, _unused()))


def delete_owner(conn: Connection, owner: Owner) -> Deleted:
    """Delete all that is kept of whoever owns a session: the account, or what the guest left."""
    recipes = conn.scalar(select(func.count()).where(owner.owns(recipe))) or 0
    songs = count_known(conn, owner)
    ended = session.c.id_hash == owner.session_hash
    if owner.account_id is not None:
        ended = session.c.account_id == owner.account_id
    # Told one by one: what a cascade takes is not counted.
    sessions = conn.execute(delete(session).where(ended)).rowcount
    if owner.account_id is not None:
        conn.execute(delete(account).where(account.c.id == owner.account_id))
    return Deleted(sessions, recipes, songs)


def forget_unused(conn: Connection, now: int) -> None:
    """Delete tokens that no session uses, and accounts that nobody has logged into for long."""
    conn.execute(delete(token).where(_unused()))
    conn.execute(delete(account).where(account.c.seen <= now - FORGOTTEN_SECONDS))


def _unused() -> ColumnElement[bool]:
    return ~exists().where(session.c.account_id == token.c.account_id)
