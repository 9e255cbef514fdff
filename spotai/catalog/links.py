"""The artists and genres of tracks, read for many tracks at once and replaced."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete, select

from spotai.catalog.batches import batched, insert_tuples, rows_with
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


def artist_ids_of(conn: Connection, track_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the artists of these tracks, in credit order."""
    columns = ("track_id", "position", "artist_id")
    found: dict[str, list[str]] = {}
    for track_id, _, artist_id in sorted(
        rows_with(conn, track_artist, columns, "track_id", track_ids)
    ):
        found.setdefault(track_id, []).append(artist_id)
    return {track_id: tuple(ids) for track_id, ids in found.items()}


def genre_names_of(conn: Connection, track_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the genres of these tracks, ascending."""
    found: dict[str, list[str]] = {}
    labels = rows_with(conn, track_genre, ("track_id", "genre_id"), "track_id", track_ids)
    if labels:
        names = dict(conn.execute(select(genre.c.id, genre.c.name)).all())
        for track_id, genre_id in labels:
            found.setdefault(track_id, []).append(names[genre_id])
    return {track_id: tuple(sorted(some)) for track_id, some in found.items()}


def insert_artists(conn: Connection, credited: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Credit known artists, in order, with tracks that have none yet."""
    insert_credits(
        conn,
        [
            (track_id, position, artist_id)
            for track_id, artist_ids in credited
            for position, artist_id in enumerate(artist_ids)
        ],
    )


def insert_credits(conn: Connection, rows: Sequence[tuple[str, int, str]]) -> None:
    """Credit known artists with tracks: ids of tracks, positions from 0, ids of artists."""
    insert_tuples(conn, track_artist, rows)


def insert_genres(conn: Connection, labels: Collection[tuple[str, tuple[str, ...]]]) -> None:
    """Give genres to tracks that have none yet."""
    ids = genre_ids(conn, {name for _, names in labels for name in names})
    rows = [
        (track_id, genre_id)
        for track_id, names in labels
        for genre_id in sorted([ids[name] for name in names])
    ]
    insert_tuples(conn, track_genre, rows)


def delete_artists(conn: Connection, track_ids: Collection[str]) -> None:
    """Take the credits off these tracks."""
    for ids in batched(track_ids):
        conn.execute(delete(track_artist).where(track_artist.c.track_id.in_(ids)))


def delete_genres(conn: Connection, track_ids: Collection[str]) -> None:
    """Take the genres off these tracks."""
    for ids in batched(track_ids):
        conn.execute(delete(track_genre).where(track_genre.c.track_id.in_(ids)))
