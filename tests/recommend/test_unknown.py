"""Why songs cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from spotai.errors import DatabaseUnavailableError, NoKnownTracksError, RecipeError
from spotai.features import BY_NAME, Feature
from spotai.recommend import Recipe, Seed, count_matches, portray, recommend
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


def test_seeds_of_which_none_can_be_used_say_how_many_and_why(demo: Snapshot) -> None:
    given = (*(f"bare {n}" for n in range(12)), "new", "gone", "still", "mute")

    def missing_values(ids: Sequence[str]) -> Mapping[str, tuple[Feature, ...]]:
        bare = {song: (TEMPO,) for song in ids if song.startswith("bare")}
        return bare | {"new": (), "still": (TEMPO, BY_NAME["energy"]), "mute": (BY_NAME["energy"],)}

    def playlist_tracks(playlist_id: str) -> Sequence[str]:
        return given

    asked = Seed(playlist_id="mine")
    for answer in (
        lambda: recommend(demo, Recipe(seed=asked), playlist_tracks, missing_values=missing_values),
        lambda: portray(demo, asked, None, playlist_tracks, missing_values),
    ):
        with pytest.raises(NoKnownTracksError) as refused:
            answer()
        assert refused.value.field == "seed"
        assert refused.value.message == (
            "none of the 16 songs can be searched: 12 are in the catalog, but without tempo; 1 is "
            "in the catalog, but newer than the snapshot that is searched; 1 is not in the "
            "catalog; 2 for other reasons; choose others, or load a data set of them"
        )


def test_where_the_catalog_cannot_be_asked_seeds_say_so(demo: Snapshot) -> None:
    with pytest.raises(NoKnownTracksError, match=r"2 are not among .* cannot be asked why"):
        recommend(demo, Recipe(seed=Seed(track_ids=("a", "b"))), lambda _: ())
