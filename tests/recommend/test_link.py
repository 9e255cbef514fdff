"""Recipes as links: the way there and back, and what is said of links that are none."""

from __future__ import annotations

import base64
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from spotai.errors import RecipeError, RecipeLinkError
from spotai.recommend import Recipe
from spotai.recommend.link import (
    _DICTIONARY,
    LONGEST_JSON,
    LONGEST_LINK,
    MOST_LINKED_SEEDS,
    decode,
    encode,
    is_link,
    read_recipe,
    write_recipe,
)
from tests.made_songs import song_id
from tests.recommend.made_recipes import RECIPES

USUAL = Recipe.model_validate(
    {
        "seed": {"playlist_id": "37i9dQZF1DXcBWIGoYBM5M"},
        "features": {
            "tempo": {"target": 128, "weight": "high"},
            "energy": {"min": 0.5},
            "popularity": {"selected": False},
        },
        "size": 50,
    }
)
# The first recipe takes a while to make.
ON_SLOW_MACHINES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def packed(text: bytes) -> str:
    """A link that holds any text, with its checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=_DICTIONARY)
    code = zlib.crc32(text).to_bytes(4, "big") + packer.compress(text) + packer.flush()
    return f"1.{base64.urlsafe_b64encode(code).rstrip(b'=').decode()}"


@given(RECIPES)
@ON_SLOW_MACHINES
def test_every_recipe_comes_back_from_its_link(recipe: Recipe) -> None:
    link = encode(recipe)
    assert decode(link) == recipe
    assert encode(decode(link)) == link
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert is_link(link)


@given(RECIPES)
@ON_SLOW_MACHINES
def test_every_recipe_comes_back_from_what_is_saved(recipe: Recipe) -> None:
    assert read_recipe(write_recipe(recipe).encode()) == recipe


def test_links_that_people_keep_still_open() -> None:
    assert (
        decode(
            "1.EP82msMlbmyeaZkSGOVm6BKR7BTu6Z4f6eRr6otuGSI8oQ4zBSpABAjUkYZGFjqI-ATHIVAZaoig-bgWqACSEEwNagE"
        )
        == USUAL
    )
    assert decode("1.o6a_Q6uuBQA") == Recipe()


def test_a_usual_link_is_short() -> None:
    assert len(encode(USUAL)) < 110
    assert len(encode(Recipe())) < 15
    seeds = tuple(song_id(n * 7**20) for n in range(MOST_LINKED_SEEDS))
    assert len(encode(Recipe.model_validate({"seed": {"track_ids": seeds}}))) < 1_300


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"version": 1, "features": {"energy": {}}, "filters": {"genres": ()}}),
        ({"contrast": 0.0}, {"contrast": -0.0}),
        (
            {"features": {"tempo": {"min": 120, "target": 128.0}}},
            {"features": {"tempo": {"target": 128, "min": 120.0, "weight": "normal"}}},
        ),
    ],
)
def test_the_same_recipe_has_the_same_link(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert encode(Recipe.model_validate(one)) == encode(Recipe.model_validate(other))


def test_many_seeds_are_to_be_saved() -> None:
    seeds = tuple(song_id(n) for n in range(MOST_LINKED_SEEDS + 1))
    with pytest.raises(RecipeError, match="at most 50 songs to start from, and these are 51") as no:
        encode(Recipe.model_validate({"seed": {"track_ids": seeds}}))
    assert no.value.field == "seed.track_ids"
    bans = tuple(f"{n * 7**20:022}" for n in range(400))
    with pytest.raises(RecipeError, match="too long for a link"):
        encode(Recipe.model_validate({"bans": bans}))


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        ("", "no recipe link"),
        ("hello", "no recipe link"),
        ("1.", "no recipe link"),
        (".abc", "no recipe link"),
        ("0.abc", "no recipe link"),
        ("01.abc", "no recipe link"),
        ("\u0661.abc", "no recipe link"),
        ("1.ab%3D", "no recipe link"),
        ("1.ab=", "no recipe link"),
        ("2.abc", "made by a newer SpotAI.*version 2, and this SpotAI reads version 1"),
        ("999999999.abc", "made by a newer SpotAI"),
        ("1." + "a" * LONGEST_LINK, "at most 1,900 characters"),
        ("1.AAAA", "cut off or changed"),
        ("1.a", "cut off or changed"),
        (packed(b'{"flavour":"sweet"}'), "flavour: is not a field here; ask whoever"),
        (packed(b'{"size":0}'), "size: must be at least 1;"),
        (packed(b'{"size":0,"pins":""}'), "size: must be at least 1 .and 1 more.;"),
        (packed(b'{"size":5,"size":6}'), "it names 'size' twice in one object;"),
        (packed(b'{"features":{"key":{},"key":{}}}'), "names 'key' twice"),
        (packed(b'{"version":2}'), "version: made by a newer SpotAI.*version 2"),
        (packed(b"no JSON"), "it is not valid JSON"),
        (packed(b'{"bans":["\xff"]}'), "cannot be used"),
        (packed(b"[" * 5_000), "cannot be used"),
    ],
)
def test_what_is_no_link_is_told_what_to_do(link: str, complaint: str) -> None:
    with pytest.raises(RecipeLinkError, match=complaint):
        decode(link)


def test_a_link_that_was_cut_or_changed_is_refused() -> None:
    link = encode(USUAL)
    for cut in range(len(link)):
        with pytest.raises(RecipeLinkError):
            decode(link[:cut])
    for place in range(2, len(link)):
        changed = "A" if link[place] != "A" else "B"
        with pytest.raises(RecipeLinkError):
            decode(link[:place] + changed + link[place + 1 :])
    with pytest.raises(RecipeLinkError):
        decode(f"{link}AAAA")


def test_a_link_that_unpacks_into_much_is_not_unpacked() -> None:
    bomb = packed(b" " * (LONGEST_JSON * 40))
    assert len(bomb) < LONGEST_LINK
    with pytest.raises(RecipeLinkError, match="larger than any"):
        decode(bomb)


@given(st.text() | st.from_regex(r"[12]\.[A-Za-z0-9_-]*", fullmatch=True) | st.binary().map(packed))
@example("1." + "A" * 100)
@ON_SLOW_MACHINES
def test_any_text_is_a_recipe_or_refused(text: str) -> None:
    with suppress(RecipeLinkError):
        assert isinstance(decode(text), Recipe)
