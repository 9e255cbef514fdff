"""Who plays in the stand-in: listeners, their playlists, and songs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field, TypeAdapter

ID_LENGTH: Final = 22
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Named(NamedTuple):
    """An artist or an album."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Song:
    """A track. ``release_date`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, empty if not known."""

    id: str
    name: str
    artists: tuple[Named, ...]
    album: Named
    duration_ms: int = 0
    release_date: str = ""
    explicit: bool = False
    isrc: str = ""
    artwork: str = ""
    kind: Literal["track"] = "track"

    @property
    def uri(self) -> str:
        return f"spotify:track:{self.id}"


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode of a podcast."""

    id: str
    name: str
    show: str
    duration_ms: int = 0
    kind: Literal["episode"] = "episode"

    @property
    def uri(self) -> str:
        return f"spotify:episode:{self.id}"


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file on the listener's own machine: Spotify knows its tags and gives it no id."""

    name: str
    artist: str = ""
    album: str = ""
    duration_ms: int = 0
    kind: Literal["local"] = "local"

    @property
    def uri(self) -> str:
        said = (self.artist, self.album, self.name, str(self.duration_ms // 1000))
        return "spotify:local:" + ":".join(part.replace(" ", "+") for part in said)


Entry = Annotated[Song | Episode | LocalFile, Field(discriminator="kind")] | None
"""What stands in a playlist; None is something that Spotify has taken away."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist; ``collaborators`` are ids of other listeners who may read and change it."""

    id: str
    name: str
    entries: tuple[Entry, ...] = ()
    description: str = ""
    public: bool = False
    collaborative: bool = False
    collaborators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listener:
    """A person with an account; ``recent`` has the latest first.

    ``account_id`` is None where Spotify does not tell it. ``follows`` are ids of playlists of
    others. ``listed`` is false for somebody who is not on the list of people that the app in
    development mode is open to: such a person can log in, and every call is refused.
    """

    id: str
    name: str
    account_id: str | None = None
    playlists: tuple[Playlist, ...] = ()
    follows: tuple[str, ...] = ()
    liked: tuple[Song, ...] = ()
    top: tuple[Song, ...] = ()
    recent: tuple[Song, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Stage:
    """All that a stand-in is started with.

    ``songs`` are further songs that it knows. ``old_shape`` is how apps with extended quota still
    see playlists: ``tracks`` and ``track`` for ``items`` and ``item``. Without a ``control_key``
    nobody can order faults.
    """

    listeners: tuple[Listener, ...]
    client_id: str
    redirect_uri: str
    port: int = 0
    songs: tuple[Song, ...] = ()
    old_shape: bool = False
    control_key: str | None = None


STAGE: Final = TypeAdapter(Stage)


def made_id(*parts: object) -> str:
    """Return an id of Spotify's form, the same for the same parts."""
    number = int.from_bytes(hashlib.sha256(repr(parts).encode()).digest())
    digits = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(digits)
