"""Why songs cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from spotai.errors import DatabaseUnavailableError, RecipeError
from spotai.features import BY_NAME, Feature
from spotai.recommend import Recipe, Seed, count_matches, recommend
from spotai.recommend.unknown import UnknownSong, explain_unknown
from spotai.search import Snapshot

TEMPO = BY_NAME["tempo"]


def test_each_song_gets_its_reason_in_the_order_given() -> None:
    def missing_values(ids: Sequence[str]) -> Mapping[str, tuple[Feature, ...]]:
        assert ids == ("new", "gone", "bare")
        return {"bare": (TEMPO,), "new": ()}

    found = explain_unknown(("new", "gone", "bare"), missing_values)
    assert found == (
        UnknownSong("new", "not_in_snapshot"),
        UnknownSong("gone", "not_in_catalog"),
        UnknownSong("bare", "values_missing", (TEMPO,)),
    )
    assert found[2].text == "in the catalog, but without tempo"


def test_without_the_database_the_reason_says_so() -> None:
    def down(ids: Sequence[str]) -> Mapping[str, tuple[Feature, ...]]:
        raise DatabaseUnavailableError("it is down")

    (song,) = explain_unknown(("a",), down)
    assert song.reason == "not_searchable"
    assert "cannot be asked" in song.text
    assert explain_unknown((), down) == ()


def test_a_pin_whose_values_are_missing_is_said_to_be_in_the_catalog(
    demo: Snapshot,
) -> None:
    def missing_values(ids: Sequence[str]) -> Mapping[str, tuple[Feature, ...]]:
        return {"bare": (TEMPO,)}

    def no_playlists(playlist_id: str) -> Sequence[str]:
        raise AssertionError(playlist_id)

    for pin, why in (
        ("bare", "in the catalog, but without tempo"),
        ("gone", "not in the catalog"),
    ):
        recipe = Recipe(seed=Seed(track_ids=(demo.ids[0].decode(),)), pins=(pin,))
        for answer in (recommend, count_matches):
            with pytest.raises(RecipeError, match=f"{pin} cannot be listed: {why}"):
                answer(demo, recipe, no_playlists, missing_values=missing_values)
