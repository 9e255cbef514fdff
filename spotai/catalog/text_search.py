"""Finding songs by the words of their title and artists: an index of our own, kept in SQL.

The index consists of parts of at most ``PART_SONGS`` songs. A part numbers its songs from the
most popular to the least, equals by id, and lists for each term the numbers of its songs. A song
is indexed when ``search_song`` names it; what changes in a way that matters is *forgotten*, which
takes it out of the results at once, and ``refresh`` indexes every song that is not. Deleting a
track takes it out as well. All of it happens in the caller's transaction.

docs/decisions/0006-finding-songs.md says why this is not FTS5 and FULLTEXT.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count, pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal, select

from spotai.catalog.batches import batched, insert_rows
from spotai.catalog.search_words import Wanted, wanted_of, within_one_edit, words_of
from spotai.catalog.tables import (
    artist,
    search_part,
    search_song,
    search_term,
    track,
    track_artist,
)

PART_SONGS: Final = 500_000
SHORTEST_TYPO: Final = 4
_TYPO_HEAD: Final = 2
_BEYOND: Final = "\U0010ffff"
_ROWS_AT_ONCE: Final = 10_000

# ``title`` and ``name``: of how many distinct words the song's title, or the name of one of its
# artists, consists when the term is one of them; 0 when it is none, at most ``_MANY``.
_POSTING: Final = np.dtype([("number", "<u4"), ("title", "u1"), ("name", "u1")])
_MANY: Final = 255
_NOTHING: Final = np.empty(0, dtype=_POSTING)

Postings = NDArray[np.void]
Numbers = NDArray[np.intp]


class _Listed(NamedTuple):
    """The postings of a wanted word in one part: as a whole word, and in every allowed form."""

    whole: Postings
    any: Postings


class _Hit(NamedTuple):
    """A found song, in the order of results within a tier."""

    unpopularity: int
    track_id: str


def refresh(conn: Connection) -> int:
    """Index every track that is not; return how many were indexed.

    Small parts are merged with what is new, so a catalog that grows by small loads keeps few
    parts, and a large catalog is not indexed again for a few songs. Memory is bounded by a part.
    """
    waiting = _count(conn, track) - _count(conn, search_song)
    waiting += _dissolve_small_parts(conn, waiting)
    left = waiting
    while left > 0:
        left -= _add_part(conn)
    return waiting


def is_fresh(conn: Connection) -> bool:
    """Return whether every track of the catalog is indexed."""
    return _count(conn, track) == _count(conn, search_song)


def forget(conn: Connection, track_ids: Collection[str]) -> None:
    """Take tracks whose texts or popularity changed out of the index, until ``refresh``."""
    for ids in batched(track_ids):
        conn.execute(delete(search_song).where(search_song.c.track_id.in_(ids)))


def forget_artists(conn: Connection, artist_ids: Collection[str]) -> None:
    """Take the tracks of artists whose names changed out of the index, until ``refresh``."""
    for ids in batched(artist_ids):
        credited = select(track_artist.c.track_id).where(track_artist.c.artist_id.in_(ids))
        forget(conn, conn.scalars(credited).all())


def find_tracks(
    conn: Connection, query: str, limit: int, offset: int = 0
) -> tuple[list[str], bool]:
    """Return one page of the ids of tracks that match, best first, and whether there are more.

    Every word of ``query`` has to occur in the title or an artist's name; the last one may be
    unfinished. First come titles of just these words, then artists' names of just these words,
    then the others; each by popularity, unknown last, then by id. When nothing matches, words of
    four letters or more may differ by one letter beyond their first two, and lone letters beside
    them do not count.
    """
    wanted = wanted_of(query)
    parts: dict[int, int] = dict(conn.execute(select(search_part.c.id, search_part.c.songs)).all())
    if not wanted or not parts:
        return [], False
    words = len(set(words_of(query)))
    listed = {word: _listed(conn, parts, word) for word in wanted}
    tiers = {part: _tiers(listed.values(), part, songs, words) for part, songs in parts.items()}
    if not any(tier.size for found in tiers.values() for tier in found):
        longer = [word for word in wanted if len(word.text) > 1] or wanted
        mended = [_mended(conn, parts, word, listed[word]) for word in longer]
        tiers = {part: _tiers(mended, part, songs, words) for part, songs in parts.items()}
    end = offset + limit
    ids = _first(conn, tiers, end + 1)
    return ids[offset:end], len(ids) > end


def _count(conn: Connection, table: Any) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def _dissolve_small_parts(conn: Connection, waiting: int) -> int:
    """Delete the parts smaller than what is to be indexed; return the number of their songs."""
    indexed = (
        select(search_part.c.id, func.count(search_song.c.number))
        .outerjoin(search_song, search_song.c.part_id == search_part.c.id)
        .group_by(search_part.c.id)
    )
    dissolved = 0
    for part, songs in sorted(conn.execute(indexed), key=lambda row: (row[1], row[0])):
        if songs > min(waiting + dissolved, PART_SONGS // 2):
            break
        conn.execute(delete(search_song).where(search_song.c.part_id == part))
        conn.execute(delete(search_term).where(search_term.c.part_id == part))
        conn.execute(delete(search_part).where(search_part.c.id == part))
        dissolved += songs
    return dissolved


def _add_part(conn: Connection) -> int:
    """Index the most popular tracks that are not indexed, a part of them; return their number."""
    part = (conn.scalar(select(func.max(search_part.c.id))) or 0) + 1
    best_first = (track.c.popularity.desc(), track.c.id)
    numbered = (
        select(
            literal(part),
            func.row_number().over(order_by=best_first) - 1,
            track.c.id,
        )
        .outerjoin(search_song, search_song.c.track_id == track.c.id)
        .where(search_song.c.track_id.is_(None))
        .order_by(*best_first)
        .limit(PART_SONGS)
    )
    added = conn.execute(
        insert(search_song).from_select(["part_id", "number", "track_id"], numbered)
    )
    conn.execute(insert(search_part).values(id=part, songs=added.rowcount))
    for rows in batched(_term_rows(conn, part)):
        insert_rows(conn, search_term, rows)
    return added.rowcount


def _term_rows(conn: Connection, part: int) -> Iterator[dict[str, Any]]:
    """Yield the terms of a part with their postings, in the order they are stored in."""
    of_part = search_song.c.part_id == part
    titles = select(search_song.c.number, track.c.title).join(track).where(of_part)
    names = (
        select(search_song.c.number, artist.c.name)
        .join(track_artist, track_artist.c.track_id == search_song.c.track_id)
        .join(artist)
        .where(of_part)
    )
    gathered = _Gathered()
    number_of_titles = gathered.add(_stream(conn, titles))
    gathered.add(_stream(conn, names))
    for term, postings in gathered.by_term(number_of_titles):
        yield {"part_id": part, "term": term, "postings": postings.tobytes()}


def _stream(conn: Connection, statement: Any) -> Iterable[tuple[int, str | None]]:
    return conn.execute(statement, execution_options={"yield_per": _ROWS_AT_ONCE})


class _Gathered:
    """Postings on their way into a part."""

    def __init__(self) -> None:
        self._codes: defaultdict[str, int] = defaultdict(count().__next__)
        self._terms = array("I")
        self._numbers = array("I")
        self._lengths = array("I")

    def add(self, texts: Iterable[tuple[int, str | None]]) -> int:
        """Take in the words of songs' titles or artists' names; return the number of texts."""
        codes = self._codes
        before = len(self._lengths)
        for number, text in texts:
            terms = [codes[word] for word in dict.fromkeys(words_of(text or ""))]
            self._terms.extend(terms)
            self._numbers.append(number)
            self._lengths.append(len(terms))
        return len(self._lengths) - before

    def by_term(self, titles: int) -> Iterator[tuple[str, Postings]]:
        """Yield each term, in order, with its postings; the first ``titles`` texts were titles."""
        terms = np.frombuffer(self._terms, dtype=np.uint32)
        lengths = np.frombuffer(self._lengths, dtype=np.uint32)
        is_title = np.repeat(np.arange(len(lengths)) < titles, lengths)
        words = np.repeat(np.minimum(lengths, _MANY), lengths)
        postings = np.empty(len(terms), dtype=_POSTING)
        postings["number"] = np.repeat(np.frombuffer(self._numbers, dtype=np.uint32), lengths)
        postings["title"] = np.where(is_title, words, 0)
        postings["name"] = np.where(is_title, 0, words)
        postings = postings[np.argsort(terms, kind="stable")]
        ends = np.concatenate(([0], np.cumsum(np.bincount(terms, minlength=len(self._codes)))))
        spans = list(pairwise(ends.tolist()))
        for term, code in sorted(self._codes.items()):
            start, end = spans[code]
            yield term, postings[start:end]


def _listed(conn: Connection, parts: Collection[int], word: Wanted) -> Mapping[int, _Listed]:
    """Return the postings of a word as it was written, by part."""
    whole = _postings(conn, parts, search_term.c.term == word.text)
    some = _postings(conn, parts, _begins_with(word.text)) if word.is_prefix else whole
    return {part: _Listed(whole.get(part, _NOTHING), found) for part, found in some.items()}


def _mended(
    conn: Connection, parts: Collection[int], word: Wanted, as_written: Mapping[int, _Listed]
) -> Mapping[int, _Listed]:
    """Return the postings of a word that may hold a typo, and those of it as written, by part."""
    if len(word.text) < SHORTEST_TYPO:
        return as_written
    # One range of the index: a typo in the first two letters would need all of it.
    heads = select(search_term.c.term).where(
        search_term.c.part_id.in_(parts), _begins_with(word.text[:_TYPO_HEAD])
    )
    near = {term for term in conn.scalars(heads) if within_one_edit(word.text, term)}
    mended = _postings(conn, parts, search_term.c.term.in_(sorted(near)))
    either = {part: [found.any] for part, found in as_written.items()}
    for part, found in mended.items():
        either.setdefault(part, []).append(found)
    return {part: _Listed(_NOTHING, np.concatenate(found)) for part, found in either.items()}


def _begins_with(text: str) -> ColumnElement[bool]:
    return (search_term.c.term >= text) & (search_term.c.term < text + _BEYOND)


def _postings(
    conn: Connection, parts: Collection[int], which: ColumnElement[bool]
) -> dict[int, Postings]:
    """Return the postings of all the terms that are asked for, by part."""
    found: dict[int, list[bytes]] = {}
    rows = conn.execute(
        select(search_term.c.part_id, search_term.c.postings).where(
            search_term.c.part_id.in_(parts), which
        )
    )
    for part, postings in rows:
        found.setdefault(part, []).append(postings)
    return {part: np.frombuffer(b"".join(some), _POSTING) for part, some in found.items()}


def _tiers(
    words: Iterable[Mapping[int, _Listed]], part: int, songs: int, length: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the numbers of a part's matches in three tiers, ascending within each.

    They are titles and names of exactly the ``length`` distinct words of the query, and others.
    """
    found, title, name = (np.ones(songs, dtype=bool) for _ in range(3))
    for word in words:
        whole, written = word.get(part, _Listed(_NOTHING, _NOTHING))
        found &= _marked(songs, written)
        title &= _marked(songs, whole[whole["title"] == length])
        name &= _marked(songs, whole[whole["name"] == length])
    name &= ~title
    others = found & ~title & ~name
    return np.flatnonzero(title), np.flatnonzero(name), np.flatnonzero(others)


def _marked(songs: int, postings: Postings) -> NDArray[np.bool_]:
    marks = np.zeros(songs, dtype=bool)
    marks[postings["number"]] = True
    return marks


def _first(
    conn: Connection, tiers: Mapping[int, tuple[Numbers, Numbers, Numbers]], most: int
) -> list[str]:
    """Return the ids of the first ``most`` matches of all parts."""
    ids: list[str] = []
    for tier in range(3):
        hits = [
            hit
            for part, numbers in tiers.items()
            for hit in _indexed(conn, part, numbers[tier], most - len(ids))
        ]
        ids += [hit.track_id for hit in sorted(hits)[: most - len(ids)]]
    return ids


def _indexed(conn: Connection, part: int, numbers: Numbers, most: int) -> list[_Hit]:
    """Return the first ``most`` of a part's songs that were not forgotten or deleted since."""
    hits: list[_Hit] = []
    while len(hits) < most and numbers.size:
        some, numbers = numbers[:most], numbers[most:]
        rows = conn.execute(
            select(track.c.popularity, track.c.id)
            .join(search_song)
            .where(search_song.c.part_id == part, search_song.c.number.in_(some.tolist()))
        )
        hits += [_Hit(1 if known is None else -known, track_id) for known, track_id in rows]
    return hits
