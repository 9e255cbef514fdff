"""Each method ranks what it says it ranks by, and never a seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from spotai.errors import InputError
from spotai.evaluation.methods import (
    OURS,
    RECIPES,
    methods_over,
    no_playlist,
    query_for,
    seeded,
)
from spotai.evaluation.split import Split
from spotai.evaluation.upper_bound import CANDIDATES, UpperBound
from spotai.features import NAMES
from spotai.recommend import recommend
from spotai.search import Snapshot, build_snapshot
from tests.made_songs import columns_of


def test_every_method_ranks_all_songs_but_the_seeds(made: Snapshot, splits: list[Split]) -> None:
    for name, rank in methods_over(made).items():
        for split in splits[:3]:
            ranking = rank(split)
            rest = np.setdiff1d(np.arange(len(made)), split.seeds)
            assert np.array_equal(np.sort(ranking), rest), name
            assert np.array_equal(ranking, rank(split)), name


def test_ours_begins_with_the_list_of_recommend(made: Snapshot, splits: list[Split]) -> None:
    split = splits[0]
    ranking = methods_over(made)[OURS](split)
    answer = recommend(made, seeded(made, RECIPES[OURS], split), no_playlist)
    listed = [each.song.row for each in answer.songs]
    assert len(listed) == 500
    assert ranking[:500].tolist() == listed
    # Behind it come the others by distance.
    behind = made.distances_of(query_for(made, split), ranking[500:])
    in_list = set(listed)
    assert (np.diff(behind) >= 0).all()
    assert in_list.isdisjoint(ranking[500:].tolist())


def test_recipes_of_ours_leave_out_what_they_say(made: Snapshot, splits: list[Split]) -> None:
    weighted = {
        name: set(query_for(made, splits[0], recipe).weighted) for name, recipe in RECIPES.items()
    }
    assert "popularity" not in weighted["spotai_no_popularity"]
    assert weighted["spotai_audio"] == set(made.axes) - {"popularity", "release_year"}


def test_popularity_ranks_the_most_popular_first(made: Snapshot, splits: list[Split]) -> None:
    ranking = methods_over(made)["popularity"](splits[0])
    popularity = np.nan_to_num(made.values("popularity", ranking), nan=-1)
    assert (np.diff(popularity) <= 0).all()


def test_the_original_measures_in_its_own_scaling(tmp_path_factory: pytest.TempPathFactory) -> None:
    songs = [
        {"tempo": 100, "loudness": -10, "energy": 0.5},  # the seed
        {"tempo": 100, "loudness": -10, "energy": 0.55},  # 0.05 away
        {"tempo": 132, "loudness": -10, "energy": 0.5},  # 32/160 = 0.2 away
        {"tempo": 100, "loudness": -20, "energy": 0.5},  # log10(2) = 0.301 away
        {"tempo": 116, "loudness": -10, "energy": 0.5},  # 0.1 away
        {"tempo": 100, "loudness": -10, "energy": 0.5, "key": 7, "duration_ms": 1_000_000},  # none
    ]
    folder = tmp_path_factory.mktemp("original")
    build_snapshot([columns_of(songs)], folder, source="test")
    snapshot = Snapshot.open(folder)
    seed = snapshot.rows_of([f"{0:022d}"])
    ranking = methods_over(snapshot)["original"](Split("p", seed, seed))
    assert [int(track) for track in snapshot.ids[ranking]] == [5, 1, 4, 2, 3]


def test_the_standard_way_is_nearest_in_standard_deviations(
    made: Snapshot, splits: list[Split]
) -> None:
    split = splits[0]
    ranking = methods_over(made)["sklearn_standard"](split)
    known = [name for name in NAMES if np.isfinite(made.values(name)).any()]
    values = np.stack([made.values(name) for name in known], axis=1)
    means = np.nanmean(values, axis=0)
    values = np.where(np.isnan(values), means, values)
    points = (values - means) / values.std(axis=0)
    away = ((points - points[split.seeds].mean(axis=0)) ** 2).sum(axis=1)
    assert (np.diff(away[ranking]) > -1e-9).all()


def test_the_upper_bound_learns_from_other_playlists(made: Snapshot, splits: list[Split]) -> None:
    some = splits[:6]
    ours = methods_over(made)[OURS]
    ranking = UpperBound(made, ours, some)(some[0])
    rest = np.setdiff1d(np.arange(len(made)), some[0].seeds)
    assert np.array_equal(np.sort(ranking), rest)
    assert set(ranking[:CANDIDATES]) == set(ours(some[0])[:CANDIDATES])
    assert not np.array_equal(ranking, ours(some[0]))
    # Its own hidden songs are no lesson for a playlist: without them the answer is the same.
    blind = replace(some[0], hidden=some[0].hidden[:0])
    assert np.array_equal(ranking, UpperBound(made, ours, [blind, *some[1:]])(blind))


def test_the_upper_bound_needs_other_playlists(made: Snapshot, splits: list[Split]) -> None:
    copy = replace(splits[0], playlist_id=f"{splits[0].playlist_id}@elsewhere")
    with pytest.raises(InputError, match="from other playlists"):
        UpperBound(made, methods_over(made)[OURS], [splits[0], copy])(copy)
