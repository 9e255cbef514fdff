"""Search equals the definition, for any catalog and any query."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import AXES
from spotai.search import Query, Snapshot, Where, build_snapshot, scan
from tests.made_songs import MakeSnapshot, Row, artist_id, columns_of, song_id

GENRES = ("pop", "rock", "jazz")


@contextmanager
def snapshot_of(rows: list[Row]) -> Iterator[Snapshot]:
    with tempfile.TemporaryDirectory() as folder:
        yield Snapshot.open(build_snapshot([columns_of(rows)], Path(folder), source="test"))


def rows() -> st.SearchStrategy[list[Row]]:
    # Few distinct values: ties, duplicates and constant columns are the hard cases.
    ratio = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
    song = st.fixed_dictionaries(
        {
            "energy": ratio,
            "valence": ratio,
            "tempo": st.sampled_from([60.0, 90.0, 120.0, 180.0]),
            "key": st.sampled_from([None, 0, 5, 7]),
            "mode": st.sampled_from([None, 0, 1]),
            "time_signature": st.sampled_from([None, 3, 4]),
            "popularity": st.sampled_from([None, 0, 50, 100]),
            "release_year": st.sampled_from([None, 1970, 2020]),
            "explicit": st.sampled_from([-1, 0, 1]),
            "followers": st.sampled_from([0, 10, 1000]),
            "genres": st.lists(st.sampled_from(GENRES), max_size=2, unique=True),
            "artists": st.lists(st.sampled_from(["Ann", "Bob", "Cy"]), max_size=2, unique=True),
        }
    )
    return st.lists(song, min_size=1, max_size=25)


def queries() -> st.SearchStrategy[dict[str, Any]]:
    target = st.floats(-9, 9)
    some_axes = st.lists(st.sampled_from(AXES), unique=True, max_size=6)

    @st.composite
    def query(draw: st.DrawFn) -> dict[str, Any]:
        axes = draw(some_axes)
        bound = st.tuples(st.none() | st.floats(0, 1), st.none() | st.floats(0, 1))
        return {
            "target": {axis: draw(target) for axis in axes},
            "weight": {axis: draw(st.sampled_from([0.0, 0.3, 1.0, 7.0])) for axis in axes},
            "alternatives": {axis: (draw(target),) for axis in axes if draw(st.booleans())},
            "low": {axis: draw(st.floats(-3, 0)) for axis in draw(some_axes)[:1]},
            "high": {axis: draw(st.floats(0, 3)) for axis in draw(some_axes)[:1]},
            "where": Where(
                ranges={name: draw(bound) for name in draw(st.sampled_from([(), ("energy",)]))},
                sets={name: {0, 7} for name in draw(st.sampled_from([(), ("key",)]))},
                explicit=draw(st.sampled_from([None, None, True, False])),
                genres=draw(st.sampled_from([(), (), ("pop",), ("jazz", "none")])),
                min_playlist_followers=draw(st.sampled_from([0, 0, 10, 500])),
            ),
            "exclude": [song_id(n) for n in draw(st.sets(st.integers(0, 30), max_size=3))],
            "exclude_artists": [artist_id(a) for a in draw(st.sets(st.just("Ann"), max_size=1))],
            "radius": draw(st.none() | st.floats(0, 100)),
            "k": draw(st.integers(1, 30)),
        }

    return query()


def by_definition(snapshot: Snapshot, rows: list[Row], query: Query) -> list[tuple[float, bytes]]:
    """Distance and id of every song that passes, nearest first, one song and one axis at a time."""
    coordinates, missing = snapshot.coordinates(), snapshot.missing()
    found = []
    for n, row in enumerate(rows):
        if not passes_by_definition(coordinates[n], snapshot, n, row, query):
            continue
        distance = 0.0
        for a, axis in enumerate(snapshot.axes):
            if query.weight.get(axis, 0) > 0:
                errors = [float(coordinates[n, a]) - t for t in query.targets(axis)]
                distance += min(e * e for e in errors) * query.weight[axis]
        for a, axis in enumerate(snapshot.axes):
            if query.weight.get(axis, 0) > 0 and missing[n, a]:
                distance += query.weight[axis]
        if query.radius is None or distance <= query.radius:
            found.append((distance, song_id(n).encode()))
    return sorted(found)


def passes_by_definition(
    coordinates: np.ndarray[Any, np.dtype[np.float32]],
    snapshot: Snapshot,
    n: int,
    row: Row,
    query: Query,
) -> bool:
    where = query.where
    at = dict(zip(snapshot.axes, map(float, coordinates), strict=True))
    energy, key = row["energy"], row["key"]
    low, high = where.ranges.get("energy", (None, None))
    artists: list[str] = row["artists"]  # type: ignore[assignment]
    genres: list[str] = row["genres"]  # type: ignore[assignment]
    return (
        all(at[axis] >= bound for axis, bound in query.low.items())
        and all(at[axis] <= bound for axis, bound in query.high.items())
        and (low is None or energy >= low)  # type: ignore[operator]
        and (high is None or energy <= high)  # type: ignore[operator]
        and ("key" not in where.sets or key in where.sets["key"])
        and (where.explicit is None or row["explicit"] == where.explicit)
        and (not where.genres or bool(set(genres) & set(where.genres)))
        and row["followers"] >= where.min_playlist_followers  # type: ignore[operator]
        and song_id(n) not in query.exclude
        and not {artist_id(a) for a in artists} & set(query.exclude_artists)
    )


@settings(max_examples=50, deadline=None)
@given(rows(), st.lists(queries(), min_size=1, max_size=12))
def test_search_and_count_equal_the_definition(
    rows: list[Row], asked: list[dict[str, Any]]
) -> None:
    with snapshot_of(rows) as snapshot:
        for query in (Query(**each) for each in asked):
            check_against_definition(snapshot, rows, query)


def check_against_definition(snapshot: Snapshot, rows: list[Row], query: Query) -> None:
    expected = by_definition(snapshot, rows, query)
    for hits in (scan.scan(snapshot, query), snapshot.search(query)):
        assert hits.ids.tolist() == [identifier for _, identifier in expected[: query.k]]
        assert hits.distances.tolist() == [distance for distance, _ in expected[: query.k]]
        assert snapshot.ids[hits.rows].tolist() == hits.ids.tolist()
    assert scan.count(snapshot, query) == snapshot.count(query) == len(expected)


def test_ties_are_broken_by_id(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": 0.9}, {"energy": 0.2}, {"energy": 0.9}, {"energy": 0.9}])
    at = snapshot.maps["energy"].coordinate(0.9)
    hits = snapshot.search(Query(target={"energy": at}, weight={"energy": 1.0}, k=2))
    assert hits.ids.tolist() == [song_id(0).encode(), song_id(2).encode()]


def test_a_missing_value_costs_what_a_typical_song_does(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"popularity": p} for p in (None, 10, 50, 90)])
    target = 1.5
    hits = snapshot.search(Query(target={"popularity": target}, weight={"popularity": 2.0}, k=4))
    unknown = hits.distances[hits.ids.tolist().index(song_id(0).encode())]
    assert unknown == 2.0 * target**2 + 2.0
    coordinates = snapshot.axis("popularity")[1:].astype(np.float64)
    assert unknown == pytest.approx((2.0 * (coordinates - target) ** 2).mean())


def test_missing_values_never_pass_a_range_or_set(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"release_year": None, "key": None}, {}])
    everything = Where(ranges={"release_year": (None, None)}, sets={"key": set(range(12))})
    assert snapshot.search(Query(where=everything)).ids.tolist() == [song_id(1).encode()]


def test_bounds_are_inclusive_in_natural_units(make_snapshot: MakeSnapshot) -> None:
    # float32(0.7) lies below 0.7: the comparison must happen on the values as loaded.
    snapshot = make_snapshot([{"valence": 0.7}, {"valence": 0.7000001}, {"valence": 0.1}])
    assert snapshot.count(Query(where=Where(ranges={"valence": (0.7, None)}))) == 2
    assert snapshot.count(Query(where=Where(ranges={"valence": (None, 0.7)}))) == 2


def test_unknown_ids_to_exclude_change_nothing(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{}, {}])
    strange: list[str | bytes] = ["", "é" * 22, "x" * 400, b"\xff" * 22, song_id(99)]
    assert snapshot.count(Query(exclude=strange, exclude_artists=strange)) == 2


def test_blocks_are_invisible(make_snapshot: MakeSnapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    snapshot = make_snapshot([{"energy": float(e)} for e in rng.integers(0, 9, 50) / 10])
    query = Query(target={"energy": 0.3}, weight={"energy": 1.0}, radius=2.0, k=20)
    bounded = replace(query, radius=None, low={"energy": -1.0})
    whole = scan.scan(snapshot, query)
    counts = [scan.count(snapshot, q) for q in (query, bounded)]
    assert 20 < counts[0] < counts[1] < 50
    monkeypatch.setattr("spotai.search.scan.BLOCK", 7)
    blocks = scan.scan(snapshot, query)
    assert blocks.ids.tolist() == whole.ids.tolist()
    assert blocks.distances.tolist() == whole.distances.tolist()
    assert [scan.count(snapshot, q) for q in (query, bounded)] == counts
