"""The tracks: asking about them, and taking the made-up ones out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, func, not_, select

from spotai.catalog import sources
from spotai.catalog.batches import rows_with
from spotai.catalog.tables import (
    album,
    artist,
    genre,
    playlist,
    playlist_track,
    provenance,
    search_song,
    source,
    track,
    track_artist,
    track_genre,
)
from spotai.features import FEATURES, Feature
from spotai.tracks import DEMO_PREFIX

# "demo" and whatever follows it, as a range an index can answer.
_DEMO_END: Final = DEMO_PREFIX[:-1] + chr(ord(DEMO_PREFIX[-1]) + 1)


class Counts(NamedTuple):
    """What became of a batch of rows: ``merged`` ones told nothing new."""

    added: int = 0
    updated: int = 0
    merged: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


def known_ids(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of ``ids`` that are in the catalog."""
    return {row[0] for row in rows_with(conn, track, ("id",), "id", ids)}


def missing_values(conn: Connection, ids: Iterable[str]) -> dict[str, tuple[Feature, ...]]:
    """Return for those of ``ids`` that are in the catalog the features that a search needs and
    the catalog does not know of them.
    """
    needed = [feature for feature in FEATURES if feature.required]
    rows = rows_with(conn, track, ("id", *(feature.name for feature in needed)), "id", ids)
    return {
        track_id: tuple(f for f, value in zip(needed, values, strict=True) if value is None)
        for track_id, *values in rows
    }


def count_tracks(conn: Connection) -> int:
    """Return the number of tracks in the catalog, searchable or not."""
    return conn.execute(select(func.count()).select_from(track)).scalar_one()


def first_ids(conn: Connection, limit: int) -> list[str]:
    """Return the ids of at most ``limit`` tracks, ascending."""
    return list(conn.scalars(select(track.c.id).order_by(track.c.id).limit(limit)))


def is_demo(conn: Connection) -> bool:
    """Return whether the catalog holds tracks, and made-up ones only."""
    if conn.execute(select(track.c.id).limit(1)).first() is None:
        return False
    return conn.execute(select(track.c.id).where(not_(_demo(track.c.id))).limit(1)).first() is None


def delete_demo(conn: Connection) -> int:
    """Delete the made-up tracks with their playlists, artists, albums and genres.

    Says so for every table, because foreign keys are not followed in a bulk write. Returns the
    number of tracks deleted.
    """
    made_up = select(source.c.id).where(source.c.name == sources.DEMO).scalar_subquery()
    demo_lists = select(playlist.c.id).where(playlist.c.kind == "demo")
    conn.execute(delete(playlist_track).where(playlist_track.c.playlist_id.in_(demo_lists)))
    conn.execute(delete(playlist).where(playlist.c.kind == "demo"))
    told = select(provenance.c.id).where(provenance.c.text_source_id == made_up)
    # A real id may begin with "demo" too: one in fourteen million does.
    gone = _demo(track.c.id) & track.c.provenance_id.in_(told)
    for child in (playlist_track, search_song, track_artist, track_genre):
        conn.execute(
            delete(child).where(
                _demo(child.c.track_id), child.c.track_id.in_(select(track.c.id).where(gone))
            )
        )
    deleted = conn.execute(delete(track).where(gone)).rowcount
    credited = exists().where(track_artist.c.artist_id == artist.c.id)
    conn.execute(delete(artist).where(_demo(artist.c.id), not_(credited)))
    conn.execute(
        delete(album).where(_demo(album.c.id), not_(exists().where(track.c.album_id == album.c.id)))
    )
    conn.execute(delete(genre).where(not_(exists().where(track_genre.c.genre_id == genre.c.id))))
    return deleted


def _demo(id_: ColumnElement[str]) -> ColumnElement[bool]:
    return (id_ >= DEMO_PREFIX) & (id_ < _DEMO_END)
