"""What real tables hold that looks like a mistake, or becomes one in careless hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.formats import cells
from spotai.formats.recognise import open_rows
from spotai.tracks import Track
from tests.formats.tables import SONG, write_csv


def song(path: Path, **changes: str) -> Track:
    with open_rows(write_csv(path / "songs.csv", {**SONG, **changes})) as file:
        (track,) = file.items
    assert isinstance(track, Track)
    return track


@pytest.mark.parametrize(
    "name",
    [
        'The "Other" One',
        "One, Two; Three",
        "back\\slash",
        "Don't",
        "\u05e9\u05dc\u05d5\u05dd",
        "\N{PARTY POPPER}",
        "1999",
        "TRUE",
        "NA",
        "null",
        "=1+1",
        "Rock &amp; Roll",
        "Ã©tÃ©",
        "lost \N{REPLACEMENT CHARACTER}",
        "Halo (Karaoke Version)",
        "in/out",
    ],
)
def test_a_name_is_the_text_it_is(tmp_path: Path, name: str) -> None:
    assert song(tmp_path, name=name).title == name
    assert song(tmp_path, name=f"  {name}\u00a0 ").title == name


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("popularity", "0", 0),
        ("popularity", "4.0", 4),
        ("energy", "0", 0),
        ("time_signature", "1", 1),
        ("tempo", "243.372", 243.372),
        ("loudness", "-60", -60),
        ("loudness", "-47.5", -47.5),
        ("duration_ms", "4000", 4_000),
        ("duration_ms", "5403500", 5_403_500),
        ("release_date", "1899-01-01", 1899),
    ],
)
def test_rare_values_are_values(tmp_path: Path, column: str, text: str, value: float) -> None:
    feature = "release_year" if column == "release_date" else column
    assert song(tmp_path, **{column: text}).features[feature] == value


@pytest.mark.parametrize(
    ("column", "text"),
    [("popularity", ""), ("time_signature", ""), ("duration_ms", "0"), ("key", "-1")],
)
def test_no_value_is_none(tmp_path: Path, column: str, text: str) -> None:
    assert column not in song(tmp_path, **{column: text}).features


def test_a_first_of_january_is_believed(tmp_path: Path) -> None:
    assert song(tmp_path, release_date="1987-01-01").release_date == "1987-01-01"


def test_what_is_blank_is_not_known(tmp_path: Path) -> None:
    found = song(tmp_path, name=" ", artists="", album_id="", explicit="", genre="")
    assert (found.title, found.artists, found.explicit, found.genres) == ("", (), None, ())
    assert found.album == cells.album("", "Album")


@pytest.mark.parametrize("id_", ["0" * 21 + "a", "0123456789" * 2 + "01", "9" * 22])
def test_ids_of_digits_stay_texts(tmp_path: Path, id_: str) -> None:
    assert song(tmp_path, track_id=id_).id == id_


def test_ids_that_differ_in_case_differ(tmp_path: Path) -> None:
    assert song(tmp_path, track_id="a" * 22).id != song(tmp_path, track_id="A" * 22).id
