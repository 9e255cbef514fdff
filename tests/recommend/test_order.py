"""The order of a list: the same songs, arranged as the recipe says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.recommend import Recipe, Recommendation, recommend
from spotai.recommend.order import (
    WAVE,
    arrange,
    energy_steps,
    key_steps,
    tempo_steps,
    transitions,
)
from spotai.recommend.recipe import Order
from spotai.recommend.tour import nearest_neighbour_paths, path_cost
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, song_id


def ask(snapshot: Snapshot, seeds: Sequence[str], **fields: Any) -> Recommendation:
    given = {"seed": {"track_ids": tuple(seeds)}} | fields
    return recommend(snapshot, Recipe.model_validate(given, strict=False), lambda _: ())


def ids(found: Recommendation) -> list[str]:
    return [each.song.id for each in found.songs]


def energies(found: Recommendation) -> list[float]:
    return [float(each.song.values["energy"] or 0) for each in found.songs]


def slopes_of(values: Sequence[float], count: int) -> list[list[float]]:
    """Cut a list into so many slopes: the first ones are a song longer where it does not go up."""
    short, longer = divmod(len(values), count)
    ends = np.cumsum([short + (n < longer) for n in range(count)])
    return [part.tolist() for part in np.split(np.array(values), ends[:-1])]


def check_orders(snapshot: Snapshot, seeds: Sequence[str], size: int) -> None:
    """Hold every order of one recipe against what it promises."""
    lists = {order: ask(snapshot, seeds, size=size, order=order) for order in get_args(Order)}
    closest = lists["closest"]
    assert len(closest.songs) == size
    assert all(sorted(ids(found)) == sorted(ids(closest)) for found in lists.values())
    assert len({tuple(ids(found)) for found in lists.values()}) == len(lists)
    assert energies(lists["rising"]) == sorted(energies(closest))
    assert energies(lists["falling"]) == sorted(energies(closest), reverse=True)
    for n, slope in enumerate(slopes_of(energies(lists["wave"]), 2 * round(size / WAVE))):
        assert slope == sorted(slope, reverse=n % 2 == 1)
        low, high = np.quantile(energies(closest), (0.25, 0.75))
        assert min(slope) <= low <= high <= max(slope)
    steps = transitions(snapshot, snapshot.rows_of(ids(closest)))
    places = np.array([ids(closest).index(each) for each in ids(lists["smooth"])])
    shuffled = steps.sum() / size
    greedy = path_cost(steps, nearest_neighbour_paths(steps, 1)[0])
    assert path_cost(steps, places) <= greedy
    assert path_cost(steps, places) < shuffled / 2


def test_every_order_keeps_its_promise(demo: Snapshot) -> None:
    liveliest = demo.ids[np.argsort(-demo.values("valence"))[:30]]
    check_orders(demo, [each.decode() for each in liveliest], 60)


def test_every_order_keeps_its_promise_on_real_songs(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    for seeds in real_playlists:
        check_orders(real_sample, seeds, 60)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_songs_in_any_order_stay_the_same_songs(demo: Snapshot, data: st.DataObject) -> None:
    every = st.integers(0, len(demo) - 1)
    rows = np.array(data.draw(st.lists(every, unique=True, max_size=60)), dtype=np.intp)
    for order in get_args(Order):
        arranged = arrange(demo, rows, order)
        assert sorted(arranged.tolist()) == sorted(rows.tolist())
        assert arrange(demo, rows, order).tolist() == arranged.tolist()
    if len(rows) > 1:
        steps = transitions(demo, arrange(demo, rows, "smooth"))
        assert np.trace(steps, 1) * len(rows) <= steps.sum()


def test_half_and_double_time_are_no_step() -> None:
    steps = tempo_steps(np.array([120.0, 60.0, 240.0, 120 * 2**0.25, 120 * 2**0.5]))
    assert steps[0].tolist() == pytest.approx([0, 0, 0, 0.5, 1])
    assert steps[1, 3] == pytest.approx(0.5)
    assert steps.max() <= 1


def test_keys_step_as_on_the_camelot_wheel() -> None:
    c, g, a, f_sharp, none = 0, 7, 9, 6, np.nan
    keys = np.array([c, g, a, f_sharp, none, c])
    modes = np.array([1.0, 1, 0, 0, 1, np.nan])
    steps = key_steps(keys, modes)
    # C major to itself; to G major, a step; to its relative minor; to F sharp minor at A major.
    assert steps[0, :4].tolist() == pytest.approx([0, 1 / 7, 1 / 7, 4 / 7])
    assert steps[4].tolist() == steps[5].tolist() == [0.5] * 6
    assert (steps == steps.T).all()
    keys, modes = (each.ravel().astype(float) for each in np.meshgrid(range(12), (0, 1)))
    every = key_steps(keys, modes)
    assert (every.min(), every.max(), every.mean()) == pytest.approx((0, 1, 0.5))


def test_half_the_scale_of_energy_is_a_whole_step() -> None:
    assert energy_steps(np.array([0.1, 0.2, 0.9]))[0].tolist() == pytest.approx([0, 0.2, 1])


def test_equal_energies_go_by_id_both_ways(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": e} for e in (0.5, 0.9, 0.5, 0.1)])
    rows = snapshot.rows_of([song_id(n) for n in (2, 3, 1, 0)])

    def arranged(order: Order) -> list[int]:
        return [int(each) for each in snapshot.ids[arrange(snapshot, rows, order)]]

    assert arranged("closest") == [2, 3, 1, 0]
    assert arranged("rising") == [3, 0, 2, 1]
    assert arranged("falling") == [1, 0, 2, 3]
    assert arranged("wave") == [3, 2, 1, 0]


def test_unknown_keys_do_not_break_a_smooth_list(make_snapshot: MakeSnapshot) -> None:
    rows = [{"key": None, "mode": n % 2, "energy": n / 20, "tempo": 100 + n} for n in range(20)]
    snapshot = make_snapshot(rows)
    smooth = arrange(snapshot, np.arange(20), "smooth")
    assert snapshot.values("energy", smooth).tolist() == [n / 20 for n in range(20)]


def test_pins_keep_no_place_of_their_own(demo: Snapshot) -> None:
    seeds = [each.decode() for each in demo.ids[:20]]
    pin = demo.ids[int(np.argmax(demo.values("energy")))].decode()
    found = ask(demo, seeds, pins=[pin], order="rising", size=10)
    assert found.songs[-1].song.id == pin
    assert found.songs[-1].pinned
