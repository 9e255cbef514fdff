"""The songs that a listener knows, to be left out of recommendations.

One row a session or account: every live count reads them, and one value of 30,000 ids is read many
times faster than as many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, Table, delete, select

from spotai.catalog.batches import put_rows
from spotai.catalog.owners import Owner, hold_owner
from spotai.catalog.tables import account_known, known_tracks
from spotai.errors import TooLargeError

# What is excluded from a search may be 50,000 ids: there has to be room for seeds and bans.
MOST_KNOWN: Final = 30_000
_SEPARATOR: Final = "\n"


def add_known(conn: Connection, owner: Owner, track_ids: Iterable[str]) -> tuple[int, int]:
    """Add songs to those known, each once; return how many are new, and how many known now.

    Raises TooLargeError beyond ``MOST_KNOWN`` in all, and SessionExpiredError.
    """
    hold_owner(conn, owner)
    before = set(get_known(conn, owner))
    known = before.union(track_ids)
    if len(known) > MOST_KNOWN:
        raise TooLargeError(
            f"at most {MOST_KNOWN:,} songs are kept as known, and these would be {len(known):,}; "
            "choose a shorter list, or forget the others first"
        )
    packed = _SEPARATOR.join(sorted(known)).encode()
    row = {**owner.columns, "songs": len(known), "track_ids": packed}
    put_rows(conn, _table(owner), [row])
    return len(known) - len(before), len(known)


def get_known(conn: Connection, owner: Owner) -> Sequence[str]:
    """Return the ids of the songs known, in their order."""
    table = _table(owner)
    packed = conn.scalar(select(table.c.track_ids).where(owner.owns(table)))
    return packed.decode().split(_SEPARATOR) if packed else ()


def count_known(conn: Connection, owner: Owner) -> int:
    """Return how many songs are known."""
    table = _table(owner)
    return conn.scalar(select(table.c.songs).where(owner.owns(table))) or 0


def forget_known(conn: Connection, owner: Owner) -> None:
    """Forget all songs known."""
    table = _table(owner)
    conn.execute(delete(table).where(owner.owns(table)))


def move_known(conn: Connection, session_hash: str, account_id: str) -> None:
    """Give an account the songs that a guest's session knows, as many as there is room for.

    The account's own come first. Raises SessionExpiredError.
    """
    guest, listener = Owner(session_hash), Owner(session_hash, account_id)
    moved = get_known(conn, guest)
    if not moved:
        return
    own = set(get_known(conn, listener))
    fresh = [track_id for track_id in moved if track_id not in own]
    add_known(conn, listener, fresh[: MOST_KNOWN - len(own)])
    forget_known(conn, guest)


def _table(owner: Owner) -> Table:
    return known_tracks if owner.account_id is None else account_known
