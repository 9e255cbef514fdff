"""The songs that the listener of a session knows, to be left out of recommendations.

One row a session: every live count reads them, and one value of 30,000 ids is read many times
faster than as many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, delete, select

from spotai.catalog.batches import put_rows
from spotai.catalog.sessions import hold_session
from spotai.catalog.tables import known_tracks
from spotai.errors import TooLargeError

# What is excluded from a search may be 50,000 ids: there has to be room for seeds and bans.
MOST_KNOWN: Final = 30_000
_SEPARATOR: Final = "\n"


def add_known(conn: Connection, session_hash: str, track_ids: Iterable[str]) -> tuple[int, int]:
    """Add songs to those known, each once; return how many are new, and how many known now.

    Raises TooLargeError beyond ``MOST_KNOWN`` in all, and SessionExpiredError.
    """
    hold_session(conn, session_hash)
    before = set(get_known(conn, session_hash))
    known = before.union(track_ids)
    if len(known) > MOST_KNOWN:
        raise TooLargeError(
            f"at most {MOST_KNOWN:,} songs are kept as known, and these would be {len(known):,}; "
            "choose a shorter list, or forget the others first"
        )
    packed = _SEPARATOR.join(sorted(known)).encode()
    row = {"session_hash": session_hash, "songs": len(known), "track_ids": packed}
    put_rows(conn, known_tracks, [row])
    return len(known) - len(before), len(known)


def get_known(conn: Connection, session_hash: str) -> Sequence[str]:
    """Return the ids of the songs known, in their order."""
    packed = conn.scalar(
        select(known_tracks.c.track_ids).where(known_tracks.c.session_hash == session_hash)
    )
    return packed.decode().split(_SEPARATOR) if packed else ()


def count_known(conn: Connection, session_hash: str) -> int:
    """Return how many songs are known."""
    counted = select(known_tracks.c.songs).where(known_tracks.c.session_hash == session_hash)
    return conn.scalar(counted) or 0


def forget_known(conn: Connection, session_hash: str) -> None:
    """Forget all songs known."""
    conn.execute(delete(known_tracks).where(known_tracks.c.session_hash == session_hash))
