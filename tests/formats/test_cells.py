"""Single cells: what is understood, what is missing, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import FeatureValueError, InputError
from spotai.features import BY_NAME
from spotai.formats import cells
from spotai.tracks import Album, Artist


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1999", "1999"),
        ("1999-05", "1999-05"),
        ("1999-05-17", "1999-05-17"),
        (" 2000-02-29 ", "2000-02-29"),
        ("1999-02-30", "1999-02"),
        ("1999-13-01", "1999"),
        ("0000", ""),
        ("0000-01-01", ""),
        ("", ""),
        ("3/24/2023", "2023-03-24"),
        ("24-03-2023", "2023-03-24"),
        ("5/5/2023", "2023-05-05"),
        ("3/4/2023", "2023"),
        ("04-03-2023", "2023"),
        ("31-31-2023", "2023"),
    ],
)
def test_dates_are_taken_as_far_as_they_are_sure(text: str, date: str) -> None:
    assert cells.release_date(text) == date


@pytest.mark.parametrize("text", ["last summer", "19999", "1/2/99", "2020-1-1", "3/4-2020"])
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="write YYYY-MM-DD"):
        cells.release_date(text)


@pytest.mark.parametrize(
    ("feature", "text", "value"),
    [
        ("tempo", "120.5", 120.5),
        ("tempo", "0", None),
        ("energy", "2.33e-5", 2.33e-5),
        ("energy", "", None),
        ("energy", "NaN", None),
        ("loudness", "3.2", 0),
        ("loudness", "-73", -60),
        ("key", "-1", None),
        ("duration_ms", "0", None),
        ("popularity", "0", 0),
        ("time_signature", "4.0", 4),
        ("time_signature", "4/4", 4),
        ("time_signature", "03-Apr", 3),
        ("time_signature", "0", None),
    ],
)
def test_numbers(feature: str, text: str, value: float | None) -> None:
    assert cells.number(BY_NAME[feature], text) == value


@pytest.mark.parametrize(
    ("feature", "text"),
    [
        ("energy", "1.5"),
        ("energy", "high"),
        ("energy", "1_0"),
        ("energy", "1e400"),
        ("tempo", "inf"),
        ("key", "C"),
        ("key", "12"),
        ("popularity", "55.5"),
        ("time_signature", "04-May"),
        ("duration_ms", "-5"),
    ],
)
def test_impossible_numbers_are_refused(feature: str, text: str) -> None:
    with pytest.raises(FeatureValueError, match=feature):
        cells.number(BY_NAME[feature], text)


@given(st.text())
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    feature = BY_NAME["tempo"]
    try:
        value = cells.number(feature, text)
    except FeatureValueError:
        return
    assert value is None or feature.minimum <= value <= feature.maximum


def test_control_characters_leave_names() -> None:
    assert cells.name("\0 Caf\x07é\x9f del\r\nMar ") == "Café del Mar"
    assert cells.name("東京 – “live”") == "東京 – “live”"
    with pytest.raises(InputError, match="1001 characters"):
        cells.name("x" * 1001)


@pytest.mark.parametrize("text", ["", "abc", "x" * 23, "x" * 21 + "-", "é" * 22, "x" * 22 + "\n"])
def test_ids_have_twenty_two_letters_and_digits(text: str) -> None:
    with pytest.raises(InputError, match="22 letters and digits"):
        cells.track_id(text)


def test_artists_without_an_id_get_one_by_their_name() -> None:
    one, two = cells.artists(["ABBA", "Björk", "abba"])
    assert (one.name, two.name) == ("ABBA", "Björk")
    assert one.id == cells.local_id("abba") != two.id
    assert len(one.id) == 22
    assert one.id.startswith("local")


def test_albums_without_an_id_are_told_apart_by_the_first_artist() -> None:
    mine, yours = Artist("m", "Mine"), Artist("y", "Yours")
    mine_best, yours_best = cells.album("", "Best of", [mine]), cells.album("", "Best of", [yours])
    assert mine_best != yours_best
    assert mine_best == cells.album("", "Best of", [mine, yours])
    assert cells.album("a" * 22, "Best of", []) == Album("a" * 22, "Best of")
    assert cells.album("no id", "Best of", [mine]) == mine_best
    assert cells.album("", "", [mine]) is None
