"""What is said to change nothing changes nothing, and of the rest nothing is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from spotai.catalog.demo import demo_playlists
from spotai.errors import NotFoundError
from spotai.recommend import Recipe, Recommendation, recommend
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, artist_id, song_id

SEED = {"track_ids": demo_playlists()[0].track_ids}
NOBODY = "x" * 22


def no_playlists(playlist_id: str) -> Sequence[str]:
    raise NotFoundError(playlist_id)


def ask(snapshot: Snapshot, known: Sequence[str] = (), **fields: Any) -> Recommendation:
    recipe = Recipe.model_validate_json(json.dumps({"size": 10, **fields}))
    return recommend(snapshot, recipe, no_playlists, lambda: known)


def ticked(*names: str) -> dict[str, Any]:
    """The features of a recipe in which these count and no others do."""
    return {name: {"selected": name in names} for name in Recipe().features.model_dump()}


IDLE: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "octaves of a tempo that is not ticked": (
        {"features": ticked("energy", "valence"), "tempo_octaves": True},
        {"tempo_octaves": False},
        "Half and double time (tempo_octaves) change nothing: tempo does not count in this "
        "recipe; tick it or give it an aim.",
    ),
    "an aim that is unticked": (
        {"features": {"energy": {"selected": False, "target": 0.1}}},
        {"features": {"energy": {"selected": False}}},
        "The aim of energy changes nothing: a variable that is unticked does not count.",
    ),
    "weights that are unticked": (
        {
            "features": {
                "energy": {"selected": False, "weight": "high"},
                "valence": {"selected": False, "weight": "low"},
            }
        },
        {"features": {"energy": {"selected": False}, "valence": {"selected": False}}},
        "The weight of energy, the weight of valence change nothing: a variable that is unticked "
        "does not count.",
    ),
    "an aim of weight off": (
        {"features": {"tempo": {"target": 90, "weight": "off"}}},
        {"features": {"tempo": {"weight": "off"}}},
        "The aim of tempo changes nothing: a variable of weight off does not count.",
    ),
    "ticks without an aim or songs": (
        {
            "seed": {},
            "features": {
                "energy": {"target": 0.9},
                "key": {"selected": True},
                "tempo": {"weight": "low"},
            },
        },
        {"features": {"energy": {"target": 0.9}}},
        "Key, tempo change nothing: without songs to start from, a variable counts when it has "
        "an aim.",
    ),
    "contrast without songs": (
        {"seed": {}, "features": {"energy": {"target": 0.9}}, "contrast": 0.2},
        {"contrast": 1},
        "Contrast changes nothing: all that counts has an aim of its own.",
    ),
    "a cap of as many as are listed": (
        {"variety": {"artist_cap": 10}},
        {"variety": {}},
        "An artist cap of 10 changes nothing in a list of 10.",
    ),
    "bans of nobody": (
        {"bans": [NOBODY, NOBODY, "y" * 22, "short"]},
        {"bans": []},
        "3 of 3 bans change nothing: no song or artist that can be searched has these ids.",
    ),
}


@pytest.mark.parametrize(("fields", "without", "note"), IDLE.values(), ids=IDLE)
def test_what_changes_nothing_is_said(
    demo: Snapshot, fields: dict[str, Any], without: dict[str, Any], note: str
) -> None:
    said = ask(demo, **{"seed": SEED, **fields})
    plain = ask(demo, **{"seed": SEED, **fields, **without})
    assert said.notes == (note,)
    assert plain.notes == ()
    assert (said.songs, said.total_matches) == (plain.songs, plain.total_matches)


def test_known_songs_that_nobody_can_find_are_said(demo: Snapshot) -> None:
    variety = {"familiar": "exclude"}
    found = ask(demo, known=[NOBODY], seed=SEED, variety=variety)
    assert found.notes == (
        "Leaving out songs you know changes nothing: none of them can be searched.",
    )
    assert found.songs == ask(demo, seed=SEED).songs
    assert ask(demo, known=[found.songs[0].song.id], seed=SEED, variety=variety).notes == ()


def test_an_aim_whose_octaves_no_song_has_is_said(make_snapshot: MakeSnapshot) -> None:
    songs = make_snapshot([{"tempo": 100 + n, "energy": n / 60} for n in range(60)])
    fields: dict[str, Any] = {"features": {"tempo": {"target": 120}}}
    found = ask(songs, **fields, tempo_octaves=True)
    (note,) = found.notes
    assert note == (
        "Half and double time (tempo_octaves) change nothing: tempo 120 BPM halved or doubled "
        "lies outside 100 BPM to 159 BPM, where nearly all songs are."
    )
    assert found.songs == ask(songs, **fields).songs


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"features": {"tempo": {"target": 90}}, "tempo_octaves": True},
        {"features": {"energy": {"target": 0.9}}, "contrast": 0.2},
        {"features": {"energy": {"selected": False}, "tempo": {"weight": "off"}}},
        {"variety": {"artist_cap": 9}, "order": "smooth", "strictness": 0.4},
    ],
)
def test_a_recipe_that_is_followed_has_no_notes(demo: Snapshot, fields: dict[str, Any]) -> None:
    assert ask(demo, seed=SEED, **fields).notes == ()


def test_bans_of_songs_and_artists_are_told_from_others(make_snapshot: MakeSnapshot) -> None:
    songs = make_snapshot([{"artists": (f"Artist {n}",), "energy": n / 60} for n in range(60)])
    fields: dict[str, Any] = {"features": {"energy": {"target": 0.5}}}
    assert ask(songs, **fields, bans=[song_id(1), artist_id("Artist 2")]).notes == ()
    bans = [song_id(1), artist_id("Artist 2"), artist_id("Nobody"), "0" * 21 + "~"]
    assert ask(songs, **fields, bans=bans[:3]).notes == (
        "1 of 3 bans changes nothing: no song or artist that can be searched has that id.",
    )
    assert ask(songs, **fields, bans=bans).notes[0].startswith("2 of 4 bans change nothing")


def test_among_real_songs_the_same_is_said(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    for track_ids in real_playlists:
        seed = {"track_ids": track_ids}
        plain = ask(real_sample, seed=seed)
        octaves = ask(real_sample, seed=seed, tempo_octaves=True)
        assert plain.notes == ()
        if octaves.notes:
            assert octaves.songs == plain.songs
        else:
            assert octaves.songs != plain.songs
