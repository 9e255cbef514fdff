"""Artists, albums and genres: the names tracks point at."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Table, insert, select

from spotai.catalog.batches import batched, insert_rows, put_rows
from spotai.catalog.claims import best_spelling
from spotai.catalog.tables import album, artist, genre
from spotai.tracks import Track


def put_names(conn: Connection, tracks: Collection[Track]) -> list[str]:
    """Make the artists and albums of the tracks known, each in its best spelling so far.

    Returns the ids of artists whose spelling changed.
    """
    _put(conn, album, [track.album for track in tracks if track.album])
    return _put(conn, artist, [named for track in tracks for named in track.artists])


def genre_ids(conn: Connection, names: Collection[str]) -> dict[str, int]:
    """Return the id of each genre, adding those not there yet."""
    known = _genres(conn, names)
    missing = sorted(set(names) - known.keys())
    if missing:
        conn.execute(insert(genre), [{"name": name} for name in missing])
        known |= _genres(conn, missing)
    return known


def _genres(conn: Connection, names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batched(names):
        rows = conn.execute(select(genre.c.name, genre.c.id).where(genre.c.name.in_(some)))
        found |= dict(rows.all())
    return found


def _put(conn: Connection, table: Table, named: Collection[tuple[str, str]]) -> list[str]:
    """Store names by id; return the ids whose stored name changed."""
    changed: list[str] = []
    spellings: dict[str, set[str]] = {}
    for id_, name in named:
        spellings.setdefault(id_, set()).add(name)
    for ids in batched(spellings):
        rows = conn.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids)))
        known = dict(rows.all())
        best = {
            id_: best_spelling(spellings[id_] | ({known[id_]} if id_ in known else set()))
            for id_ in ids
        }
        added = [{"id": i, "name": name} for i, name in sorted(best.items()) if i not in known]
        insert_rows(conn, table, added)
        better = [{"id": i, "name": best[i]} for i in known if best[i] != known[i]]
        put_rows(conn, table, better)
        changed += [row["id"] for row in better]
    return changed
