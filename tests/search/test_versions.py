from __future__ import annotations

import numpy as np
import pytest

from spotai.features import FINGERPRINT
from spotai.search.versions import audio_keys, normal_title, title_keys


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


def test_a_song_shares_its_key_with_its_versions_only() -> None:
    titles = ["Yellow", "Yellow (Live)", "Yellow", "Clocks"]
    studio, live, other_artist, other_song = title_keys(
        titles, ["Coldplay", "COLDPLAY", "Donovan", "Coldplay"]
    )
    assert studio == live
    assert len({studio, other_artist, other_song}) == 3


def test_blank_titles_have_no_key() -> None:
    assert title_keys(["", " "], ["Ann", "Ann"]).tolist() == [0, 0]


def test_audio_keys_agree_to_three_decimals() -> None:
    same, close, other = audio_keys(
        {f.name: np.array([0.5001, 0.5002, 0.502]) for f in FINGERPRINT}
    )
    assert same == close != other
