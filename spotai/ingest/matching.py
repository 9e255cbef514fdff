"""Which songs of the snapshot the entries of a listener's playlist are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from spotai.errors import DatabaseUnavailableError, TooLargeError
from spotai.formats.rows import Refusal
from spotai.search import Snapshot
from spotai.search.versions import title_keys

MatchedBy = Literal["id", "isrc", "title"]
FindIsrcs = Callable[[Collection[str]], Mapping[str, Sequence[str]]]

KEYS_AT_ONCE: Final = 1_000_000
LONGEST_TEXT: Final = 200

log = logging.getLogger(__name__)


class Listed(Protocol):
    """An entry of a playlist: what it says of its song, empty where it does not."""

    @property
    def line(self) -> int: ...
    @property
    def track_id(self) -> str: ...
    @property
    def isrc(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def artists(self) -> Sequence[str]: ...


class Match(NamedTuple):
    """A song of the snapshot, by its row, and how the entry in ``line`` led to it."""

    row: int
    line: int
    matched_by: MatchedBy


class Unmatched(NamedTuple):
    """An entry that is no song we can use, and why; ``text`` is empty where the line is all."""

    line: int
    text: str
    reason: str


class Matching(NamedTuple):
    """Distinct songs and what was not found, in order of lines; ``duplicates`` came again."""

    matches: list[Match]
    unmatched: list[Unmatched]
    duplicates: int


def match_entries(
    snapshot: Snapshot, entries: Iterable[Listed | Refusal], find_isrcs: FindIsrcs, *, most: int
) -> Matching:
    """Match entries by id, else by ISRC, else by normalised title and first artist.

    Of several songs with one ISRC, or one title and artist, the most popular is taken, then the
    one with the smallest id. ``find_isrcs`` returns ids by ISRC; when it raises
    DatabaseUnavailableError, the other two ways go on and the reasons say so. Raises
    TooLargeError beyond ``most`` entries.
    """
    count = 0
    unmatched: list[Unmatched] = []
    wanted: dict[tuple[str, str, str, tuple[str, ...]], Listed] = {}
    for count, entry in enumerate(entries, start=1):
        if count > most:
            raise TooLargeError(f"at most {most:,} songs are taken at once; split the list")
        if isinstance(entry, Refusal):
            unmatched.append(Unmatched(entry.line, "", entry.reason))
        else:
            key = (entry.track_id, entry.isrc, entry.title, tuple(entry.artists))
            wanted.setdefault(key, entry)
    duplicates = count - len(unmatched) - len(wanted)
    listed = list(wanted.values())
    by_id = snapshot.rows_of([entry.track_id for entry in listed]).tolist()
    left = [entry for entry, row in zip(listed, by_id, strict=True) if row < 0]
    by_isrc, isrcs_known = _rows_by_isrc(snapshot, left, find_isrcs)
    by_title = _rows_by_title(snapshot, [entry for entry in left if entry.isrc not in by_isrc])
    matches: dict[int, Match] = {}
    for entry, row in zip(listed, by_id, strict=True):
        match = _match(entry, row, by_isrc, by_title)
        if match is None:
            reason = _reason(entry, isrcs_known=isrcs_known)
            unmatched.append(Unmatched(entry.line, _text(entry), reason))
        elif match.row in matches:
            duplicates += 1
        else:
            matches[match.row] = match
    return Matching(list(matches.values()), sorted(unmatched, key=lambda u: u.line), duplicates)


def _match(
    entry: Listed, row: int, by_isrc: Mapping[str, int], by_title: Mapping[tuple[str, str], int]
) -> Match | None:
    if row >= 0:
        return Match(row, entry.line, "id")
    if entry.isrc in by_isrc:
        return Match(by_isrc[entry.isrc], entry.line, "isrc")
    if _names(entry) in by_title:
        return Match(by_title[_names(entry)], entry.line, "title")
    return None


def _rows_by_isrc(
    snapshot: Snapshot, entries: Iterable[Listed], find_isrcs: FindIsrcs
) -> tuple[dict[str, int], bool]:
    """Return the row of each ISRC, and whether they could be looked up."""
    isrcs = {entry.isrc for entry in entries if entry.isrc}
    if not isrcs:
        return {}, True
    try:
        found = find_isrcs(isrcs)
    except DatabaseUnavailableError as error:
        log.warning("ISRCs were not looked up", extra={"reason": error.message})
        return {}, False
    rows = {isrc: snapshot.rows_of(ids) for isrc, ids in found.items()}
    best = {isrc: _best(snapshot, known[known >= 0]) for isrc, known in rows.items()}
    return {isrc: row for isrc, row in best.items() if row is not None}, True


def _rows_by_title(snapshot: Snapshot, entries: Iterable[Listed]) -> dict[tuple[str, str], int]:
    """Return the row of each title and first artist.

    The snapshot's keys are read once in their order, a block at a time: an index of them would
    take more memory than the look-ups of a playlist are worth.
    """
    names = sorted({_names(entry) for entry in entries if entry.title and entry.artists})
    if not names:
        return {}
    keys = title_keys([title for title, _ in names], [artist for _, artist in names])
    wanted = np.unique(keys[keys != 0])
    found: list[NDArray[np.intp]] = [np.empty(0, dtype=np.intp)]
    for start in range(0, len(snapshot) if len(wanted) else 0, KEYS_AT_ONCE):
        block = np.asarray(snapshot.title_keys[start : start + KEYS_AT_ONCE])
        places = np.minimum(np.searchsorted(wanted, block), len(wanted) - 1)
        found.append(np.flatnonzero(wanted[places] == block) + start)
    rows = np.concatenate(found)
    its_keys = snapshot.title_keys[rows]
    best = {int(key): _best(snapshot, rows[its_keys == key]) for key in np.unique(its_keys)}
    by_name = ((name, best.get(int(key))) for name, key in zip(names, keys, strict=True))
    return {name: row for name, row in by_name if row is not None}


def _best(snapshot: Snapshot, rows: NDArray[np.intp]) -> int | None:
    """Return the most popular of the songs, then the one with the smallest id."""
    if rows.size == 0:
        return None
    popularity = np.nan_to_num(snapshot.values("popularity", rows), nan=-1)
    return int(rows[np.lexsort((rows, -popularity))[0]])


def _names(entry: Listed) -> tuple[str, str]:
    return entry.title, entry.artists[0] if entry.artists else ""


def _text(entry: Listed) -> str:
    title, artist = _names(entry)
    named = f"{title} – {artist}" if title and artist else title
    return (entry.track_id or named or entry.isrc)[:LONGEST_TEXT]


def _reason(entry: Listed, *, isrcs_known: bool) -> str:
    given = {
        "this id": entry.track_id,
        "this ISRC": entry.isrc if isrcs_known else "",
        "this title and artist": entry.title if entry.artists else "",
    }
    tried = ", ".join(way for way, value in given.items() if value)
    if entry.isrc and not isrcs_known:
        return "its ISRC could not be looked up: the database does not answer; try again later"
    if tried:
        return f"no song of the catalog has {tried}"
    return "it names no artist to look for the title with" if entry.title else "it names no song"
