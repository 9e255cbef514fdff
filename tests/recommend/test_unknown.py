"""Why songs cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spotai.errors import DatabaseUnavailableError
from spotai.features import BY_NAME, Feature
from spotai.recommend.unknown import UnknownSong, explain_unknown

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
