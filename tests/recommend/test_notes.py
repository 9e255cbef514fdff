"""What is said to change nothing changes nothing, and of the rest nothing is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from spotai.catalog.demo import demo_playlists
from spotai.errors import NotFoundError
from spotai.recommend import Recipe, Recommendation, build_profile, recommend
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, artist_id, song_id

SEED = {"track_ids": demo_playlists()[0].track_ids}
NOBODY = "x" * 22
# Six of the made-up songs are faster.
FEW_FROM = 203


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
    "a tick of weight off": (
        {"features": {"tempo": {"selected": True, "weight": "off"}}},
        {"features": {"tempo": {"weight": "off"}}},
        "The tick of tempo changes nothing: a variable of weight off does not count.",
    ),
    "a spread of one song": (
        {"size": 1, "variety": {"spread": 0.5}},
        {"variety": {}},
        "Spread changes nothing: a list of one song has nothing to be spread.",
    ),
    "spread and a draw of all that match": (
        {"features": {"tempo": {"min": FEW_FROM}}, "variety": {"spread": 1, "random_seed": 7}},
        {"variety": {}},
        "Spread and the random seed change nothing: every song that matches is listed.",
    ),
    "a draw beside pins that fill the list": (
        {"size": 2, "pins": demo_playlists()[1].track_ids[:2], "variety": {"random_seed": 7}},
        {"variety": {}},
        "The random seed changes nothing: the pinned songs fill the list.",
    ),
    "an order of one song": (
        {"size": 1, "order": "wave"},
        {"order": "closest"},
        "The order changes nothing in a list of one song.",
    ),
    "a ban of a seed": (
        {"bans": demo_playlists()[0].track_ids[:1]},
        {"bans": []},
        "The ban changes nothing: a song you start from is never listed.",
    ),
    "a ban of nobody": (
        {"bans": [NOBODY]},
        {"bans": []},
        "The ban changes nothing: no song or artist that can be searched has that id.",
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


@pytest.mark.parametrize(
    ("names", "weight", "note"),
    [
        (["tempo"], "high", "The weight of tempo changes nothing: nothing else counts."),
        (["energy"], "low", "The weight of energy changes nothing: nothing else counts."),
        (
            ["energy", "tempo"],
            "high",
            "The weights change nothing: all that counts has the same one, high.",
        ),
    ],
)
def test_weights_that_only_scale_are_said(
    demo: Snapshot, names: list[str], weight: str, note: str
) -> None:
    aims = {"energy": 0.9, "tempo": 128}

    def listed(step: str) -> Recommendation:
        return ask(demo, features={n: {"target": aims[n], "weight": step} for n in names})

    said, plain = listed(weight), listed("normal")
    assert said.notes == (note,)
    assert plain.notes == ()
    assert [one.song.id for one in said.songs] == [one.song.id for one in plain.songs]
    matches = [one.match for one in plain.songs]
    assert [one.match for one in said.songs] == pytest.approx(matches)


def test_a_weight_beside_others_and_one_that_ticks_its_variable_are_followed(
    demo: Snapshot,
) -> None:
    features = {"energy": {"target": 0.9, "weight": "high"}, "tempo": {"target": 90}}
    assert ask(demo, features=features).notes == ()
    profile = build_profile(demo, demo.rows_of(SEED["track_ids"]))
    idle = next(name for name, seen in profile.features.items() if not seen.selected)
    features = ticked() | {idle: {"weight": "high"}}
    assert ask(demo, seed=SEED, features=features).notes == ()


def test_known_songs_that_change_nothing_are_said(demo: Snapshot) -> None:
    fields: dict[str, Any] = {"seed": SEED, "variety": {"familiar": "exclude"}}
    start = "Leaving out songs you know changes nothing: "
    for known, why in (
        ((), "none is known yet; add a file or links of them."),
        (SEED["track_ids"][:3], "all of them are songs you start from, which are never listed."),
    ):
        found = ask(demo, known=known, **fields)
        assert found.notes == (start + why,)
        assert found.songs == ask(demo, seed=SEED).songs
    more = [*SEED["track_ids"][:3], found.songs[0].song.id]
    assert ask(demo, known=more, **fields).notes == ()
    assert ask(demo, known=more, **fields, bans=more[3:]).notes == (
        "The ban changes nothing: a song you know is left out already.",
    )


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
        {"variety": {"spread": 0.5, "random_seed": 7}},
        {"size": 1, "variety": {"random_seed": 7}},
        {
            "size": 1,
            "pins": demo_playlists()[0].track_ids[:1],
            "bans": demo_playlists()[1].track_ids,
        },
        {"features": {"tempo": {"weight": "high"}}},
    ],
)
def test_a_recipe_that_is_followed_has_no_notes(demo: Snapshot, fields: dict[str, Any]) -> None:
    assert ask(demo, seed=SEED, **fields).notes == ()


@pytest.mark.parametrize(("aim", "end"), [(100, "highest"), (0, "lowest"), (50, None)])
def test_an_aim_beyond_what_is_told_apart_is_said(
    make_snapshot: MakeSnapshot, aim: int, end: str | None
) -> None:
    rows = [{"popularity": 20 + n % 60, "tempo": 90 + n / 30} for n in range(3_000)]
    extremes = [{"popularity": popularity} for popularity in (1, 2, 3, 94, 95, 96)]
    snapshot = make_snapshot([*rows, *extremes])
    low, high = snapshot.maps["popularity"].rising
    edge, where = (low, "up to") if end == "lowest" else (high, "from")
    recipe = {"features": {"popularity": {"target": aim}}}
    said = recommend(snapshot, Recipe.model_validate(recipe), lambda _: ()).notes
    assert len(said) == (end is not None)
    for note in said:
        assert f"one of {edge:.0f} would not: songs {where} {edge:.0f}" in note
        assert note.endswith(f"a limit brings the {end}.")
    nearer = {"features": {"popularity": {"target": round(edge)}}}
    same = recommend(snapshot, Recipe.model_validate(nearer), lambda _: ()).songs
    listed = recommend(snapshot, Recipe.model_validate(recipe), lambda _: ()).songs
    if end is not None:
        assert [each.song.id for each in listed] == [each.song.id for each in same]


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
