"""Codes say little of a coordinate, and what follows from them is never wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spotai.features import AXES, FEATURES
from spotai.search import Query, Snapshot, Where, engine, scan
from spotai.search.arrays import Asked, Desk, Spot
from spotai.search.codes import STEPS, code_of, look, quick_limit, sure_limit
from spotai.search.passing import OUT, SURE, judge
from spotai.search.regions import new_desk, prepare, spot_of
from tests.search.test_engine import made_columns, snapshot_of

Finite = st.floats(-8, 8, width=32)


@pytest.fixture(scope="module")
def songs() -> Iterator[Snapshot]:
    with snapshot_of(made_columns(9_000, 8, ("any",) * len(FEATURES))) as snapshot:
        yield snapshot


def spots(snapshot: Snapshot, asked: Asked) -> Iterator[tuple[Spot, Desk, float]]:
    """Every block, the desk made ready for its region, and what a quick look may be off by."""
    blocks = snapshot.blocks
    for region, (first, end) in enumerate(pairwise(blocks.region_begins.tolist())):
        desk = new_desk(asked)
        slack, _ = prepare(blocks.regions, asked, region, desk)
        for block in range(first, end):
            yield spot_of(blocks.blocks.begins, first, end, block, len(AXES)), desk, slack


def quick_distances(
    snapshot: Snapshot, asked: Asked, spot: Spot, desk: Desk
) -> NDArray[np.float64]:
    codes, quick = snapshot.blocks.columns.codes, asked.quick
    look(codes, spot, quick.axes, desk.slopes, desk.offsets, np.inf, desk.totals)
    return desk.totals[: spot.stop - spot.start].astype(np.float64)


def query(dice: np.random.Generator, reach: float) -> Query:
    axes = [axis for axis in AXES if dice.random() < 0.7] or ["energy"]
    return Query(
        target={axis: float(dice.uniform(-reach, reach)) for axis in axes},
        weight={axis: float(dice.uniform(0.01, 5)) for axis in axes},
    )


@settings(deadline=None)
@given(Finite, Finite, st.lists(st.floats(-9, 9) | st.sampled_from([-np.inf, np.inf]), min_size=2))
def test_codes_never_fall_and_say_where_a_coordinate_lies(
    one: float, other: float, coordinates: list[float]
) -> None:
    low, high = sorted((one, other))
    codes = [code_of(x, low, high) for x in sorted(coordinates)]
    assert codes == sorted(codes)
    for x in (low, high, low + (high - low) * 0.3):
        code = code_of(x, low, high)
        assert 0 <= code <= STEPS
        step = (high - low) / STEPS
        assert abs(low + code * step - x) <= step * 0.5001


@pytest.mark.parametrize("reach", [2.0, 8.0, 1e3, 1e6])
def test_quick_distances_are_off_by_less_than_is_said(songs: Snapshot, reach: float) -> None:
    """And by so much that without the slack songs would be lost."""
    dice, lost = np.random.default_rng(9), 0
    for asked_for in (query(dice, reach) for _ in range(10)):
        asked = engine.ask(songs, asked_for)
        for spot, desk, slack in spots(songs, asked):
            rows = np.arange(spot.start, spot.stop)
            quick = quick_distances(songs, asked, spot, desk)
            exact = scan.distances_of(songs, asked_for, rows)
            # What is missing is in the exact distances only.
            known = exact.copy()
            for axis in asked_for.weighted:
                known -= songs.missing_on(axis, rows) * asked_for.weight[axis]
            root = np.sqrt(np.maximum(known, 0))
            assert (np.abs(np.sqrt(quick) - root) <= slack + 1e-5 * root).all()
            lost += int(np.count_nonzero(quick > np.nextafter(known.astype(np.float32), np.inf)))
            for limit, total, whole in zip(exact, quick, known, strict=True):
                assert total <= np.float32(quick_limit(limit, slack))
                assert total > np.float32(sure_limit(whole * (1 - 1e-6), slack))
    assert lost > 100


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_windows_tell_rows_apart(songs: Snapshot, data: st.DataObject) -> None:
    """Those that pass for sure do, those that do not do not, and few are left undecided."""
    feature = data.draw(st.sampled_from([f for f in FEATURES if f.kind == "numeric"]))
    values = songs.values(feature.name)
    known = np.sort(values[~np.isnan(values)])
    ends = st.integers(0, len(known) - 1).map(lambda place: float(known[place]))
    low, high = sorted((data.draw(ends), data.draw(ends)))
    asked_for = Query(where=Where(ranges={feature.name: (low, high)}))
    asked = engine.ask(songs, asked_for)
    columns, undecided = songs.blocks.columns, 0
    for spot, desk, _ in spots(songs, asked):
        judge(columns.codes, columns.missing, spot, asked.windows, desk.edges, desk.states)
        states = desk.states[: spot.stop - spot.start]
        passes = scan.passing(songs, asked_for, np.arange(spot.start, spot.stop))
        assert passes[states == SURE].all()
        assert not passes[states == OUT].any()
        undecided += int(np.count_nonzero((states != SURE) & (states != OUT)))
    ties = max(np.count_nonzero(known == low), np.count_nonzero(known == high))
    assert undecided <= 0.05 * len(songs) + 2 * ties
