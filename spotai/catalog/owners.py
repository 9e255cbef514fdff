"""Whom saved recipes and known songs belong to: a guest's session, or the account behind it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, select

from spotai.catalog.tables import account, session
from spotai.errors import SessionExpiredError


class Owner(NamedTuple):
    """Who asks: a session, and the account that has logged in there, if any."""

    session_hash: str
    account_id: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """What a row of theirs is marked with."""
        if self.account_id is not None:
            return {"account_id": self.account_id}
        return {"session_hash": self.session_hash}

    def owns(self, table: Table) -> ColumnElement[bool]:
        """The condition for rows of a table that are theirs."""
        ((name, value),) = self.columns.items()
        column: ColumnElement[Any] = table.c[name]
        return column == value


def hold_owner(conn: Connection, owner: Owner) -> None:
    """Let nobody else change what belongs to an owner while this transaction lasts.

    Raises SessionExpiredError when they were deleted meanwhile, or have logged in or out.
    """
    if owner.account_id is not None:
        held = select(account.c.id).where(account.c.id == owner.account_id)
    else:
        held = select(session.c.id_hash).where(
            session.c.id_hash == owner.session_hash, session.c.account_id.is_(None)
        )
    if conn.scalar(held.with_for_update()) is None:
        raise SessionExpiredError("Ask GET /api/session for a new one, then send this again.")
