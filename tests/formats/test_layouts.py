"""Every table: known by its header, whatever else is in it, and read as it is meant."""

from __future__ import annotations

from pathlib import Path

from spotai.formats import cells
from spotai.formats.recognise import open_rows
from spotai.formats.rows import PlaylistEntry, Refusal
from spotai.tracks import Album, Artist, Track
from tests.formats.tables import ENTRY, MEASURED, SONG_ID, write_csv


def test_a_row_is_a_song_and_its_place_in_a_playlist(tmp_path: Path) -> None:
    with open_rows(write_csv(tmp_path / "spotify_songs.csv", ENTRY)) as file:
        assert file.format == "tidytuesday"
        track, entry = file.items
    known = {name: float(v) for name, v in MEASURED.items() if name != "time_signature"}
    assert track == Track(
        id=SONG_ID,
        source="tidytuesday",
        title="Song",
        artists=(Artist(cells.local_id("First"), "First"),),
        album=Album("a" * 22, "Album"),
        release_date="2012",
        genres=("pop", "dance pop"),
        features=known | {"popularity": 77.0, "release_year": 2012.0},
    )
    assert entry == PlaylistEntry("p" * 22, "Pop Remix", "tidytuesday", SONG_ID)


def test_a_refused_song_is_in_no_playlist(tmp_path: Path) -> None:
    with open_rows(write_csv(tmp_path / "s.csv", {**ENTRY, "energy": "7"})) as file:
        assert list(file.items) == [Refusal(2, "energy is 7, outside 0 to 1")]
