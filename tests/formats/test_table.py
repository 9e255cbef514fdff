"""Tables: rows, quirks and refusals, on SpotAI's own table of songs."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.errors import FormatError
from spotai.formats import cells
from spotai.formats.recognise import open_rows
from spotai.formats.rows import Item, Refusal
from spotai.tracks import Album, Artist, Track
from tests.formats.tables import MEASURED, SONG, SONG_ID, write_csv


def read(path: Path) -> list[Item]:
    with open_rows(path) as file:
        assert file.format == "songs"
        return list(file.items)


def test_a_full_row(tmp_path: Path) -> None:
    artists = (Artist(cells.local_id("First"), "First"), Artist(cells.local_id("Second"), "Second"))
    assert read(write_csv(tmp_path / "songs.csv.gz", SONG)) == [
        Track(
            id=SONG_ID,
            source="kaggle600k",
            title="Song, with a comma",
            artists=artists,
            album=Album(cells.local_id("Album", "First"), "Album"),
            release_date="1999-12-31",
            explicit=True,
            genres=("pop", "rock"),
            features={name: float(value) for name, value in MEASURED.items()}
            | {"release_year": 1999.0},
        )
    ]


def test_a_row_that_knows_only_its_id(tmp_path: Path) -> None:
    bare = dict.fromkeys(SONG, "") | {"track_id": SONG_ID}
    assert read(write_csv(tmp_path / "mine.csv", bare)) == [Track(id=SONG_ID, source="mine")]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("track_id", "short", "22 letters and digits"),
        ("energy", "2", "energy is 2, outside 0 to 1"),
        ("tempo", "fast", "tempo is 'fast', not a number"),
        ("explicit", "maybe", "neither True nor False"),
        ("release_date", "soon", "not understood"),
        ("release_date", "1776-07-04", "release_year is 1776"),
        ("name", "x" * 2000, "2000 characters"),
    ],
)
def test_a_row_is_refused_with_its_line_and_the_reason(
    tmp_path: Path, column: str, text: str, reason: str
) -> None:
    two_lines = {**SONG, "name": "On two\nlines"}
    path = write_csv(tmp_path / "songs.csv", two_lines, {**SONG, column: text}, SONG)
    first, refusal, last = read(path)
    assert isinstance(first, Track)
    assert first.title == "On two lines"
    assert isinstance(refusal, Refusal)
    assert refusal.line == 4
    assert reason in refusal.reason
    assert isinstance(last, Track)


def test_a_failed_analysis_leaves_the_audio_features_unknown(tmp_path: Path) -> None:
    zeros = dict.fromkeys(("tempo", "danceability", "valence", "speechiness"), "0.0")
    failed, beatless = read(
        write_csv(tmp_path / "songs.csv", SONG | zeros, SONG | zeros | {"valence": "0.2"})
    )
    assert isinstance(failed, Track)
    assert set(failed.features) == {
        "duration_ms",
        "popularity",
        "release_year",
        "time_signature",
    }
    assert isinstance(beatless, Track)
    assert "tempo" not in beatless.features
    assert beatless.features["danceability"] == 0


def test_a_row_with_too_few_fields(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "songs.csv", SONG)
    with path.open("a") as file:
        file.write("\n" + SONG_ID + ",cut o")
    assert read(path)[1] == Refusal(4, f"has 2 fields where the header has {len(SONG)}")


@pytest.mark.long
def test_real_songs(real_songs: Path) -> None:
    items = read(real_songs)
    assert len(items) == sum(isinstance(item, Track) for item in items) > 250_000


def test_a_table_of_thousands_of_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join([*SONG, *map(str, range(1_000))]) + "\n" + "x\n" * 10)
    with pytest.raises(FormatError, match=r"has 1,0\d\d columns, more than 1,000"):
        read(path)


def test_a_field_too_long_refuses_its_row_alone(tmp_path: Path) -> None:
    rows = [{**SONG, "name": name} for name in ("One", '"' + "x" * 200_000, "Three")]
    found = read(write_csv(tmp_path / "long.csv", *rows))
    assert [type(item) for item in found] == [Track, Refusal, Track]
