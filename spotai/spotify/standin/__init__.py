"""A stand-in for Spotify: accounts and Web API over HTTP on this machine, in a process of its own.

It is for trying things without a Spotify app, and for tests. Shapes and limits are those of
Spotify; docs/decisions/0020-spotify-standin.md says where it knows better than the published
description, and what it leaves out.
"""

from spotai.spotify.standin.cast import (
    Entry,
    Episode,
    Listener,
    LocalFile,
    Named,
    Playlist,
    Song,
)
from spotai.spotify.standin.process import Call, Standin

__all__ = [
    "Call",
    "Entry",
    "Episode",
    "Listener",
    "LocalFile",
    "Named",
    "Playlist",
    "Song",
    "Standin",
]
