"""Made-up rows for the tests of the catalog."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spotai.features import FEATURES
from spotai.tracks import Album, Artist, Track


def song_id(number: int, prefix: str = "song") -> str:
    return f"{prefix}{number:0{22 - len(prefix)}}"


def complete_song(number: int = 1, **changes: Any) -> Track:
    """A song of which everything is known; its numbers follow from ``number``."""
    song = Track(
        id=song_id(number),
        source="kaggle600k",
        title=f"Song {number}",
        artists=(Artist(song_id(number, "artist"), f"Artist {number}"),),
        album=Album(song_id(number, "album"), f"Album {number}"),
        release_date="1999-12-31",
        explicit=number % 2 == 0,
        genres=("pop", "rock"),
        artwork=f"https://example.org/{number}.jpg",
        features={f.name: (f.minimum + number % 2) if f.integer else f.maximum for f in FEATURES}
        | {"release_year": 1999.0, "time_signature": 4.0},
        isrc=f"XXTST{number:07d}",
    )
    return replace(song, **changes)
