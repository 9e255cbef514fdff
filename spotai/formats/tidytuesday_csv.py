"""The TidyTuesday table of 2020-01-21: one row per playlist entry, with the track's features.

It has no time signature. The track repeats for every playlist that holds it.
"""

from __future__ import annotations

from typing import Final

from spotai.features import FEATURES
from spotai.formats import cells
from spotai.formats.rows import Item, PlaylistEntry
from spotai.formats.table import Layout, Row
from spotai.tracks import Track

SOURCE: Final = "tidytuesday"
_FEATURES: Final = tuple(
    (f, "track_popularity" if f.name == "popularity" else f.name)
    for f in FEATURES
    if f.group not in {"release", "meter"}
)


def _read(row: Row, _source: str) -> list[Item]:
    artists = cells.artists([artist] if (artist := cells.name(row["track_artist"])) else [])
    date = cells.release_date(row["track_album_release_date"])
    track = Track(
        id=cells.track_id(row["track_id"]),
        source=SOURCE,
        title=cells.name(row["track_name"]),
        artists=artists,
        album=cells.album(row["track_album_id"], row["track_album_name"], artists),
        release_date=date,
        genres=cells.genres("; ".join((row["playlist_genre"], row["playlist_subgenre"]))),
        features=cells.features(row, _FEATURES, date),
    )
    playlist_id = cells.playlist_id(row["playlist_id"])
    return [track, PlaylistEntry(playlist_id, cells.name(row["playlist_name"]), SOURCE, track.id)]


LAYOUT: Final = Layout(
    name="tidytuesday",
    needed=(
        "track_id",
        "track_name",
        "track_artist",
        "track_album_id",
        "track_album_name",
        "track_album_release_date",
        "playlist_name",
        "playlist_id",
        "playlist_genre",
        "playlist_subgenre",
        *(column for _, column in _FEATURES),
    ),
    read=_read,
)
