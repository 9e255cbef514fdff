"""Short paths: exact where that can be checked, and never worse than greedy or a shuffle."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from spotai.recommend.tour import (
    EXACT,
    STARTS,
    nearest_neighbour_paths,
    path_cost,
    shortest_path,
)


def symmetric(least: int, most: int) -> st.SearchStrategy[NDArray[np.int64]]:
    squares = st.integers(least, most).flatmap(
        lambda n: arrays(np.int64, (n, n), elements=st.integers(0, 1_000_000))
    )
    return squares.map(lambda square: np.triu(square, 1) + np.triu(square, 1).T)


def on_a_plane(count: int) -> NDArray[np.int64]:
    points = np.random.default_rng(count).random((count, 2))
    apart: NDArray[np.float64] = np.linalg.norm(points[:, None] - points, axis=2)
    return np.rint(apart * 1e6).astype(np.int64)


@given(symmetric(0, 30))
def test_a_path_visits_everything_at_no_more_than_greedy_and_mean_cost(
    costs: NDArray[np.int64],
) -> None:
    path = shortest_path(costs)
    count = len(costs)
    assert sorted(path.tolist()) == list(range(count))
    if count > 1:
        cost = path_cost(costs, path)
        assert all(
            cost <= path_cost(costs, greedy)
            for greedy in nearest_neighbour_paths(costs, min(STARTS, count))
        )
        # The mean over all shuffles: each pair follows on each other in 2 of count of them.
        assert cost * count <= costs.sum()


@given(symmetric(2, 6))
def test_few_points_get_the_shortest_path_of_all(costs: NDArray[np.int64]) -> None:
    every = (np.array(p) for p in permutations(range(len(costs))))
    assert path_cost(costs, shortest_path(costs)) == min(path_cost(costs, p) for p in every)


@pytest.mark.parametrize("count", [EXACT + 1, 60, 500])
def test_points_on_a_line_are_visited_one_after_the_other(count: int) -> None:
    places = np.random.default_rng(3).permutation(count)
    path = shortest_path(np.abs(places[:, None] - places).astype(np.int64))
    assert places[path].tolist() in (list(range(count)), list(range(count))[::-1])


def test_five_hundred_points_on_a_plane_get_much_less_than_greedy() -> None:
    costs = on_a_plane(500)
    path = shortest_path(costs)
    assert path_cost(costs, path) < 0.92 * path_cost(costs, nearest_neighbour_paths(costs, 1)[0])
    assert shortest_path(costs).tolist() == path.tolist()
