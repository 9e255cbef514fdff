from __future__ import annotations

from typing import Any

import pytest

from spotai.errors import QueryError
from spotai.search import Query, Where
from spotai.search.query import MAX_EXCLUDED


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"target": {"loudness2": 0.0}}, "not an axis"),
        ({"low": {"key": 0.0}}, "not an axis"),
        ({"target": {"tempo": float("nan")}}, "finite"),
        ({"target": {"tempo": 0.0}, "weight": {"tempo": float("inf")}}, "finite"),
        ({"alternatives": {"tempo": (float("inf"),)}}, "finite"),
        ({"target": {"tempo": 0.0}, "weight": {"tempo": -1.0}}, "negative"),
        ({"weight": {"tempo": 1.0}}, "without a target"),
        ({"high": {"tempo": float("nan")}}, "numbers"),
        ({"radius": float("nan")}, "numbers"),
        ({"k": 0}, "at least 1"),
        ({"exclude": ["x"] * (MAX_EXCLUDED + 1)}, "50,000"),
    ],
)
def test_what_is_outside_the_contract_is_refused(asked: dict[str, Any], complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        Query(**asked)


@pytest.mark.parametrize(
    "where",
    [
        {"ranges": {"bpm": (0, 1)}},
        {"sets": {"mood": {1}}},
        {"ranges": {"tempo": (float("nan"), 1)}},
    ],
)
def test_conditions_name_features_and_numbers(where: dict[str, Any]) -> None:
    with pytest.raises(QueryError):
        Where(**where)


def test_far_targets_and_zero_weights_are_fine() -> None:
    query = Query(target={"tempo": -1e9}, weight={"tempo": 0.0, "energy": 0.0})
    assert query.weighted == ()
