"""Small tables of songs made by hand."""

from __future__ import annotations

from spotai.evaluation.songs import SongTable, table_of
from spotai.tracks import Artist, Track
from tests.made_songs import PLAIN, artist_id, song_id


def song(
    number: int,
    title: str,
    artist: str = "Anna",
    *,
    source: str = "one",
    **features: float,
) -> Track:
    """A song whose audio values are its own unless ``features`` says them."""
    own = {"tempo": 100 + number, "loudness": -5 - number / 10}
    known = {name: float(value) for name, value in PLAIN.items()}
    return Track(
        id=song_id(number),
        source=source,
        title=title,
        artists=(Artist(artist_id(artist), artist),),
        features=known | own | features,
    )


def table(*songs: Track) -> SongTable:
    return table_of(songs)
