"""Spotify's tokens as rows, encrypted by whoever hands them in, and the lease to refresh them.

Of all tabs, threads and processes that find a token too old, the one that takes the lease refreshes
it; ``version`` tells the others when it is done. A change names the version it was made from, so
that it is lost when another came first. Times are unix seconds.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from spotai.catalog.tables import token
from spotai.errors import GrantEndedError

FIRST_VERSIONS: Final = 2**40


@dataclass(frozen=True, slots=True)
class Grant:
    """The tokens of an account: ``sealed`` until somebody decrypts them.

    Until ``lease_until`` somebody is refreshing them, and before ``retry_at`` nobody is to try.
    """

    sealed: bytes
    scopes: tuple[str, ...]
    expires: int
    version: int = 1
    lease_until: int = 0
    retry_at: int = 0


def put_grant(conn: Connection, account_id: str, grant: Grant) -> None:
    """Store the tokens of a new login in place of any others; the account must be held."""
    found = conn.scalar(select(token.c.version).where(token.c.account_id == account_id))
    values = {
        "sealed": grant.sealed,
        "scopes": " ".join(grant.scopes),
        "expires": grant.expires,
        # A refresh of tokens that were deleted meanwhile must not take new ones for them.
        "version": secrets.randbelow(FIRST_VERSIONS) if found is None else found + 1,
        "lease_until": 0,
        "retry_at": 0,
    }
    if found is None:
        conn.execute(insert(token).values(account_id=account_id, **values))
    else:
        conn.execute(update(token).where(token.c.account_id == account_id).values(**values))


def find_grant(conn: Connection, account_id: str) -> Grant | None:
    """Return the tokens of an account, None where it has none."""
    found = conn.execute(
        select(
            token.c.sealed,
            token.c.scopes,
            token.c.expires,
            token.c.version,
            token.c.lease_until,
            token.c.retry_at,
        ).where(token.c.account_id == account_id)
    ).first()
    if found is None:
        return None
    sealed, scopes, *numbers = found
    return Grant(sealed, tuple(scopes.split()), *numbers)


def take_lease(conn: Connection, account_id: str, version: int, now: int, until: int) -> bool:
    """Take the lease to refresh tokens of a version; return whether it was free."""
    free = (token.c.lease_until <= now, token.c.retry_at <= now)
    return _change(conn, account_id, version, {"lease_until": until}, *free)


def replace_grant(conn: Connection, account_id: str, grant: Grant) -> bool:
    """Store what came of refreshing ``grant.version``; return whether it was still the one kept."""
    values = {
        "sealed": grant.sealed,
        "scopes": " ".join(grant.scopes),
        "expires": grant.expires,
        "version": grant.version + 1,
        "lease_until": 0,
        "retry_at": 0,
    }
    return _change(conn, account_id, grant.version, values)


def postpone(conn: Connection, account_id: str, version: int, retry_at: int) -> None:
    """Give the lease back after refreshing failed: nobody is to try again before ``retry_at``."""
    _change(conn, account_id, version, {"lease_until": 0, "retry_at": retry_at})


def drop_grant(conn: Connection, account_id: str, version: int) -> bool:
    """Delete tokens of a version; return whether they were still those kept."""
    dead = delete(token).where(token.c.account_id == account_id, token.c.version == version)
    return conn.execute(dead).rowcount == 1


def hold_grant(conn: Connection, account_id: str) -> None:
    """Let nobody change what was read by an account's tokens while this transaction lasts.

    Raises GrantEndedError where it has none.
    """
    held = select(token.c.account_id).where(token.c.account_id == account_id).with_for_update()
    if conn.scalar(held) is None:
        raise GrantEndedError("The Spotify login is over. Log in again.")


def _change(
    conn: Connection,
    account_id: str,
    version: int,
    values: Mapping[str, Any],
    *conditions: ColumnElement[bool],
) -> bool:
    changed = (
        update(token)
        .where(token.c.account_id == account_id, token.c.version == version, *conditions)
        .values(**values)
    )
    return conn.execute(changed).rowcount == 1
