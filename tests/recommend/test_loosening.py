"""Loosenings bring exactly what they say, and nothing is ever a dead end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import FEATURES, Feature
from spotai.recommend import Matches, Recipe, count_matches, query_of
from spotai.search import Snapshot, scan
from tests.made_songs import MakeSnapshot, artist_id, song_id


def ask(snapshot: Snapshot, recipe: Recipe) -> Matches:
    return count_matches(snapshot, recipe, lambda _: ())


def recipe_of(seeds: Sequence[str] = (), **fields: Any) -> Recipe:
    return Recipe.model_validate(fields | {"seed": {"track_ids": tuple(seeds)}}, strict=False)


def check(snapshot: Snapshot, recipe: Recipe) -> Matches:
    """Ask, and compare every count with a full scan of the looser recipe."""
    found = ask(snapshot, recipe)
    assert found.total == scan.count(snapshot, query_of(snapshot, recipe, lambda _: ()))
    for each in found.loosenings:
        looser = query_of(snapshot, recipe.changed(each.changes), lambda _: ())
        assert each.matches == found.total + each.gain == scan.count(snapshot, looser)
        assert each.gain > 0
        assert each.cost > 0
    if found.total == 0:
        assert found.biting
    return found


@pytest.fixture(scope="module")
def seeds(demo: Snapshot) -> list[str]:
    """Thirty lively songs."""
    liveliest = np.argsort(-demo.values("energy"))[:30]
    return [demo.ids[row].decode() for row in liveliest]


def test_the_cheapest_that_is_enough_comes_first(demo: Snapshot, seeds: list[str]) -> None:
    recipe = recipe_of(seeds, features={"tempo": {"min": 100, "max": 100.5}, "mode": {"only": [0]}})
    found = check(demo, recipe)
    enough = [each for each in found.loosenings if each.matches >= recipe.size]
    assert found.loosenings[: len(enough)] == tuple(enough)
    assert [each.cost for each in enough] == sorted(each.cost for each in enough)
    assert found.loosenings[0].changes[0].field in {"features.tempo.min", "features.tempo.max"}
    assert any("mode" in each.text.lower() for each in found.loosenings)


def test_nothing_is_offered_where_enough_songs_match(demo: Snapshot, seeds: list[str]) -> None:
    found = ask(demo, recipe_of(seeds, features={"energy": {"min": 0.1}}))
    assert found.total > 30
    assert (found.loosenings, found.biting) == ((), ())


SMALL_STEPS = [
    # Two songs fail the one limit a little, three the other, and forty both.
    *({"energy": 0.49, "valence": 0.6, "tempo": 100 + n} for n in range(2)),
    *({"energy": 0.6, "valence": 0.49, "tempo": 110 + n} for n in range(3)),
    *({"energy": 0.49, "valence": 0.49, "tempo": 120 + n} for n in range(40)),
    *({"energy": n / 100, "valence": n / 100, "tempo": 60} for n in range(45)),
    *({"energy": n / 100, "valence": 1 - n / 100, "tempo": 60} for n in range(80, 100)),
]


def test_two_small_steps_where_each_alone_brings_little(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(SMALL_STEPS)
    features = {"energy": {"min": 0.5, "target": 0.5}, "valence": {"min": 0.5}}
    first = check(snapshot, recipe_of(features=features)).loosenings[0]
    assert [change.field for change in first.changes] == [
        "features.energy.min",
        "features.valence.min",
    ]
    assert first.gain >= 45


def test_three_that_bite_are_loosened_together(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": n / 100, "mode": 0, "key": 1} for n in range(60)])
    recipe = recipe_of(
        features={
            "energy": {"min": 0.7, "target": 0.5},
            "mode": {"only": [1]},
            "key": {"only": [6]},
        }
    )
    found = check(snapshot, recipe)
    nearest, everything = found.loosenings
    assert len(nearest.changes) == len(everything.changes) == 3
    assert (everything.text, everything.matches) == ("Any energy, any key and any mode", 60)
    assert [(each.field, each.passing) for each in found.biting] == [
        ("features.energy", 0),
        ("features.key", 0),
        ("features.mode", 0),
    ]


@pytest.mark.parametrize(
    ("fields", "bites"),
    [
        ({"features": {"tempo": {"min": 399}}}, ["features.tempo"]),
        ({"features": {"tempo": {"min": 120.0001, "max": 120.0002}}}, ["features.tempo"]),
        ({"filters": {"explicit": True}}, ["filters.explicit"]),
        ({"filters": {"min_playlist_followers": 10}}, ["filters.min_playlist_followers"]),
        ({"strictness": 1.0}, ["strictness"]),
    ],
)
def test_zero_says_what_bites(
    make_snapshot: MakeSnapshot, fields: dict[str, Any], bites: list[str]
) -> None:
    snapshot = make_snapshot([{"tempo": 60 + n, "energy": n / 200} for n in range(100)])
    aims = {"energy": {"target": 0.123}} | fields.pop("features", {})
    found = check(snapshot, recipe_of(features=aims, **fields))
    assert found.total == 0
    assert [each.field for each in found.biting] == bites
    assert found.loosenings


def test_what_is_left_out_by_id_bites_and_is_never_loosened(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": n / 10, "artists": ("Ann",)} for n in range(9)])
    features = {"energy": {"min": 0.5}}
    banned = check(snapshot, recipe_of([song_id(0)], features=features, bans=[artist_id("Ann")]))
    assert banned.loosenings == ()
    assert [(each.field, each.passing) for each in banned.biting] == [
        ("bans", 0),
        ("features.energy", 4),
        ("seed", 8),
    ]


def test_the_answer_is_the_same_every_time(demo: Snapshot, seeds: list[str]) -> None:
    recipe = recipe_of(seeds, features={"key": {"only": [0]}}, strictness=0.7)
    again = Snapshot.open(demo.folder)
    assert ask(demo, recipe) == ask(again, recipe)


def ranges(name: str, values: tuple[float, float, float]) -> st.SearchStrategy[dict[str, Any]]:
    """Limits between quartiles of a feature: some miss few songs, some nearly all."""
    end = st.sampled_from(values)
    both = st.tuples(end, end).map(sorted)
    return (
        both.map(lambda ends: {name: {"min": ends[0], "max": ends[1]}})
        | end.map(lambda value: {name: {"min": value}})
        | end.map(lambda value: {name: {"max": value}})
    )


def limit(snapshot: Snapshot, feature: Feature) -> st.SearchStrategy[dict[str, Any]]:
    if feature.choices:
        only = st.lists(
            st.sampled_from(sorted(feature.choices)), min_size=1, max_size=2, unique=True
        )
        return only.map(lambda chosen: {feature.name: {"only": chosen}})
    ends = np.nanquantile(snapshot.values(feature.name), (0.02, 0.5, 0.98))
    low, middle, high = (np.rint(ends) if feature.integer else ends).tolist()
    return ranges(feature.name, (low, middle, high))


def limits(snapshot: Snapshot) -> st.SearchStrategy[dict[str, Any]]:
    some = st.one_of([limit(snapshot, feature) for feature in FEATURES])
    listed = st.lists(some, max_size=5)
    return listed.map(lambda parts: dict(item for part in parts for item in part.items()))


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "explicit": st.booleans(),
        "genres": st.sampled_from([("rock",), ("pop", "jazz")]),
        "min_playlist_followers": st.sampled_from([1, 1_000, 10_000_000]),
    },
)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_counts_equal_a_full_scan_for_any_recipe(
    demo: Snapshot, seeds: list[str], data: st.DataObject
) -> None:
    recipe = recipe_of(
        seeds,
        features=data.draw(limits(demo)),
        filters=data.draw(FILTERS),
        strictness=data.draw(st.sampled_from([0, 0.3, 0.8, 1])),
        size=data.draw(st.sampled_from([1, 30, 500])),
        tempo_octaves=data.draw(st.booleans()),
        bans=data.draw(st.sampled_from([(), tuple(demo.first_artists(np.arange(50)))])),
    )
    found = check(demo, recipe)
    if found.total == 0:
        assert found.loosenings
    assert len(found.loosenings) <= 6
    everything = Recipe(seed=recipe.seed, tempo_octaves=recipe.tempo_octaves, bans=recipe.bans)
    every = scan.count(demo, query_of(demo, everything, lambda _: ()))
    if found.total < min(recipe.size, every):
        most = max(each.matches for each in found.loosenings)
        assert most >= min(recipe.size, every)


TIGHT: list[dict[str, Any]] = [
    {"features": {"tempo": {"min": 120, "max": 121}, "key": {"only": [0]}}},
    {"features": {"energy": {"min": 0.95}, "acousticness": {"min": 0.9}}},
    {"features": {"release_year": {"min": 1950, "max": 1960}}, "strictness": 0.8},
    {"features": {"duration_ms": {"max": 60_000}, "danceability": {"min": 0.8}}},
    {"features": {"time_signature": {"only": [5]}, "mode": {"only": [0]}}, "strictness": 0.5},
    {"features": {"loudness": {"min": -1}, "valence": {"max": 0.05}}},
    {"features": {"popularity": {"min": 99}}},
    {"features": {"liveness": {"min": 0.9}, "speechiness": {"min": 0.9}, "tempo": {"min": 180}}},
    {"strictness": 0.99},
    {"features": {"instrumentalness": {"min": 0.99}, "key": {"only": [6]}}, "strictness": 0.9},
]


@pytest.mark.parametrize("fields", TIGHT)
def test_tight_recipes_on_real_songs_are_no_dead_ends(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]], fields: dict[str, Any]
) -> None:
    found = check(real_sample, recipe_of(real_playlists[0], **fields))
    assert found.total < 30
    assert found.loosenings
    assert found.loosenings[0].matches >= 30
