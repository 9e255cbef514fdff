"""Tracks as the catalog holds them, for whoever shows them: with or without all features."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, select

from spotai.catalog.batches import batched
from spotai.catalog.links import artists_of, genres_of
from spotai.catalog.tables import album, track
from spotai.errors import NotFoundError
from spotai.features import FEATURES
from spotai.tracks import Artist

_ROWS: Final = select(track, album.c.name.label("album")).outerjoin(album)


@dataclass(frozen=True, slots=True)
class StoredTrack:
    """What the catalog knows of a track: empty strings and None where it does not.

    ``values`` holds all fifteen features in natural units.
    """

    id: str
    title: str
    artists: tuple[Artist, ...]
    album_id: str
    album: str
    artwork: str
    release_date: str
    explicit: bool | None
    genres: tuple[str, ...]
    isrc: str
    values: Mapping[str, float | None]


def get_track(conn: Connection, track_id: str) -> StoredTrack:
    """Return one track. Raises NotFoundError."""
    found = get_tracks(conn, [track_id])
    if not found:
        raise NotFoundError("There is no song with this id in the catalog.")
    return found[0]


def get_tracks(conn: Connection, ids: Sequence[str]) -> list[StoredTrack]:
    """Return those of the tracks that are in the catalog, in the order of ``ids``."""
    return [track for some in batched(ids) for track in _read(conn, some)]


def tracks_with_isrc(conn: Connection, isrcs: Collection[str]) -> dict[str, list[str]]:
    """Return the ids of the tracks with each of the codes, ascending; several may share one."""
    found: dict[str, list[str]] = {}
    for some in batched(isrcs):
        rows = conn.execute(
            select(track.c.isrc, track.c.id).where(track.c.isrc.in_(some)).order_by(track.c.id)
        )
        for isrc, track_id in rows:
            found.setdefault(isrc, []).append(track_id)
    return found


def _read(conn: Connection, ids: Sequence[str]) -> list[StoredTrack]:
    def which(track_id: ColumnElement[str]) -> ColumnElement[bool]:
        return track_id.in_(ids)

    artists, genres = artists_of(conn, which), genres_of(conn, which)
    found = {}
    for row in conn.execute(_ROWS.where(which(track.c.id))).mappings():
        id_ = row["id"]
        found[id_] = StoredTrack(
            id=id_,
            title=row["title"] or "",
            artists=artists.get(id_, ()),
            album_id=row["album_id"] or "",
            album=row["album"] or "",
            artwork=row["artwork"] or "",
            release_date=row["release_date"] or "",
            explicit=row["explicit"],
            genres=genres.get(id_, ()),
            isrc=row["isrc"] or "",
            values={
                f.name: None if row[f.name] is None else f.number(row[f.name]) for f in FEATURES
            },
        )
    return [found[id_] for id_ in ids if id_ in found]
