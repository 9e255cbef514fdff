"""The engine equals the reference scan, bit for bit, whatever the catalog and the query."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spotai.features import AXES, BY_NAME, FEATURES, NAMES
from spotai.search import Query, Snapshot, Where, build_snapshot, engine, kernel, scan
from spotai.search.blocks import BLOCK, REGION, SMALLEST_PART, block_order
from spotai.search.files import VALUES
from spotai.search.levels import distance_levels
from spotai.tracks import ID_DTYPE, Artist, TrackColumns
from tests.made_songs import MakeSnapshot, artist_id, song_id

SIZES = (1, 2, 30, BLOCK, BLOCK + 1, 700, REGION + 1, 3 * REGION)
GENRES = ("pop", "rock", "jazz")
ARTISTS = [Artist(artist_id(name), name) for name in ("Ann", "Bob", "Cy", "Di")]
# How a feature's values are spread: one value, a few, a spike among many, any.
SPREADS = ("constant", "few", "spike", "any")
# The axes of features that take a handful of values.
CHOICES = tuple(axis for feature in FEATURES if feature.choices for axis in feature.axes)


def made_columns(size: int, seed: int, spreads: tuple[str, ...]) -> TrackColumns:
    """A catalog of any size, quickly; every third song is another's double but for its id."""
    dice = np.random.default_rng(seed)
    features = {}
    for feature, spread in zip(FEATURES, spreads, strict=True):
        values = dice.uniform(feature.minimum, feature.maximum, size)
        if spread == "constant":
            values[:] = values[0]
        elif spread == "few":
            values = dice.choice(values[:3], size)
        elif spread == "spike":
            often = dice.choice([feature.minimum, feature.maximum])
            values[dice.random(size) < dice.choice([0.01, 0.8])] = often
        if feature.choices:
            values = dice.choice(sorted(feature.choices), size).astype(np.float64)
        if not feature.required:
            values[dice.random(size) < 0.2] = np.nan
        features[feature.name] = np.round(values) if feature.integer else values
    doubled = dice.integers(0, size, size // 3)
    for values in features.values():
        values[dice.integers(0, size, len(doubled))] = values[doubled]
    # Ids come in no order that has to do with anything else.
    numbers = np.sort(dice.choice(10 * size, size, replace=False))
    lists = dice.integers(0, 4, size)
    return TrackColumns(
        ids=np.array([song_id(int(n)) for n in numbers], dtype=ID_DTYPE),
        features=features,
        explicit=dice.integers(-1, 2, size).astype(np.int8),
        playlist_followers=dice.choice([0, 10, 1_000], size).astype(np.int64),
        titles=["Song"] * size,
        artists=[tuple(ARTISTS[: n % 3]) for n in lists.tolist()],
        albums=[""] * size,
        artwork=[""] * size,
        release_dates=[""] * size,
        genres=[GENRES[:n] for n in lists.tolist()],
    )


@contextmanager
def snapshot_of(columns: TrackColumns) -> Iterator[Snapshot]:
    with tempfile.TemporaryDirectory() as folder:
        yield Snapshot.open(build_snapshot([columns], Path(folder), source="test"))


def catalogs() -> st.SearchStrategy[TrackColumns]:
    spreads = st.tuples(*[st.sampled_from(SPREADS)] * len(FEATURES))
    return st.builds(made_columns, st.sampled_from(SIZES), st.integers(0, 2**32), spreads)


def queries() -> st.SearchStrategy[Query]:
    target = st.floats(-9, 9) | st.sampled_from([0.0, 1e3, -1e8, 1e30, -1e200, 5e-324])
    weight = st.sampled_from([0.0, 0.01, 1.0, 7.0, 1e-20, 1e20]) | st.floats(0, 30)

    def one_range(name: str) -> st.SearchStrategy[tuple[float | None, float | None]]:
        feature = BY_NAME[name]
        low, high = feature.minimum, feature.maximum
        share = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]) | st.floats(-0.1, 1.1)
        value = st.none() | share.map(lambda part: low + part * (high - low))
        # Whole numbers are what values of most features are, and so what ranges end at.
        return st.tuples(value | value.map(lambda v: v and float(round(v))), value)

    ranges = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: one_range(name) for name in names})
    )
    where = st.builds(
        Where,
        ranges=ranges,
        sets=st.just({}) | st.sets(st.integers(0, 11), max_size=4).map(lambda keys: {"key": keys}),
        explicit=st.sampled_from([None, None, True, False]),
        genres=st.sampled_from([(), (), ("pop",), ("JAZZ", "none"), ("none",)]),
        min_playlist_followers=st.sampled_from([0, 0, 10, 5_000]),
    )

    def bounds(least: float, most: float) -> st.SearchStrategy[dict[str, float]]:
        value = st.floats(least, most) | st.just(0.0)
        return st.dictionaries(st.sampled_from(AXES), value, max_size=2)

    @st.composite
    def query(draw: st.DrawFn) -> Query:
        among = draw(st.sampled_from([AXES, AXES, AXES, CHOICES]))
        axes = draw(st.lists(st.sampled_from(among), unique=True, max_size=len(among)))
        return Query(
            target={axis: draw(target) for axis in axes},
            weight={axis: draw(weight) for axis in axes},
            alternatives={axis: (draw(target),) for axis in axes[:1] if draw(st.booleans())},
            low=draw(bounds(-3, 0.5)),
            high=draw(bounds(-0.5, 3)),
            where=draw(where),
            exclude=[song_id(n) for n in draw(st.sets(st.integers(0, 60), max_size=9))],
            exclude_artists=[artist_id(name) for name in draw(st.sets(st.just("Bob")))],
            radius=draw(st.none() | st.floats(0, 100)),
            k=draw(st.sampled_from([1, 2, 10, 100, 1_000, 10**6])),
        )

    return query()


def check_against_scan(columns: TrackColumns, asked: list[Query]) -> None:
    with snapshot_of(columns) as snapshot:
        for query in asked:
            expected, found = scan.scan(snapshot, query), snapshot.search(query)
            assert found.ids.tolist() == expected.ids.tolist()
            assert found.distances.tolist() == expected.distances.tolist()
            assert snapshot.ids[found.rows].tolist() == found.ids.tolist()
            assert snapshot.count(query) == scan.count(snapshot, query)
            # Asked again with what is excluded looked up, the answers are the same.
            again = snapshot.looked_up(query)
            assert snapshot.search(again).ids.tolist() == expected.ids.tolist()
            assert snapshot.count(again) == scan.count(snapshot, again) == snapshot.count(query)
            rows = np.arange(len(snapshot))[::-3]
            passes = scan.passing(snapshot, query, rows)
            assert snapshot.passes(query, rows).tolist() == passes.tolist()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(catalogs(), st.lists(queries(), min_size=8, max_size=8))
def test_engine_equals_scan(columns: TrackColumns, asked: list[Query]) -> None:
    check_against_scan(columns, asked)


@pytest.mark.long
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(catalogs(), st.lists(queries(), min_size=20, max_size=20))
def test_engine_equals_scan_ten_thousand_times(columns: TrackColumns, asked: list[Query]) -> None:
    check_against_scan(columns, asked)


def test_mass_ties_go_by_id() -> None:
    """Thousands of songs at the same distance, more than any block holds."""
    constant = ("constant",) * len(FEATURES)
    with snapshot_of(made_columns(3 * REGION, 1, constant)) as snapshot:
        energy = Query(target={"energy": 3.0}, weight={"energy": 1.0}, k=50)
        loudness = Query(target={"mode": 3.0}, weight={"mode": 1.0}, k=50)
        for query in (Query(k=50), energy, loudness):
            assert snapshot.search(query).ids.tolist() == scan.scan(snapshot, query).ids.tolist()
        first = np.sort(snapshot.ids)[:50]
        assert snapshot.search(Query(k=50)).ids.tolist() == first.tolist()


def test_ties_are_found_in_every_region() -> None:
    """The same few songs again and again, in far more regions than are looked at first."""
    few = ("few",) * len(FEATURES)
    with snapshot_of(made_columns(12 * REGION, 8, few)) as snapshot:
        assert len(snapshot.blocks.region_begins) > 10
        song = snapshot.coordinates()[17].astype(float)
        axes = ("energy", "valence", "mode")
        target = {axis: song[AXES.index(axis)] for axis in axes}
        for radius in (None, 0.0, 0.5):
            for k in (50, len(snapshot)):
                query = Query(target=target, weight=dict.fromkeys(axes, 1.0), radius=radius, k=k)
                expected, found = scan.scan(snapshot, query), snapshot.search(query)
                assert found.ids.tolist() == expected.ids.tolist()
                assert snapshot.count(query) == scan.count(snapshot, query)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SPREADS), queries())
def test_where_choices_alone_count_every_distance_is_a_level(spread: str, asked: Query) -> None:
    with snapshot_of(made_columns(700, 8, (spread,) * len(FEATURES))) as snapshot:
        levels = distance_levels(snapshot, asked)
        distances = scan.distances_of(snapshot, asked, np.arange(len(snapshot)))
        if set(asked.weighted) <= set(CHOICES):
            assert np.isin(distances, levels).all()
        else:
            assert len(levels) == 0


def test_songs_at_the_same_distance_are_not_compared_one_by_one() -> None:
    with snapshot_of(made_columns(30 * REGION, 4, ("any",) * len(FEATURES))) as snapshot:
        axes = BY_NAME["key"].axes
        query = Query(target=dict.fromkeys(axes, 0.1), weight=dict.fromkeys(axes, 1.0), k=9)
        _, _, seen = kernel.nearest(snapshot.blocks, engine.ask(snapshot, query), query.k)
        assert seen < len(snapshot) / 2


@pytest.mark.parametrize("axes", [("popularity",), ("energy", "popularity", "release_year"), AXES])
def test_what_is_missing_counts_towards_the_radius(axes: tuple[str, ...]) -> None:
    with snapshot_of(made_columns(2 * REGION, 9, ("any",) * len(FEATURES))) as snapshot:
        near = Query(target=dict.fromkeys(axes, 0.1), weight=dict.fromkeys(axes, 1.0), k=10**6)
        distances = scan.scan(snapshot, near).distances
        for place in (1, 50, 2_000, 5_000, 8_000):
            query = replace(near, radius=float(distances[place]))
            assert snapshot.count(query) == scan.count(snapshot, query) > place


@pytest.mark.parametrize("much", [1_000, 50_000])
def test_as_much_can_be_excluded_as_a_query_takes(much: int) -> None:
    with snapshot_of(made_columns(3 * REGION, 2, ("any",) * len(FEATURES))) as snapshot:
        dice = np.random.default_rng(3)
        near = Query(target={"energy": 0.2}, weight={"energy": 1.0}, k=much)
        ids = [i.decode() for i in dice.permutation(snapshot.search(near).ids)]
        query = Query(
            target={"energy": 0.2, "tempo": 1.0},
            weight={"energy": 1.0, "tempo": 0.5},
            exclude=[*ids, *(song_id(10**9 + n) for n in range(much - len(ids)))],
            exclude_artists=[artist_id(f"nobody {n}") for n in range(much)],
        )
        check = scan.scan(snapshot, query)
        assert snapshot.search(query).ids.tolist() == check.ids.tolist()
        assert snapshot.count(query) == len(snapshot) - len(ids)


@pytest.mark.parametrize("size", [1, 20_000, 3 * SMALLEST_PART])
def test_a_block_order_is_a_permutation_in_blocks_and_regions(size: int) -> None:
    coordinates = np.random.default_rng(4).normal(size=(len(AXES), size)).astype(np.float32)
    coordinates[3] = np.round(coordinates[3])
    rows, blocks, regions = block_order(coordinates)
    assert np.sort(rows).tolist() == list(range(size))
    assert (blocks[0], blocks[-1]) == (0, size)
    assert (regions[0], regions[-1]) == (0, len(blocks) - 1)
    sizes = np.diff(blocks)
    assert 1 <= sizes.min() <= sizes.max() <= BLOCK
    assert np.diff(regions).min() >= 1
    assert np.diff(blocks[regions]).max() <= REGION
    for start, stop in pairwise(blocks):
        assert (np.diff(rows[start:stop]) > 0).all()
    # Most blocks and regions are near half of what they may be.
    assert len(blocks) < 4 + 2.2 * size / (BLOCK / 2)
    assert len(regions) < 4 + 2.2 * size / (REGION / 2)


def test_zones_hold_their_rows() -> None:
    with snapshot_of(made_columns(5_000, 5, ("any",) * len(FEATURES))) as snapshot:
        blocks, columns = snapshot.blocks, snapshot.blocks.columns
        for zones in (blocks.blocks, blocks.regions):
            for part, (start, stop) in enumerate(pairwise(zones.begins)):
                inside = columns.coordinates[start:stop]
                assert zones.axis_low[:, part].tolist() == inside.min(axis=0).tolist()
                assert zones.axis_high[:, part].tolist() == inside.max(axis=0).tolist()
                check_values(columns.values[:, start:stop], zones.value_low[:, part], part, zones)
                missing = columns.missing[start:stop]
                assert zones.all_missing[part] == np.bitwise_and.reduce(missing)
                assert zones.any_missing[part] == np.bitwise_or.reduce(missing)
                assert zones.first_rank[part] == columns.rank[start:stop].min()


def check_values(values: NDArray[Any], low: NDArray[Any], part: int, zones: Any) -> None:
    known = ~np.isnan(values)
    for column in range(len(VALUES)):
        some = values[column][known[column]]
        assert low[column] == (some.min() if len(some) else np.inf)
        assert zones.value_high[column, part] == (some.max() if len(some) else -np.inf)
        assert zones.value_unknown[column, part] == (not known[column].all())


def test_ids_are_found_among_rows_in_any_order(make_snapshot: MakeSnapshot) -> None:
    with snapshot_of(made_columns(3_000, 6, ("any",) * len(FEATURES))) as snapshot:
        assert snapshot.ids.tolist() != sorted(snapshot.ids.tolist())
        assert snapshot.rows_of(snapshot.ids).tolist() == list(range(3_000))
        assert snapshot.rows_of([song_id(10**8), b"", "é" * 22]).tolist() == [-1, -1, -1]


def test_every_value_stays_with_its_song() -> None:
    columns = made_columns(1_000, 7, ("any",) * len(FEATURES))
    with snapshot_of(columns) as snapshot:
        rows = snapshot.rows_of(columns.ids)
        for name in NAMES:
            assert np.array_equal(snapshot.values(name, rows), columns.features[name], True)
        for row, artists, genres in zip(rows, columns.artists, columns.genres, strict=True):
            song = snapshot.song(int(row))
            assert song.artists == tuple(artists)
            assert song.genres == tuple(genres)
        ann = snapshot.rows_by([ARTISTS[0].id])
        assert sorted(ann) == sorted(
            row for row, artists in zip(rows, columns.artists, strict=True) if artists
        )
