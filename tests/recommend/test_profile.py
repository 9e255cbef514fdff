from __future__ import annotations

from math import log

import numpy as np
import pytest

from spotai.features import AXES, FEATURES
from spotai.recommend import build_profile
from spotai.recommend.profile import DEFAULT_TICKS
from tests.made_songs import MakeSnapshot

YEARS = [1960, 1970, 1980, 1990, 2000, 2010, 2020, None]


def test_mean_and_shrunk_variance_on_each_axis(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": n / 10} for n in range(10)])
    seeds = np.array([6, 8, 9])
    x = snapshot.axis("energy")[seeds].astype(float)

    seen = build_profile(snapshot, seeds).axes["energy"]

    assert seen.mean == pytest.approx(x.mean())
    assert seen.variance == pytest.approx((3 * x.var() + 4 * 0.45) / (3 + 4))
    assert seen.known == 3


def test_a_seed_counts_once(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": n / 10} for n in range(10)])
    once, twice = (build_profile(snapshot, np.array(rows)) for rows in ([1, 7], [1, 7, 7, 7]))
    assert once == twice


def test_only_known_values_count(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"release_year": year} for year in YEARS])
    profile = build_profile(snapshot, np.array([0, 1, 7]))
    year = profile.features["release_year"]
    assert (year.known, year.unknown) == (2, 1)
    assert profile.axes["release_year"].known == 2
    assert year.quartiles == (1962.5, 1965.0, 1967.5)


def test_without_any_known_value_the_prior_stands(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"release_year": year} for year in YEARS])
    profile = build_profile(snapshot, np.array([7]))
    axis, feature = profile.axes["release_year"], profile.features["release_year"]
    assert (axis.mean, axis.variance, axis.known) == (0.0, 0.20, 0)
    assert (feature.centre, feature.quartiles) == (None, None)


def test_the_centre_is_the_natural_value_at_the_mean(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"tempo": t} for t in (60.0, 100.0, 120.0, 140.0, 200.0)])
    profile = build_profile(snapshot, np.array([2, 3]))
    centre = profile.features["tempo"].centre
    assert centre is not None
    assert 120 < centre < 140
    assert snapshot.maps["tempo"].coordinate(centre) == pytest.approx(profile.axes["tempo"].mean)


def test_key_mode_and_time_signature_show_the_most_frequent_value(
    make_snapshot: MakeSnapshot,
) -> None:
    snapshot = make_snapshot(
        [
            {"key": k, "mode": m, "time_signature": t}
            for k, m, t in ((2, 0, 3), (2, 0, 4), (9, 1, 4))
        ]
    )
    features = build_profile(snapshot, np.array([0, 1, 2])).features
    assert [features[n].centre for n in ("key", "mode", "time_signature")] == [2.0, 0.0, 4.0]


def test_telling_is_weighted_divergence_from_the_catalog(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"key": n, "energy": n / 12} for n in range(12)])
    profile = build_profile(snapshot, np.array([0, 7]))

    def divergence(axis: str) -> float:
        seen = profile.axes[axis]
        return (seen.variance + seen.mean**2 - 1 - log(seen.variance)) / 2

    assert profile.features["energy"].telling == pytest.approx(0.35 * divergence("energy"))
    assert profile.features["key"].telling == pytest.approx(
        0.10 * (divergence("key_cos") + divergence("key_sin"))
    )


def test_the_eight_most_telling_features_are_ticked(make_snapshot: MakeSnapshot) -> None:
    rng = np.random.default_rng(1)
    rows = [
        {f.name: rng.integers(0, 2) if f.choices else rng.uniform(0.1, 1) for f in FEATURES}
        | {"key": rng.integers(0, 12), "time_signature": rng.choice([3, 4])}
        | {"popularity": rng.integers(0, 100), "release_year": rng.integers(1950, 2020)}
        | {"loudness": -rng.uniform(1, 20), "duration_ms": rng.integers(1, 9) * 60_000}
        for _ in range(200)
    ]
    profile = build_profile(make_snapshot(rows), np.arange(10))
    ticked = [f for f in profile.features.values() if f.selected]
    least = min(f.telling for f in ticked)
    assert len(ticked) == DEFAULT_TICKS
    assert all(f.telling <= least for f in profile.features.values() if not f.selected)


def test_what_the_catalog_does_not_vary_in_is_never_ticked(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": n / 10, "tempo": 100.0 + n} for n in range(10)])
    features = build_profile(snapshot, np.array([1, 2])).features
    assert {f.feature.name for f in features.values() if f.selected} == {"energy", "tempo"}
    assert not features["valence"].available


def test_no_seeds_give_the_priors_and_no_ticks(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": n / 10} for n in range(10)])
    profile = build_profile(snapshot, np.array([], dtype=np.intp))
    assert profile.songs == 0
    assert not any(f.selected for f in profile.features.values())
    assert [profile.axes[a].variance for a in AXES[:3]] == [0.45, 0.65, 0.50]
