"""What every reader yields."""

from __future__ import annotations

from typing import NamedTuple

from spotai.tracks import Track


class Refusal(NamedTuple):
    """A row or line that was not taken, and why. ``line`` counts from 1 in the file."""

    line: int
    reason: str


class PlaylistEntry(NamedTuple):
    """The track of the row before belongs to a playlist; entries come in playlist order."""

    playlist_id: str
    playlist_name: str
    source: str
    track_id: str


Item = Track | PlaylistEntry | Refusal
