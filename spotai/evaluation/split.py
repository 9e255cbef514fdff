"""Playlists cut in two: the half that is shown, and the half that is to be found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from spotai.errors import InputError
from spotai.formats.recognise import read_playlist
from spotai.formats.rows import ListedTrack

SEED: Final = 1
FEWEST_SONGS: Final = 20
MOST_SONGS: Final = 1_000
LARGEST_FILE: Final = 2**30


@dataclass(frozen=True, slots=True)
class Split:
    """A playlist's songs by row: ``seeds`` to go by, ``hidden`` ones to find, both distinct."""

    playlist_id: str
    seeds: NDArray[np.intp]
    hidden: NDArray[np.intp]


def read_playlists(path: Path) -> dict[str, list[str]]:
    """Return the track ids of each playlist of a file. Raises FormatError and TooLargeError."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in read_playlist(path, largest=LARGEST_FILE):
        if isinstance(entry, ListedTrack) and entry.track_id:
            found[entry.playlist_id].append(entry.track_id)
    return found


def split_playlists(
    playlists: Mapping[str, Sequence[str]], song_of: Mapping[str, int]
) -> list[Split]:
    """Split each playlist of 20 to 1,000 distinct known songs, in order of playlist id.

    Raises InputError when there is none.
    """
    splits = []
    for playlist_id, tracks in sorted(playlists.items()):
        songs = {song_of[track] for track in tracks if track in song_of}
        if FEWEST_SONGS <= len(songs) <= MOST_SONGS:
            splits.append(split(playlist_id, songs))
    if not splits:
        raise InputError(
            f"none of the {len(playlists):,} playlists has {FEWEST_SONGS} to {MOST_SONGS:,} of "
            "these songs; name playlists of the songs, or songs of another source (--source)"
        )
    return splits


def split(playlist_id: str, songs: Collection[int]) -> Split:
    """Hide half of a playlist's songs: which, only its id and their order of rows decide."""
    shuffled = np.array(sorted(songs), dtype=np.intp)
    np.random.default_rng([SEED, crc32(playlist_id.encode())]).shuffle(shuffled)
    half = len(shuffled) // 2
    return Split(playlist_id, seeds=shuffled[half:], hidden=shuffled[:half])
