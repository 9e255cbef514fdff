from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import AXES, FEATURE_OF_AXIS
from spotai.search.axes import MAX_KNOTS, Floats, fit_axis, raw_value
from spotai.search.tally import tally_of


def test_numeric_features_become_standardised_normal_scores_of_average_ranks() -> None:
    values = np.array([10.0, 20.0, 20.0, 40.0])
    ranks = np.array([1.0, 2.5, 2.5, 4.0])
    scores = np.array([NormalDist().inv_cdf(q) for q in (ranks - 0.5) / 4])

    fitted = fit_axis("tempo", tally_of(values))

    expected = (scores - scores.mean()) / scores.std()
    assert fitted.coordinates_of(values) == pytest.approx(expected)


def test_the_map_is_linear_between_values_and_flat_beyond_them() -> None:
    fitted = fit_axis("tempo", tally_of(np.array([100.0, 110.0, 120.0])))
    low, middle, high = fitted.coordinates
    assert fitted.coordinate(105.0) == pytest.approx((low + middle) / 2, abs=1e-6)
    assert fitted.coordinate(5.0) == low
    assert fitted.coordinate(500.0) == high


def test_ranks_beyond_the_clip_share_one_coordinate() -> None:
    values = np.arange(10_000.0)
    fitted = fit_axis("energy", tally_of(values))
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

    fitted = fit_axis(axis, tally_of(values))

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
    fitted = fit_axis("time_signature", tally_of(beats))
    assert fitted.coordinate(3) == fitted.coordinate(5) < fitted.coordinate(4)


@pytest.mark.parametrize("axis", AXES)
def test_coordinates_of_known_values_have_mean_0_and_deviation_1(axis: str) -> None:
    rng = np.random.default_rng(2)
    values = rng.integers(0, 12, size=500).astype(np.float64)
    values[::7] = np.nan
    fitted = fit_axis(axis, tally_of(values))
    coordinates = fitted.coordinates_of(values[~np.isnan(values)])
    assert coordinates.mean() == pytest.approx(0, abs=1e-6)
    assert coordinates.std() == pytest.approx(1)
    assert (fitted.coordinates_of(values)[::7] == 0).all()


@pytest.mark.parametrize("values", [[], [np.nan], [5.0], [5.0, 5.0, np.nan]])
def test_an_axis_without_two_known_values_is_not_available(values: list[float]) -> None:
    fitted = fit_axis("popularity", tally_of(np.array(values)))
    assert not fitted.available
    assert fitted.coordinate(3.0) == 0.0
    assert (fitted.low, fitted.high) == (0.0, 0.0)


@settings(deadline=None)
@given(st.lists(st.integers(0, 300), min_size=2, max_size=60, unique=True), st.data())
def test_natural_values_are_found_again(values: list[int], data: st.DataObject) -> None:
    fitted = fit_axis("tempo", tally_of(np.array(values, dtype=np.float64)))
    low, high = fitted.rising
    value = data.draw(st.floats(low, high))
    assert fitted.natural_of(fitted.coordinate(value)) == pytest.approx(value, abs=1e-3)


def test_a_target_is_exactly_what_is_stored_for_the_same_value() -> None:
    values = np.random.default_rng(4).uniform(40, 220, size=500)
    fitted = fit_axis("tempo", tally_of(values))
    stored = fitted.coordinates_of(values).astype(np.float32)
    assert [fitted.coordinate(value) for value in values] == stored.astype(np.float64).tolist()


@pytest.mark.parametrize("spike", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("size", [100, 300, 30_000])
def test_spikes_do_not_stretch_the_map(spike: float, size: int) -> None:
    """Many songs share one value, as with instrumentalness 0 or acousticness .996."""
    rng = np.random.default_rng(5)
    values = np.concatenate((np.full(size, spike), rng.uniform(0, 1, size=30_000)))
    distinct, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    quantiles = np.clip((ranks - 0.5) / len(values), 0.002, 0.998)
    scores = np.array([NormalDist().inv_cdf(q) for q in quantiles])

    fitted = fit_axis("instrumentalness", tally_of(values))

    assert len(fitted.knots) <= MAX_KNOTS < len(distinct)
    exact = (scores - scores.mean()) / scores.std()
    assert np.abs(fitted.coordinates_of(values) - exact).max() < 0.003


def plain_map(axis: str, natural: Floats) -> tuple[Floats, Floats]:
    """The map by its definition, from all values one by one; of few values each is a knot."""
    raw = raw_value(axis, natural)
    raw = raw[~np.isnan(raw)]
    knots = np.unique(raw)
    scores = raw
    if FEATURE_OF_AXIS[axis].kind == "numeric":
        ranks = [(raw < v).sum() + ((raw == v).sum() + 1) / 2 for v in raw]
        quantiles = [min(max((rank - 0.5) / len(raw), 0.002), 0.998) for rank in ranks]
        scores = np.array([NormalDist().inv_cdf(q) for q in quantiles])
    else:
        knots = knots[[0, -1]]
    exact = (scores - scores.mean()) / scores.std()
    return knots, np.array([exact[raw == knot][0] for knot in knots])


NATURAL = st.lists(
    st.sampled_from([0.0, -0.0, 4.0, 7.0, 0.25, np.nan]) | st.floats(-1e150, 1e150), max_size=80
)


@settings(deadline=None)
@given(st.sampled_from(AXES), NATURAL, st.integers(1, 50))
def test_the_map_is_its_definition(axis: str, values: list[float], spike: int) -> None:
    natural = np.array(values + values[:1] * spike, dtype=np.float64)
    if FEATURE_OF_AXIS[axis].kind != "numeric":
        natural = np.mod(np.rint(natural), 12)
    fitted = fit_axis(axis, tally_of(natural))
    raw = raw_value(axis, natural)
    assert fitted.available == (len(np.unique(raw[~np.isnan(raw)])) > 1)
    if fitted.available:
        knots, coordinates = plain_map(axis, natural)
        assert fitted.knots.tolist() == knots.tolist()
        assert fitted.coordinates == pytest.approx(coordinates, rel=1e-6, abs=1e-6)


def test_values_too_near_to_each_other_for_a_slope_are_mapped() -> None:
    values = np.repeat(np.array([0.0, 1e-310, 2e-310, 0.5, 1.0]), 2_000)
    fitted = fit_axis("acousticness", tally_of(values))
    coordinates = fitted.coordinates_of(values)
    assert np.isfinite(coordinates).all()
    assert (np.diff(coordinates) >= 0).all()
    assert coordinates.std() == pytest.approx(1, abs=1e-6)


@settings(deadline=None)
@given(st.sampled_from(AXES), NATURAL)
def test_what_is_stored_is_what_the_map_gives(axis: str, values: list[float]) -> None:
    natural = np.array(values, dtype=np.float64)
    tally = tally_of(natural)
    fitted = fit_axis(axis, tally)
    stored = np.empty(len(natural), dtype=np.float32)
    fitted.write_coordinates(natural, tally, stored)
    assert stored.astype(np.float64).tolist() == fitted.coordinates_of(natural).tolist()
    raw = raw_value(axis, natural)
    if fitted.available:
        before = np.maximum(np.searchsorted(fitted.knots, raw, side="right") - 1, 0)
        after = np.minimum(before + 1, len(fitted.knots) - 1)
        low, high = fitted.coordinates[before], fitted.coordinates[after]
        amid = np.interp(raw, fitted.knots, fitted.coordinates)
        expected = np.clip(amid, low, high).astype(np.float32)
        assert stored[~np.isnan(raw)].tolist() == expected[~np.isnan(raw)].tolist()
    assert (stored[np.isnan(raw)] == 0).all()
