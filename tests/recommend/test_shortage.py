"""A short list says what keeps songs from it, and every change brings what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.recommend import Recipe, Recommendation, recommend
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, artist_id, song_id


def check(snapshot: Snapshot, known: Sequence[str] = (), **fields: Any) -> Recommendation:
    """Ask, and make the list of every change that is offered."""
    recipe = Recipe.model_validate(fields, strict=False)

    def ask(asked: Recipe) -> Recommendation:
        return recommend(snapshot, asked, lambda _: (), lambda: known)

    found = ask(recipe)
    for each in found.loosenings:
        looser = ask(recipe.changed(each.changes))
        assert (len(looser.songs), looser.total_matches) == (each.listed, each.matches)
        assert each.matches == found.total_matches + each.gain
        assert len(looser.songs) > len(found.songs)
    assert len(found.loosenings) <= 6
    if len(found.songs) == recipe.size:
        assert (found.loosenings, found.biting) == ((), ())
    elif len(found.songs) < found.total_matches:
        assert found.biting
        assert found.loosenings
    return found


def texts(found: Recommendation) -> list[tuple[str, int | None]]:
    return [(each.text, each.listed) for each in found.loosenings]


def bites(found: Recommendation) -> list[tuple[str, int]]:
    return [(each.field, each.passing) for each in found.biting]


AIM = {"energy": {"target": 0.5}}
# Twelve songs of Ann, one of each of six others.
FEW_ARTISTS = [
    *({"energy": n / 20, "artists": ("Ann",), "title": f"Ann {n}"} for n in range(12)),
    *({"energy": n / 20 + 0.01, "artists": (f"Bob {n}",), "title": f"Bob {n}"} for n in range(6)),
]


def test_a_cap_that_leaves_the_list_short_is_said_and_raised(make_snapshot: MakeSnapshot) -> None:
    found = check(make_snapshot(FEW_ARTISTS), features=AIM, size=16, variety={"artist_cap": 1})
    assert (len(found.songs), found.total_matches) == (7, 18)
    assert bites(found) == [("variety.artist_cap", 7)]
    assert texts(found) == [
        ("Any number of songs of an artist", 16),
        ("Up to 5 songs of an artist", 11),
        ("Up to 2 songs of an artist", 8),
    ]


def test_the_smallest_cap_that_fills_the_list_is_enough(make_snapshot: MakeSnapshot) -> None:
    found = check(make_snapshot(FEW_ARTISTS), features=AIM, size=8, variety={"artist_cap": 1})
    assert texts(found) == [("Up to 2 songs of an artist", 8)]


VERSIONS = [
    {"energy": n / 20, "artists": ("Ann",), "title": "Blue" if n % 2 else "Blue - Live"}
    for n in range(10)
]


def test_versions_and_cap_give_way_together(make_snapshot: MakeSnapshot) -> None:
    found = check(make_snapshot(VERSIONS), features=AIM, size=10, variety={"artist_cap": 3})
    assert len(found.songs) == 1
    assert bites(found) == [("variety.one_version_per_song", 1), ("variety.artist_cap", 3)]
    assert texts(found)[0] == (
        "Up to 15 songs of an artist and other versions of songs too",
        10,
    )


def test_a_seeds_own_versions_are_let_in(make_snapshot: MakeSnapshot) -> None:
    found = check(make_snapshot(VERSIONS), seed={"track_ids": [song_id(0)]}, size=9)
    assert (found.songs, found.total_matches) == ((), 9)
    assert texts(found) == [("Other versions of songs too", 9)]


def test_a_limit_does_not_promise_what_the_cap_keeps(make_snapshot: MakeSnapshot) -> None:
    features = {"energy": {"target": 0.5, "min": 0.5}}
    found = check(
        make_snapshot(FEW_ARTISTS[:12]), features=features, size=6, variety={"artist_cap": 1}
    )
    assert (len(found.songs), found.total_matches) == (1, 2)
    assert texts(found) == [
        ("Up to 2 songs of an artist", 2),
        ("Any energy and any number of songs of an artist", 6),
    ]


def test_known_songs_and_bans_are_said(make_snapshot: MakeSnapshot) -> None:
    found = check(
        make_snapshot(FEW_ARTISTS),
        known=[song_id(n) for n in (12, 13)],
        features=AIM,
        bans=[artist_id("Bob 5")],
        size=12,
        variety={"artist_cap": 1, "familiar": "exclude"},
    )
    assert (len(found.songs), found.total_matches) == (4, 15)
    assert bites(found) == [("variety.artist_cap", 4), ("variety.familiar", 16), ("bans", 17)]
    assert ("Songs you know too", 6) in texts(found)
    assert texts(found)[0] == ("Any number of songs of an artist", 12)


def test_a_pin_that_fails_is_no_song_that_is_kept_out(make_snapshot: MakeSnapshot) -> None:
    features = {"energy": {"target": 0.5, "min": 0.2}}
    variety = {"artist_cap": 2}
    pins = [song_id(12)]
    found = check(make_snapshot(FEW_ARTISTS), features=features, size=9, variety=variety, pins=pins)
    assert (len(found.songs), found.total_matches) == (5, 10)
    assert bites(found) == [("variety.artist_cap", 4)]


@pytest.fixture(scope="module")
def seeds(demo: Snapshot) -> list[str]:
    return [demo.ids[row].decode() for row in np.argsort(-demo.values("energy"))[:20].tolist()]


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_short_list_leads_to_a_full_one(
    demo: Snapshot, seeds: list[str], data: st.DataObject
) -> None:
    fields: Any = data.draw(
        st.fixed_dictionaries(
            {
                "size": st.sampled_from([5, 40, 120]),
                "strictness": st.sampled_from([0, 0.5, 0.9]),
                "features": st.fixed_dictionaries(
                    {"popularity": st.fixed_dictionaries({"min": st.integers(50, 100)})},
                    optional={"key": st.just({"only": [0]}), "mode": st.just({"only": [0]})},
                ),
                "variety": st.fixed_dictionaries(
                    {
                        "artist_cap": st.sampled_from([None, 1, 2]),
                        "one_version_per_song": st.booleans(),
                        "random_seed": st.sampled_from([None, 7]),
                        "spread": st.sampled_from([0, 0.5]),
                    }
                ),
            }
        )
    )
    found = check(demo, seed={"track_ids": seeds}, **fields)
    if len(found.songs) < fields["size"]:
        assert max(each.listed or 0 for each in found.loosenings) == fields["size"]


@pytest.mark.parametrize("least", [65, 75, 90])
def test_short_lists_of_real_songs_are_no_dead_ends(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]], least: int
) -> None:
    found = check(
        real_sample,
        seed={"track_ids": real_playlists[0]},
        features={"popularity": {"min": least}},
        size=500,
        variety={"artist_cap": 1},
    )
    assert len(found.songs) < 500
    assert max(each.listed or 0 for each in found.loosenings) == 500
