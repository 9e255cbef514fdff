"""Which songs of the catalog the entries of a list on Spotify are, and what is left out of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from spotai.formats.rows import ListedTrack
from spotai.ingest.matching import FindIsrcs, Matching, match_entries
from spotai.search import Snapshot
from spotai.spotify.shapes import Entry


@dataclass(frozen=True, slots=True)
class Skipped:
    """How many entries are no songs to start from, by why.

    Files of the listener's own, episodes of podcasts, what was removed from Spotify, songs that
    come again, and songs that the catalog cannot search.
    """

    local: int = 0
    episode: int = 0
    removed: int = 0
    duplicate: int = 0
    unknown: int = 0

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The distinct songs of a list in its order: the ids the catalog has them by, and Spotify's
    for those that it cannot search. ``matching`` counts entries from 1 as lines."""

    track_ids: tuple[str, ...]
    skipped: Skipped
    matching: Matching


def look_up(snapshot: Snapshot, entries: Sequence[Entry], find_isrcs: FindIsrcs) -> LookedUp:
    """Look the songs of a list up in the snapshot: by id, else by ISRC, else by title and artist.

    ``find_isrcs`` as for ``match_entries``.
    """
    songs = [
        ListedTrack(line, entry.id, entry.isrc, entry.title, entry.artists)
        for line, entry in enumerate(entries, start=1)
        if entry.kind == "song"
    ]
    matching = match_entries(snapshot, songs, find_isrcs, most=len(songs))
    rows = [match.row for match in matching.matches]
    found = zip(matching.matches, snapshot.ids[rows].tolist(), strict=True)
    by_line = {match.line: track_id.decode() for match, track_id in found}
    unknown = {one.line: entries[one.line - 1].id for one in matching.unmatched}
    track_ids = [track_id for _, track_id in sorted((by_line | unknown).items())]
    kinds = Counter(entry.kind for entry in entries)
    skipped = Skipped(
        local=kinds["local"],
        episode=kinds["episode"],
        removed=kinds["removed"],
        duplicate=matching.duplicates,
        unknown=len(unknown),
    )
    return LookedUp(tuple(dict.fromkeys(track_ids)), skipped, matching)
