"""Real files of every kind, each with what must come of it."""

from __future__ import annotations

import contextlib
import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from spotai.errors import FormatError
from spotai.features import FEATURES
from spotai.formats.recognise import RowFile, open_rows, read_playlist
from spotai.formats.rows import ListedTrack, PlaylistEntry, Refusal
from spotai.tracks import Track

ID_COLUMNS = ("track_id", "id", "Track URI", "Track ID")
REQUIRED = {feature.name for feature in FEATURES if feature.required}


class Outcome(NamedTuple):
    """What a file gives: ``searchable`` tracks have all features that the search requires."""

    format: str
    tracks: int
    searchable: int
    credited: int
    dated: int
    playlists: int = 0
    entries: int = 0
    isrcs: int = 0
    refusals: tuple[Refusal, ...] = ()
    unused: tuple[str, ...] = ()


OUTCOMES = {
    "exportify_2023_tab_header.csv": Outcome("exportify", 51, 51, 51, 51, 1, 51),
    "exportify_excel_resaved_us_dates.csv": Outcome("exportify", 60, 59, 60, 60, 1, 60),
    "exportify_net_2026_50s_housewife.csv": Outcome("exportify", 112, 112, 112, 112, 1, 112),
    "exportify_watsonbox_uris_no_features.csv": Outcome("exportify", 60, 0, 60, 60, 1, 60, 60),
    "kaggle114k_dataset_test_set.csv": Outcome("kaggle-114k", 190, 190, 190, 0),
    "kaggle1M_sample_spotify_songs.csv": Outcome("kaggle-1m", 60, 60, 60, 60),
    "kaggle1p2M_derived_artist_tracks.csv": Outcome(
        "kaggle-1.2m-derived", 60, 60, 60, 0, unused=("is_solo", "Cluster_Hierarchical")
    ),
    "kaggle232k_SpotifyFeatures.csv": Outcome("kaggle-232k", 145, 145, 145, 0),
    "kaggle600k_tracks.csv": Outcome("kaggle-600k", 190, 190, 190, 190),
    "kaggle600k_variant_dabawse.csv": Outcome("kaggle-600k", 60, 60, 60, 60),
    "playlist_markdown_mackorone.md": Outcome("markdown", 192, 0, 192, 0, 1, 192),
    "spotify_api_audio_features_arunvsuresh.csv": Outcome("audio-features", 60, 60, 0, 0),
    "spotify_nlp_tracks_0-b1t.csv": Outcome("spotify-nlp", 60, 60, 60, 0),
    "spotifyr_playlist_tracks_arunvsuresh.csv": Outcome("spotifyr", 60, 0, 60, 60, 2, 60),
    "tidytuesday_spotify_songs.csv": Outcome("tidytuesday", 190, 190, 190, 190, 9, 190),
    "track_uri_list_harisekhon.txt": Outcome("links", 171, 0, 0, 0, 1, 171),
}
REFUSED = {
    "git_lfs_pointer_named_spotify_songs.csv": (
        "a Git LFS pointer, not the data; fetch the file itself."
    ),
    "mysql_dump_spotify_songs_1908.sql": (
        "an SQL dump, which SpotAI does not read. Load it into its database and export the table "
        "as CSV with a header."
    ),
}


def outcome(file: RowFile) -> Outcome:
    items = list(file.items)
    tracks = [item for item in items if isinstance(item, Track)]
    entries = [item for item in items if isinstance(item, PlaylistEntry)]
    return Outcome(
        format=file.format,
        tracks=len(tracks),
        searchable=sum(track.features.keys() >= REQUIRED for track in tracks),
        credited=sum(bool(track.artists) for track in tracks),
        dated=sum(bool(track.release_date) for track in tracks),
        playlists=len({entry.playlist_id for entry in entries}),
        entries=len(entries),
        isrcs=sum(bool(track.isrc) for track in tracks),
        refusals=tuple(item for item in items if isinstance(item, Refusal)),
        unused=file.unused,
    )


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_real_file_gives_what_is_in_it(real_data: Path, name: str) -> None:
    path = real_data / "raw" / name
    with open_rows(path) as file:
        found = outcome(file)
    assert found == OUTCOMES[name]
    listed = list(read_playlist(path))
    assert sum(isinstance(item, ListedTrack) for item in listed) == found.tracks


@pytest.mark.parametrize("name", REFUSED)
def test_a_real_file_that_is_no_data_is_refused(real_data: Path, name: str) -> None:
    path = real_data / "raw" / name
    with pytest.raises(FormatError) as caught, open_rows(path):
        pass
    assert caught.value.message == f"{path} is {REFUSED[name]}"


@pytest.mark.parametrize("name", [name for name in OUTCOMES if name.endswith(".csv")])
def test_every_row_of_a_real_table_is_taken_in_order(real_data: Path, name: str) -> None:
    path = real_data / "raw" / name
    with path.open(encoding="utf-8-sig", newline="") as lines:
        records = list(csv.DictReader(lines))
    with open_rows(path) as file:
        found = [item for item in file.items if isinstance(item, Track)]
    id_column = next(column for column in ID_COLUMNS if column in records[0])
    assert [track.id for track in found] == [
        record[id_column].removeprefix("spotify:track:") for record in records
    ]
    for feature in FEATURES:
        for column in (feature.name, feature.name.replace("_", " ").title()):
            given = [record[column] for record in records if column in record]
            for track, text in zip(found, given, strict=bool(given)):
                with contextlib.suppress(ValueError):
                    value = feature.clean(float(text))
                    assert track.features.get(feature.name, value) == pytest.approx(value)


@pytest.mark.parametrize("name", ["songs.csv.gz", "playlists_dev.csv.gz"])
def test_tables_of_our_own_have_no_strange_columns(real_data: Path, name: str) -> None:
    with open_rows(real_data / name) as file:
        assert file.unused == ()


def test_every_real_file_has_an_expected_outcome(real_data: Path) -> None:
    assert {path.name for path in (real_data / "raw").iterdir()} == OUTCOMES.keys() | REFUSED.keys()


def test_playlists_of_the_million_playlist_dataset(real_data: Path) -> None:
    with open_rows(real_data / "mpd_format_open_playlists.json") as file:
        assert outcome(file) == Outcome("mpd", 1161, 0, 1161, 0, 30, 1161)
