"""The tracks: storing what sources say about them, and asking about them."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, func, not_, select

from spotai.catalog import links, sources, text_search
from spotai.catalog.batches import batched, insert_rows, put_rows
from spotai.catalog.claims import GROUPS, Claims, Value, claims_of, group_claims, merge
from spotai.catalog.names import put_names
from spotai.catalog.tables import (
    album,
    artist,
    genre,
    playlist,
    source,
    track,
    track_artist,
    track_genre,
)
from spotai.tracks import DEMO_PREFIX, Track

# "demo" and whatever follows it, as a range an index can answer.
_DEMO_END: Final = DEMO_PREFIX[:-1] + chr(ord(DEMO_PREFIX[-1]) + 1)
_EMPTY: Final = dict.fromkeys(track.columns.keys())
_ORIGIN: Final = {group: (f"{group}_source_id", f"{group}_time") for group in GROUPS}
_LINKED: Final = ("artists", "genres")


class Counts(NamedTuple):
    """What became of a batch of rows: ``merged`` ones told nothing new."""

    added: int = 0
    updated: int = 0
    merged: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


def upsert_tracks(conn: Connection, batch: Sequence[Track]) -> Counts:
    """Store what the rows say, believing the better claim on every group of values (claims.py).

    The same id may occur several times. The outcome does not depend on the order of rows,
    batches or files, and storing a row again changes nothing. New tracks, and those whose texts
    or popularity changed, are found by their words after ``text_search.refresh``.
    """
    counts = Counts()
    for part in batched(batch):
        counts = counts.plus(_upsert(conn, part))
    return counts


def known_ids(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of ``ids`` that are in the catalog."""
    known: set[str] = set()
    for some in batched(ids):
        known.update(conn.scalars(select(track.c.id).where(track.c.id.in_(some))))
    return known


def count_tracks(conn: Connection) -> int:
    """Return the number of tracks in the catalog, searchable or not."""
    return conn.execute(select(func.count()).select_from(track)).scalar_one()


def is_demo(conn: Connection) -> bool:
    """Return whether the catalog holds tracks, and made-up ones only."""
    if conn.execute(select(track.c.id).limit(1)).first() is None:
        return False
    return conn.execute(select(track.c.id).where(not_(_demo(track.c.id))).limit(1)).first() is None


def delete_demo(conn: Connection) -> int:
    """Delete the made-up tracks with their playlists, artists, albums and genres.

    Returns the number of tracks deleted.
    """
    made_up = select(source.c.id).where(source.c.name == sources.DEMO).scalar_subquery()
    conn.execute(delete(playlist).where(playlist.c.kind == "demo"))
    deleted = conn.execute(
        # A real id may begin with "demo" too: one in fourteen million does.
        delete(track).where(_demo(track.c.id), track.c.text_source_id == made_up)
    ).rowcount
    credited = exists().where(track_artist.c.artist_id == artist.c.id)
    conn.execute(delete(artist).where(_demo(artist.c.id), not_(credited)))
    conn.execute(
        delete(album).where(_demo(album.c.id), not_(exists().where(track.c.album_id == album.c.id)))
    )
    conn.execute(delete(genre).where(not_(exists().where(track_genre.c.genre_id == genre.c.id))))
    return deleted


def _demo(id_: ColumnElement[str]) -> ColumnElement[bool]:
    return (id_ >= DEMO_PREFIX) & (id_ < _DEMO_END)


def _upsert(conn: Connection, batch: Sequence[Track]) -> Counts:
    origin = sources.source_ids(conn, {row.source for row in batch})
    ranks = sources.ranks(conn)
    stored = _stored(conn, {row.id for row in batch})
    now = int(time.time())
    merged: dict[str, Claims] = {}
    for row in batch:
        kept = merged.get(row.id) or stored.get(row.id, {})
        merged[row.id] = merge(kept, claims_of(row, origin[row.source], now), ranks)
    added = sorted(merged.keys() - stored.keys())
    updated = sorted(id_ for id_ in stored if merged[id_] != stored[id_])
    text_search.forget_artists(conn, put_names(conn, batch))
    insert_rows(conn, track, [_row(id_, merged[id_]) for id_ in added])
    put_rows(conn, track, [_row(id_, merged[id_]) for id_ in updated])
    credited = [i for i in updated if _artist_ids(merged[i]) != _artist_ids(stored[i])]
    links.delete_artists(conn, credited)
    links.insert_artists(conn, {i: _artist_ids(merged[i]) for i in (*added, *credited)})
    labelled = [i for i in updated if _genres(merged[i]) != _genres(stored[i])]
    links.delete_genres(conn, labelled)
    links.insert_genres(conn, {i: _genres(merged[i]) for i in (*added, *labelled)})
    text_search.forget(conn, [i for i in updated if _found_by(merged[i]) != _found_by(stored[i])])
    return Counts(len(added), len(updated), len(batch) - len(added) - len(updated))


def _row(id_: str, claims: Claims) -> dict[str, Any]:
    row: dict[str, Any] = _EMPTY | {"id": id_}
    for group, (values, source_id, heard) in claims.items():
        source_column, time_column = _ORIGIN[group]
        row[source_column] = source_id
        row[time_column] = heard
        row.update(zip(GROUPS[group], values, strict=True))
    for linked in _LINKED:
        row.pop(linked, None)
    return row


def _artist_ids(claims: Claims) -> tuple[str, ...]:
    return _names(claims, "text", "artists")


def _genres(claims: Claims) -> tuple[str, ...]:
    return _names(claims, "genres", "genres")


def _found_by(claims: Claims) -> list[tuple[Value, ...] | None]:
    """Return what decides where a search finds the track, but for its artists' names."""
    return [claims[g].values if g in claims else None for g in ("text", "popularity")]


def _names(claims: Claims, group: str, field: str) -> tuple[str, ...]:
    if group not in claims:
        return ()
    names = claims[group].values[GROUPS[group].index(field)]
    return names if isinstance(names, tuple) else ()


def _stored(conn: Connection, ids: Collection[str]) -> dict[str, Claims]:
    """Return the claims kept about those of ``ids`` that are in the catalog."""
    rows = conn.execute(select(track).where(track.c.id.in_(ids))).mappings().all()
    if not rows:
        return {}
    known = [row["id"] for row in rows]
    artists = links.artists_of(conn, lambda track_id: track_id.in_(known))
    genres = links.genres_of(conn, lambda track_id: track_id.in_(known))
    claims = {}
    for row in rows:
        id_ = row["id"]
        values = dict(row)
        values["artists"] = tuple(credit.id for credit in artists.get(id_, ())) or None
        values["genres"] = genres.get(id_)
        origins = {group: (row[by], row[at]) for group, (by, at) in _ORIGIN.items()}
        claims[id_] = group_claims(values, origins)
    return claims
