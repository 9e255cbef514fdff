"""Playlists as the HTTP API answers them: those of the catalog, and an account's on Spotify."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal, Self

from pydantic import Field

from spotai.api.schemas import Page
from spotai.api.track_schemas import Answer, TrackAnswer, UnmatchedAnswer
from spotai.catalog.playlists import Kind, Playlist, PlaylistSummary
from spotai.catalog.readings import Reading
from spotai.ingest.listed_songs import LookedUp, Skipped
from spotai.ingest.reading import Shelved, Unreadable
from spotai.search import Snapshot
from spotai.spotify.shapes import Entry

Source = Literal["demo", "catalog", "spotify"]

_NO_SONG: Final = {
    "local": "a file of your own, which Spotify does not know",
    "episode": "an episode of a podcast",
    "removed": "Spotify has removed it",
}


class PlaylistsQuery(Page):
    """``source`` ``catalog`` asks for the catalog's playlists also when logged in with Spotify."""

    source: Literal["catalog", "spotify"] | None = Field(None)


class PlaylistSummaryAnswer(Answer):
    """A playlist in a list; ``tracks`` is their number, ``followers`` 0 where not known.

    Of one on Spotify: ``owner`` by name, and ``own`` when that is who asks. ``unreadable`` says why
    its songs cannot be read: ``followed``, as Spotify lets only its owner and collaborators read
    it; ``scope``, as the login does not cover it: /login?scope=known asks for that.
    ``made_here``: it was saved from here, and can be replaced by another save.
    """

    id: str
    name: str
    description: str
    followers: int
    tracks: int
    owner: str | None = None
    own: bool = False
    unreadable: Unreadable | None = None
    made_here: bool = False
    artwork: str | None = None

    @classmethod
    def of_shelved(cls, shelved: Shelved, *, made_here: bool) -> Self:
        listed = shelved.listed
        return cls(
            id=listed.id,
            name=listed.name,
            description=listed.description,
            followers=0,
            tracks=listed.tracks,
            owner=listed.owner or None,
            own=shelved.own,
            unreadable=shelved.unreadable,
            made_here=made_here,
            artwork=listed.artwork or None,
        )


class PlaylistsAnswer(Answer):
    """One page of playlists. ``source`` is ``demo`` while the catalog is made up."""

    items: tuple[PlaylistSummaryAnswer, ...]
    total: int
    limit: int
    offset: int
    source: Source

    @classmethod
    def of(
        cls, playlists: Iterable[PlaylistSummary], page: Page, *, total: int, source: Kind
    ) -> Self:
        return cls(
            items=tuple(map(PlaylistSummaryAnswer.model_validate, playlists)),
            total=total,
            limit=page.limit,
            offset=page.offset,
            source=source,
        )

    @classmethod
    def of_shelf(cls, shelf: Sequence[Shelved], page: Page, made: Collection[str]) -> Self:
        """``made`` are the ids of those that were saved from here."""
        shown = shelf[page.offset : page.offset + page.limit]
        return cls(
            items=tuple(
                PlaylistSummaryAnswer.of_shelved(one, made_here=one.listed.id in made)
                for one in shown
            ),
            total=len(shelf),
            limit=page.limit,
            offset=page.offset,
            source="spotify",
        )


class SkippedAnswer(Answer):
    """How many entries are no songs to start from: files of the listener's own, episodes, what
    Spotify has removed, songs that come again, and songs that the catalog cannot search."""

    local: int
    episode: int
    removed: int
    duplicate: int
    unknown: int


class ReadingAnswer(Answer):
    """How far a playlist is read from Spotify: ``done`` of ``total`` entries."""

    done: int
    total: int


class PlaylistAnswer(Answer):
    """A playlist with one page of its tracks.

    ``total`` counts all entries, ``unknown`` holds the ids of this page that the snapshot has not.
    Of one on Spotify ``unmatched`` says of each entry of this page that is no song we can use why,
    and ``skipped`` how many there are in all. ``reading`` is null once it is read to its end: until
    then ask again, and ``tracks`` are those read so far, or those of the older state.
    """

    id: str
    name: str
    description: str
    followers: int
    source: Source
    tracks: tuple[TrackAnswer, ...]
    unknown: tuple[str, ...]
    total: int
    limit: int
    offset: int
    owner: str | None = None
    own: bool = False
    artwork: str | None = None
    unmatched: tuple[UnmatchedAnswer, ...] = ()
    skipped: SkippedAnswer | None = None
    reading: ReadingAnswer | None = None

    @classmethod
    def of(cls, playlist: Playlist, page: Page, snapshot: Snapshot) -> Self:
        ids = playlist.track_ids[page.offset : page.offset + page.limit]
        found = list(zip(ids, snapshot.rows_of(ids).tolist(), strict=True))
        return cls(
            id=playlist.id,
            name=playlist.name,
            description=playlist.description,
            followers=playlist.followers,
            source=playlist.kind,
            tracks=tuple(TrackAnswer.of(snapshot.song(row)) for _, row in found if row >= 0),
            unknown=tuple(track_id for track_id, row in found if row < 0),
            total=len(playlist.track_ids),
            limit=page.limit,
            offset=page.offset,
        )

    @classmethod
    def of_read(
        cls,
        shelved: Shelved,
        reading: Reading,
        entries: Sequence[Entry],
        found: LookedUp,
        skipped: Skipped | None,
        page: Page,
        snapshot: Snapshot,
    ) -> Self:
        """``entries`` are those of the page, ``found`` the songs they are."""
        listed = shelved.listed
        rows = [match.row for match in found.matching.matches]
        unknown = {one.line for one in found.matching.unmatched}
        return cls(
            id=listed.id,
            name=listed.name,
            description=listed.description,
            followers=0,
            source="spotify",
            tracks=tuple(map(TrackAnswer.of, snapshot.songs(rows))),
            unknown=tuple(entries[line - 1].id for line in sorted(unknown)),
            total=reading.total if reading.goes_on else reading.done,
            limit=page.limit,
            offset=page.offset,
            owner=listed.owner or None,
            own=shelved.own,
            artwork=listed.artwork or None,
            unmatched=tuple(
                UnmatchedAnswer(
                    line=page.offset + line,
                    text=_text(entry),
                    reason=_NO_SONG.get(entry.kind, "no song of the catalog is this one"),
                )
                for line, entry in enumerate(entries, start=1)
                if entry.kind != "song" or line in unknown
            ),
            skipped=None if skipped is None else SkippedAnswer.model_validate(skipped),
            reading=ReadingAnswer(done=reading.done, total=reading.total)
            if reading.goes_on
            else None,
        )


def _text(entry: Entry) -> str:
    artists = ", ".join(entry.artists)
    return f"{entry.title} – {artists}" if artists else entry.title
