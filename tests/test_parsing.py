"""What is worded of a text with very many faults."""

from __future__ import annotations

import json

import pytest

from spotai.api.schemas import ImportRequest
from spotai.errors import InvalidFieldsError, TooLargeError
from spotai.parsing import MOST_FAULTS, MOST_NAMES, parse_json
from spotai.recommend import Recipe


def test_of_many_faults_the_first_are_worded_and_all_counted() -> None:
    unknown = {f"unknown{number}": 0 for number in range(MOST_NAMES)}
    with pytest.raises(InvalidFieldsError, match=r"unknown0: .* \(and 999 more\)") as caught:
        parse_json(Recipe, json.dumps(unknown).encode(), "The body")
    assert [path for path, _ in caught.value.faults] == list(unknown)[:MOST_FAULTS]
    assert caught.value.total == MOST_NAMES


@pytest.mark.parametrize(
    "inside", ["%s", '{"features": %s}', '{"a": [[%s]]}', '{"a": "\\"", "b": %s}']
)
def test_more_names_than_any_request_needs_are_refused_before_they_are_looked_at(
    inside: str,
) -> None:
    names = {f"{number}": 1 for number in range(MOST_NAMES + 1)}
    with pytest.raises(TooLargeError, match="more than 1,000 names"):
        parse_json(Recipe, (inside % json.dumps(names)).encode(), "The body")


@pytest.mark.parametrize("text", [":" * 9_999, '":' * 9_999, '\\":' * 9_999, "\\" * 9_999])
def test_colons_in_a_text_are_no_names(text: str) -> None:
    body = json.dumps({"text": text}).encode()
    assert parse_json(ImportRequest, body, "The body").text == text


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
