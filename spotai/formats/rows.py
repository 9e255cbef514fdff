"""What every reader yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from spotai.tracks import Track, TrackRows, rows_of

UNNAMED_SOURCE: Final = "playlist"


class Refusal(NamedTuple):
    """A row or line that was not taken, and why.

    ``line`` counts from 1 in the file; in JSON, which needs no lines, it counts the entries.
    """

    line: int
    reason: str


class PlaylistEntry(NamedTuple):
    """The track of the row before belongs to a playlist; entries come in playlist order.

    ``followers`` are the playlist's, 0 where not known.
    """

    playlist_id: str
    playlist_name: str
    source: str
    track_id: str
    followers: int = 0


class ListedTrack(NamedTuple):
    """A track as a playlist file tells it, for matching; ``line`` as in ``Refusal``.

    ``track_id`` is empty where the file has no Spotify id (a local file, say), ``isrc`` where it
    has none. Playlist id and name are empty for files that hold no playlist.
    """

    line: int
    track_id: str = ""
    isrc: str = ""
    title: str = ""
    artists: tuple[str, ...] = ()
    playlist_id: str = ""
    playlist_name: str = ""


class Listing(NamedTuple):
    """The playlist a file is, and the name of the source that its rows get.

    ``followers`` is 0 where not known.
    """

    id: str
    name: str
    source: str
    followers: int = 0

    def entry(self, track_id: str) -> PlaylistEntry:
        """Return a track's place in the playlist."""
        return PlaylistEntry(self.id, self.name, self.source, track_id, self.followers)


Item = Track | PlaylistEntry | ListedTrack | Refusal
# What one line gives, with its number. Among the items a ListedTrack is one without an id.
Row = tuple[int, Sequence[Item]]
Rows = Iterator[Row]


@dataclass(slots=True)
class Block:
    """Some consecutive lines of a file, for whoever stores it.

    ``entries`` come in playlist order; ``refusals`` by line, tracks that have no id among them.
    """

    tracks: TrackRows
    entries: list[PlaylistEntry]
    refusals: list[Refusal]


def listed(line: int, track: Track, listing: Listing) -> Sequence[Item]:
    """Return the items of a playlist's track: to be stored when it has an id, else matched."""
    if track.id:
        return track, listing.entry(track.id)
    artists = tuple(artist.name for artist in track.artists)
    if not (track.isrc or track.title):
        return (Refusal(line, "names no track: neither Spotify id, nor ISRC, nor title"),)
    return (ListedTrack(line, "", track.isrc, track.title, artists, listing.id, listing.name),)


def block_of(items: Iterable[Item]) -> Block:
    """Return items as a block."""
    tracks, entries, refusals = [], [], []
    for item in items:
        match item:
            case Track():
                tracks.append(item)
            case PlaylistEntry():
                entries.append(item)
            case ListedTrack():
                what = f"{item.title[:60]!r} has no Spotify id to be stored under"
                refusals.append(Refusal(item.line, what))
            case Refusal():
                refusals.append(item)
    return Block(rows_of(tracks), entries, refusals)
