"""Finding songs by the words of their title and artists: an index of our own, kept in SQL.

The index consists of parts of at most ``PART_SONGS`` songs. A part numbers its songs from the
most popular to the least, equals by id, and lists for each term the numbers of its songs. A song
is indexed when ``search_song`` names it, with the part that answers for it; what changes in a way
that matters is *forgotten*, which takes it out of the results at once, and ``refresh`` indexes
every song that is not. Deleting a track takes it out as well. All of it happens in the caller's
transaction.

docs/decisions/0006-finding-songs.md says why this is not FTS5 and FULLTEXT.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, literal, select, union_all

from spotai.catalog.batches import batched
from spotai.catalog.search_parts import add_part, ids_at
from spotai.catalog.search_postings import Piece, Postings, numbers_of, of_texts
from spotai.catalog.search_words import Wanted, wanted_of, within_one_edit, words_of
from spotai.catalog.tables import (
    HEAD_LENGTH,
    search_order,
    search_part,
    search_song,
    search_term,
    track,
    track_artist,
)

PART_SONGS: Final = 500_000
SHORTEST_TYPO: Final = 4
_BEYOND: Final = "\U0010ffff"
_NOTHING: Final[Postings] = np.empty(0, dtype=np.uint32)

Numbers = NDArray[np.intp]


class _Listed(NamedTuple):
    """The postings of a wanted word in one part: as a whole word, and in every allowed form."""

    whole: Postings
    any: Postings


_NOWHERE: Final = _Listed(_NOTHING, _NOTHING)


class _Hit(NamedTuple):
    """A found song, in the order of results."""

    tier: int
    unpopularity: int
    track_id: str


def refresh(conn: Connection) -> int:
    """Index every track that is not; return how many were indexed.

    Small parts are merged with what is new, so a catalog that grows by small loads keeps few
    parts, and a large catalog is not indexed again for a few songs. Memory is bounded by a part.
    """
    kept = _songs_of_parts(conn)
    waiting = _count(conn, track) - sum(kept.values())
    dissolved = _small_parts(kept, waiting)
    waiting += sum(map(kept.pop, dissolved))
    _delete_parts(conn, dissolved)
    part, left, last = max(kept, default=0), waiting, ""
    while left > 0:
        part += 1
        added = add_part(conn, part, last, PART_SONGS, all_new=not any(kept.values()))
        left, last = left - added.songs, added.last
    return waiting


def is_fresh(conn: Connection) -> bool:
    """Return whether every track of the catalog is indexed."""
    return _count(conn, track) == _count(conn, search_song)


def forget(conn: Connection, track_ids: Collection[str]) -> int:
    """Take tracks whose texts or popularity changed out of the index, until ``refresh``.

    Returns how many of them were in it.
    """
    forgotten = 0
    for ids in batched(track_ids):
        gone = conn.execute(delete(search_song).where(search_song.c.track_id.in_(ids)))
        forgotten += gone.rowcount
    return forgotten


def forget_artists(conn: Connection, artist_ids: Collection[str]) -> int:
    """Take the tracks of artists whose names changed out of the index, as ``forget`` does."""
    forgotten = 0
    for ids in batched(artist_ids):
        credited = select(track_artist.c.track_id).where(track_artist.c.artist_id.in_(ids))
        forgotten += forget(conn, conn.scalars(credited).all())
    return forgotten


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
    listed = _listed(conn, parts, wanted)
    tiers = {part: _tiers(listed, part, songs, words) for part, songs in parts.items()}
    if not any(tier.size for found in tiers.values() for tier in found):
        mended = _mended(conn, parts, wanted, listed)
        tiers = {part: _tiers(mended, part, songs, words) for part, songs in parts.items()}
    end = offset + limit
    ids = _first(conn, tiers, end + 1)
    return ids[offset:end], len(ids) > end


def _count(conn: Connection, table: Any) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def _songs_of_parts(conn: Connection) -> dict[int, int]:
    """Return how many songs each part still answers for."""
    named = select(search_song.c.part_id, func.count()).group_by(search_song.c.part_id)
    return dict.fromkeys(conn.scalars(select(search_part.c.id)), 0) | dict(
        conn.execute(named).all()
    )


def _small_parts(songs: Mapping[int, int], waiting: int) -> list[int]:
    """Return the parts that are no larger than what is to be indexed with the smaller ones."""
    small: list[int] = []
    for part, size in sorted(songs.items(), key=lambda item: (item[1], item[0])):
        if size > min(waiting, PART_SONGS // 2):
            break
        small.append(part)
        waiting += size
    return small


def _delete_parts(conn: Connection, parts: Collection[int]) -> None:
    if not parts:
        return
    conn.execute(delete(search_part).where(search_part.c.id.in_(parts)))
    for table in (search_song, search_order, search_term):
        conn.execute(delete(table).where(table.c.part_id.in_(parts)))


def _listed(
    conn: Connection, parts: Collection[int], words: Sequence[Wanted]
) -> list[dict[int, _Listed]]:
    """Return for each word its postings as it was written, by part."""
    spans = [(w.text, w.text + _BEYOND if w.is_prefix else w.text) for w in words]
    return [
        {
            part: _Listed(
                _joined(piece.between(first, first) for piece in pieces),
                _joined(piece.between(first, last) for piece in pieces),
            )
            for part, pieces in found.items()
        }
        for (first, last), found in zip(spans, _pieces(conn, parts, spans), strict=True)
    ]


def _mended(
    conn: Connection,
    parts: Collection[int],
    words: Sequence[Wanted],
    as_written: Sequence[Mapping[int, _Listed]],
) -> list[Mapping[int, _Listed]]:
    """Return for each word but lone letters its postings with a typo or as written, by part."""
    mended = {word: found for word, found in zip(words, as_written, strict=True) if word.text[1:]}
    if not mended:
        return list(as_written)
    long = [word for word in mended if len(word.text) >= SHORTEST_TYPO]
    # The terms of one head: a typo in the first two letters would need all of them.
    heads = [word.text[:HEAD_LENGTH] for word in long]
    spans = [(head, head + _BEYOND) for head in heads]
    for word, found in zip(long, _pieces(conn, parts, spans), strict=True):
        is_near = partial(within_one_edit, word.text)
        near = {
            part: [some for piece in pieces for some in piece.where(is_near)]
            for part, pieces in found.items()
        }
        written = mended[word]
        mended[word] = {
            part: _Listed(_NOTHING, _joined([*some, written.get(part, _NOWHERE).any]))
            for part, some in near.items()
        }
    return list(mended.values())


def _pieces(
    conn: Connection, parts: Collection[int], spans: Sequence[tuple[str, str]]
) -> list[dict[int, list[Piece]]]:
    """Return for each span the pieces that may hold its terms, the last included, by part.

    The terms of a span begin with the same letters: as many as a head has, or all of its first.
    """
    found: list[dict[int, list[Piece]]] = [{} for _ in spans]
    if not spans:
        return found
    # Each on its own, and still one statement: the way to a server and back costs most.
    rows = conn.execute(
        union_all(
            *(
                select(
                    literal(place),
                    search_term.c.part_id,
                    search_term.c.terms,
                    search_term.c.counts,
                    search_term.c.postings,
                ).where(
                    search_term.c.part_id.in_(parts),
                    # Heads of a lone letter's beginnings are many; else it is one.
                    search_term.c.head.between(first[:HEAD_LENGTH], last[:HEAD_LENGTH]),
                    search_term.c.first_term <= last,
                    search_term.c.last_term >= first,
                )
                for place, (first, last) in enumerate(spans)
            )
        )
    )
    for place, part, *stored in rows:
        found[place].setdefault(part, []).append(Piece.stored(*stored))
    return found


def _joined(some: Iterable[Postings]) -> Postings:
    return np.concatenate([_NOTHING, *some])


def _tiers(
    words: Iterable[Mapping[int, _Listed]], part: int, songs: int, length: int
) -> tuple[Numbers, ...]:
    """Return the numbers of a part's matches in three tiers, ascending within each.

    They are titles and names of exactly the ``length`` distinct words of the query, and others.
    """
    found, title, name = (np.ones(songs, dtype=bool) for _ in range(3))
    for word in words:
        whole, written = word.get(part, _NOWHERE)
        found &= _marked(songs, written)
        title &= _marked(songs, of_texts(whole, length, titles=True))
        name &= _marked(songs, of_texts(whole, length, titles=False))
    name &= ~title
    others = found & ~title & ~name
    return np.flatnonzero(title), np.flatnonzero(name), np.flatnonzero(others)


def _marked(songs: int, postings: Postings) -> NDArray[np.bool_]:
    marks = np.zeros(songs, dtype=bool)
    marks[numbers_of(postings)] = True
    return marks


def _first(conn: Connection, tiers: Mapping[int, Sequence[Numbers]], most: int) -> list[str]:
    """Return the ids of the first ``most`` matches of all parts."""
    hits = [hit for part, found in tiers.items() for hit in _indexed(conn, part, found, most)]
    return [hit.track_id for hit in sorted(hits)[:most]]


def _indexed(conn: Connection, part: int, tiers: Sequence[Numbers], most: int) -> list[_Hit]:
    """Return the first ``most`` of a part's matches that it still answers for."""
    numbers = np.concatenate(tiers)
    tier_of = np.repeat(np.arange(len(tiers)), [tier.size for tier in tiers]).tolist()
    hits: list[_Hit] = []
    start = 0
    while len(hits) < most and start < len(numbers):
        ids = ids_at(conn, part, numbers[start : start + most].tolist())
        tiers_by_id = dict(zip(ids, tier_of[start : start + most], strict=True))
        rows = conn.execute(
            select(track.c.popularity, track.c.id)
            .join(search_song)
            .where(search_song.c.part_id == part, track.c.id.in_(ids))
        )
        hits += [
            _Hit(tiers_by_id[track_id], 1 if known is None else -known, track_id)
            for known, track_id in rows
        ]
        start += most
    return hits
