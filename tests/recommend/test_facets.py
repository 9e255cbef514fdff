"""The moods of varied playlists: what they are, that order never matters, and what they change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spotai.errors import RecipeError
from spotai.features import FEATURES
from spotai.recommend import Facet, Recipe, build_profile, count_matches, find_facets, recommend
from spotai.recommend.facets import LEAST_SHARE, LEAST_SONGS, MOST_FACETS
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot

MOODS = [feature.name for feature in FEATURES if feature.mood]


def no_playlists(playlist_id: str) -> tuple[str, ...]:
    raise AssertionError(playlist_id)


@pytest.fixture
def three_moods(make_snapshot: MakeSnapshot) -> Snapshot:
    """40, 30 and 20 songs of three kinds."""
    ratios = [f.name for f in FEATURES if f.mood and f.maximum == 1]
    kinds = [0.2] * 40 + [0.5] * 30 + [0.8] * 20
    return make_snapshot([dict.fromkeys(ratios, kind) for kind in kinds])


def mixed(snapshot: Snapshot) -> NDArray[np.intp]:
    """The calmest and the most energetic songs."""
    energy = np.argsort(snapshot.values("energy"), kind="stable")
    return np.concatenate([energy[:60], energy[-40:]])


def test_songs_of_different_moods_are_told_apart(three_moods: Snapshot) -> None:
    facets = find_facets(three_moods, np.arange(len(three_moods)))
    assert [facet.number for facet in facets] == [1, 2, 3]
    assert [len(facet.rows) for facet in facets] == [40, 30, 20]
    values = [three_moods.values("energy", facet.rows) for facet in facets]
    assert [round(float(v.mean()), 1) for v in values] == [0.2, 0.5, 0.8]
    assert len({facet.name for facet in facets}) == 3


def test_songs_of_one_mood_have_no_facets(demo: Snapshot) -> None:
    alike = np.argsort(np.abs(demo.values("energy") - 0.6), kind="stable")[:80]
    assert find_facets(demo, alike) == ()


@pytest.mark.parametrize("songs", [0, 1, 2 * LEAST_SONGS - 1])
def test_few_songs_have_no_facets(demo: Snapshot, songs: int) -> None:
    rows = mixed(demo)
    some = np.concatenate([rows[: songs // 2], rows[len(rows) - (songs - songs // 2) :]])
    assert find_facets(demo, some) == ()


def test_the_same_song_again_and_again_is_one_mood(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": 0.1}] * 30 + [{"energy": 0.9}] * 30)
    assert len(find_facets(snapshot, np.arange(60))) == 2
    assert find_facets(snapshot, np.flatnonzero(snapshot.values("energy") == 0.1)) == ()


def test_of_equal_size_the_facet_with_the_smallest_id_comes_first(
    make_snapshot: MakeSnapshot,
) -> None:
    snapshot = make_snapshot([{"energy": 0.9 if n % 2 == 0 else 0.1} for n in range(40)])
    first, second = find_facets(snapshot, np.arange(40))
    assert len(first.rows) == len(second.rows)
    assert min(snapshot.ids[first.rows]) < min(snapshot.ids[second.rows])


def test_the_name_says_what_sets_a_facet_apart(demo: Snapshot) -> None:
    calm, energetic = find_facets(demo, mixed(demo))
    assert (len(calm.rows), len(energetic.rows)) == (60, 40)
    names = [set(facet.name.split(", ")) for facet in (calm, energetic)]
    assert names[0] & {"calm", "acoustic", "quiet", "sad"}
    assert names[1] & {"energetic", "electric", "loud", "happy"}


def test_names_differ_where_only_one_feature_does(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": e} for e in (0.1, 0.4, 0.6, 0.9) for _ in range(20)])
    facets = find_facets(snapshot, np.arange(80))
    assert len(facets) == 4
    assert len({facet.name for facet in facets}) == 4


def test_a_difference_that_nobody_hears_names_no_facet(make_snapshot: MakeSnapshot) -> None:
    # Of most songs the instrumentalness is tiny, so by rank .004 is far above .000.
    moods = [{"energy": 0.2, "instrumentalness": 0.0}, {"energy": 0.8, "instrumentalness": 0.004}]
    snapshot = make_snapshot([mood for mood in moods for _ in range(20)])
    assert abs(np.diff(np.unique(snapshot.axis("instrumentalness")))) > 1
    names = [facet.name for facet in find_facets(snapshot, np.arange(40))]
    assert sorted(names) == ["calm", "energetic"]


def test_what_no_plain_word_says_names_a_facet_only_where_nothing_else_does(
    make_snapshot: MakeSnapshot,
) -> None:
    moods = [{"danceability": 0.2, "valence": 0.5}, {"danceability": 0.8, "valence": 0.5}]
    snapshot = make_snapshot([mood for mood in moods for _ in range(20)])
    names = {facet.name for facet in find_facets(snapshot, np.arange(40))}
    assert names == {"danceable", "much less danceable"}
    moods[0]["valence"] = 0.35
    snapshot = make_snapshot([mood for mood in moods for _ in range(20)])
    names = {facet.name for facet in find_facets(snapshot, np.arange(40))}
    assert "sad" in names
    assert not any("less" in name for name in names)


def test_of_real_songs_every_word_says_what_is_more_than_a_bit(real_sample: Snapshot) -> None:
    words = {f.high: f for f in FEATURES if f.high} | {f.low: f for f in FEATURES if f.low}
    named = 0
    for mood in MOODS:
        by_mood = np.argsort(real_sample.values(mood), kind="stable")
        rows = np.concatenate([by_mood[:60], by_mood[-40:]])
        for facet in find_facets(real_sample, rows):
            others = np.setdiff1d(rows, facet.rows)
            for word in facet.name.split(", "):
                name, sign = words[word].name, 1 if word == words[word].high else -1
                values = [real_sample.values(name, each) for each in (facet.rows, others)]
                apart = sign * np.diff([np.nanmean(v) for v in values[::-1]])[0]
                assert apart > 0
                assert apart >= words[word].notable
                named += 1
    assert named


def test_a_value_not_known_counts_as_the_mean(make_snapshot: MakeSnapshot) -> None:
    years = [None, *range(1960, 1990), *range(2000, 2030)]
    snapshot = make_snapshot([{"release_year": year} for year in years])
    facets = find_facets(snapshot, np.arange(len(years)))
    assert sum(len(facet.rows) for facet in facets) == len(years)


def same(one: tuple[Facet, ...], other: tuple[Facet, ...]) -> bool:
    return [(f.number, f.name, f.rows.tolist()) for f in one] == [
        (f.number, f.name, f.rows.tolist()) for f in other
    ]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.floats(0, 1), again=st.integers(0, 9))
def test_facets_hold_each_song_once_in_whatever_order_they_come(
    demo: Snapshot, seed: int, share: float, again: int
) -> None:
    rng = np.random.default_rng(seed)
    calm, energetic = mixed(demo)[:60], mixed(demo)[60:]
    rows = np.concatenate([calm, energetic[: round(len(energetic) * share)]])
    facets = find_facets(demo, rows)
    shuffled = rng.permutation(np.concatenate([rows, rows[:again]]))
    assert same(facets, find_facets(demo, shuffled))
    if facets:
        assert 2 <= len(facets) <= MOST_FACETS
        held = np.concatenate([facet.rows for facet in facets])
        assert sorted(held.tolist()) == sorted(set(rows.tolist()))
        assert min(len(facet.rows) for facet in facets) >= max(LEAST_SONGS, LEAST_SHARE * len(rows))


def test_very_long_playlists_are_clustered_by_a_sample(demo: Snapshot) -> None:
    energy = demo.values("energy")
    rows = np.flatnonzero((energy < 0.3) | (energy > 0.85))
    facets = find_facets(demo, rows)
    assert sum(len(facet.rows) for facet in facets) == len(rows) > 1_000


def ask(demo: Snapshot, **fields: Any) -> Recipe:
    ids = tuple(i.decode() for i in demo.ids[mixed(demo)])
    return Recipe.model_validate({"seed": {"track_ids": ids}, **fields})


def test_a_facet_alone_gives_the_profile_and_no_seed_is_listed(demo: Snapshot) -> None:
    rows = mixed(demo)
    seeds = {i.decode() for i in demo.ids[rows]}
    centres = [build_profile(demo, facet.rows) for facet in find_facets(demo, rows)]
    energies = [profile.axes["energy"].mean for profile in centres]
    for number, own in enumerate(energies, start=1):
        found = recommend(demo, ask(demo, facet=number), no_playlists)
        assert not seeds & {each.song.id for each in found.songs}
        x = demo.axis("energy")[[each.song.row for each in found.songs]].mean()
        other = next(mean for n, mean in enumerate(energies, start=1) if n != number)
        assert abs(x - own) < abs(x - other)
    matches = count_matches(demo, ask(demo, facet=1), no_playlists)
    assert matches.total == len(demo) - len(rows)


def test_a_facet_there_is_not_is_refused(demo: Snapshot) -> None:
    with pytest.raises(RecipeError, match="has 2 moods; choose one of 1 to 2") as refused:
        recommend(demo, ask(demo, facet=3), no_playlists)
    assert refused.value.field == "facet"
    one = Recipe.model_validate({"seed": {"track_ids": (demo.ids[0].decode(),)}, "facet": 1})
    with pytest.raises(RecipeError, match="has one mood"):
        recommend(demo, one, no_playlists)


def test_on_real_songs_a_facets_list_is_nearest_to_its_own_centre(real_sample: Snapshot) -> None:
    rows = mixed(real_sample)
    facets = find_facets(real_sample, rows)
    assert len(facets) >= 2
    ids = tuple(i.decode() for i in real_sample.ids[rows])
    axes = [real_sample.axes.index(name) for name in MOODS]
    roots = np.sqrt([f.weight for f in FEATURES if f.mood])
    points = real_sample.coordinates()[:, axes] * roots
    centres = [points[facet.rows].mean(axis=0) for facet in facets]
    for facet in facets:
        recipe = Recipe.model_validate(
            {"seed": {"track_ids": ids}, "facet": facet.number, "contrast": 0.0}
        )
        listed = recommend(real_sample, recipe, no_playlists).songs
        mean = points[[each.song.row for each in listed]].mean(axis=0)
        distances = [float(((mean - centre) ** 2).sum()) for centre in centres]
        assert int(np.argmin(distances)) == facet.number - 1
