"""List literals in CSV cells, read without evaluating them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import InputError
from spotai.formats.literals import spelled_list


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20)))
def test_what_python_writes_is_read_back(texts: list[str]) -> None:
    assert spelled_list(repr(texts)) == texts


@pytest.mark.parametrize("text", ["", " ", "[]", "[ ]"])
def test_nothing(text: str) -> None:
    assert spelled_list(text) == []


@pytest.mark.parametrize(
    "text",
    ["['a'", "'a'", "['a' 'b']", "['a', b]", "[1]", "['a', ['b']]", "['a'];x", "__import__('os')"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="list"):
        spelled_list(text)


def test_an_endless_list_is_refused() -> None:
    with pytest.raises(InputError, match="20000"):
        spelled_list(repr(["x" * 100] * 1_000))
    with pytest.raises(InputError, match="cut off"):
        spelled_list("[" + "'" * 10_001 + "]")


@given(st.text(alphabet="[]'\"\\, axu0"))
def test_any_text_gives_strings_or_a_refusal(text: str) -> None:
    with contextlib.suppress(InputError):
        assert all(isinstance(part, str) for part in spelled_list(text))
