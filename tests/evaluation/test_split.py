"""The split: halves that never change."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import InputError
from spotai.evaluation.split import read_playlists, split, split_playlists
from tests.made_songs import song_id


@given(st.text(max_size=30), st.sets(st.integers(0, 10_000), min_size=2, max_size=200))
def test_halves_are_all_of_it_and_share_nothing(playlist_id: str, songs: set[int]) -> None:
    cut = split(playlist_id, songs)
    assert len(cut.hidden) == len(songs) // 2
    assert sorted([*cut.seeds, *cut.hidden]) == sorted(songs)
    again = split(playlist_id, sorted(songs, reverse=True))
    assert np.array_equal(cut.seeds, again.seeds)
    assert np.array_equal(cut.hidden, again.hidden)


def test_the_protocol_decides_what_is_hidden() -> None:
    shuffled = np.arange(40, 60)
    np.random.default_rng([1, crc32(b"some playlist")]).shuffle(shuffled)
    assert np.array_equal(split("some playlist", range(40, 60)).hidden, shuffled[:10])


def test_another_playlist_hides_others() -> None:
    hidden = {tuple(split(name, range(40)).hidden) for name in "abcdefgh"}
    assert len(hidden) == 8


def test_playlists_count_distinct_known_songs() -> None:
    # Two tracks of each song.
    song_of = {song_id(n): n // 2 for n in range(2_200)}
    ids = [song_id(n) for n in range(2_200)]
    playlists = {
        "short": [*ids[:38], "unknown"],
        "fits": [*ids[:40], "unknown"],
        "long": ids[:2_000],
        "too long": ids[:2_002],
    }
    found = split_playlists(playlists, song_of)
    assert [each.playlist_id for each in found] == ["fits", "long"]
    assert [len(each.seeds) for each in found] == [10, 500]


def test_no_playlist_long_enough_is_refused() -> None:
    with pytest.raises(InputError, match="none of the 1 playlists has 20 to 1,000"):
        split_playlists({"a": [song_id(0)]}, {song_id(0): 0})


def test_playlists_are_read_from_a_table(tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    rows = [("p", 0), ("q", 1), ("p", 2)]
    lines = [f"{name},Name,{n},{song_id(track)}" for n, (name, track) in enumerate(rows)]
    file.write_text("\n".join(["playlist_id,playlist_name,position,track_id", *lines]))
    assert read_playlists(file) == {"p": [song_id(0), song_id(2)], "q": [song_id(1)]}
