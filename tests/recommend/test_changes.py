"""What can be changed of a condition: steps, their words, and what they cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from spotai.recommend import count_matches
from spotai.recommend.changes import Condition, conditions_of
from spotai.recommend.recipe import Recipe
from spotai.search import Snapshot


def condition(snapshot: Snapshot, **fields: Any) -> Condition:
    recipe = Recipe.model_validate(fields, strict=False)
    (found,) = conditions_of(snapshot, recipe, lambda strictness: 1 - strictness)
    return found


def steps(found: Condition) -> list[tuple[str, object, float]]:
    return [(step.text, step.changes[0].value, step.cost) for step in found.steps]


def test_an_end_of_a_range_moves_by_steps_that_people_would_choose(demo: Snapshot) -> None:
    found = condition(demo, features={"tempo": {"max": 136}})
    texts, values, costs = zip(*steps(found), strict=True)
    assert texts[:4] == tuple(f"tempo up to {end} BPM" for end in (138, 140, 145, 150))
    assert values[-1] is None
    assert texts[-1] == "any tempo"
    assert sorted(set(costs)) == list(costs)
    limits = [value for value in values if isinstance(value, float)]
    assert limits == sorted(limits)
    assert all(limit % 2 == 0 or limit % 5 == 0 for limit in limits)


@pytest.mark.parametrize(
    ("feature", "end", "side"),
    [("tempo", "min", -1), ("tempo", "max", 1), ("popularity", "min", -1), ("loudness", "max", 1)],
)
def test_among_the_most_extreme_songs_an_end_moves_by_small_steps_too(
    demo: Snapshot, feature: str, end: str, side: int
) -> None:
    """There the axis is flat: a quarter of a standard deviation lets a thousand songs in."""
    values = np.sort(demo.values(feature)[~np.isnan(demo.values(feature))])
    outermost = values[-3] if side < 0 else values[2]
    found = condition(demo, features={feature: {end: round(float(outermost))}})
    ends = [step.changes[0].value for step in found.steps[:-1]]
    let_in = [np.sum(values * side <= float(str(each)) * side) for each in ends]
    assert let_in[0] < 0.01 * len(values) < let_in[-1]
    assert let_in == sorted(let_in)
    costs = [step.cost for step in found.steps]
    assert costs == sorted(set(costs))


def test_an_end_moves_as_far_as_there_are_songs(demo: Snapshot) -> None:
    """Beyond the part of the axis that rises, too."""
    fastest = float(demo.values("tempo").max())
    found = condition(demo, features={"tempo": {"max": fastest - 3}})
    assert [float(str(step.changes[0].value)) >= fastest - 0.5 for step in found.steps[:-1]][-1]


def test_a_step_costs_as_far_as_it_goes_in_the_catalog(demo: Snapshot) -> None:
    line = demo.maps["tempo"]
    for step in condition(demo, features={"tempo": {"max": 136}}).steps[:-1]:
        value = step.changes[0].value
        assert isinstance(value, float)
        assert step.cost == pytest.approx(line.coordinate(value) - line.coordinate(136), abs=0.006)


def test_both_ends_of_a_range_give_way_apart_and_together(demo: Snapshot) -> None:
    found = condition(demo, features={"energy": {"min": 0.4, "max": 0.5}})
    texts = [step.text for step in found.steps]
    assert {"energy without a lower limit", "energy without an upper limit"} < set(texts)
    assert [change.field for change in found.steps[-1].changes] == [
        "features.energy.min",
        "features.energy.max",
    ]
    # Unknown values come in only where no limit is left.
    assert [step.text for step in found.steps if 0 in step.cells] == ["any energy"]


def test_a_limit_beyond_all_songs_moves_to_where_they_begin(demo: Snapshot) -> None:
    newest = np.nanmax(demo.values("release_year"))
    found = condition(demo, features={"release_year": {"min": 2099}})
    assert all(value is None or value <= newest for _, value, _ in steps(found))  # type: ignore[operator]
    assert len(found.steps) > 1


def test_keys_give_way_along_the_circle_of_fifths(demo: Snapshot) -> None:
    assert steps(condition(demo, features={"key": {"only": (0,)}})) == [
        ("key also F, G", (0, 5, 7), 0.75),
        ("key also D, F, G, A♯", (0, 2, 5, 7, 10), 1.5),
        ("key also D, D♯, F, G, A, A♯", (0, 2, 3, 5, 7, 9, 10), 2.25),
        ("any key", None, 4.0),
    ]


def test_other_choices_come_one_by_one(demo: Snapshot) -> None:
    found = steps(condition(demo, features={"time_signature": {"only": (3, 4)}}))
    assert found[0] == ("time signature also 1/4", (1, 3, 4), 2.0)
    assert found[-1] == ("any time signature", None, 4.0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"filters": {"explicit": False}}, [("explicit or not", None, 4.0)]),
        ({"filters": {"genres": ["rock"]}}, [("any genre", (), 4.0)]),
        (
            {"filters": {"min_playlist_followers": 1000}},
            [
                ("from 500 playlist followers", 500, 0.3),
                ("from 200 playlist followers", 200, 0.7),
                ("from 100 playlist followers", 100, 1.0),
                ("any number of playlist followers", 0, 4.0),
            ],
        ),
        (
            {"strictness": 0.83},
            [
                ("strictness 0.80", 0.8, 0.15),
                ("strictness 0.75", 0.75, 0.4),
                ("strictness 0.65", 0.65, 0.9),
                ("strictness 0.45", 0.45, 1.9),
                ("strictness 0", 0.0, 4.0),
            ],
        ),
        ({"strictness": 0.04}, [("strictness 0", 0.0, 0.2)]),
    ],
)
def test_filters_and_strictness(
    demo: Snapshot, fields: dict[str, Any], expected: list[tuple[str, object, float]]
) -> None:
    assert steps(condition(demo, **fields)) == expected


def test_followers_that_no_song_has_give_way_to_those_there_are(demo: Snapshot) -> None:
    most = int(demo.values("playlist_followers").max())
    found = condition(demo, filters={"min_playlist_followers": 10**12})
    first = found.steps[0].changes[0].value
    assert isinstance(first, int)
    assert most / 2 < first <= most
    assert set(str(first)[1:]) == {"0"}
    assert [step.changes[0].value for step in found.steps[1:-1]] == [
        first // times for times in (2, 5, 10)
    ]
    aims = {"energy": {"target": 0.5}}
    recipe = {"features": aims, "filters": {"min_playlist_followers": 10**12}, "size": 1}
    counted = count_matches(demo, Recipe.model_validate(recipe), lambda _: ())
    assert any(each.changes[0].value == first for each in counted.loosenings)


def test_any_step_leads_to_a_recipe_that_is_valid(demo: Snapshot) -> None:
    recipe = Recipe.model_validate(
        {
            "features": {
                "energy": {"min": 0.0, "max": 1.0},
                "loudness": {"min": -60.0, "max": 0.0},
                "popularity": {"min": 5, "max": 5},
                "duration_ms": {"max": 1},
                "key": {"only": tuple(range(12))},
            },
            "strictness": 1.0,
            "filters": {"min_playlist_followers": 1, "explicit": True},
        }
    )
    for each in conditions_of(demo, recipe, lambda strictness: 1 - strictness):
        for step in each.steps:
            looser = recipe.changed(step.changes)
            assert Recipe.model_validate_json(looser.model_dump_json()) == looser != recipe
