"""What the stand-in remembers while it runs: playlists as they change, songs, and the time."""

from __future__ import annotations

import base64
import re
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from spotai.spotify.standin.cast import (
    Entry,
    Episode,
    Listener,
    Named,
    Playlist,
    Song,
    Stage,
    made_id,
)
from spotai.spotify.standin.grants import Grants
from spotai.spotify.standin.refusals import RefusedError

_PLAYABLE: Final = re.compile(r"spotify:(track|episode):([0-9A-Za-z]{22})")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at its place in a playlist: when it was added (unix seconds), and by whom."""

    entry: Entry
    added_at: int
    added_by: str


@dataclass(slots=True)
class LivePlaylist:
    """A playlist that changes; each change has another ``snapshot_id``."""

    id: str
    owner: str
    name: str
    description: str
    public: bool
    collaborative: bool
    collaborators: tuple[str, ...] = ()
    places: list[Placed] = field(default_factory=list)
    changes: int = 0
    snapshot_id: str = ""

    def __post_init__(self) -> None:
        self.changed()

    def changed(self) -> None:
        self.changes += 1
        text = f"{self.changes},{secrets.token_hex(20)}"
        self.snapshot_id = base64.b64encode(text.encode()).decode()

    def open_to(self, listener: str) -> bool:
        """Whether a listener may read and change the entries."""
        return listener == self.owner or listener in self.collaborators


class World:
    """Everything behind the calls. Who reads or changes it holds ``lock``."""

    def __init__(self, stage: Stage, address: str) -> None:
        self.lock: Final = threading.RLock()
        self.address: Final = address
        self.client_id: Final = stage.client_id
        self.redirect_uri: Final = stage.redirect_uri
        self.old_shape = stage.old_shape
        self.listeners: Final = {listener.id: listener for listener in stage.listeners}
        self.grants: Final = Grants(self.now)
        self.playlists: Final[dict[str, LivePlaylist]] = {}
        self.shelves: Final[dict[str, list[str]]] = {}  # whose list shows which playlists
        self.songs: Final = {song.id: song for song in _songs_of(stage)}
        self.episodes: Final[dict[str, Episode]] = {}
        self._ahead = 0.0
        for listener in stage.listeners:
            own = [self._place(listener, playlist) for playlist in listener.playlists]
            self.shelves[listener.id] = [*own, *listener.follows]

    def now(self) -> float:
        """The time in unix seconds, which tests may move on."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds

    def create(self, owner: str, name: str, description: str, **kind: bool) -> LivePlaylist:
        """Make an empty playlist and show it first among the owner's."""
        made = LivePlaylist(
            id=made_id(owner, name, secrets.token_hex(16)),
            owner=owner,
            name=name,
            description=description,
            public=kind["public"],
            collaborative=kind["collaborative"],
        )
        self.playlists[made.id] = made
        self.shelves[owner].insert(0, made.id)
        return made

    def find(self, uris: Sequence[str], adder: str) -> list[Placed]:
        """Return what stands behind URIs, added now. Raises RefusedError for what is no URI of a
        track or an episode; ids nobody has said anything about are taken too.
        """
        return [Placed(self._entry(uri), int(self.now()), adder) for uri in uris]

    def _entry(self, uri: str) -> Entry:
        parts = _PLAYABLE.fullmatch(uri)
        if parts is None:
            raise RefusedError(400, f"Unsupported URL / URI: {uri[:100]}")
        kind, id_ = parts.groups()
        if kind == "episode":
            return self.episodes.setdefault(id_, Episode(id_, f"Episode {id_}", "A show"))
        return self.songs.get(id_) or unheard(id_)

    def _place(self, owner: Listener, playlist: Playlist) -> str:
        added = int(self.now()) - 86_400
        for entry in playlist.entries:
            if isinstance(entry, Episode):
                self.episodes[entry.id] = entry
        self.playlists[playlist.id] = LivePlaylist(
            id=playlist.id,
            owner=owner.id,
            name=playlist.name,
            description=playlist.description,
            public=playlist.public,
            collaborative=playlist.collaborative,
            collaborators=playlist.collaborators,
            places=[Placed(entry, added, owner.id) for entry in playlist.entries],
        )
        return playlist.id


def unheard(id_: str) -> Song:
    """Return a song that the stand-in knows nothing of but its id."""
    return Song(id_, f"Song {id_}", (Named(made_id(id_, 0), "?"),), Named(made_id(id_, 1), "?"))


def _songs_of(stage: Stage) -> Iterator[Song]:
    yield from stage.songs
    for listener in stage.listeners:
        for songs in (listener.liked, listener.top, listener.recent):
            yield from songs
        for playlist in listener.playlists:
            yield from (entry for entry in playlist.entries if isinstance(entry, Song))
