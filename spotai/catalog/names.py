"""Artists, albums and genres: the names tracks point at."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Table, insert, select

from spotai.catalog.batches import batched, insert_tuples, put_rows, rows_with
from spotai.catalog.claims import best_spelling
from spotai.catalog.tables import album, artist, genre


def put_artists(conn: Connection, named: Collection[tuple[str, str]]) -> list[str]:
    """Make artists known by pairs of an id and a spelling, each in its best spelling so far.

    Returns the ids of those whose spelling changed.
    """
    return _put(conn, artist, named)


def put_albums(conn: Connection, named: Collection[tuple[str, str]]) -> None:
    """Make albums known by pairs of an id and a spelling, each in its best spelling so far."""
    _put(conn, album, named)


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
    spellings = dict(named)
    several: dict[str, set[str]] = {}
    if len(spellings) < len(named):
        for id_, name in named:
            if spellings[id_] != name:
                several.setdefault(id_, {spellings[id_]}).add(name)
        spellings |= {id_: best_spelling(names) for id_, names in several.items()}
    known: dict[str, str] = {}
    if conn.execute(select(table.c.id).limit(1)).first() is not None:
        known = dict(rows_with(conn, table, ("id", "name"), "id", spellings))
    insert_tuples(conn, table, sorted(i for i in spellings.items() if i[0] not in known))
    best = {id_: best_spelling({name, spellings[id_]}) for id_, name in known.items()}
    better = [{"id": id_, "name": best[id_]} for id_, name in known.items() if best[id_] != name]
    put_rows(conn, table, better)
    return [row["id"] for row in better]
