"""The songs of accounts' lists on Spotify as the catalog has them, packed.

Whoever asks for a recommendation needs the ids of a whole list with every count: one value of
30,000 ids is read many times faster than the pages they were read in, and looked up anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from spotai.catalog.batches import put_rows
from spotai.catalog.grants import hold_grant
from spotai.catalog.tables import spotify_songs

_SEPARATOR: Final = "\n"


@dataclass(frozen=True, slots=True)
class Songs:
    """The songs of one list: distinct ``track_ids``, and ``told`` of it for people, as JSON.

    ``number`` is that of the reading they come from, ``generation`` that of the snapshot they were
    looked up in, ``finished`` when the list had been read, in unix seconds.
    """

    number: int
    generation: int
    track_ids: tuple[str, ...]
    told: str
    finished: int


def find_songs(conn: Connection, account_id: str, subject: str) -> Songs | None:
    """Return the songs of a list as they were looked up last, None when they never were."""
    row = conn.execute(
        select(spotify_songs).where(
            spotify_songs.c.account_id == account_id, spotify_songs.c.subject == subject
        )
    ).first()
    if row is None:
        return None
    ids = tuple(row.track_ids.decode().split(_SEPARATOR)) if row.track_ids else ()
    return Songs(row.number, row.generation, ids, row.told, row.finished)


def put_songs(conn: Connection, account_id: str, subject: str, songs: Songs) -> None:
    """Store the songs of a list in place of those stored before. Raises GrantEndedError."""
    hold_grant(conn, account_id)
    row = {
        "account_id": account_id,
        "subject": subject,
        "number": songs.number,
        "generation": songs.generation,
        "finished": songs.finished,
        "songs": len(songs.track_ids),
        "track_ids": _SEPARATOR.join(songs.track_ids).encode(),
        "told": songs.told,
    }
    put_rows(conn, spotify_songs, [row])
