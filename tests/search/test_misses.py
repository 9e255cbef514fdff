"""Near misses equal what a full scan tells of every song, one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spotai.errors import QueryError
from spotai.search import Gauge, Query, Snapshot, Where
from spotai.search.gauges import MOST_CELLS, MOST_GAUGES
from spotai.tracks import TrackColumns
from tests.made_songs import MakeSnapshot, song_id
from tests.search.test_engine import catalogs, snapshot_of

QUERY = Query(
    target={"tempo": 0.3, "energy": -1.0, "mode": 1.0},
    weight={"tempo": 1.0, "energy": 0.5, "mode": 2.0},
    where=Where(genres=("rock", "jazz")),
)


def values_of(snapshot: Snapshot, query: Query, of: str) -> NDArray[np.float64]:
    if of == "distance":
        return snapshot.distances_of(query, np.arange(len(snapshot)))
    if of == "genres":
        return snapshot.by_genres(query.where.genres).astype(np.float64)
    return snapshot.values(of)


def cells_of(values: NDArray[np.float64], gauge: Gauge) -> NDArray[np.intp]:
    cuts = np.array(gauge.cuts, dtype=np.float64)
    return np.where(np.isnan(values), 0, np.searchsorted(cuts, values, side="right"))


def check(snapshot: Snapshot, query: Query, gauges: list[Gauge]) -> None:
    found = snapshot.near_misses(query, gauges)
    cells = np.array([cells_of(values_of(snapshot, query, g.of), g) for g in gauges])
    prices = np.array([np.array(g.prices)[of] for g, of in zip(gauges, cells, strict=True)])
    left = np.ones(len(snapshot), dtype=bool)
    excluded = snapshot.rows_of(query.exclude)
    left[excluded[excluded >= 0]] = False
    fails = prices > 0
    for t, gauge in enumerate(gauges):
        alone = left & fails[t] & (fails.sum(axis=0) == 1)
        expected = np.bincount(cells[t][alone], minlength=MOST_CELLS)
        assert found.one[t].tolist() == expected.tolist(), gauge
    for t, u in combinations(range(len(gauges)), 2):
        both = left & fails[t] & fails[u] & (fails.sum(axis=0) == 2)
        table = np.zeros((MOST_CELLS, MOST_CELLS), dtype=np.int64)
        np.add.at(table, (cells[t][both], cells[u][both]), 1)
        assert (found.two[t, u] == table).all()
    failing = np.flatnonzero(left & fails.any(axis=0))
    if not len(failing):
        assert found.cheapest is None
        return
    totals = prices.sum(axis=0)[failing]
    first = failing[np.lexsort((snapshot.ids[failing], totals))[0]]
    assert found.cheapest == tuple(cells[:, first].tolist())


# Quarters add up to the same sum in whatever order.
PRICES = st.sampled_from([0.0, 0.0, 0.25, 0.5, 1.0, 4.0])
CUTS = {
    "tempo": [-np.inf, 80.0, 120.0, 120.5, 180.0],
    "popularity": [-np.inf, 10.0, 50.0, 99.0],
    "key": list(map(float, range(12))),
    "explicit": [0.0, 1.0],
    "playlist_followers": [-np.inf, 1.0, 11.0],
    "genres": [1.0],
    "distance": [0.5, 2.0, 4.0, 9.0],
}


@st.composite
def gauges(draw: st.DrawFn) -> list[Gauge]:
    listed = draw(st.lists(st.sampled_from(sorted(CUTS)), min_size=1, max_size=6, unique=True))
    return [
        Gauge(
            of,
            tuple(CUTS[of]),
            tuple(draw(PRICES) for _ in range(len(CUTS[of]) + 1)),
        )
        for of in listed
    ]


@settings(max_examples=40, deadline=None)
@given(catalogs(), gauges(), st.booleans())
def test_every_song_is_counted_where_it_fails(
    columns: TrackColumns, asked: list[Gauge], excludes: bool
) -> None:
    with snapshot_of(columns) as snapshot:
        exclude = [bytes(id_) for id_ in snapshot.ids[::3]] if excludes else []
        check(snapshot, replace(QUERY, exclude=exclude), asked)


def test_unknown_values_lie_in_a_cell_of_their_own(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"popularity": p} for p in (None, 0, 50, 100)])
    gauge = Gauge("popularity", (-np.inf, 50.0), (4.0, 1.0, 0.0))
    found = snapshot.near_misses(Query(exclude=[song_id(1)]), [gauge])
    assert found.one[0, :3].tolist() == [1, 0, 0]
    assert found.cheapest == (0,)


@pytest.mark.parametrize(
    ("of", "cuts", "prices"),
    [
        ("mood", (0.0,), (0.0, 1.0)),
        ("tempo", (0.0,), (0.0,)),
        ("tempo", (2.0, 1.0), (0.0, 1.0, 2.0)),
        ("tempo", (float("nan"),), (0.0, 1.0)),
        ("tempo", (1.0,), (0.0, -1.0)),
        ("tempo", tuple(map(float, range(MOST_CELLS))), (0.0,) * (MOST_CELLS + 1)),
    ],
)
def test_a_gauge_has_to_fit_together(
    of: str, cuts: tuple[float, ...], prices: tuple[float, ...]
) -> None:
    with pytest.raises(QueryError):
        Gauge(of, cuts, prices)


def test_so_many_gauges_are_too_many(make_snapshot: MakeSnapshot) -> None:
    gauge = Gauge("tempo", (1.0,), (0.0, 1.0))
    with pytest.raises(QueryError, match="at most"):
        make_snapshot([{}]).near_misses(Query(), [gauge] * (MOST_GAUGES + 1))
