"""A song comes once, also where two versions share nothing but a third one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from spotai.recommend import Recipe, recommend
from tests.made_songs import MakeSnapshot, song_id

# The single under two names: as Lady A's, with the sound of Lady Antebellum's live take.
LINKED: list[Mapping[str, object]] = [
    {"title": "Need You", "artists": ("Lady Antebellum",), "energy": 0.9, "valence": 0.7},
    {"title": "Need You - Live", "artists": ("Lady A",), "energy": 0.9, "valence": 0.7},
    {"title": "Need You", "artists": ("Lady A",), "energy": 0.3, "valence": 0.2},
    {"title": "Another", "artists": ("Lady A",), "energy": 0.5, "valence": 0.5},
]


@pytest.mark.parametrize(("energy", "expected"), [(0.3, [2, 3]), (0.9, [0, 3]), (0.6, [3, 0])])
def test_versions_are_known_through_one_another(
    make_snapshot: MakeSnapshot, energy: float, expected: list[int]
) -> None:
    recipe = Recipe.model_validate({"features": {"energy": {"target": energy}}})
    found = recommend(make_snapshot(LINKED), recipe, lambda _: ())
    assert [int(each.song.id) for each in found.songs] == expected


@pytest.mark.parametrize("seed", range(3))
def test_no_version_of_a_seed_comes(make_snapshot: MakeSnapshot, seed: int) -> None:
    recipe = Recipe.model_validate({"seed": {"track_ids": (song_id(seed),)}}, strict=False)
    found = recommend(make_snapshot(LINKED), recipe, lambda _: ())
    assert [int(each.song.id) for each in found.songs] == [3]
