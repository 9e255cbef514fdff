"""The catalog as columns, for whoever builds a snapshot of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, func, select

from spotai.catalog.links import Which, artists_of, genres_of
from spotai.catalog.tables import album, playlist, playlist_track, track
from spotai.features import NAMES
from spotai.tracks import ID_DTYPE, UNKNOWN_EXPLICIT, TrackColumns

_ROWS: Final = (
    select(
        track.c.id,
        track.c.title,
        track.c.explicit,
        track.c.release_date,
        track.c.artwork,
        album.c.name.label("album"),
        *(track.c[name] for name in NAMES),
    )
    .outerjoin(album)
    .order_by(track.c.id)
)


def column_batches(conn: Connection, batch_size: int = 50_000) -> Iterator[TrackColumns]:
    """Yield all tracks in ascending byte order of id, ``batch_size`` at a time.

    Memory is bounded by the batch. Use one ``read`` transaction for the whole of it: all batches
    then show the same state of the catalog.
    """
    last = ""
    while True:
        rows = conn.execute(_ROWS.where(track.c.id > last).limit(batch_size)).all()
        if not rows:
            return
        yield _columns(conn, rows)
        last = rows[-1].id


def _columns(conn: Connection, rows: Sequence[Row[Any]]) -> TrackColumns:
    ids = [row.id for row in rows]

    def which(track_id: ColumnElement[str]) -> ColumnElement[bool]:
        return track_id.between(ids[0], ids[-1])

    artists, genres = artists_of(conn, which), genres_of(conn, which)
    followers = _followers(conn, which)
    by_name = dict(zip(_ROWS.selected_columns.keys(), zip(*rows, strict=True), strict=True))
    explicit = [UNKNOWN_EXPLICIT if flag is None else int(flag) for flag in by_name["explicit"]]
    return TrackColumns(
        ids=np.array(ids, dtype=ID_DTYPE),
        features={name: np.array(by_name[name], dtype=np.float64) for name in NAMES},
        explicit=np.array(explicit, dtype=np.int8),
        playlist_followers=np.array([followers.get(i, 0) for i in ids], dtype=np.int64),
        titles=_texts(by_name["title"]),
        artists=[artists.get(i, ()) for i in ids],
        albums=_texts(by_name["album"]),
        artwork=_texts(by_name["artwork"]),
        release_dates=_texts(by_name["release_date"]),
        genres=[genres.get(i, ()) for i in ids],
    )


def _texts(values: Sequence[str | None]) -> list[str]:
    return [value or "" for value in values]


def _followers(conn: Connection, which: Which) -> dict[str, int]:
    """Return the most followers of any playlist that holds the track."""
    rows = conn.execute(
        select(playlist_track.c.track_id, func.max(playlist.c.followers))
        .join(playlist)
        .where(which(playlist_track.c.track_id))
        .group_by(playlist_track.c.track_id)
    )
    return dict(rows.all())
