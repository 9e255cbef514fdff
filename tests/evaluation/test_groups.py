"""Versions of a song are found and merged, also through each other."""

from __future__ import annotations

import numpy as np
import pytest

from spotai.errors import InputError
from spotai.evaluation.groups import components, merge_songs, song_groups
from spotai.evaluation.songs import SongTable
from tests.evaluation.tables import song, table
from tests.made_songs import song_id


def groups_of(found: SongTable) -> list[int]:
    return [int(group) for group in song_groups(found)]


def test_a_title_is_one_song_with_its_first_artist_only() -> None:
    found = table(
        song(0, "Café Blue"),
        song(1, "CAFE BLUE (Live at Home)"),
        song(2, "Cafe Blue - Remastered 2011"),
        song(3, "cafe blue feat. Bob"),
        song(4, "Cafe Blue", "Someone else"),
        song(5, "Cafe Green"),
    )
    assert groups_of(found) == [0, 0, 0, 0, 1, 2]


def test_the_same_recording_is_one_song_under_any_title() -> None:
    found = table(
        song(0, "One", tempo=99.1234, loudness=-7.5),
        song(1, "Another", "Bob", tempo=99.12341, loudness=-7.5),
        song(2, "A third", "Bob", tempo=99.125, loudness=-7.5),
    )
    assert groups_of(found) == [0, 0, 1]


def test_songs_join_through_a_third() -> None:
    # The first two share a title, the last two a recording.
    found = table(
        song(0, "One"),
        song(1, "Two", "Bob", tempo=90, loudness=-9),
        song(2, "One (Live)", tempo=90, loudness=-9),
    )
    assert groups_of(found) == [0, 0, 0]


def test_blank_titles_join_nothing() -> None:
    assert groups_of(table(song(0, ""), song(1, ""), song(2, ""))) == [0, 1, 2]


def test_components_join_chains_of_any_order() -> None:
    keys = np.array([5, 1, 4, 1, 9, 5], dtype=np.uint64)
    others = np.array([10, 11, 11, 12, 13, 12], dtype=np.uint64)
    # 1-3 and 0-5 by the first key; 1-2 and 3-5 by the second.
    assert components(keys, others).tolist() == [0, 0, 0, 0, 1, 0]


def test_the_most_popular_track_of_the_source_stands_for_the_song() -> None:
    found = table(
        song(0, "One", popularity=10, release_year=1999),
        song(1, "Two", popularity=5),
        song(2, "One (Live)", popularity=60, release_year=2005),
        song(3, "One - Remix", popularity=60, release_year=2007),
        song(4, "One - Demo", popularity=99, release_year=1990, source="other"),
        song(5, "Elsewhere", source="other"),
    )
    merged = merge_songs(found, song_groups(found), "one")
    # In the order of the table.
    assert merged.table.ids.tolist() == [song_id(1).encode(), song_id(2).encode()]
    assert merged.table.titles == ["Two", "One (Live)"]
    # The earliest year that any source knows.
    assert merged.table.features["release_year"].tolist() == [2000, 1990]
    assert merged.table.features["popularity"].tolist() == [5, 60]
    # An entry of any source counts as its song; one the source does not have is none.
    assert merged.song_of == {
        song_id(n): song for n, song in ((0, 1), (1, 0), (2, 1), (3, 1), (4, 1))
    }


def test_a_year_that_is_not_known_is_not_the_earliest() -> None:
    blank = song(0, "One", popularity=90, release_year=float("nan"))
    found = table(blank, song(1, "One", release_year=2011))
    merged = merge_songs(found, song_groups(found), "one")
    assert merged.table.features["release_year"].tolist() == [2011]


def test_a_source_without_songs_is_refused() -> None:
    found = table(song(0, "One"), song(1, "Two", source="other"))
    with pytest.raises(InputError, match="'third'; there are one, other"):
        merge_songs(found, song_groups(found), "third")


def test_the_main_source_is_the_largest() -> None:
    assert table(song(0, "A", source="z"), song(1, "B"), song(2, "C")).main_source == "one"
