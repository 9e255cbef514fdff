"""What is worded of a text with very many faults."""

from __future__ import annotations

import json

import pytest

from spotai.api.parsing import MOST_FAULTS, parse_json
from spotai.errors import InvalidFieldsError
from spotai.recommend import Recipe


def test_of_very_many_faults_the_first_are_worded_and_all_counted() -> None:
    unknown = {f"unknown{number}": 0 for number in range(100_000)}
    with pytest.raises(InvalidFieldsError, match=r"unknown0: .* \(and 99,999 more\)") as caught:
        parse_json(Recipe, json.dumps(unknown).encode(), "The body")
    assert [path for path, _ in caught.value.faults] == list(unknown)[:MOST_FAULTS]
    assert caught.value.total == 100_000


def test_a_list_of_wrong_items_is_one_fault() -> None:
    for recipe in (
        b'{"seed": {"track_ids": [%s]}}',
        b'{"bans": [%s]}',
        b'{"pins": [%s]}',
        b'{"filters": {"genres": [%s]}}',
        b'{"features": {"key": {"only": [%s]}}}',
    ):
        with pytest.raises(InvalidFieldsError) as caught:
            parse_json(Recipe, recipe % (b'"", ' * 9 + b"{}"), "The body")
        assert caught.value.total == 1
