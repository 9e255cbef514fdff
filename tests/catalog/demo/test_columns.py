"""The shape and the stability of the demo catalog."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pytest

from spotai.catalog.demo import demo_columns, demo_playlists, demo_tracks
from spotai.errors import InputError
from spotai.features import FEATURES, NAMES
from spotai.tracks import TrackColumns

TEXTS = ("titles", "artists", "albums", "artwork", "release_dates", "genres")


def as_rows(batches: Sequence[TrackColumns]) -> list[tuple[Any, ...]]:
    """Everything but the playlist followers, song by song; nan as None, so that it compares."""
    return [
        row
        for batch in batches
        for row in zip(
            batch.ids.tolist(),
            batch.explicit.tolist(),
            *([None if math.isnan(v) else v for v in batch.features[n].tolist()] for n in NAMES),
            *(getattr(batch, name) for name in TEXTS),
            strict=True,
        )
    ]


@pytest.mark.parametrize("batch_size", [37, 4_096, 5_000, 100_000])
def test_songs_do_not_depend_on_the_batch_size(batch_size: int) -> None:
    batches = list(demo_columns(9_000, batch_size=batch_size))
    assert as_rows(batches) == as_rows(list(demo_columns(9_000)))
    assert [len(b) for b in batches[:-1]] == [batch_size] * (len(batches) - 1)
    assert np.array_equal(
        np.concatenate([b.playlist_followers for b in batches]),
        np.concatenate([b.playlist_followers for b in demo_columns(9_000)]),
    )


@pytest.mark.parametrize("count", [1, 4_000, 4_096, 4_097])
def test_songs_do_not_depend_on_the_count(count: int) -> None:
    assert as_rows(list(demo_columns(count))) == as_rows(list(demo_columns(9_000)))[:count]


def test_another_seed_makes_other_songs_under_the_same_ids() -> None:
    one, other = next(demo_columns(500)), next(demo_columns(500, seed=2))
    assert np.array_equal(one.ids, other.ids)
    assert np.mean(one.features["energy"] == other.features["energy"]) < 0.05
    assert sum(a == b for a, b in zip(one.titles, other.titles, strict=True)) < 25


def test_ids_are_22_characters_ascending_and_say_demo(songs: TrackColumns) -> None:
    assert all(re.fullmatch(rb"demo\d{18}", id_) for id_ in songs.ids.tolist())
    assert all(a < b for a, b in pairwise(songs.ids.tolist()))
    artists = set(chain.from_iterable(songs.artists))
    assert all(re.fullmatch(r"demo[A-Za-z0-9]{18}", artist.id) for artist in artists)


def test_every_value_is_one_the_catalog_keeps_and_can_search(songs: TrackColumns) -> None:
    for feature in FEATURES:
        values = songs.features[feature.name]
        assert values.dtype == np.float64
        known = values[~np.isnan(values)]
        assert all(feature.clean(value) == value for value in np.unique(known))
        if feature.required:
            assert len(known) == len(songs)


def test_values_are_written_as_spotify_writes_them(songs: TrackColumns) -> None:
    assert all(float(f"{v:.3g}") == v for v in songs.features["acousticness"].tolist())
    assert all(round(v, 3) == v for v in songs.features["tempo"].tolist())
    assert all(round(v, 3) == v for v in songs.features["loudness"].tolist())


def test_texts_are_complete_and_dates_agree_with_years(songs: TrackColumns) -> None:
    assert all(songs.titles)
    assert all(songs.albums)
    assert {len(artists) for artists in songs.artists} == {1, 2}
    assert all(1 <= len(g) <= 3 and list(g) == sorted(set(g)) for g in songs.genres)
    assert set(songs.explicit.tolist()) == {-1, 0, 1}
    for date, year in zip(songs.release_dates, songs.features["release_year"], strict=True):
        if math.isnan(year):
            assert date == ""
        else:
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date)
            assert int(date[:4]) == year


def test_a_few_artists_have_many_songs_and_most_have_few(songs: TrackColumns) -> None:
    first = [artists[0].id for artists in songs.artists]
    _, counts = np.unique(first, return_counts=True)
    busiest = np.sort(counts)[::-1]
    assert np.median(counts) == 1
    assert busiest[0] > 40
    assert busiest[0] < 0.01 * len(songs)


def test_rows_are_the_same_songs_as_columns() -> None:
    (columns,) = demo_columns(5_000)
    tracks = list(demo_tracks(5_000))
    assert [t.id.encode() for t in tracks] == columns.ids.tolist()
    assert [t.title for t in tracks] == columns.titles
    assert [t.artists for t in tracks] == columns.artists
    assert [t.release_date for t in tracks] == columns.release_dates
    assert [-1 if t.explicit is None else t.explicit for t in tracks] == columns.explicit.tolist()
    assert {t.source for t in tracks} == {"demo"}
    for name in NAMES:
        values = [t.features.get(name, math.nan) for t in tracks]
        np.testing.assert_array_equal(values, columns.features[name])


def test_an_album_has_one_name_one_artist_and_one_date() -> None:
    seen: dict[str, tuple[str, str, str]] = {}
    for track in demo_tracks(20_000):
        assert track.album is not None
        assert re.fullmatch(r"demo[A-Za-z0-9]{18}", track.album.id)
        facts = (track.album.name, track.artists[0].id, track.release_date)
        assert seen.setdefault(track.album.id, facts) == facts
    assert len(seen) < 20_000


@pytest.mark.parametrize("count", [100, 4_000, 30_000])
def test_followers_agree_with_the_playlists(count: int) -> None:
    (columns,) = demo_columns(count)
    most: dict[bytes, int] = {}
    for playlist in demo_playlists(count):
        for track_id in playlist.track_ids:
            song = track_id.encode()
            most[song] = max(most.get(song, 0), playlist.followers)
    assert columns.playlist_followers.tolist() == [most.get(s, 0) for s in columns.ids.tolist()]


def test_no_songs_are_no_batches() -> None:
    assert list(demo_columns(0)) == []
    assert list(demo_tracks(0)) == []


def test_impossible_numbers_are_refused_at_once() -> None:
    with pytest.raises(InputError, match="must not be negative"):
        demo_columns(-1)
    with pytest.raises(InputError, match="must not be negative"):
        demo_tracks(10, seed=-1)
    with pytest.raises(InputError, match="at least 1"):
        demo_columns(10, batch_size=0)
