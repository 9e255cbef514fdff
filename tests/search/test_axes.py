from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.features import AXES, FEATURE_OF_AXIS
from spotai.search.axes import MAX_KNOTS, fit_axis, raw_value


def test_numeric_features_become_standardised_normal_scores_of_average_ranks() -> None:
    values = np.array([10.0, 20.0, 20.0, 40.0])
    ranks = np.array([1.0, 2.5, 2.5, 4.0])
    scores = np.array([NormalDist().inv_cdf(q) for q in (ranks - 0.5) / 4])

    fitted = fit_axis("tempo", values)

    expected = (scores - scores.mean()) / scores.std()
    assert fitted.coordinates_of(values) == pytest.approx(expected)


def test_the_map_is_linear_between_values_and_flat_beyond_them() -> None:
    fitted = fit_axis("tempo", np.array([100.0, 110.0, 120.0]))
    low, middle, high = fitted.coordinates
    assert fitted.coordinate(105.0) == pytest.approx((low + middle) / 2, abs=1e-6)
    assert fitted.coordinate(5.0) == low
    assert fitted.coordinate(500.0) == high


def test_ranks_beyond_the_clip_share_one_coordinate() -> None:
    values = np.arange(10_000.0)
    fitted = fit_axis("energy", values)
    coordinates = fitted.coordinates_of(values)
    assert (coordinates[:20] == coordinates[0]).all()
    assert coordinates[30] > coordinates[0]
    low, high = fitted.rising
    assert low == pytest.approx(19.5, abs=1)
    assert high == pytest.approx(9_979.5, abs=1)


@pytest.mark.parametrize("axis", [a for a in AXES if FEATURE_OF_AXIS[a].kind == "numeric"])
def test_many_values_are_summed_up_in_few_knots_without_visible_loss(axis: str) -> None:
    values = np.random.default_rng(1).gamma(2.0, size=30_000)
    ranks = values.argsort().argsort() + 1.0
    quantiles = np.clip((ranks - 0.5) / len(values), 0.002, 0.998)
    scores = np.array([NormalDist().inv_cdf(q) for q in quantiles])

    fitted = fit_axis(axis, values)

    assert len(fitted.knots) <= MAX_KNOTS
    exact = (scores - scores.mean()) / scores.std()
    assert np.abs(fitted.coordinates_of(values) - exact).max() < 0.003


def test_keys_lie_on_the_circle_of_fifths() -> None:
    keys = np.arange(12.0)
    points = np.stack([raw_value("key_cos", keys), raw_value("key_sin", keys)], axis=1)
    c, g, f_sharp = points[0], points[7], points[6]
    assert c == pytest.approx([1.0, 0.0])
    assert g == pytest.approx([np.cos(np.pi / 6), np.sin(np.pi / 6)])
    assert f_sharp == pytest.approx([-1.0, 0.0])


def test_the_time_signature_asks_whether_it_is_four() -> None:
    beats = np.array([4.0, 3.0, 5.0, np.nan])
    assert raw_value("time_signature", beats).tolist()[:3] == [1.0, 0.0, 0.0]
    fitted = fit_axis("time_signature", beats)
    assert fitted.coordinate(3) == fitted.coordinate(5) < fitted.coordinate(4)


@pytest.mark.parametrize("axis", AXES)
def test_coordinates_of_known_values_have_mean_0_and_deviation_1(axis: str) -> None:
    rng = np.random.default_rng(2)
    values = rng.integers(0, 12, size=500).astype(np.float64)
    values[::7] = np.nan
    fitted = fit_axis(axis, values)
    coordinates = fitted.coordinates_of(values[~np.isnan(values)])
    assert coordinates.mean() == pytest.approx(0, abs=1e-6)
    assert coordinates.std() == pytest.approx(1)
    assert (fitted.coordinates_of(values)[::7] == 0).all()


@pytest.mark.parametrize("values", [[], [np.nan], [5.0], [5.0, 5.0, np.nan]])
def test_an_axis_without_two_known_values_is_not_available(values: list[float]) -> None:
    fitted = fit_axis("popularity", np.array(values))
    assert not fitted.available
    assert fitted.coordinate(3.0) == 0.0
    assert (fitted.low, fitted.high) == (0.0, 0.0)


@given(st.lists(st.integers(0, 300), min_size=2, max_size=60, unique=True), st.data())
def test_natural_values_are_found_again(values: list[int], data: st.DataObject) -> None:
    fitted = fit_axis("tempo", np.array(values, dtype=np.float64))
    low, high = fitted.rising
    value = data.draw(st.floats(low, high))
    assert fitted.natural_of(fitted.coordinate(value)) == pytest.approx(value, abs=1e-3)


def test_a_target_is_exactly_what_is_stored_for_the_same_value() -> None:
    values = np.random.default_rng(4).uniform(40, 220, size=500)
    fitted = fit_axis("tempo", values)
    stored = fitted.coordinates_of(values).astype(np.float32)
    assert [fitted.coordinate(value) for value in values] == stored.astype(np.float64).tolist()


def test_spikes_do_not_stretch_the_map() -> None:
    """Half of the songs share one value, as with instrumentalness 0, amid many others."""
    rng = np.random.default_rng(5)
    values = np.concatenate((np.full(30_000, 0.5), rng.uniform(0, 1, size=30_000)))
    distinct, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    quantiles = np.clip((ranks - 0.5) / len(values), 0.002, 0.998)
    scores = np.array([NormalDist().inv_cdf(q) for q in quantiles])

    fitted = fit_axis("instrumentalness", values)

    assert len(fitted.knots) <= MAX_KNOTS < len(distinct)
    exact = (scores - scores.mean()) / scores.std()
    assert np.abs(fitted.coordinates_of(values) - exact).max() < 0.003
