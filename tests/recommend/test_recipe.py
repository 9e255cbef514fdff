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
    ("fields", "at", "complaint"),
    [
        ({"version": 2}, "version", "newer SpotAI: its recipe is of version 2"),
        ({"version": 10**400}, "version", "newer SpotAI"),
        ({"version": 0}, "version", "Input should be 1"),
        ({"flavour": "sweet"}, "flavour", "Extra inputs are not permitted"),
        ({"size": 0}, "size", "greater than or equal to 1"),
        ({"size": 501}, "size", "less than or equal to 500"),
        ({"size": "30"}, "size", "valid integer"),
        ({"contrast": 1.5}, "contrast", "less than or equal to 1"),
        ({"features": {"bpm": {}}}, "features.bpm", "Extra inputs"),
        ({"features": {"tempo": {"target": "fast"}}}, "features.tempo.target", "valid number"),
        ({"features": {"tempo": {"target": 0}}}, "features.tempo.target", "equal to 1"),
        ({"features": {"valence": {"target": 1.2}}}, "features.valence.target", "equal to 1"),
        ({"features": {"key": {"target": 3.5}}}, "features.key.target", "should be 0, 1, 2"),
        ({"features": {"mode": {"target": True}}}, "features.mode.target", "whole number"),
        ({"features": {"key": {"only": [False]}}}, "features.key.only.0", "whole number"),
        ({"version": True}, "version", "whole number"),
        ({"features": {"popularity": {"target": 3.5}}}, "features.popularity.target", "integer"),
        (
            {"features": {"time_signature": {"target": 2}}},
            "features.time_signature.target",
            "be 1, 3",
        ),
        ({"features": {"energy": {"weight": "huge"}}}, "features.energy.weight", "'off', 'low'"),
        ({"features": {"energy": {"min": 0.8, "max": 0.2}}}, "features.energy", "0.8 is above max"),
        (
            {"features": {"duration_ms": {"min": 1234568, "max": 1234567}}},
            "features.duration_ms",
            "min 1234568 is above max 1234567",
        ),
        ({"features": {"release_year": {"min": 1999.5}}}, "features.release_year.min", "integer"),
        ({"features": {"popularity": {"max": 100.5}}}, "features.popularity.max", "integer"),
        ({"features": {"popularity": {"max": True}}}, "features.popularity.max", "whole number"),
        ({"features": {"popularity": {"min": 101}}}, "features.popularity.min", "equal to 100"),
        ({"features": {"valence": {"max": -0.1}}}, "features.valence.max", "equal to 0"),
        ({"features": {"energy": {"only": [1]}}}, "features.energy.only", "Extra inputs"),
        ({"features": {"mode": {"min": 0}}}, "features.mode.min", "Extra inputs"),
        ({"features": {"key": {"only": [12]}}}, "features.key.only.0", "should be 0, 1"),
        ({"features": {"key": {"only": []}}}, "features.key.only", "use null"),
        ({"seed": {"playlist_id": "p", "track_ids": ["t"]}}, "seed", "not both"),
        ({"size": 1, "pins": ["a", "b"]}, "pins", "2 pins do not fit"),
        ({"pins": ["a"], "bans": ["a"]}, "bans", "pinned and banned"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(
    fields: dict[str, Any], at: str, complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint) as refused:
        parse(**fields)
    assert [".".join(map(str, fault["loc"])) for fault in refused.value.errors()] == [at]


def test_a_whole_number_may_be_written_with_a_point() -> None:
    recipe = parse(
        features={"release_year": {"target": 1999.0, "min": 1990.0}, "key": {"only": [7.0]}},
        size=20.0,
    )
    assert recipe == parse(
        features={"release_year": {"target": 1999, "min": 1990}, "key": {"only": [7]}}, size=20
    )
    assert '"min":1990,' in recipe.model_dump_json()


def test_the_schema_tells_the_limits_of_whole_numbers() -> None:
    schema = Recipe.model_json_schema()
    assert schema["properties"]["size"].items() >= {"minimum": 1, "maximum": 500}.items()
    year = schema["$defs"]["ReleaseyearSetting"]["properties"]
    for field in ("target", "min", "max"):
        number, nothing = year[field]["anyOf"]
        assert number == {"type": "integer", "minimum": 1860, "maximum": 2100}
        assert nothing == {"type": "null"}


@pytest.mark.parametrize(
    "fields",
    [
        {"pins": [1] * 100_000},
        {"bans": [1] * 100_000},
        {"seed": {"track_ids": [1] * 100_000}},
        {"filters": {"genres": [1] * 100_000}},
        {"features": {"key": {"only": [""] * 100_000}}},
    ],
)
def test_a_long_list_of_faults_is_told_by_its_first(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        parse(**fields)
    assert refused.value.error_count() == 1


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
        "features.mode",
        "features.tempo",
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
