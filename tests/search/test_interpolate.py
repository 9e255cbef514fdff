"""The kernel gives what numpy's own interpolation gives, to the last bit of a float32, but never
more or less than at the knots beside a value.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spotai.search.interpolate import interpolate

FINITE = st.floats(-1e150, 1e150)


def check(values: NDArray[np.float64], knots: NDArray[np.float64]) -> None:
    heights = np.linspace(-3, 3, len(knots)).astype(np.float32).astype(np.float64)
    out = np.empty(len(values), dtype=np.float32)
    interpolate(values, knots, heights, out)
    before = np.maximum(np.searchsorted(knots, values, side="right") - 1, 0)
    after = np.minimum(before + 1, len(knots) - 1)
    amid = np.clip(np.interp(values, knots, heights), heights[before], heights[after])
    expected = np.where(np.isnan(values), 0.0, amid)
    assert out.tobytes() == expected.astype(np.float32).tobytes()


@settings(deadline=None)
@given(
    st.lists(FINITE, min_size=1, max_size=40, unique=True),
    st.lists(FINITE | st.just(np.nan), max_size=60),
)
def test_values_amid_and_beyond_any_knots(knots: list[float], others: list[float]) -> None:
    ascending = np.unique(np.array(knots))
    nearby = np.concatenate((np.nextafter(ascending, -np.inf), np.nextafter(ascending, np.inf)))
    values = np.concatenate((others, ascending, nearby))
    check(values, ascending)
    for value in values:
        check(np.array([value]), ascending)


@pytest.mark.parametrize("spacing", ["even", "crowded", "tiny", "wide"])
def test_many_values_find_their_knots_by_cells(spacing: str) -> None:
    steps = np.arange(4_097.0)
    knots = {
        "even": steps / 1000,
        "crowded": np.exp(steps / 200),
        "tiny": steps * 5e-324,
        "wide": steps * 1e300,
    }[spacing]
    rng = np.random.default_rng(3)
    chosen = rng.choice(knots, size=20_000)
    amid = chosen + rng.random(20_000) * (knots[-1] - knots[0]) / 4_096
    values = np.concatenate((chosen, amid, np.nextafter(knots, -np.inf), [np.nan]))
    check(values, knots)


def test_heights_stay_between_those_of_the_knots_beside_them() -> None:
    """However near these are to each other: the slope between them may be no number."""
    knots, heights = np.array([0.0, 1e-310, 0.5]), np.array([-1.0, 0.25, 1.0])
    values = np.array([0.0, 5e-324, 5e-311, 9e-311, 1e-310, 0.25])
    out = np.empty(len(values), dtype=np.float32)
    interpolate(values, knots, heights, out)
    assert (np.diff(out) >= 0).all()
    assert ((out >= -1) & (out <= 1)).all()


def test_without_knots_all_heights_are_0() -> None:
    out = np.ones(3, dtype=np.float32)
    interpolate(np.array([1.0, np.nan, -5.0]), np.empty(0), np.empty(0), out)
    assert out.tolist() == [0, 0, 0]
