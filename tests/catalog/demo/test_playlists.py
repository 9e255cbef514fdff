"""Demo playlists: a character each, and nothing outside the catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pytest

from spotai.catalog.demo import DemoPlaylist, demo_columns, demo_playlists
from spotai.catalog.demo.model import Array
from spotai.catalog.demo.playlists import CHOSEN_AMONG
from spotai.errors import InputError


@pytest.fixture(scope="module")
def playlists() -> Mapping[str, DemoPlaylist]:
    return {playlist.name: playlist for playlist in demo_playlists()}


@pytest.fixture(scope="module")
def catalog() -> Mapping[str, Array]:
    (columns,) = demo_columns(4_000)
    return columns.features


def values(playlist: DemoPlaylist, feature: str, catalog: Mapping[str, Array]) -> Array:
    return catalog[feature][[int(id_.removeprefix("demo")) for id_ in playlist.track_ids]]


def test_a_dozen_playlists_of_20_to_60_different_songs(
    playlists: Mapping[str, DemoPlaylist],
) -> None:
    assert len(playlists) == 12
    for playlist in playlists.values():
        assert 20 <= len(playlist.track_ids) == len(set(playlist.track_ids)) <= 60
        assert all(0 <= int(id_.removeprefix("demo")) < 4_000 for id_ in playlist.track_ids)
        assert playlist.name
        assert playlist.description
        assert re.fullmatch(r"demo[A-Za-z0-9]{18}", playlist.id)
    followers = sorted(playlist.followers for playlist in playlists.values())
    assert (followers[0], followers[-1]) == (0, 1_000_000)


@pytest.mark.parametrize(
    ("name", "feature", "low", "high"),
    [
        ("Sleepy Hours", "energy", 0.0, 0.25),
        ("Running at 172", "energy", 0.8, 1.0),
        ("Running at 172", "tempo", 155, 185),
        ("Saturday Kitchen Party", "danceability", 0.75, 0.95),
        ("Acoustic Morning", "acousticness", 0.7, 1.0),
        ("Deep Focus", "instrumentalness", 0.8, 1.0),
        ("Rain on the Window", "valence", 0.0, 0.25),
        ("Eighties Drive", "release_year", 1980, 1990),
        ("Spoken Flow", "speechiness", 0.2, 0.45),
        ("Live and Loud", "liveness", 0.7, 1.0),
        ("Grandmother's Gramophone", "release_year", 1922, 1940),
        ("Long Slow Journeys", "duration_ms", 320_000, 600_000),
    ],
)
def test_playlists_have_the_character_they_promise(
    playlists: Mapping[str, DemoPlaylist],
    catalog: Mapping[str, Array],
    name: str,
    feature: str,
    low: float,
    high: float,
) -> None:
    inside = values(playlists[name], feature, catalog)
    assert low <= np.nanmean(inside) <= high
    assert len(np.unique(inside)) > 5, "a character, not one value over and over"
    everywhere = np.nanmean(catalog[feature])
    assert not low <= everywhere <= high, "the catalog's average would pass too"


def test_the_mixed_one_is_wider_than_its_moods(
    playlists: Mapping[str, DemoPlaylist], catalog: Mapping[str, Array]
) -> None:
    mixed = values(playlists["Three Moods of Mine"], "energy", catalog).std()
    for mood in ("Sleepy Hours", "Running at 172", "Saturday Kitchen Party"):
        assert mixed > 2 * values(playlists[mood], "energy", catalog).std()


def test_playlists_are_the_same_every_time_and_differ_by_seed() -> None:
    assert demo_playlists() == demo_playlists()
    assert demo_playlists()[0].track_ids != demo_playlists(seed=2)[0].track_ids


def test_a_small_catalog_gives_all_it_has() -> None:
    for playlist in demo_playlists(10):
        assert len(set(playlist.track_ids)) == len(playlist.track_ids) == 10
    assert all(playlist.track_ids == () for playlist in demo_playlists(0))


def test_beyond_a_bound_more_songs_change_no_playlist() -> None:
    assert demo_playlists(15_000_000) == demo_playlists(CHOSEN_AMONG)


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(InputError, match="must not be negative"):
        demo_playlists(-1)
