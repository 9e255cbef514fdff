"""How the conditions of a recipe are said: in the listener's own numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spotai.recommend import Recipe
from spotai.recommend.biting import in_words


@pytest.mark.parametrize(
    ("name", "setting", "words"),
    [
        ("tempo", {"min": 60, "max": 60.5}, "tempo from 60 BPM to 60.5 BPM"),
        ("tempo", {"min": 120}, "tempo from 120 BPM"),
        ("loudness", {"max": -10}, "loudness up to −10 dB"),
        ("valence", {"max": 0}, "valence up to 0"),
        ("valence", {"max": 0.004}, "valence up to 0.004"),
        ("energy", {"min": 0.501, "max": 0.504}, "energy from 0.501 to 0.504"),
        ("release_year", {"min": 1999, "max": 1999}, "release year 1999"),
        ("duration_ms", {"min": 60_000, "max": 60_400}, "duration from 1:00 to 1:00.4"),
        ("duration_ms", {"min": 7}, "duration from 0:00.007"),
        ("mode", {"only": [1]}, "mode only major"),
    ],
)
def test_two_numbers_of_a_listener_never_read_alike(
    name: str, setting: dict[str, Any], words: str
) -> None:
    recipe = Recipe.model_validate_json(json.dumps({"features": {name: setting}}))
    assert in_words(recipe.conditions()[f"features.{name}"]) == words
