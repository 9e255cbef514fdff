"""From recipe to targets and weights: every rule of design and formula, feature by feature."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from spotai.errors import RecipeError
from spotai.features import FEATURES, NAMES
from spotai.recommend import Profile, Recipe, build_profile
from spotai.recommend.targets import Model, build_model
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot

SEEDS = np.arange(40, 70)
NUMERIC = [f for f in FEATURES if f.kind == "numeric"]
G = {
    "danceability": 0.35,
    "energy": 0.35,
    "loudness": 0.10,
    "speechiness": 0.40,
    "acousticness": 0.40,
    "instrumentalness": 0.30,
    "liveness": 0.30,
    "valence": 0.30,
    "tempo": 0.10,
    "duration_ms": 0.35,
    "release_year": 0.60,
    "popularity": 0.80,
    "mode": 0.30,
    "key": 0.10,
    "time_signature": 0.10,
}


@pytest.fixture(scope="module")
def profile(demo: Snapshot) -> Profile:
    return build_profile(demo, SEEDS)


def recipe(**fields: Any) -> Recipe:
    return Recipe.model_validate_json(json.dumps(fields))


def ticked(*names: str, **settings: Any) -> dict[str, Any]:
    """Settings that tick just these features, the first with further settings."""
    first = {names[0]: {"selected": True, **settings}}
    return {name: {"selected": name in names} for name in NAMES} | first


def model(demo: Snapshot, profile: Profile, **fields: Any) -> Model:
    return build_model(demo, profile, recipe(**fields))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("contrast", [0.0, 0.4, 1.0])
def test_untouched_features(demo: Snapshot, profile: Profile, name: str, contrast: float) -> None:
    # Popularity stays ticked, so that the fitted weights g apply.
    made = model(demo, profile, contrast=contrast, features=ticked(name, "popularity"))
    for feature in (f for f in FEATURES if f.name == name):
        for axis in feature.axes:
            seen = profile.axes[axis]
            u = max(1 / seen.variance - 0.9 * contrast, 0.05)
            assert made.target[axis] == pytest.approx(
                np.clip(seen.mean / (seen.variance * u), -8, 8)
            )
            assert made.weight[axis] == pytest.approx(G[name] * u)
    assert set(made.weight) == {"popularity", *next(f.axes for f in FEATURES if f.name == name)}


@pytest.mark.parametrize("name", NAMES)
def test_at_contrast_0_the_aim_is_the_playlist_itself(
    demo: Snapshot, profile: Profile, name: str
) -> None:
    made = model(demo, profile, contrast=0.0, features=ticked(name, "popularity"))
    for axis, target in made.target.items():
        assert target == pytest.approx(profile.axes[axis].mean)


@pytest.mark.parametrize("name", [f.name for f in NUMERIC] + ["mode"])
@pytest.mark.parametrize("contrast", [0.0, 1.0])
def test_edited_features_are_not_pushed(
    demo: Snapshot, profile: Profile, name: str, contrast: float
) -> None:
    value = {"loudness": -6, "tempo": 128, "duration_ms": 180_000, "release_year": 1999}.get(
        name, 70 if name == "popularity" else 1 if name == "mode" else 0.7
    )
    made = model(demo, profile, contrast=contrast, features=ticked(name, target=value))
    assert made.target == {name: demo.maps[name].coordinate(value)}
    assert made.weight == {name: pytest.approx(1 / profile.axes[name].variance)}
    assert made.aims == {name: value}
    assert made.edited == {name}


@pytest.mark.parametrize(("step", "factor"), [("low", 1 / 3), ("normal", 1), ("high", 3)])
@pytest.mark.parametrize("setting", [{}, {"target": 0.7}])
def test_weight_steps(
    demo: Snapshot, profile: Profile, step: str, factor: float, setting: dict[str, Any]
) -> None:
    normal = model(demo, profile, features=ticked("energy", "popularity", **setting))
    stepped = model(demo, profile, features=ticked("energy", "popularity", weight=step, **setting))
    assert stepped.weight["energy"] == pytest.approx(factor * normal.weight["energy"])
    assert stepped.weight["popularity"] == normal.weight["popularity"]


@pytest.mark.parametrize("setting", [{"weight": "off"}, {"selected": False}])
def test_off_and_unticked_features_do_not_count(
    demo: Snapshot, profile: Profile, setting: dict[str, Any]
) -> None:
    made = model(demo, profile, features=ticked("energy", "tempo", **{"target": 0.5, **setting}))
    assert set(made.weight) == {"tempo"}


def test_an_edited_key_weighs_both_axes_alike(demo: Snapshot, profile: Profile) -> None:
    made = model(demo, profile, features=ticked("key", target=7))
    spread = profile.axes["key_cos"].variance + profile.axes["key_sin"].variance
    assert made.weight == {a: pytest.approx(1 / spread) for a in ("key_cos", "key_sin")}
    assert made.target == {a: demo.maps[a].coordinate(7) for a in ("key_cos", "key_sin")}


@pytest.mark.parametrize(("beats", "is_four"), [(4, True), (3, False), (5, False)])
def test_an_edited_time_signature_keeps_its_own_weight(
    demo: Snapshot, profile: Profile, beats: int, is_four: bool
) -> None:
    made = model(demo, profile, features=ticked("time_signature", target=beats))
    axis = demo.maps["time_signature"]
    assert made.weight["time_signature"] == pytest.approx(
        0.1 / profile.axes["time_signature"].variance
    )
    assert made.target["time_signature"] == (axis.high if is_four else axis.low)


@pytest.mark.parametrize("popularity", [{"selected": False}, {"weight": "off"}])
def test_without_year_and_popularity_every_audio_axis_weighs_alike(
    demo: Snapshot, profile: Profile, popularity: dict[str, Any]
) -> None:
    features = ticked("energy", "tempo", "time_signature") | {"popularity": popularity}
    made = model(demo, profile, contrast=0.0, features=features)
    assert made.weight == {
        "energy": pytest.approx(1 / profile.axes["energy"].variance),
        "tempo": pytest.approx(1 / profile.axes["tempo"].variance),
        "time_signature": pytest.approx(0.1 / profile.axes["time_signature"].variance),
    }


def test_a_catalog_without_dates_and_popularity_counts_as_without_them(
    make_snapshot: MakeSnapshot,
) -> None:
    rows = [{"energy": n / 10, "popularity": None, "release_year": None} for n in range(10)]
    snapshot = make_snapshot(rows)
    seen = build_profile(snapshot, np.array([7, 8]))
    features = {"popularity": {"selected": True}, "release_year": {"selected": True}}
    made = model(snapshot, seen, contrast=0.0, features=features)
    assert made.weight == {"energy": pytest.approx(1 / seen.axes["energy"].variance)}


def test_the_eight_most_telling_features_count_by_default(demo: Snapshot, profile: Profile) -> None:
    made = model(demo, profile)
    assert set(made.aims) == {n for n, f in profile.features.items() if f.selected}
    assert len(made.aims) == 8


def test_saying_something_about_a_feature_ticks_it(demo: Snapshot, profile: Profile) -> None:
    silent = next(n for n, f in profile.features.items() if not f.selected and n != "key")
    assert silent not in model(demo, profile).aims
    assert silent in model(demo, profile, features={silent: {"weight": "high"}}).aims
    assert silent not in model(demo, profile, features={silent: {"weight": "off"}}).aims


def test_half_and_double_time_are_further_tempo_targets(demo: Snapshot, profile: Profile) -> None:
    tempo = demo.maps["tempo"]
    low, high = tempo.rising
    assert low < 75
    assert high < 300
    features = ticked("tempo", target=150)
    assert model(demo, profile, features=features).alternatives == {}
    made = model(demo, profile, tempo_octaves=True, features=features)
    assert made.alternatives == {
        "tempo": (made.target["tempo"] + tempo.coordinate(75) - tempo.coordinate(150),)
    }


def test_octaves_of_an_untouched_tempo_shift_its_pushed_target(demo: Snapshot) -> None:
    slow = np.flatnonzero(np.abs(demo.values("tempo") - 85) < 5)
    seen = build_profile(demo, slow)
    tempo = demo.maps["tempo"]
    centre = tempo.natural_of(seen.axes["tempo"].mean)
    made = model(demo, seen, tempo_octaves=True, features=ticked("tempo"))
    shift = tempo.coordinate(2 * centre) - tempo.coordinate(centre)
    assert made.alternatives["tempo"] == pytest.approx((made.target["tempo"] + shift,))


def test_match_runs_from_the_typical_song_to_the_nearest_possible(
    demo: Snapshot, profile: Profile
) -> None:
    made = model(demo, profile)
    mean = sum(w * (1 + made.target[a] ** 2) for a, w in made.weight.items())
    least = sum(
        w
        * max(0.0, demo.extremes[a].low - made.target[a], made.target[a] - demo.extremes[a].high)
        ** 2
        for a, w in made.weight.items()
    )
    assert made.mean_distance == pytest.approx(mean)
    assert made.least_distance == pytest.approx(least)
    assert made.match(mean) == made.match(mean + 5) == 0.0
    assert made.match(least) == made.match(least - 1) == 1.0
    assert made.match((mean + least) / 2) == pytest.approx(0.5)


def test_d0_and_dmin_take_the_nearest_of_several_targets(demo: Snapshot, profile: Profile) -> None:
    made = model(demo, profile, tempo_octaves=True, features=ticked("tempo", target=150))
    weight = made.weight["tempo"]
    targets = made.targets("tempo")
    assert len(targets) == 2
    assert made.mean_distance == pytest.approx(weight * min(1 + t * t for t in targets))


def test_dmin_is_that_of_the_nearest_of_several_targets(demo: Snapshot) -> None:
    """The target of three fast songs lies beyond the fastest, half of it among the others."""
    fastest = np.argsort(demo.values("tempo"))[-3:]
    seen = build_profile(demo, fastest)
    features = ticked("tempo")
    plain = model(demo, seen, features=features)
    assert plain.target["tempo"] > demo.extremes["tempo"].high
    assert plain.least_distance > 0
    made = model(demo, seen, tempo_octaves=True, features=features)
    assert len(made.targets("tempo")) == 2
    assert made.least_distance == 0


def test_the_mean_distance_is_the_catalogs(demo: Snapshot, profile: Profile) -> None:
    made = model(demo, profile)
    distances = demo.distances_of(made.query(), np.arange(len(demo)))
    assert distances.mean() == pytest.approx(made.mean_distance, rel=1e-3)


def test_strictness_is_the_least_match(demo: Snapshot, profile: Profile) -> None:
    made = model(demo, profile)
    assert made.radius(0.0) is None
    radius = made.radius(0.8)
    assert radius is not None
    assert made.match(radius) == pytest.approx(0.8)


def test_without_seeds_only_edited_features_count(demo: Snapshot) -> None:
    nothing = build_profile(demo, np.array([], dtype=np.intp))
    made = model(demo, nothing, features={"energy": {"target": 0.9}, "tempo": {"selected": True}})
    assert made.target == {"energy": demo.maps["energy"].coordinate(0.9)}
    assert made.weight == {"energy": pytest.approx(1 / 0.45)}


def test_nothing_to_look_for_is_refused(demo: Snapshot, profile: Profile) -> None:
    nothing = build_profile(demo, np.array([], dtype=np.intp))
    with pytest.raises(RecipeError, match="choose a playlist or songs, or set a target"):
        model(demo, nothing)
    with pytest.raises(RecipeError, match="tick at least one"):
        model(demo, profile, features={name: {"selected": False} for name in NAMES})
