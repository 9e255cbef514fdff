"""Spread: songs far apart from each other, by the definition of maximal marginal relevance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import AXES
from spotai.recommend import Recipe, Recommendation, query_of, recommend
from spotai.recommend.recipe import Variety
from spotai.recommend.variety import varied
from spotai.search import Query, Snapshot

SHARES = (0.0, 0.25, 0.5, 1.0)


def ask(snapshot: Snapshot, seeds: Sequence[str], **fields: Any) -> Recommendation:
    given = {"seed": {"track_ids": tuple(seeds)}} | fields
    return recommend(snapshot, Recipe.model_validate(given, strict=False), lambda _: ())


def rows_of(found: Recommendation) -> list[int]:
    return [each.song.row for each in found.songs]


@pytest.fixture(scope="module")
def seeds(demo: Snapshot) -> list[str]:
    return [each.decode() for each in demo.ids[np.argsort(-demo.values("energy"))[:30]]]


def apart(snapshot: Snapshot, query: Query, one: int, other: int) -> float:
    """The distance of two songs by its definition."""
    total = 0.0
    for axis in query.weighted:
        column, weight = AXES.index(axis), query.weight[axis]
        a, b = (float(snapshot.coordinates()[row, column]) for row in (one, other))
        missing = int(snapshot.missing_on(axis)[one]) + int(snapshot.missing_on(axis)[other])
        total += weight * ((a - b) ** 2 + missing)
    return total


def by_definition(
    snapshot: Snapshot, query: Query, spread: float, rows: list[int], pins: list[int], size: int
) -> list[int]:
    """Choose one by one, comparing every candidate with every chosen song each time."""
    chosen, left = list(pins), [row for row in rows if row not in pins]
    relevance = {row: 1 - i / len(left) for i, row in enumerate(left)}
    pairs = [apart(snapshot, query, a, b) for a, b in combinations(left, 2)]
    mean = sum(pairs) / len(pairs) if pairs else 0

    def score(row: int) -> float:
        alike = (max(0, 1 - apart(snapshot, query, row, c) / mean) if mean else 1 for c in chosen)
        return (1 - spread) * relevance[row] - spread * max(alike, default=0)

    while left and len(chosen) < size:
        # Sums in another order differ in their last digits.
        best = max(left, key=lambda row: round(score(row), 9))
        left.remove(best)
        chosen.append(best)
    return chosen


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_songs_are_chosen_by_the_definition(demo: Snapshot, data: st.DataObject) -> None:
    every = st.integers(0, len(demo) - 1)
    rows = data.draw(st.lists(every, unique=True, min_size=1, max_size=25))
    pins = data.draw(st.lists(st.sampled_from(rows) | every, unique=True, max_size=3))
    axes = data.draw(st.lists(st.sampled_from(AXES), unique=True, min_size=1, max_size=6))
    weight = {axis: data.draw(st.sampled_from([0.25, 1.0, 3.0])) for axis in axes}
    query = Query(target=dict.fromkeys(axes, 0.0), weight=weight)
    spread = data.draw(st.sampled_from([0.001, 0.2, 0.5, 0.9, 1.0]))
    size = data.draw(st.integers(max(1, len(pins)), 30))
    picked = varied(
        demo,
        query,
        Variety(spread=spread, one_version_per_song=False),
        np.array(rows),
        size=size,
        left_out=np.empty(0, dtype=np.intp),
        pins=np.array(pins, dtype=np.intp),
        farther=0.0,
    )
    assert picked.tolist() == by_definition(demo, query, spread, rows, pins, size)


def mean_apart(snapshot: Snapshot, query: Query, found: Recommendation) -> float:
    pairs = combinations(rows_of(found), 2)
    return float(np.mean([apart(snapshot, query, one, other) for one, other in pairs]))


def check_spreads(snapshot: Snapshot, seeds: Sequence[str]) -> None:
    lists = [ask(snapshot, seeds, size=30, variety={"spread": share}) for share in SHARES]
    assert lists[0].songs == ask(snapshot, seeds, size=30).songs
    assert {len(found.songs) for found in lists} == {30}
    assert {found.total_matches for found in lists} == {lists[0].total_matches}
    recipe = Recipe.model_validate({"seed": {"track_ids": tuple(seeds)}})
    query = query_of(snapshot, recipe, lambda _: ())
    distances = [mean_apart(snapshot, query, found) for found in lists]
    assert distances[0] <= distances[1] < distances[3]
    assert distances[3] > 1.2 * distances[0]
    for found in lists:
        assert [each.distance for each in found.songs] == sorted(e.distance for e in found.songs)
    assert lists[3].songs == ask(snapshot, seeds, size=30, variety={"spread": 1.0}).songs


def test_more_spread_puts_songs_further_apart(demo: Snapshot, seeds: list[str]) -> None:
    check_spreads(demo, seeds)


def test_more_spread_puts_real_songs_further_apart(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    for each in real_playlists:
        check_spreads(real_sample, each)


def test_spread_keeps_to_pins_cap_and_conditions(demo: Snapshot, seeds: list[str]) -> None:
    pin = demo.ids[int(np.argmin(demo.values("energy")))].decode()
    found = ask(
        demo,
        seeds,
        size=40,
        pins=[pin],
        strictness=0.2,
        features={"tempo": {"min": 100}},
        variety={"spread": 0.7, "artist_cap": 1, "random_seed": 5},
    )
    assert len(found.songs) == 40
    assert [each.song.id for each in found.songs if each.pinned] == [pin]
    others = [each for each in found.songs if not each.pinned]
    assert min(each.match for each in others) >= 0.2
    assert all((each.song.values["tempo"] or 0) >= 100 for each in others)
    artists = Counter(each.song.artists[0].id for each in others)
    assert max(artists.values()) == 1


def test_a_draw_is_spread_as_well(demo: Snapshot, seeds: list[str]) -> None:
    lists = [
        rows_of(ask(demo, seeds, variety={"spread": share, "random_seed": number}))
        for share, number in ((0.5, 1), (0.5, 1), (0.5, 2), (0.0, 1))
    ]
    assert lists[0] == lists[1]
    assert len({frozenset(each) for each in lists}) == 3


def test_fewer_candidates_than_songs_are_all_listed(demo: Snapshot, seeds: list[str]) -> None:
    limits = {"features": {"tempo": {"min": 100, "max": 101}}, "size": 500}
    plain = ask(demo, seeds, **limits, variety={"one_version_per_song": False})
    spread = ask(demo, seeds, **limits, variety={"one_version_per_song": False, "spread": 1.0})
    assert rows_of(plain) == rows_of(spread)
    assert len(plain.songs) == plain.total_matches < 500
