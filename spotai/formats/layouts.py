"""Every table SpotAI reads: which column means what. docs/formats.md is the list for people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from spotai.features import FEATURES
from spotai.formats import cells
from spotai.formats.rows import UNNAMED_SOURCE
from spotai.formats.table import Layout

_FEATURES: Final = {f.name: f.name for f in FEATURES if f.group != "release"}


def _features(*without: str) -> dict[str, str]:
    return {name: column for name, column in _FEATURES.items() if name not in without}


def _literals(text: str, _ids: Collection[str]) -> list[str]:
    return cells.literal_names(text)


def _semicolons_and_blanks(text: str, _ids: Collection[str]) -> list[str]:
    return cells.names(text, "; ")


def _semicolons(text: str, _ids: Collection[str]) -> list[str]:
    return cells.names(text, ";")


_EXPORTIFY_FEATURES: Final = {
    name: name.replace("_", " ").title() for name in _features("duration_ms")
} | {"duration_ms": "Duration (ms)|Track Duration (ms)"}

TRACK_IDS: Final = Layout(
    name="track-ids", source=UNNAMED_SOURCE, columns={"id": "track_id"}, playlist="file"
)

LAYOUTS: Final[tuple[Layout, ...]] = (
    Layout(
        name="songs",
        columns={
            "id": "track_id", "title": "name", "artists": "artists", "album_id": "album_id",
            "album": "album_name", "date": "release_date", "explicit": "explicit",
            "genres": "genre", "artwork": "artwork", "isrc": "isrc", "source": "source",
        },
        features=_features(),
        optional={
            "album_id", "album", "date", "explicit", "genres", "artwork", "isrc", "source",
        },
        artists=_semicolons_and_blanks,
    ),
    Layout(
        name="playlists",
        columns={
            "id": "track_id", "playlist_id": "playlist_id", "playlist_name": "playlist_name",
            "playlist_followers": "playlist_followers|num_followers",
        },
        optional={"playlist_name", "playlist_followers"},
        playlist="row",
        ignored=("position",),
    ),
    TRACK_IDS,
    Layout(
        name="kaggle-1.2m",
        source="kaggle1.2M",
        columns={
            "id": "id", "title": "name", "artists": "artists", "artist_ids": "artist_ids",
            "album_id": "album_id", "album": "album", "date": "release_date", "year": "year",
            "explicit": "explicit",
        },
        features=_features("popularity"),
        artists=_literals,
        ignored=("track_number", "disc_number"),
    ),
    Layout(
        name="kaggle-1.2m-derived",
        source="derived1.2M",
        columns={
            "id": "track_id", "title": "name", "artists": "artist_name",
            "artist_ids": "artist_id", "album_id": "album_id", "album": "album",
            "date": "release_date", "year": "year", "explicit": "explicit",
        },
        features=_features("popularity"),
        optional={"date", "year"},
        ignored=("track_number", "disc_number"),
    ),
    Layout(
        name="kaggle-600k",
        source="kaggle600k",
        columns={
            "id": "id", "title": "name", "artists": "artists", "artist_ids": "id_artists",
            "date": "release_date", "explicit": "explicit", "artwork": "images",
        },
        features=_features(),
        optional={"artwork"},
        artists=_literals,
        ignored=("urls",),
    ),
    Layout(
        name="kaggle-114k",
        source="kaggle114k",
        columns={
            "id": "track_id", "title": "track_name", "artists": "artists",
            "album": "album_name", "explicit": "explicit", "genres": "track_genre",
        },
        features=_features(),
        artists=_semicolons,
    ),
    Layout(
        name="kaggle-232k",
        source="kaggle232k",
        columns={
            "id": "track_id", "title": "track_name", "artists": "artist_name",
            "genres": "genre",
        },
        features=_features(),
    ),
    Layout(
        name="kaggle-1m",
        source="kaggle1M",
        columns={
            "id": "track_id", "title": "track_name", "artists": "artist_name",
            "genres": "genre", "year": "year",
        },
        features=_features(),
    ),
    Layout(
        name="tidytuesday",
        source="tidytuesday",
        columns={
            "id": "track_id", "title": "track_name", "artists": "track_artist",
            "album_id": "track_album_id", "album": "track_album_name",
            "date": "track_album_release_date", "genres": "playlist_genre",
            "subgenres": "playlist_subgenre", "playlist_id": "playlist_id",
            "playlist_name": "playlist_name",
        },
        features=_features("time_signature") | {"popularity": "track_popularity"},
        playlist="row",
        nothing="NA",
    ),
    # Its track_length, minutes with two digits, is too coarse to be kept as a duration.
    Layout(
        name="spotifyr",
        source="spotifyr",
        columns={
            "id": "track_id", "title": "track_name", "artists": "artist_name",
            "artist_ids": "artist_id", "album_id": "album_id", "album": "album_name",
            "date": "release_date", "genres": "genre", "playlist_id": "playlist_id",
            "playlist_name": "playlist_name",
        },
        features={"popularity": "track_popularity"},
        optional={"genres"},
        playlist="row",
        nothing="NA",
        ignored=("track_length",),
    ),
    Layout(
        name="audio-features",
        source="audio-features",
        columns={"id": "id"},
        features=_features("popularity"),
        marks=("analysis_url",),
        ignored=("type", "uri", "track_href"),
    ),
    Layout(
        name="spotify-nlp",
        source="spotify-nlp",
        columns={
            "id": "id", "title": "title", "artists": "artist", "artist_ids": "artist_ids",
            "album": "album", "genres": "genres",
        },
        features=_features(),
        genres=", ",
        ignored=("type",),
    ),
    Layout(
        name="exportify",
        source="exportify",
        columns={
            "id": "Track URI|Track ID|Spotify URI|Spotify ID",
            "title": "Track Name",
            "artists": "Artist Name(s)|Artist Name",
            "artist_ids": "Artist URI(s)|Artist IDs",
            "album_id": "Album URI",
            "album": "Album Name",
            "date": "Release Date|Album Release Date",
            "explicit": "Explicit",
            "genres": "Genres|Artist Genres",
            "artwork": "Album Image URL",
            "isrc": "ISRC",
        },
        features=_EXPORTIFY_FEATURES,
        optional={
            "artist_ids", "album_id", "album", "date", "explicit", "genres", "artwork", "isrc",
            *_EXPORTIFY_FEATURES,
        },
        artists=cells.credited_names,
        genres=",",
        playlist="file",
        ignored=(
            "Added By", "Added At", "Record Label", "Label", "Copyrights", "Album Genres",
            "Album Artist URI(s)", "Album Artist Name(s)", "Disc Number", "Track Number",
            "Track Preview URL",
        ),
    ),
)  # fmt: skip


def lookup(header: list[str], *, ids_suffice: bool = False) -> Layout | None:
    """Return the layout whose needed columns a header has, of several the most particular.

    Songs of which some features are there and others lack are no mere track ids, unless
    ``ids_suffice``.
    """
    fitting = [layout for layout in LAYOUTS if not layout.lacks(header)]
    found = max(fitting, key=lambda layout: len(layout.needed), default=None)
    measured = any(column.casefold() in _FEATURES for column in header)
    return None if found is TRACK_IDS and measured and not ids_suffice else found


def nearest(header: list[str]) -> Layout:
    """Return the layout of which a header has the largest part."""
    others = (layout for layout in LAYOUTS if layout is not TRACK_IDS)
    return min(others, key=lambda layout: len(layout.lacks(header)) / len(layout.needed))
