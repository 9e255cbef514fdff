"""Metrics against small examples computed by hand, and what must always hold of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.evaluation.metrics import METRICS, Bootstrap, measure


def places(*at: int) -> np.ndarray:
    return np.array(at, dtype=np.intp)


def test_a_small_example() -> None:
    # Two of three are found: the second song of the list and the 21st.
    found = measure(places(1, 20, 600), candidates=1_000)
    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert found["r_precision"] == pytest.approx(1 / 3)
    assert found["ndcg@500"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(22)) / ideal)
    assert found["recall@100"] == pytest.approx(2 / 3)
    assert found["recall@500"] == pytest.approx(2 / 3)
    assert found["clicks"] == 0
    assert found["median_rank_percent"] == pytest.approx(2.1)


@pytest.mark.parametrize(
    ("first", "clicks"), [(0, 0), (9, 0), (10, 1), (99, 9), (499, 49), (500, 51), (9_000, 51)]
)
def test_clicks_turn_pages_of_ten(first: int, clicks: int) -> None:
    assert measure(places(first), candidates=10_000)["clicks"] == clicks


def test_the_ends_of_recall_are_included() -> None:
    found = measure(places(99, 100, 499, 500), candidates=1_000)
    assert found["recall@100"] == 0.25
    assert found["recall@500"] == 0.75


@given(hidden=st.integers(1, 500), more=st.integers(0, 5_000))
def test_a_perfect_ranking_is_perfect(hidden: int, more: int) -> None:
    found = measure(np.arange(hidden), candidates=hidden + more)
    assert found["r_precision"] == 1
    assert found["ndcg@500"] == pytest.approx(1)
    assert found["recall@500"] == 1
    assert found["clicks"] == 0


@given(st.sets(st.integers(0, 1_999), min_size=1, max_size=600), st.data())
def test_a_better_place_is_never_worse(hidden: set[int], data: st.DataObject) -> None:
    moved = data.draw(st.sampled_from(sorted(hidden)))
    free = [place for place in range(moved) if place not in hidden]
    if not free:
        return
    better = (hidden - {moved}) | {data.draw(st.sampled_from(free))}
    before = measure(places(*sorted(hidden)), candidates=2_000)
    after = measure(places(*sorted(better)), candidates=2_000)
    for name in METRICS:
        gain = after[name] - before[name]
        assert (gain if name in METRICS[:4] else -gain) >= -1e-12, name
    for name in METRICS[:4]:
        assert 0 <= after[name] <= 1 + 1e-12


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    values = np.random.default_rng(3).normal(5, 2, 200)
    interval = Bootstrap(200).mean(values)
    assert interval == Bootstrap(200).mean(values)
    assert interval.value == pytest.approx(values.mean())
    # 95 % of a normal mean lie within 1.96 standard errors.
    error = values.std() / math.sqrt(200)
    assert interval.high - interval.value == pytest.approx(1.96 * error, rel=0.15)
    assert interval.value - interval.low == pytest.approx(1.96 * error, rel=0.15)


def test_a_ratio_is_taken_over_the_same_playlists() -> None:
    values = np.random.default_rng(3).uniform(1, 100, 50)
    ratio = Bootstrap(50).ratio(3 * values, values)
    assert ratio is not None
    assert np.allclose(ratio, 3)


def test_there_is_no_ratio_to_nothing() -> None:
    assert Bootstrap(5).ratio(np.ones(5), np.zeros(5)) is None
