"""How the catalog's values spread: exact shares in bins and of choices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import BY_NAME, FEATURES, Feature
from spotai.search import Snapshot
from spotai.search.spread import BINS, ENDS, spread_of
from spotai.search.tally import tally_of
from tests.made_songs import MakeSnapshot

NUMERIC = [f for f in FEATURES if f.kind == "numeric"]


def counted(edges: list[float], values: list[float]) -> list[int]:
    """How many values lie in each bin, counted one by one."""
    counts = [0] * (len(edges) - 1)
    for value in values:
        below = [n for n, edge in enumerate(edges[:-1]) if edge <= value]
        counts[below[-1] if below else 0] += 1
    return counts


@pytest.mark.parametrize(
    ("name", "values"), [("valence", [0.0, 0.0, 0.2, 1.0]), ("key", [7, 7, 2])]
)
def test_a_value_has_the_share_of_its_bin_or_choice(name: str, values: list[float]) -> None:
    spread = spread_of(BY_NAME[name], tally_of(np.array(values, dtype=np.float64)))
    found = [spread.share_at(value) for value in values]
    assert found == [values.count(value) / len(values) for value in values]


@settings(deadline=None)
@given(values=st.lists(st.floats(0, 1), min_size=1, max_size=300))
def test_every_value_is_in_the_bin_it_belongs_to(values: list[float]) -> None:
    spread = spread_of(BY_NAME["valence"], tally_of(np.array([*values, np.nan])))
    edges = spread.points.tolist()
    assert len(edges) == BINS + 1
    assert edges == sorted(edges)
    expected = np.array(counted(edges, values)) / len(values)
    np.testing.assert_allclose(spread.catalog, expected, rtol=0, atol=1e-15)
    assert spread.catalog.sum() == pytest.approx(1)


@settings(deadline=None)
@given(years=st.lists(st.integers(1900, 2026), min_size=1, max_size=300))
def test_bins_of_whole_numbers_hold_as_many_each(years: list[int]) -> None:
    spread = spread_of(BY_NAME["release_year"], tally_of(np.array(years, dtype=np.float64)))
    widths = set(np.diff(spread.points).tolist())
    assert len(widths) == 1
    assert widths.pop().is_integer()
    assert len(spread.catalog) <= BINS
    assert (spread.catalog * len(years)).round().tolist() == counted(spread.points.tolist(), years)  # type: ignore[arg-type]


def test_the_edges_are_the_first_and_the_99th_percentile() -> None:
    values = np.arange(1, 1001) / 1000
    spread = spread_of(BY_NAME["energy"], tally_of(values))
    assert (spread.points[0], spread.points[-1]) == (0.01, 0.99)
    assert spread.catalog[0] == pytest.approx((values < spread.points[1]).mean())
    assert spread.catalog[-1] == pytest.approx((values >= spread.points[-2]).mean())


@settings(deadline=None)
@given(values=st.lists(st.floats(0, 1), min_size=1, max_size=300))
def test_the_edges_are_numpys_inverted_cdf(values: list[float]) -> None:
    low, high = np.quantile(values, ENDS, method="inverted_cdf")
    points = spread_of(BY_NAME["energy"], tally_of(np.array(values))).points
    assert (points[0], points[-1]) == ((low, high) if low < high else (0, 1))


@pytest.mark.parametrize("feature", NUMERIC, ids=lambda f: f.name)
def test_one_value_alone_is_shown_within_the_bounds_of_the_feature(feature: Feature) -> None:
    spread = spread_of(feature, tally_of(np.full(10, float(feature.minimum))))
    assert spread.points[0] == feature.minimum
    assert spread.points[-1] >= feature.maximum
    assert spread.catalog[0] == 1
    assert spread.catalog[1:].sum() == 0


def test_choices_are_counted_each_for_itself(make_snapshot: MakeSnapshot) -> None:
    keys = [0, 0, 11, None, 7]
    spread = make_snapshot([{"key": key} for key in keys]).spreads["key"]
    assert spread.points.tolist() == list(range(12))
    assert spread.catalog[[0, 7, 11]].tolist() == [0.5, 0.25, 0.25]
    assert spread.catalog.sum() == 1


def test_what_nobody_knows_has_no_shares(make_snapshot: MakeSnapshot) -> None:
    spreads = make_snapshot([{"popularity": None, "mode": None}] * 3).spreads
    assert not spreads["popularity"].catalog.any()
    assert not spreads["mode"].catalog.any()
    assert spreads["mode"].shares_of(np.array([])).tolist() == [0, 0]


def test_a_snapshot_counts_once(make_snapshot: MakeSnapshot) -> None:
    snapshot: Snapshot = make_snapshot([{}, {}])
    assert snapshot.spreads is snapshot.spreads
