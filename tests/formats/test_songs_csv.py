"""SpotAI's own table of songs."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_song_that_was_never_analysed_is_refused(tmp_path: Path) -> None:
    zeros = dict.fromkeys(("tempo", "danceability", "valence", "energy", "acousticness"), "0")
    (refusal,) = read(write_csv(tmp_path / "songs.csv", SONG | zeros))
    assert isinstance(refusal, Refusal)
    assert "not analysed" in refusal.reason
    (silence,) = read(write_csv(tmp_path / "songs.csv", SONG | zeros | {"acousticness": "0.9"}))
    assert isinstance(silence, Track)
    assert "tempo" not in silence.features


def test_a_row_with_too_few_fields(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "songs.csv", SONG)
    with path.open("a") as file:
        file.write("\n" + SONG_ID + ",cut o")
    assert read(path)[1] == Refusal(4, f"has 2 fields where the header has {len(SONG)}")


@pytest.mark.long
def test_real_songs(real_songs: Path) -> None:
    items = read(real_songs)
    refusals = [item for item in items if isinstance(item, Refusal)]
    assert len(items) > 250_000
    assert {refusal.reason.rpartition(":")[2] for refusal in refusals} == {
        " the track was not analysed"
    }
