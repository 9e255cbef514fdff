from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from spotai.recommend import Recipe
from spotai.recommend.recipe import all_of
from spotai.search import Where


def parse(**fields: Any) -> Recipe:
    return Recipe.model_validate_json(json.dumps(fields))


def test_every_field_has_a_default() -> None:
    recipe = parse()
    assert recipe.version == 1
    assert (recipe.size, recipe.contrast, recipe.strictness) == (30, 1.0, 0.0)
    assert recipe.variety.one_version_per_song
    assert recipe.order == "closest"


def test_a_recipe_survives_being_written_and_read() -> None:
    recipe = parse(
        seed={"track_ids": ["a"]},
        features={"tempo": {"target": 128, "weight": "high", "min": 120}, "key": {"only": [0, 7]}},
        bans=["b"],
        tempo_octaves=True,
    )
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"version": 2}, "Input should be 1"),
        ({"flavour": "sweet"}, "Extra inputs are not permitted"),
        ({"size": 0}, "greater than or equal to 1"),
        ({"size": 501}, "less than or equal to 500"),
        ({"size": "30"}, "valid integer"),
        ({"contrast": 1.5}, "less than or equal to 1"),
        ({"features": {"bpm": {}}}, "the features are acousticness"),
        ({"features": {"tempo": {"target": "fast"}}}, "valid number"),
        ({"features": {"tempo": {"target": 0}}}, "not known"),
        ({"features": {"valence": {"target": 1.2}}}, "outside 0 to 1"),
        ({"features": {"key": {"target": 3.5}}}, "whole number"),
        ({"features": {"time_signature": {"target": 2}}}, "not one of"),
        ({"features": {"energy": {"weight": "huge"}}}, "'off', 'low', 'normal' or 'high'"),
        ({"features": {"energy": {"min": 0.8, "max": 0.2}}}, "min 0.8 is above max 0.2"),
        ({"features": {"energy": {"only": [1]}}}, "filtered by min and max"),
        ({"features": {"mode": {"min": 0}}}, "filtered by `only`"),
        ({"features": {"key": {"only": [12]}}}, "may hold"),
        ({"features": {"key": {"only": []}}}, "is empty"),
        ({"seed": {"playlist_id": "p", "track_ids": ["t"]}}, "not both"),
        ({"size": 1, "pins": ["a", "b"]}, "2 pins do not fit"),
        ({"pins": ["a"], "bans": ["a"]}, "pinned and banned"),
    ],
)
def test_what_cannot_be_meant_is_refused(fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        parse(**fields)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_numbers_must_be_finite(number: str) -> None:
    with pytest.raises(ValidationError):
        Recipe.model_validate_json(f'{{"features": {{"energy": {{"target": {number}}}}}}}')


def test_conditions_are_named_by_the_field_that_sets_them() -> None:
    recipe = parse(
        features={"tempo": {"min": 100}, "mode": {"only": [1]}, "energy": {"target": 0.5}},
        filters={"explicit": False, "genres": ["jazz"], "min_playlist_followers": 10},
    )
    conditions = recipe.conditions()
    assert list(conditions) == [
        "features.tempo",
        "features.mode",
        "filters.explicit",
        "filters.genres",
        "filters.min_playlist_followers",
    ]
    assert all_of(conditions) == Where(
        ranges={"tempo": (100.0, None)},
        sets={"mode": frozenset({1})},
        explicit=False,
        genres=("jazz",),
        min_playlist_followers=10,
    )
