"""Listeners for the stand-in Spotify, whose playlists are of the songs in the catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from typing import Final, NamedTuple

from spotai.catalog.engine import Connection
from spotai.catalog.playlists import Playlist as StoredPlaylist
from spotai.catalog.playlists import get_playlist, list_playlists
from spotai.catalog.stored import StoredTrack, get_tracks
from spotai.catalog.tracks import first_ids
from spotai.errors import NoKnownTracksError
from spotai.spotify.standin import Entry, Episode, Listener, LocalFile, Named, Playlist, Song
from spotai.spotify.standin.cast import made_id

KNOWN_SONGS: Final = 10_000
PLAYLISTS: Final = 12
LONGEST: Final = 500
LONG_PLAYLIST: Final = 10_000
_LISTENERS: Final = (("standin-ada", "Ada"), ("standin-ben", "Ben"), ("standin-cleo", "Cleo"))


class Cast(NamedTuple):
    """Listeners, and the songs of the catalog that the stand-in knows by name."""

    listeners: tuple[Listener, ...]
    songs: tuple[Song, ...]


def listeners_of(conn: Connection) -> Cast:
    """Return three listeners who share the catalog's playlists, always the same for a catalog.

    The first one also has a playlist of 10,000 entries, one of everything that is no song, an
    empty one, one that all three may change, and follows one of the second one's. Raises
    NoKnownTracksError when the catalog is empty.
    """
    songs = {song.id: song for song in _songs(conn, first_ids(conn, KNOWN_SONGS))}
    if not songs:
        raise NoKnownTracksError(
            "the catalog holds no songs; make some up with `python -m spotai demo`, or load real "
            "ones with `python -m spotai load FILE`"
        )
    listed, _ = list_playlists(conn, PLAYLISTS)
    stored = [get_playlist(conn, one.id) for one in listed]
    wanted = [id_ for one in stored for id_ in one.track_ids[:LONGEST] if id_ not in songs]
    songs.update((song.id, song) for song in _songs(conn, wanted))
    return Cast(_listeners(stored, songs), tuple(songs.values()))


def _listeners(stored: Sequence[StoredPlaylist], songs: Mapping[str, Song]) -> tuple[Listener, ...]:
    every = list(songs.values())
    shares = [
        [_playlist(one, id_, songs) for one in stored[n :: len(_LISTENERS)]]
        for n, (id_, _) in enumerate(_LISTENERS)
    ]
    (ada, ben, cleo), (first, second, third) = shares, (id_ for id_, _ in _LISTENERS)
    ada += _oddities(first, every, collaborators=(second, third))
    shared = _list(second, "Ours", every[:5], collaborative=True, collaborators=(first, third))
    open_one = _list(second, "Ben's open list", every[5:25], public=True)
    ben += [open_one, shared]
    libraries = (
        (ada, (open_one.id, shared.id)),
        (ben, ()),
        (cleo, (shared.id,)),
    )
    return tuple(
        Listener(
            id=id_,
            name=f"{name} (made up)",
            account_id=made_id("account", id_),
            playlists=tuple(own),
            follows=follows,
            liked=tuple(every[n::40][:240]),
            top=tuple(every[n::97][:99]),
            recent=tuple(every[n::61][:50]),
        )
        for n, ((id_, name), (own, follows)) in enumerate(zip(_LISTENERS, libraries, strict=True))
    )


def _oddities(owner: str, songs: Sequence[Song], collaborators: tuple[str, ...]) -> list[Playlist]:
    few = songs[:8]
    odd: list[Entry] = [
        *few,
        None,
        LocalFile("A tape from the attic", "Somebody", "Tape 3", 221_000),
        Episode(made_id("episode", 1), "About songs", "A made-up show", 1_800_000),
        few[0],
        few[-1],
        None,
    ]
    return [
        _list(owner, "Odds and ends", odd, text="Songs, some twice, and what is no song."),
        # Of a tenth of the songs: the listener knows them all, and is to find others.
        _list(owner, "Over and over", list(islice(cycle(songs[::10]), LONG_PLAYLIST))),
        _list(owner, "Nothing yet", []),
        _list(owner, "Open to all", few, collaborative=True, collaborators=collaborators),
    ]


def _list(
    owner: str,
    name: str,
    entries: Sequence[Entry],
    *,
    text: str = "",
    public: bool = False,
    collaborative: bool = False,
    collaborators: tuple[str, ...] = (),
) -> Playlist:
    return Playlist(
        id=made_id("playlist", owner, name),
        name=name,
        entries=tuple(entries),
        description=text,
        public=public,
        collaborative=collaborative,
        collaborators=collaborators,
    )


def _playlist(one: StoredPlaylist, owner: str, songs: Mapping[str, Song]) -> Playlist:
    entries = [songs[id_] for id_ in one.track_ids[:LONGEST] if id_ in songs]
    return Playlist(
        id=made_id("playlist", owner, one.id),
        name=one.name or "A playlist without a name",
        entries=tuple(entries),
        description=one.description,
    )


def _songs(conn: Connection, ids: Sequence[str]) -> list[Song]:
    return [_song(stored) for stored in get_tracks(conn, list(dict.fromkeys(ids)))]


def _song(stored: StoredTrack) -> Song:
    artists = tuple(Named(artist.id, artist.name) for artist in stored.artists)
    album_id = stored.album_id or made_id("album", stored.id)
    return Song(
        id=stored.id,
        name=stored.title,
        artists=artists,
        album=Named(album_id, stored.album),
        duration_ms=int(stored.values["duration_ms"] or 0),
        release_date=stored.release_date,
        explicit=bool(stored.explicit),
        isrc=stored.isrc,
        artwork=stored.artwork,
    )
