"""Every table: known by its header, whatever else is in it, and read as it is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.formats import cells
from spotai.formats.layouts import LAYOUTS, lookup
from spotai.formats.recognise import open_rows
from spotai.formats.rows import Item, ListedTrack, PlaylistEntry, Refusal
from spotai.formats.table import Layout
from spotai.tracks import Album, Artist, Track
from tests.formats.tables import ENTRY, MEASURED, SONG, SONG_ID, row_of, write_csv


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


def items_of(path: Path) -> tuple[str, list[Item]]:
    with open_rows(path) as file:
        return file.format, list(file.items)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_table_is_known_whatever_the_order_case_and_company_of_its_columns(
    tmp_path: Path, layout: Layout
) -> None:
    row = row_of(layout)
    mixed = {"": "0", "Unnamed: 0": "7"}
    mixed |= {column.upper(): row[column] for column in reversed(row)} | {"more": "?"}
    format_name, plain = items_of(write_csv(tmp_path / "mine.csv", row))
    assert (format_name, plain) == items_of(write_csv(tmp_path / "mine.csv.gz", mixed))
    assert format_name == layout.name
    track = plain[0]
    assert isinstance(track, Track)
    assert track.id == SONG_ID
    assert track.source == (layout.source or "mine")
    assert track.features.keys() - {"release_year"} == layout.features.keys()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_only_columns_nobody_knows_are_named(layout: Layout) -> None:
    known = [*row_of(layout), *layout.ignored, "Unnamed: 0", "", "mood"]
    assert layout.unused([column.upper() for column in known]) == ("MOOD",)


def test_a_table_that_lacks_a_column_is_none() -> None:
    for layout in LAYOUTS:
        for column in layout.needed:
            header = [other for other in layout.needed if other != column]
            assert lookup(header) is not layout


def test_semicolons_tabs_and_decimal_commas(tmp_path: Path) -> None:
    exportify = next(layout for layout in LAYOUTS if layout.name == "exportify")
    row = {column: row_of(exportify)[column] for column in exportify.needed}
    row |= {"Energy": "0,5", "Tempo": "120,25", "Release Date": "3/24/2023"}
    path = tmp_path / "Mine.csv"
    for sep, first in ((";", ""), (";", "sep=;\r\n"), ("\t", "")):
        cells = [cell if sep == ";" else cell.replace(",", ".") for cell in row.values()]
        text = first + sep.join(row) + "\r\n" + sep.join(cells) + "\r\n"
        path.write_text("\ufeff" + text, "utf-8", newline="")
        name, (track, entry) = items_of(path)
        assert name == "exportify"
        assert isinstance(track, Track)
        assert track.features == {"energy": 0.5, "tempo": 120.25, "release_year": 2023}
        assert track.release_date == "2023-03-24"
        assert isinstance(entry, PlaylistEntry)
        assert entry.playlist_name == "Mine"


def test_exportify_tells_local_files_and_refuses_episodes(tmp_path: Path) -> None:
    row = {
        "Track URI": "spotify:local:Some+One:Album:Demo+Tape:180",
        "Track Name": "Demo Tape",
        "Artist Name(s)": "Some One",
        "ISRC": "",
    }
    without_id = row | {"Track URI": "", "ISRC": "usabc1234567"}
    episode = row | {"Track URI": f"spotify:episode:{SONG_ID}"}
    nothing = dict.fromkeys(row, "")
    _, found = items_of(write_csv(tmp_path / "Road.csv", row, without_id, episode, nothing))
    assert [item[:5] for item in found[:2] if isinstance(item, ListedTrack)] == [
        (2, "", "", "Demo Tape", ("Some One",)),
        (3, "", "USABC1234567", "Demo Tape", ("Some One",)),
    ]
    assert [item.line for item in found[2:] if isinstance(item, Refusal)] == [4, 5]


def test_a_playlist_file_is_the_playlist_of_its_name(tmp_path: Path) -> None:
    exportify = next(layout for layout in LAYOUTS if layout.name == "exportify")
    ids = []
    for name in ("Road songs.csv", "Road songs.csv.gz", "Other.csv"):
        _, (_, entry) = items_of(write_csv(tmp_path / name, row_of(exportify)))
        assert isinstance(entry, PlaylistEntry)
        assert entry.playlist_name == name.partition(".")[0]
        ids.append(entry.playlist_id)
    assert ids[0] == ids[1] != ids[2]


def test_what_r_writes_for_nothing_is_nothing(tmp_path: Path) -> None:
    nameless = ENTRY | {"track_name": "NA", "track_artist": "NA", "tempo": "NA"}
    _, (track, _) = items_of(write_csv(tmp_path / "s.csv", nameless))
    assert isinstance(track, Track)
    assert (track.title, track.artists) == ("", ())
    assert "tempo" not in track.features
    _, (track,) = items_of(write_csv(tmp_path / "s.csv", SONG | {"name": "NA"}))
    assert isinstance(track, Track)
    assert track.title == "NA"


@pytest.mark.parametrize("column", ["playlist_followers", "Num_Followers"])
@pytest.mark.parametrize(
    ("cell", "followers"), [("1200", 1200), ("7.0", 7), ("", 0), ("NA", 0), ("0", 0)]
)
def test_a_table_of_playlists_may_tell_followers(
    tmp_path: Path, column: str, cell: str, followers: int
) -> None:
    row = {"playlist_id": "p", "track_id": SONG_ID, column: cell}
    name, (_, entry) = items_of(write_csv(tmp_path / "lists.csv", row))
    assert (name, entry) == ("playlists", PlaylistEntry("p", "", "lists", SONG_ID, followers))


@pytest.mark.parametrize("cell", ["many", "-1", "1.5", "9" * 16])
def test_followers_that_are_no_number_refuse_the_row(tmp_path: Path, cell: str) -> None:
    row = {"playlist_id": "p", "track_id": SONG_ID, "playlist_followers": cell}
    _, found = items_of(write_csv(tmp_path / "lists.csv", row))
    assert found == [Refusal(2, f"playlist followers are {cell!r}; write a whole number")]
