"""Single cells: what is understood, what is missing, what is refused."""

from __future__ import annotations

import time

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
        ("NA", ""),
        ("1999-05-17 00:00:00", "1999-05-17"),
        ("1999-05-17T08:30:00Z", "1999-05-17"),
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
        ("popularity", "NA", None),
        ("mode", "1.0", 1),
        ("mode", "True", 1),
        ("mode", "FALSE", 0),
        ("mode", "Major", 1),
        ("mode", "Minor", 0),
        ("key", "C", 0),
        ("key", "C#", 1),
        ("key", "Db", 1),
        ("key", "B♭", 10),
        ("key", "Cb", 11),
        ("key", "e#", 5),
        ("energy", "0.5379999999999999", 0.538),
        ("tempo", "179.93400000000003", 179.934),
        ("time_signature", "4.0", 4),
        ("time_signature", "4/4", 4),
        ("time_signature", "5/4", 5),
        ("time_signature", "03-Apr", 3),
        ("time_signature", "04-Apr", 4),
        ("time_signature", "04-Mar", 3),
        ("time_signature", "4-May", 5),
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
        ("key", "H"),
        ("key", "12"),
        ("popularity", "55.5"),
        ("time_signature", "03-May"),
        ("time_signature", "3/8"),
        ("energy", "0,5"),
        ("duration_ms", "-5"),
    ],
)
def test_impossible_numbers_are_refused(feature: str, text: str) -> None:
    with pytest.raises(FeatureValueError, match=feature):
        cells.number(BY_NAME[feature], text)


def test_a_decimal_comma_is_read_where_the_file_has_them() -> None:
    assert cells.number(BY_NAME["energy"], "0,522", decimal=",") == 0.522
    assert cells.number(BY_NAME["loudness"], "-7,5", decimal=",") == -7.5


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
    assert cells.name("\ufeffzero\u200bwidth\u200e\xad") == "zerowidth"
    assert cells.name("one\u2028two") == "one two"
    assert cells.name("क\u200c्ष 👩\u200d🎤") == "क\u200c्ष 👩\u200d🎤"
    assert cells.name("lost \ud83d") == "lost \N{REPLACEMENT CHARACTER}"


def test_names_are_composed_and_otherwise_left_alone() -> None:
    assert cells.name("Cafe\u0301") == "Café"
    for kept in ("=SUM(A1:A9)", "-30-", "@you", "Ch&#339;ur", "NULL", "True", "1999", "x" * 529):
        assert cells.name(kept) == kept


def test_a_name_too_long_to_be_one_is_refused() -> None:
    with pytest.raises(InputError, match="1001 characters"):
        cells.name("x" * 1001)


@pytest.mark.parametrize(
    ("text", "artists"),
    [
        ("Uli", ["Uli"]),
        ("First;Second, the Other", ["First", "Second, the Other"]),
        ("Comma, The Singer", ["Comma, The Singer"]),
        ("First,Second,Comma, The Singer", ["First", "Second", "Comma, The Singer"]),
        ("", []),
    ],
)
def test_exportify_credits_without_ids(text: str, artists: list[str]) -> None:
    assert cells.credited_names(text, []) == artists


def test_exportify_credits_with_ids_are_as_many_as_the_ids() -> None:
    assert cells.credited_names("Comma, The Singer", ["1"]) == ["Comma, The Singer"]
    assert cells.credited_names("First, Second", ["1", "2"]) == ["First", "Second"]
    assert cells.credited_names("First,Second", ["1", "2"]) == ["First", "Second"]
    assert cells.credited_names("A, B, Comma, C", ["1", "2"]) == ["A, B, Comma, C"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("spotify:episode:" + "x" * 22, "episode"),
        ("https://open.spotify.com/album/" + "x" * 22, "album"),
        ("spotify:local:Artist:Album:Title:180", "local"),
    ],
)
def test_other_things_than_tracks_are_named(text: str, kind: str) -> None:
    with pytest.raises(InputError, match=f"no track: it is a Spotify {kind}"):
        cells.track_id(text)


def test_track_ids_in_their_other_forms() -> None:
    link = f"https://open.spotify.com/intl-de/track/{'x' * 22}?si=1"
    bare = f"open.spotify.com/embed/track/{'x' * 22}/"
    for text in ("x" * 22, f"spotify:track:{'x' * 22}", link, bare, f" {'x' * 22}\n"):
        assert cells.track_id(text) == "x" * 22


def test_isrcs() -> None:
    assert cells.isrc("us-abc-12-34567") == cells.isrc(" USABC1234567") == "USABC1234567"
    assert cells.isrc("no isrc") == cells.isrc("") == ""


def test_artists_take_their_ids_only_when_it_is_clear_whose_they_are() -> None:
    assert cells.artists(["A", "B"], ["1", "2"]) == (Artist("1", "A"), Artist("2", "B"))
    assert cells.artists(["A", "B"], ["1"]) == cells.artists(["A", "B"])


def test_a_memo_forgets_before_it_grows_too_large() -> None:
    memo: cells.Memo[int, int] = cells.Memo(lambda n: n + 1)
    assert all(memo[n] == n + 1 for n in range(memo.MOST + 10))
    assert len(memo) == 10


@pytest.mark.parametrize("text", ["", "abc", "x" * 23, "x" * 21 + "-", "é" * 22])
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
    assert cells.album("", "Best of", "Mine") != cells.album("", "Best of", "Yours")
    assert cells.album("", "Best of", "Mine") == cells.album("", "Best of", "mine")
    assert cells.album("a" * 22, "Best of") == Album("a" * 22, "Best of")
    assert cells.album("spotify:album:" + "a" * 22, "Best of") == Album("a" * 22, "Best of")
    assert cells.album("no id", "Best of", "Mine") == cells.album("", "Best of", "Mine")
    assert cells.album("", "", "Mine") is None
    assert cells.album("a" * 22, "") is None


def test_a_field_of_digits_alone_is_understood_at_once() -> None:
    began = time.process_time()
    with pytest.raises(FeatureValueError, match="not a number"):
        cells.number(BY_NAME["tempo"], "1" * 130_000 + "x")
    assert time.process_time() - began < 1
