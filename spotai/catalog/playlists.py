"""Playlists of the catalog and the made-up ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import Connection, delete, func, select

from spotai.catalog.batches import batched, insert_rows
from spotai.catalog.sources import source_ids
from spotai.catalog.tables import playlist, playlist_track, source
from spotai.errors import NotFoundError

Kind = Literal["demo", "catalog"]


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist and its tracks in order. ``followers`` is 0 where not known."""

    id: str
    name: str
    source: str
    kind: Kind = "catalog"
    description: str = ""
    followers: int = 0
    track_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaylistSummary:
    """A playlist in a list: ``tracks`` is their number."""

    id: str
    name: str
    kind: Kind
    description: str
    followers: int
    tracks: int


class Entry(NamedTuple):
    """One track of a playlist; positions ascend, gaps mean nothing."""

    playlist_id: str
    position: int
    track_id: str


def get_playlist(conn: Connection, playlist_id: str) -> Playlist:
    """Return a playlist with its tracks. Raises NotFoundError."""
    row = conn.execute(
        select(playlist, source.c.name.label("source"))
        .join(source)
        .where(playlist.c.id == playlist_id)
    ).first()
    # MariaDB finds an id with blanks after it as well.
    if row is None or row.id != playlist_id:
        raise NotFoundError(
            "There is no playlist with this id in the catalog; pick one of the list. Made-up "
            "playlists go when real songs are loaded."
        )
    tracks = conn.scalars(
        select(playlist_track.c.track_id)
        .where(playlist_track.c.playlist_id == playlist_id)
        .order_by(playlist_track.c.position)
    )
    return Playlist(
        id=row.id,
        name=row.name,
        source=row.source,
        kind=row.kind,
        description=row.description,
        followers=row.followers,
        track_ids=tuple(tracks),
    )


def list_playlists(
    conn: Connection, limit: int, offset: int = 0
) -> tuple[list[PlaylistSummary], int]:
    """Return one page of playlists, the most followed first, and the number of all."""
    tracks = (
        select(func.count()).where(playlist_track.c.playlist_id == playlist.c.id).scalar_subquery()
    )
    rows = conn.execute(
        select(
            playlist.c.id,
            playlist.c.name,
            playlist.c.kind,
            playlist.c.description,
            playlist.c.followers,
            tracks,
        )
        .order_by(playlist.c.followers.desc(), playlist.c.id)
        .limit(limit)
        .offset(offset)
    )
    total = conn.execute(select(func.count()).select_from(playlist)).scalar_one()
    return [PlaylistSummary(*row) for row in rows], total


def replace_playlists(conn: Connection, new: Sequence[Playlist]) -> int:
    """Store playlists, each with another id, in place of those with the same ids, if any.

    Their tracks must be in the catalog; a track that occurs twice in one keeps its first place.
    Returns the number of entries.
    """
    ids = [one.id for one in new]
    for some in batched(ids):
        # Foreign keys are not followed in a bulk write.
        conn.execute(delete(playlist_track).where(playlist_track.c.playlist_id.in_(some)))
        conn.execute(delete(playlist).where(playlist.c.id.in_(some)))
    known = source_ids(conn, {one.source for one in new})
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "description": one.description,
            "followers": one.followers,
            "kind": one.kind,
            "source_id": known[one.source],
        }
        for one in new
    ]
    insert_rows(conn, playlist, rows)
    entries = [
        Entry(one.id, position, track_id)
        for one in new
        for position, track_id in enumerate(one.track_ids)
    ]
    return append_entries(conn, entries)


def append_entries(conn: Connection, entries: Sequence[Entry]) -> int:
    """Add tracks of the catalog to stored playlists, skipping those a playlist has already.

    Returns the number added.
    """
    added = 0
    for some in batched(entries):
        first: dict[tuple[str, str], Entry] = {}
        for entry in some:
            first.setdefault((entry.playlist_id, entry.track_id), entry)
        present = _present(conn, first)
        rows = [entry._asdict() for pair, entry in first.items() if pair not in present]
        insert_rows(conn, playlist_track, rows)
        added += len(rows)
    return added


def _present(conn: Connection, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the stored playlist-and-track pairs that may clash with ``pairs``."""
    rows = conn.execute(
        select(playlist_track.c.playlist_id, playlist_track.c.track_id).where(
            playlist_track.c.track_id.in_({track_id for _, track_id in pairs}),
            playlist_track.c.playlist_id.in_({playlist_id for playlist_id, _ in pairs}),
        )
    )
    return set(rows.all())
