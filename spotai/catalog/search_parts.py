"""Building a part of the word index: its songs numbered, and the words they have.

Songs are read in order of id, some thousands at a time, and what can be is done for all of them
at once: a refresh follows every load, so what it costs a song counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    cast,
    exists,
    func,
    insert,
    literal,
    not_,
    select,
)

from spotai.catalog.batches import KEYS_AT_ONCE, batched, insert_rows
from spotai.catalog.search_postings import Postings, pack, rows_of_pieces
from spotai.catalog.search_words import words_of_all
from spotai.catalog.tables import (
    TERM_LENGTH,
    artist,
    search_order,
    search_part,
    search_song,
    search_term,
    track,
    track_artist,
)
from spotai.tracks import ID_DTYPE

SONGS_AT_ONCE: Final = 10_000
BLOCK_SONGS: Final = 256
ROWS_AT_ONCE: Final = 500
LONGEST_TEXT: Final = 2**32 - 1
_NO_POPULARITY: Final = -1

Numbers = NDArray[np.uint32]
Texts = Sequence[str]
# Which songs: a condition on the column that holds their ids.
Among = Callable[[ColumnElement[str]], ColumnElement[bool]]


class Added(NamedTuple):
    """How many songs a part took in, and the greatest of their ids."""

    songs: int
    last: str


def add_part(conn: Connection, part: int, after: str, most: int, *, all_new: bool) -> Added:
    """Index the first ``most`` songs with ids beyond ``after`` that are not indexed.

    ``all_new`` says that no song beyond ``after`` is. At most ``MOST_SONGS`` fit in a part.
    """
    if conn.dialect.name == "mysql":
        conn.exec_driver_sql(f"SET SESSION group_concat_max_len = {LONGEST_TEXT}")
    gathered = _Gathered()
    for among in _ranges(conn, after, most) if all_new else _lists(conn, after, most):
        gathered.add(*_songs(conn, among))
        gathered.credit(*_credited(conn, among))
        # At once, while the database has these songs at hand.
        claimed = select(track.c.id, literal(part)).where(among(track.c.id))
        conn.execute(insert(search_song).from_select(["track_id", "part_id"], claimed))
    if all_new:
        gathered.name(_names(conn))
    else:
        for some in batched(gathered.artists):
            gathered.name(_names(conn, artist.c.id.in_(some)))
    conn.execute(insert(search_part).values(id=part, songs=gathered.songs))
    for rows in batched(gathered.rows(part), ROWS_AT_ONCE):
        insert_rows(conn, search_term, rows)
    for rows in batched(gathered.blocks(part), ROWS_AT_ONCE):
        insert_rows(conn, search_order, rows)
    return Added(gathered.songs, gathered.last)


def ids_at(conn: Connection, part: int, numbers: Sequence[int]) -> list[str]:
    """Return the ids of the songs with these numbers in a part, in the order of ``numbers``."""
    blocks = conn.execute(
        select(search_order.c.block, search_order.c.track_ids).where(
            search_order.c.part_id == part,
            search_order.c.block.in_({number // BLOCK_SONGS for number in numbers}),
        )
    )
    ids = {block: np.frombuffer(packed, ID_DTYPE) for block, packed in blocks}
    return [ids[n // BLOCK_SONGS][n % BLOCK_SONGS].decode() for n in numbers]


def _ranges(conn: Connection, after: str, most: int) -> Iterator[Among]:
    """Yield the first ``most`` songs beyond an id, as ranges of ids."""
    for start in range(0, most, SONGS_AT_ONCE):
        beyond = track.c.id > after
        size = min(SONGS_AT_ONCE, most - start)
        full = select(track.c.id).where(beyond).order_by(track.c.id).offset(size - 1).limit(1)
        rest = select(func.max(track.c.id)).where(beyond)
        until = conn.scalar(full) or conn.scalar(rest)
        if until is None:
            return
        yield partial(_is_between, after, until)
        after = until


def _lists(conn: Connection, after: str, most: int) -> Iterator[Among]:
    """Yield the first ``most`` songs beyond an id that are not indexed, as lists of ids."""
    left = most
    while left > 0:
        is_new = not_(exists().where(search_song.c.track_id == track.c.id))
        new = select(track.c.id).where(track.c.id > after, is_new).order_by(track.c.id)
        size = min(KEYS_AT_ONCE, left)
        ids = conn.scalars(new.limit(size)).all()
        if ids:
            yield partial(_is_one_of, ids)
            after = ids[-1]
        left = left - size if len(ids) == size else 0


def _is_between(after: str, until: str, id_: ColumnElement[str]) -> ColumnElement[bool]:
    return (id_ > after) & (id_ <= until)


def _is_one_of(ids: Sequence[str], id_: ColumnElement[str]) -> ColumnElement[bool]:
    return id_.in_(ids)


def _songs(conn: Connection, among: Among) -> list[Texts]:
    """Return the ids, titles and popularities of songs."""
    title = func.replace(func.coalesce(track.c.title, ""), "\n", " ")
    popularity = func.coalesce(track.c.popularity, _NO_POPULARITY)
    return _read(conn, [track.c.id, title, popularity], among(track.c.id))


def _credited(conn: Connection, among: Among) -> list[Texts]:
    """Return ids of songs and, beside them, of their artists."""
    track_id = track_artist.c.track_id
    return _read(conn, [track_id, track_artist.c.artist_id], among(track_id))


def _names(conn: Connection, *which: ColumnElement[bool]) -> dict[str, str]:
    """Return artists' names by id."""
    name = func.replace(artist.c.name, "\n", " ")
    return dict(zip(*_read(conn, [artist.c.id, name], *which), strict=True))


def _read(
    conn: Connection, columns: Sequence[ColumnElement[Any]], *which: ColumnElement[bool]
) -> list[Texts]:
    """Return columns without null and without line feeds as texts, the rows in any order.

    They come as one text, because what a row costs is the work of the driver on it, on MySQL in
    Python. A server whose limits cut the text short is asked for rows.
    """
    one = columns[0]
    for column in columns[1:]:
        one = one.concat("\n").concat(cast(column, String))
    rows, text = conn.execute(
        select(func.count(), func.aggregate_strings(one, "\n")).where(*which)
    ).one()
    fields = (text or "").split("\n") if rows else []
    if len(fields) == rows * len(columns):
        return [fields[n :: len(columns)] for n in range(len(columns))]
    found = conn.execute(select(*columns).where(*which)).all()
    return [[str(row[n]) for row in found] for n in range(len(columns))]


class _Vocabulary(dict[str, int]):
    """A number for each term; words that begin with the same ``TERM_LENGTH`` letters are one."""

    def __init__(self) -> None:
        self.terms: list[str] = []

    def __missing__(self, word: str) -> int:
        term = word[:TERM_LENGTH]
        if term == word:
            code = len(self.terms)
            self.terms.append(term)
        else:
            code = self[term]
        self[word] = code
        return code


class _Texts:
    """The distinct words of texts."""

    def __init__(self, vocabulary: _Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._codes: list[Numbers] = []
        self._lengths: list[Numbers] = []

    def add(self, texts: Sequence[str]) -> None:
        words, lengths = words_of_all(texts)
        codes = _looked_up(self._vocabulary, words)
        places = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
        keys = (places << np.uint64(32)) | codes
        keys.sort()
        distinct = keys[np.diff(keys, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)) != 0]
        self._codes.append(distinct.astype(np.uint32))
        counts = np.bincount((distinct >> np.uint64(32)).astype(np.intp), minlength=len(texts))
        self._lengths.append(counts.astype(np.uint32))

    def codes(self) -> Numbers:
        """Return the words of all texts, text after text."""
        return _concatenated(self._codes)

    def lengths(self) -> Numbers:
        """Return how many words each text has."""
        return _concatenated(self._lengths)


def _looked_up(codes: Mapping[str, int], texts: Sequence[str]) -> Numbers:
    return np.fromiter(map(codes.__getitem__, texts), np.uint32, len(texts))


def _concatenated(some: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, dtype=np.uint32), *some])


class _Gathered:
    """Songs on their way into a part, in order of id."""

    def __init__(self) -> None:
        self.songs = 0
        self._places: dict[str, int] = {}
        self._ids: list[NDArray[np.bytes_]] = []
        self._popularities: list[NDArray[np.int16]] = []
        self._vocabulary = _Vocabulary()
        self._titles = _Texts(self._vocabulary)
        self._names = _Texts(self._vocabulary)
        self.artists: defaultdict[str, int] = defaultdict(count().__next__)
        self._credited: list[Numbers] = []
        self._crediting: list[Numbers] = []

    @property
    def last(self) -> str:
        """The id of the last song."""
        return max(self._places)

    def add(self, ids: Texts, titles: Texts, popularities: Texts) -> None:
        """Take in songs with ids beyond all those before."""
        order = sorted(range(len(ids)), key=ids.__getitem__)
        in_order = [ids[place] for place in order]
        self._places = dict(zip(in_order, range(self.songs, self.songs + len(ids)), strict=True))
        self._ids.append(np.array(in_order, dtype=ID_DTYPE))
        known = np.fromiter(map(int, popularities), np.int16, len(ids))
        self._popularities.append(known[order])
        self._titles.add([titles[place] for place in order])
        self.songs += len(ids)

    def credit(self, track_ids: Texts, artist_ids: Texts) -> None:
        """Take in which artists the songs that were last added have."""
        self._credited.append(_looked_up(self._places, track_ids))
        self._crediting.append(_looked_up(self.artists, artist_ids))

    def name(self, names: Mapping[str, str]) -> None:
        """Take in names of the ``artists``, in the order in which they were credited."""
        for artist_ids in batched(artist_id for artist_id in self.artists if artist_id in names):
            self._names.add([names[artist_id] for artist_id in artist_ids])

    def rows(self, part: int) -> Iterator[dict[str, Any]]:
        """Yield the rows of ``search_term``."""
        for row in rows_of_pieces(*self._by_term()):
            yield {"part_id": part, **row}

    def blocks(self, part: int) -> Iterator[dict[str, Any]]:
        """Yield the rows of ``search_order``."""
        ids = np.concatenate(self._ids)[self._order()]
        for block, start in enumerate(range(0, len(ids), BLOCK_SONGS)):
            packed = ids[start : start + BLOCK_SONGS].tobytes()
            yield {"part_id": part, "block": block, "track_ids": packed}

    def _order(self) -> NDArray[np.intp]:
        """Return the places of songs from the most popular to the least, equals by id."""
        return np.argsort(-np.concatenate(self._popularities), kind="stable")

    def _by_term(self) -> tuple[list[str], NDArray[np.intp], Postings]:
        """Return the terms in order, how many postings each has, and the postings, term by term."""
        terms = self._vocabulary.terms
        order = sorted(range(len(terms)), key=terms.__getitem__)
        ranks = np.empty(len(terms), dtype=np.uint64)
        ranks[order] = np.arange(len(terms), dtype=np.uint64) << np.uint64(32)
        numbers = np.empty(self.songs, dtype=np.uint32)
        numbers[self._order()] = np.arange(self.songs, dtype=np.uint32)
        keys = np.concatenate([self._title_keys(ranks, numbers), self._name_keys(ranks, numbers)])
        keys.sort()
        counts = np.bincount((keys >> np.uint64(32)).astype(np.intp), minlength=len(terms))
        return [terms[code] for code in order], counts, keys.astype(np.uint32)

    def _title_keys(self, ranks: NDArray[np.uint64], numbers: Numbers) -> NDArray[np.uint64]:
        lengths = self._titles.lengths()
        postings = np.repeat(pack(numbers, lengths, titles=True), lengths)
        return ranks[self._titles.codes()] | postings

    def _name_keys(self, ranks: NDArray[np.uint64], numbers: Numbers) -> NDArray[np.uint64]:
        names = _concatenated(self._crediting)
        lengths = self._names.lengths()
        starts = (np.cumsum(lengths, dtype=np.int64) - lengths)[names]
        lengths = lengths[names]
        postings = pack(numbers[_concatenated(self._credited)], lengths, titles=False)
        # The words of each credit's name: from its start on, one after the other.
        before = np.repeat(starts - (np.cumsum(lengths, dtype=np.int64) - lengths), lengths)
        codes = self._names.codes()[np.arange(len(before)) + before]
        keys: NDArray[np.uint64] = ranks[codes] | np.repeat(postings, lengths)
        return keys
