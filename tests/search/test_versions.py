from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.features import FINGERPRINT
from spotai.search.versions import audio_keys, normal_title, normal_titles, title_keys

# What the reduction looks at, in every order and beside every other.
PARTS = st.sampled_from(
    [
        *"()[]{}-_ \n\t\x1f\x85\u2028\0'1ftaÉßΣİﬅ½夜🎵\u0345\u0301",
        *(" - ", "feat", "ft", "Feat.", "FT", "ליל"),
    ]
)
KEYS = [3374773092997034271, 13909697791807944171, 3760675335726282342]
TITLES = st.one_of(st.text(max_size=12), st.lists(PARTS, max_size=12).map("".join))


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("Hey Jude - Remastered 2015", "hey jude"),
        ("Hey Jude (Live at Wembley)", "hey jude"),
        ("Hey Jude [Mono]", "hey jude"),
        ("Umbrella feat. JAY-Z", "umbrella"),
        ("Umbrella ft. JAY-Z", "umbrella"),
        ("Défaite", "defaite"),
        ("DEFAITE", "defaite"),
        ("Lift Me Up", "lift me up"),
        ("(I Can't Get No) Satisfaction", "satisfaction"),
        ("(Untitled)", "untitled"),
        ("夜に駆ける", "夜に駆ける"),
        ("???", "???"),
        ("", ""),
    ],
)
def test_titles_keep_only_what_versions_share(title: str, normal: str) -> None:
    assert normal_title(title) == normal


@given(st.lists(TITLES, max_size=8))
def test_many_titles_are_reduced_as_one_is(titles: list[str]) -> None:
    assert normal_titles(titles) == [normal_title(title) for title in titles]


def test_a_song_shares_its_key_with_its_versions_only() -> None:
    titles = ["Yellow", "Yellow (Live)", "Yellow", "Clocks"]
    studio, live, other_artist, other_song = title_keys(
        titles, ["Coldplay", "COLDPLAY", "Donovan", "Coldplay"]
    )
    assert studio == live
    assert len({studio, other_artist, other_song}) == 3


def test_blanks_and_how_artists_are_written_make_no_other_song() -> None:
    keys = title_keys(["Good Bye", "Goodbye", "Good-bye!"], ["Tyler, The Creator"] * 3)
    assert len(set(keys.tolist())) == 1
    artists = ["Beyoncé", "BEYONCE", "Beyonce (US)", "Beyonce feat. JAY-Z"]
    assert len(set(title_keys(["Halo"] * 4, artists).tolist())) == 1


def test_blank_titles_have_no_key() -> None:
    assert title_keys(["", " "], ["Ann", "Ann"]).tolist() == [0, 0]


def test_no_titles_have_no_keys() -> None:
    assert title_keys([], []).tolist() == []


def test_keys_stay_what_snapshots_hold() -> None:
    keys = title_keys(["Défaite - Live", "夜に駆ける (TV)", "Umbrella"], ["Ann", "", " RİhanNA "])
    assert keys.tolist() == KEYS


def test_audio_keys_agree_to_three_decimals() -> None:
    same, close, other = audio_keys(
        {f.name: np.array([0.5001, 0.5002, 0.502]) for f in FINGERPRINT}
    )
    assert same == close != other
