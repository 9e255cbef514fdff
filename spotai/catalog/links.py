"""The artists and genres of tracks, read for many tracks at once and replaced."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import ColumnElement, Connection, delete, select

from spotai.catalog.batches import batched, insert_rows
from spotai.catalog.names import genre_ids
from spotai.catalog.tables import artist, genre, track_artist, track_genre
from spotai.tracks import Artist

# Says which tracks, as a condition on a column of track ids.
Which = Callable[[ColumnElement[str]], ColumnElement[bool]]


def artists_of(conn: Connection, which: Which) -> dict[str, tuple[Artist, ...]]:
    """Return the artists of each track in credit order; tracks without any are left out."""
    found: dict[str, list[Artist]] = {}
    rows = conn.execute(
        select(track_artist.c.track_id, artist.c.id, artist.c.name)
        .join(artist)
        .where(which(track_artist.c.track_id))
        .order_by(track_artist.c.track_id, track_artist.c.position)
    )
    for track_id, artist_id, name in rows:
        found.setdefault(track_id, []).append(Artist(artist_id, name))
    return {track_id: tuple(artists) for track_id, artists in found.items()}


def genres_of(conn: Connection, which: Which) -> dict[str, tuple[str, ...]]:
    """Return the genres of each track, sorted; tracks without any are left out."""
    found: dict[str, list[str]] = {}
    rows = conn.execute(
        select(track_genre.c.track_id, genre.c.name)
        .join(genre)
        .where(which(track_genre.c.track_id))
    )
    for track_id, name in rows:
        found.setdefault(track_id, []).append(name)
    return {track_id: tuple(sorted(names)) for track_id, names in found.items()}


def insert_artists(conn: Connection, artist_ids: Mapping[str, tuple[str, ...]]) -> None:
    """Credit known artists, in order, with tracks that have none yet."""
    rows = [
        {"track_id": track_id, "position": position, "artist_id": artist_id}
        for track_id, credited in artist_ids.items()
        for position, artist_id in enumerate(credited)
    ]
    insert_rows(conn, track_artist, rows)


def insert_genres(conn: Connection, genres: Mapping[str, tuple[str, ...]]) -> None:
    """Give genres to tracks that have none yet."""
    ids = genre_ids(conn, {name for names in genres.values() for name in names})
    rows = [
        {"track_id": track_id, "genre_id": genre_id}
        for track_id, names in genres.items()
        for genre_id in sorted(ids[name] for name in names)
    ]
    insert_rows(conn, track_genre, rows)


def delete_artists(conn: Connection, track_ids: Collection[str]) -> None:
    """Take the credits off these tracks."""
    for ids in batched(track_ids):
        conn.execute(delete(track_artist).where(track_artist.c.track_id.in_(ids)))


def delete_genres(conn: Connection, track_ids: Collection[str]) -> None:
    """Take the genres off these tracks."""
    for ids in batched(track_ids):
        conn.execute(delete(track_genre).where(track_genre.c.track_id.in_(ids)))
