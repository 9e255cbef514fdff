"""The catalog as columns, for whoever builds a snapshot of it.

docs/decisions/0013-export.md says what was tried beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, String, and_, bindparam, func, literal, select

from spotai.catalog.tables import (
    album,
    artist,
    genre,
    playlist,
    playlist_track,
    track,
    track_artist,
    track_genre,
)
from spotai.features import NAMES
from spotai.tracks import ID_DTYPE, UNKNOWN_EXPLICIT, Artist, TrackColumns

# Columns of this many songs still fit the processor's caches: five times as many take 1.5 times
# as long a song.
BATCH_SONGS: Final = 10_000

_NUMBERS: Final = ("explicit", *NAMES)

# Most songs have one artist: with the song it takes a third of the time of a row of its own.
_SONGS: Final = (
    select(
        track.c.id,
        track.c.title,
        track.c.release_date,
        track.c.artwork,
        album.c.name.label("album"),
        artist.c.id.label("artist_id"),
        artist.c.name.label("artist"),
    )
    .select_from(track)
    .outerjoin(album)
    .outerjoin(
        track_artist, and_(track_artist.c.track_id == track.c.id, track_artist.c.position == 0)
    )
    .outerjoin(artist, artist.c.id == track_artist.c.artist_id)
    .where(track.c.id > bindparam("last"))
    .order_by(track.c.id)
    .limit(bindparam("size"))
)
_SONGS_AND_NUMBERS: Final = _SONGS.add_columns(*(track.c[name] for name in _NUMBERS))
# PyMySQL takes half a microsecond a value, and numpy a tenth to find it in a text. What the
# server writes of a double has every digit, as what it sends has.
_SONGS_AND_LINES: Final = _SONGS.add_columns(
    func.concat_ws(
        ",", *(func.coalesce(track.c[name], literal("nan", String)) for name in _NUMBERS)
    )
)


def _of_batch(links: Select[Any]) -> Select[Any]:
    """Leave the links of the tracks of one batch; the id of the track is the first column."""
    track_id = links.selected_columns[0]
    return links.where(track_id.between(bindparam("first"), bindparam("last")))


_GUESTS: Final = _of_batch(
    select(track_artist.c.track_id, artist.c.id, artist.c.name)
    .join(artist)
    .where(track_artist.c.position > 0)
    .order_by(track_artist.c.track_id, track_artist.c.position)
)
_GENRES: Final = _of_batch(select(track_genre.c.track_id, track_genre.c.genre_id))
_FOLLOWERS: Final = _of_batch(
    select(playlist_track.c.track_id, func.max(playlist.c.followers))
    .join(playlist)
    .group_by(playlist_track.c.track_id)
)


def column_batches(conn: Connection, batch_size: int = BATCH_SONGS) -> Iterator[TrackColumns]:
    """Yield all tracks in ascending byte order of id, ``batch_size`` at a time.

    Memory is bounded by the batch and the names of the genres. Use one ``read`` transaction for
    the whole of it: all batches then show the same state of the catalog.
    """
    genres = dict(conn.execute(select(genre.c.id, genre.c.name)).all())
    songs = _SONGS_AND_NUMBERS if conn.dialect.name == "sqlite" else _SONGS_AND_LINES
    last = ""
    while rows := _rows(conn, songs, last=last, size=batch_size):
        columns = _columns(conn, rows, genres)
        last = rows[-1][0]
        del rows
        yield columns


def _rows(conn: Connection, statement: Select[Any], **values: object) -> Sequence[Any]:
    return conn.execute(statement, values).all()


def _columns(conn: Connection, rows: Sequence[Any], genre_names: Mapping[int, str]) -> TrackColumns:
    ids, titles, dates, artwork, albums, artist_ids, artist_names, *rest = zip(*rows, strict=True)
    places = dict(zip(ids, range(len(ids)), strict=True))
    ends = {"first": ids[0], "last": ids[-1]}

    artists: list[tuple[Artist, ...]] = [
        () if artist_id is None else (Artist(artist_id, name),)
        for artist_id, name in zip(artist_ids, artist_names, strict=True)
    ]
    for track_id, artist_id, name in _rows(conn, _GUESTS, **ends):
        artists[places[track_id]] += (Artist(artist_id, name),)
    genres: list[tuple[str, ...]] = [()] * len(ids)
    for track_id, genre_id in _rows(conn, _GENRES, **ends):
        genres[places[track_id]] += (genre_names[genre_id],)
    followers = np.zeros(len(ids), dtype=np.int64)
    for track_id, most in _rows(conn, _FOLLOWERS, **ends):
        followers[places[track_id]] = most

    explicit, *features = _numbers(rest)
    return TrackColumns(
        ids=np.array(ids, dtype=ID_DTYPE),
        features=dict(zip(NAMES, features, strict=True)),
        explicit=np.nan_to_num(explicit, nan=UNKNOWN_EXPLICIT).astype(np.int8),
        playlist_followers=followers,
        titles=_texts(titles),
        artists=artists,
        albums=_texts(albums),
        artwork=_texts(artwork),
        release_dates=_texts(dates),
        genres=[tuple(sorted(some)) if len(some) > 1 else some for some in genres],
    )


def _numbers(columns: Sequence[Sequence[Any]]) -> list[NDArray[np.float64]]:
    """Return the columns of ``_NUMBERS``, NaN where not known, of columns or of one of lines."""
    if len(columns) == len(_NUMBERS):
        return [np.array(column, dtype=np.float64) for column in columns]
    (lines,) = columns
    return list(np.loadtxt(lines, delimiter=",", comments=None, ndmin=2).T.copy())


def _texts(values: Sequence[str | None]) -> list[str]:
    return [value or "" for value in values]
