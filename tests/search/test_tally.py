"""Counting the values of a column gives what sorting it gives, whichever way it is counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spotai.search import tally
from spotai.search.tally import tally_of

FEW = st.sampled_from([0.0, -0.0, 0.5, 1.0, 4.0, -60.0, 5e-324, 1e300, -1e300, np.nan])
COLUMNS = st.lists(FEW | st.floats(allow_infinity=False) | st.integers(0, 40).map(float))


def check(column: NDArray[np.float64]) -> None:
    values, counts = np.unique(column[~np.isnan(column)] + 0.0, return_counts=True)
    found = tally_of(column)
    assert found.values.tobytes() == values.tobytes()
    assert found.counts.tolist() == counts.tolist()
    assert (found.known, found.unknown) == (counts.sum(), np.isnan(column).sum())


@settings(deadline=None)
@given(COLUMNS)
def test_counting_is_what_sorting_finds(values: list[float]) -> None:
    check(np.array(values, dtype=np.float64))


@settings(deadline=None)
@given(COLUMNS)
def test_a_column_of_too_many_distinct_values_is_sorted(values: list[float]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "MOST_COUNTED", 2)
        check(np.array(values, dtype=np.float64))


@pytest.mark.parametrize("distinct", [2_048, 2_049, 70_000, tally.MOST_COUNTED + 1])
def test_the_table_grows_as_far_as_it_has_to(distinct: int) -> None:
    rng = np.random.default_rng(1)
    column = np.concatenate((np.arange(distinct) / 1000, rng.integers(0, distinct, 5_000) / 1000))
    rng.shuffle(column)
    check(column)
