"""Storing what sources say about tracks: new ones as they are told, known ones claim by claim."""

from __future__ import annotations

import operator
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.schema import CreateIndex, DropIndex

from spotai.catalog import links, sources, text_search
from spotai.catalog.batches import batched, insert_many, insert_tuples, put_rows, rows_with
from spotai.catalog.claims import Claims, Value, claims_of, groups_in, merge
from spotai.catalog.infile import takes_files
from spotai.catalog.names import genre_ids, put_albums, put_artists
from spotai.catalog.provenance import Origins, Provenances
from spotai.catalog.tables import track, track_artist, track_genre
from spotai.catalog.tracks import Counts, known_ids
from spotai.tracks import GROUPS, VALUES, Track, TrackRows, Values, rows_of

_COLUMNS: Final = tuple(track.columns.keys())
_INDEXED: Final[tuple[Table, ...]] = (track, track_artist, track_genre)


class _Stored(NamedTuple):
    """What the catalog holds about a track; ``values`` in the order of ``VALUES``."""

    values: Values
    provenance_id: int
    artists: tuple[str, ...]
    genres: tuple[str, ...]


def upsert_tracks(conn: Connection, batch: Iterable[Track]) -> Counts:
    """Store what the tracks say, as ``Upsert`` does with rows."""
    upsert, counts = Upsert(conn), Counts()
    for some in batched(batch):
        counts = counts.plus(upsert.store(rows_of(some)))
    return counts


@contextmanager
def late_indexes(conn: Connection) -> Iterator[None]:
    """Let an SQLite catalog without tracks sort its indexes once, when all rows are there.

    Part of the transaction. MySQL would end it at such a statement: there indexes stay.
    """
    first = conn.execute(select(track.c.id).limit(1)).first()
    if conn.dialect.name != "sqlite" or first is not None:
        yield
        return
    indexes = [index for table in _INDEXED for index in table.indexes]
    for index in indexes:
        conn.execute(DropIndex(index))
    yield
    for index in indexes:
        conn.execute(CreateIndex(index))


class Batches(Protocol):
    """Rows in batches that can be read several times; their artists and albums are known."""

    @property
    def said(self) -> Iterable[tuple[str, int]]:
        """The pairs of a source and a set of groups (``TrackRows``) that the rows come with."""

    def tracks(self) -> Iterator[TrackRows]:
        """Yield the rows in ranges of ids."""


class Upsert:
    """Stores rows in one writer's transaction, believing the better claim on every group of
    values (claims.py).

    The same id may occur several times. The outcome does not depend on the order of rows,
    batches or files, and storing a row again changes nothing. It is fastest when each batch holds
    ids near each other. New tracks, and those whose texts or popularity changed, are found by
    their words after ``text_search.refresh``.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._now = int(time.time())
        self._provenances = Provenances(conn)
        self._highest = conn.scalar(select(func.max(track.c.id))) or ""
        self._origins: dict[tuple[str, int], Origins] = {}
        self._forgotten = 0

    def put_names(self, artists: set[tuple[str, str]], albums: set[tuple[str, str]]) -> None:
        """Make artists and albums known by pairs of an id and a spelling of the name."""
        renamed = put_artists(self._conn, artists)
        self._forgotten += text_search.forget_artists(self._conn, renamed)
        put_albums(self._conn, albums)

    def store(self, rows: TrackRows) -> Counts:
        """Store rows whose artists and albums are known, or named by the rows."""
        self.put_names(rows.artist_names, rows.album_names)
        ids = _ids(rows)
        fresh, contested = _split(rows, ids, self._known(ids))
        insert_tuples(self._conn, track, list(self._tracks(fresh)))
        links.insert_credits(self._conn, _credits(fresh))
        self._label(fresh)
        return self._merge(contested).plus(Counts(added=len(fresh)))

    def fills(self) -> bool:
        """Return whether ``fill`` may be called: the catalog is empty, and the server's."""
        return not self._highest and takes_files(self._conn)

    def fill(self, batches: Batches, progress: Callable[[int], None]) -> Counts:
        """Store all rows of a load into an empty catalog, one statement a table.

        To the same end as ``store`` of every batch, and a fifth faster on MariaDB, which notes
        nothing for undoing single rows of a statement that fills a table. ``progress`` is told
        the rows done, in another thread.
        """
        for source, groups in batches.said:
            self._provenances.id_of(self._said(source, groups))
        added = left = done = 0

        def watched() -> Iterator[tuple[TrackRows, TrackRows]]:
            nonlocal done
            for fresh, contested in _parts(batches):
                yield fresh, contested
                done += len(fresh) + len(contested)
                progress(done // 2)

        def tracks() -> Iterator[tuple[Any, ...]]:
            nonlocal added, left
            for fresh, contested in watched():
                yield from self._tracks(fresh)
                added += len(fresh)
                left += len(contested) + any(fresh.genres)

        insert_many(self._conn, track, tracks())
        credited = (_credits(fresh) for fresh, _ in watched())
        insert_many(self._conn, track_artist, chain.from_iterable(credited))
        counts = Counts(added=added)
        for fresh, contested in _parts(batches) if left else ():
            self._label(fresh)
            counts = counts.plus(self._merge(contested))
        return counts

    def finish(self) -> None:
        """Make findable again what was found before: its words or its place have changed.

        New tracks wait for the next ``text_search.refresh``, which is not part of a load.
        """
        if self._forgotten:
            text_search.refresh(self._conn)

    def _known(self, ids: Sequence[str]) -> set[str]:
        """Return those of ``ids`` that are stored."""
        # Batches of a large load into an empty catalog come in the order of ids.
        beyond = bool(ids) and min(ids) > self._highest
        self._highest = max([self._highest, *ids])
        return set() if beyond else known_ids(self._conn, ids)

    def _tracks(self, rows: TrackRows) -> Iterator[tuple[Any, ...]]:
        """Yield rows of the table for rows that nobody contests."""
        told = list(zip(rows.sources, rows.groups, strict=True))
        provenance = {
            pair: (self._provenances.id_of(self._said(*pair)),) for pair in dict.fromkeys(told)
        }
        return map(operator.add, rows.values, map(provenance.__getitem__, told))

    def _label(self, rows: TrackRows) -> None:
        """Give rows that nobody contests their genres."""
        labels = zip(_ids(rows), rows.genres, strict=True)
        links.insert_genres(self._conn, [(id_, names) for id_, names in labels if names])

    def _said(self, source: str, groups: int) -> Origins:
        """Return the origins of a row of now: its source for each group of which it knows."""
        if (source, groups) not in self._origins:
            id_ = sources.source_ids(self._conn, {source})[source]
            self._origins[source, groups] = dict.fromkeys(groups_in(groups), (id_, self._now))
        return self._origins[source, groups]

    def _merge(self, rows: TrackRows) -> Counts:
        """Store contested rows."""
        stored = self._stored({str(values[0]) for values in rows.values})
        told = [row for row in range(len(rows)) if not self._is_known(rows, row, stored)]
        origins = [self._said(rows.sources[row], rows.groups[row]) for row in told]
        ranks = sources.ranks(self._conn)
        # Also those that lose, so that what is stored does not depend on the order of loads.
        genre_ids(self._conn, {name for names in rows.genres for name in names})
        before: dict[str, Claims] = {}
        after: dict[str, Claims] = {}
        for row, origin in zip(told, origins, strict=True):
            id_ = str(rows.values[row][0])
            if id_ in stored and id_ not in before:
                before[id_] = self._claims(stored[id_])
            kept = after.get(id_) or before.get(id_, {})
            said = claims_of(rows.values[row], rows.artists[row], rows.genres[row], origin)
            after[id_] = merge(kept, said, ranks)
        added = sorted(after.keys() - before.keys())
        updated = sorted(id_ for id_ in before if after[id_] != before[id_])
        self._write(before, after, added, updated)
        return Counts(len(added), len(updated), len(rows) - len(added) - len(updated))

    def _write(
        self,
        before: Mapping[str, Claims],
        after: Mapping[str, Claims],
        added: Sequence[str],
        updated: Sequence[str],
    ) -> None:
        conn = self._conn
        insert_tuples(conn, track, [tuple(self._row(i, after[i]).values()) for i in added])
        put_rows(conn, track, [self._row(i, after[i]) for i in updated])
        credited = [i for i in updated if _artists(after[i]) != _artists(before[i])]
        links.delete_artists(conn, credited)
        links.insert_artists(conn, [(i, _artists(after[i])) for i in (*added, *credited)])
        labelled = [i for i in updated if _genres(after[i]) != _genres(before[i])]
        links.delete_genres(conn, labelled)
        links.insert_genres(conn, [(i, _genres(after[i])) for i in (*added, *labelled)])
        self._forgotten += text_search.forget(
            conn, [i for i in updated if _found_by(after[i]) != _found_by(before[i])]
        )

    def _row(self, id_: str, claims: Claims) -> dict[str, Any]:
        known: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"id": id_}
        for group, claim in claims.items():
            said = zip(GROUPS[group], claim.values, strict=True)
            known.update((name, value) for name, value in said if name in known)
        origins = {group: (claim.source_id, claim.time) for group, claim in claims.items()}
        return known | {"provenance_id": self._provenances.id_of(origins)}

    def _stored(self, ids: Iterable[str]) -> dict[str, _Stored]:
        rows = rows_with(self._conn, track, (*VALUES, "provenance_id"), "id", ids)
        known = [row[0] for row in rows]
        artists = links.artist_ids_of(self._conn, known)
        genres = links.genre_names_of(self._conn, known)
        return {
            row[0]: _Stored(row[:-1], row[-1], artists.get(row[0], ()), genres.get(row[0], ()))
            for row in rows
        }

    def _claims(self, stored: _Stored) -> Claims:
        origins = self._provenances.origins(stored.provenance_id)
        return claims_of(stored.values, stored.artists, stored.genres, origins)

    def _is_known(self, rows: TrackRows, row: int, stored: Mapping[str, _Stored]) -> bool:
        """Whether the row says, by the same sources, just what is stored."""
        there = stored.get(str(rows.values[row][0]))
        if there is None or there.values != rows.values[row] or there.artists != rows.artists[row]:
            return False
        believed = self._provenances.origins(there.provenance_id)
        said = self._said(rows.sources[row], rows.groups[row])
        return there.genres == rows.genres[row] and (
            {group: source for group, (source, _) in believed.items()}
            == {group: source for group, (source, _) in said.items()}
        )


def _parts(batches: Batches) -> Iterator[tuple[TrackRows, TrackRows]]:
    """Yield the rows of each batch that nobody contests, in order of id, and the others.

    Nothing is looked up: contested is, as well as ids that occur twice in a batch, a whole batch
    that does not lie behind all before it.
    """
    highest = ""
    for rows in batches.tracks():
        ids = _ids(rows)
        behind = min(ids) > highest
        highest = max(highest, *ids)
        yield _split(rows, ids, () if behind else ids)


def _split(
    rows: TrackRows, ids: Sequence[str], stored: Collection[str]
) -> tuple[TrackRows, TrackRows]:
    """Return the rows of ids that occur once and are not stored, in their order, and the others."""
    times = Counter(ids) if len(set(ids)) < len(ids) else {}
    contested = (
        [n for n, id_ in enumerate(ids) if id_ in stored or times.get(id_, 1) > 1]
        if stored or times
        else []
    )
    fresh = set(range(len(ids))).difference(contested)
    return rows.at(sorted(fresh, key=ids.__getitem__)), rows.at(contested)


def _ids(rows: TrackRows) -> list[str]:
    return [str(values[0]) for values in rows.values]


def _credits(rows: TrackRows) -> list[tuple[str, int, str]]:
    return [
        (id_, position, artist_id)
        for id_, artist_ids in zip(_ids(rows), rows.artists, strict=True)
        for position, artist_id in enumerate(artist_ids)
    ]


def _artists(claims: Claims) -> tuple[str, ...]:
    return _names(claims, "text", "artists")


def _genres(claims: Claims) -> tuple[str, ...]:
    return _names(claims, "genres", "genres")


def _names(claims: Claims, group: str, field: str) -> tuple[str, ...]:
    if group not in claims:
        return ()
    names = claims[group].values[GROUPS[group].index(field)]
    return names if isinstance(names, tuple) else ()


def _found_by(claims: Claims) -> list[tuple[Value, ...] | None]:
    """Return what decides where a search finds the track, but for its artists' names."""
    return [claims[g].values if g in claims else None for g in ("text", "popularity")]
