"""Songs as the HTTP API answers them: found in the catalog, searched, or imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from spotai.catalog.stored import StoredTrack
from spotai.ingest.matching import Match, MatchedBy, Matching
from spotai.search import Snapshot
from spotai.search.generation import Song
from spotai.tracks import DEMO_PREFIX

# Whole-number features stay whole: 2019, not 2019.0.
Number = int | float

TRACK_URL: Final = "https://open.spotify.com/track/"


class TrackQuery(BaseModel):
    """Words to find songs by, and which part of the songs; read from the query string."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(min_length=1, max_length=200)
    limit: int = Field(20, ge=1, le=50)
    offset: int = Field(0, ge=0, le=1_000)


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class ArtistAnswer(Answer):
    id: str
    name: str


class AlbumAnswer(Answer):
    name: str


class TrackAnswer(Answer):
    """A song of the snapshot. ``demo`` songs are made up and have no ``url``."""

    id: str
    name: str
    artists: tuple[ArtistAnswer, ...]
    album: AlbumAnswer
    artwork: str | None
    release_date: str | None
    explicit: bool | None
    genres: tuple[str, ...]
    features: dict[str, Number | None]
    demo: bool
    url: str | None

    @classmethod
    def of(cls, song: Song) -> Self:
        return cls(**track_fields(song))


def track_fields(song: Song | StoredTrack) -> dict[str, Any]:
    """Return the fields of a ``TrackAnswer``."""
    demo = song.id.startswith(DEMO_PREFIX)
    return {
        "id": song.id,
        "name": song.title,
        "artists": tuple(map(ArtistAnswer.model_validate, song.artists)),
        "album": AlbumAnswer(name=song.album),
        "artwork": song.artwork or None,
        "release_date": song.release_date or None,
        "explicit": song.explicit,
        "genres": song.genres,
        "features": song.values,
        "demo": demo,
        "url": None if demo else f"{TRACK_URL}{song.id}",
    }


class FoundTrackAnswer(Answer):
    """A song of the catalog in a list; it can be recommended from when it is ``in_snapshot``."""

    id: str
    name: str
    artists: tuple[ArtistAnswer, ...]
    album: AlbumAnswer
    release_date: str | None
    explicit: bool | None
    popularity: Number | None
    demo: bool
    url: str | None
    in_snapshot: bool

    @classmethod
    def of(cls, stored: StoredTrack, *, in_snapshot: bool) -> Self:
        described = {k: v for k, v in track_fields(stored).items() if k in cls.model_fields}
        return cls(**described, popularity=stored.values["popularity"], in_snapshot=in_snapshot)


class TracksAnswer(Answer):
    """One page of songs, best match first, and whether there are more."""

    items: tuple[FoundTrackAnswer, ...]
    more: bool


class CatalogTrackAnswer(TrackAnswer):
    """All the catalog knows of a song; ``isrc`` is the code of the recording."""

    isrc: str | None
    in_snapshot: bool

    @classmethod
    def of_stored(cls, stored: StoredTrack, *, in_snapshot: bool) -> Self:
        return cls(**track_fields(stored), isrc=stored.isrc or None, in_snapshot=in_snapshot)


class UnmatchedAnswer(Answer):
    """A part of ``line`` (from 1) that is no song we can use, and why."""

    line: int
    text: str
    reason: str


class ImportedTrackAnswer(TrackAnswer):
    """A song, the ``line`` it was first named in, and what it was recognised by."""

    line: int
    matched_by: MatchedBy

    @classmethod
    def of_match(cls, match: Match, song: Song) -> Self:
        return cls(**track_fields(song), line=match.line, matched_by=match.matched_by)


class ImportAnswer(Answer):
    """Distinct songs in the order given; ``duplicates`` counts those given again."""

    tracks: tuple[ImportedTrackAnswer, ...]
    unmatched: tuple[UnmatchedAnswer, ...]
    duplicates: int

    @classmethod
    def of(cls, snapshot: Snapshot, found: Matching, lines: Sequence[str] = ()) -> Self:
        """``lines`` are those of a pasted text as they are shown where a piece was refused."""
        return cls(
            tracks=tuple(
                ImportedTrackAnswer.of_match(match, snapshot.song(match.row))
                for match in found.matches
            ),
            unmatched=_unmatched(found, lines),
            duplicates=found.duplicates,
        )


class KnownBySpotifyAnswer(Answer):
    """What Spotify knows that a listener knows: so many ``songs``, once ``complete``.

    ``done`` of ``total`` entries of their lists are read. ``lacks`` are lists that the login does
    not cover: ``liked``, ``recent``, ``top``. ``problem`` says what is in the way now.
    """

    songs: int
    complete: bool
    done: int
    total: int
    lacks: tuple[str, ...]
    problem: str | None


class KnownAnswer(Answer):
    """``songs``: how many were added as known to the listener; ``spotify`` with a login there."""

    songs: int
    spotify: KnownBySpotifyAnswer | None = None


class KnownAddedAnswer(Answer):
    """``songs``: how many are known now; ``added``: how many of those given were not before."""

    songs: int
    added: int
    unmatched: tuple[UnmatchedAnswer, ...]

    @classmethod
    def of(cls, found: Matching, lines: Sequence[str], *, added: int, songs: int) -> Self:
        return cls(songs=songs, added=added, unmatched=_unmatched(found, lines))


def _unmatched(found: Matching, lines: Sequence[str]) -> tuple[UnmatchedAnswer, ...]:
    return tuple(
        UnmatchedAnswer(line=line, text=text or "".join(lines[line - 1 : line]), reason=reason)
        for line, text, reason in found.unmatched
    )
