"""The whole way from a recipe to a list, on the made-up catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.errors import NoKnownTracksError, NotFoundError, RecipeError
from spotai.recommend import Recipe, Recommendation, count_matches, recommend
from spotai.recommend.recipe import Order
from spotai.search import Snapshot
from spotai.telemetry import STAGE_SECONDS
from tests.made_songs import MakeSnapshot, song_id


def no_playlists(playlist_id: str) -> Sequence[str]:
    raise NotFoundError(f"there is no playlist {playlist_id}")


def ask(snapshot: Snapshot, **fields: Any) -> Recommendation:
    return recommend(snapshot, Recipe.model_validate(fields, strict=False), no_playlists)


def ids(snapshot: Snapshot, rows: Sequence[int]) -> list[str]:
    return [snapshot.ids[row].decode() for row in rows]


@pytest.fixture(scope="module")
def seeds(demo: Snapshot) -> list[str]:
    """Thirty fast, loud songs."""
    liveliest = np.argsort(-demo.values("energy") - demo.values("tempo") / 100)
    return ids(demo, liveliest[:30].tolist())


def test_the_list_is_near_the_seeds_and_without_them(demo: Snapshot, seeds: list[str]) -> None:
    found = ask(demo, seed={"track_ids": seeds}, size=20)
    energies = [r.song.values["energy"] for r in found.songs]
    assert len(found.songs) == 20
    assert np.mean(energies) > 0.8 > demo.values("energy").mean()  # type: ignore[arg-type]
    assert not {r.song.id for r in found.songs} & set(seeds)
    assert found.total_matches == len(demo) - 30
    assert found.generation == demo.generation


def test_songs_come_in_order_of_distance_and_match_falls_with_it(
    demo: Snapshot, seeds: list[str]
) -> None:
    found = ask(demo, seed={"track_ids": seeds}).songs
    assert [r.distance for r in found] == sorted(r.distance for r in found)
    assert [r.match for r in found] == sorted((r.match for r in found), reverse=True)
    assert all(0 <= r.match <= 1 for r in found)


def test_reasons_add_up_to_the_distance_gained(demo: Snapshot, seeds: list[str]) -> None:
    found = ask(demo, seed={"track_ids": seeds})
    gained = [sum(reason.contribution for reason in r.reasons) + r.distance for r in found.songs]
    assert gained == pytest.approx([gained[0]] * len(gained))
    for r in found.songs:
        contributions = [reason.contribution for reason in r.reasons]
        assert len(r.reasons) == 8
        assert contributions == sorted(contributions, reverse=True)


def test_a_playlist_gives_its_songs_as_seeds(demo: Snapshot, seeds: list[str]) -> None:
    recipe = Recipe.model_validate({"seed": {"playlist_id": "mine"}})
    by_playlist = recommend(demo, recipe, {"mine": seeds}.__getitem__)
    assert by_playlist.songs == ask(demo, seed={"track_ids": seeds}).songs
    with pytest.raises(NotFoundError):
        ask(demo, seed={"playlist_id": "gone"})


def test_unknown_seeds_are_told(demo: Snapshot, seeds: list[str]) -> None:
    found = ask(demo, seed={"track_ids": [*seeds[:5], "0" * 22, seeds[0]]})
    assert found.seeds.unknown == ("0" * 22,)
    assert len(found.seeds.rows) == 5
    with pytest.raises(NoKnownTracksError, match="the song cannot be searched"):
        ask(demo, seed={"track_ids": ["0" * 22]})
    with pytest.raises(NoKnownTracksError, match="the playlist has no songs"):
        recommend(demo, Recipe.model_validate({"seed": {"playlist_id": "x"}}), lambda _: [])


VERSIONS = [
    {"title": "Yellow", "artists": ("Ann",), "energy": 0.50, "valence": 0.1},
    {"title": "Yellow (Live)", "artists": ("Ann",), "energy": 0.51, "valence": 0.2},
    {"title": "Blue", "artists": ("Ann",), "energy": 0.52, "valence": 0.3},
    {"title": "Blue - Remastered", "artists": ("Ann",), "energy": 0.53, "valence": 0.4},
    {"title": "Red", "artists": ("Bob",), "energy": 0.54, "valence": 0.5},
    {"title": "Another name", "artists": ("Cy",), "energy": 0.54, "valence": 0.5},
    {"title": "Green", "artists": ("Bob",), "energy": 0.60, "valence": 0.6},
]


def titles(found: Recommendation) -> set[str]:
    return {r.song.title for r in found.songs}


def test_one_version_of_a_song_and_none_of_a_seed(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(VERSIONS)
    seed = {"track_ids": [song_id(0)]}
    found = ask(snapshot, seed=seed)
    assert titles(found) == {"Blue", "Red", "Green"}
    assert found.total_matches == 6
    everything = ask(snapshot, seed=seed, variety={"one_version_per_song": False})
    assert len(everything.songs) == 6


def test_versions_of_a_version_are_versions(make_snapshot: MakeSnapshot) -> None:
    """The second has the title of the first, the third the sound of the second."""
    yellow = {"title": "Yellow", "artists": ("Ann",), "energy": 0.50}
    live = {"title": "Yellow (Live)", "artists": ("Ann",), "energy": 0.51}
    renamed = {"title": "Gelb", "artists": ("Cy",), "energy": 0.51, "popularity": 3}
    other = {"title": "Red", "artists": ("Bob",), "energy": 0.9}
    snapshot = make_snapshot([yellow, live, renamed, other])
    found = ask(snapshot, features={"energy": {"target": 0.5}, "popularity": {"target": 90}})
    assert [r.song.title for r in found.songs] == ["Yellow", "Red"]


def test_the_artist_cap_counts_first_artists(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(VERSIONS)
    capped = ask(
        snapshot,
        features={"energy": {"target": 0.6}},
        variety={"artist_cap": 1, "one_version_per_song": False},
    )
    artists = [r.song.artists[0].name for r in capped.songs]
    assert sorted(artists) == ["Ann", "Bob", "Cy"]
    assert capped.total_matches == 7


def test_the_search_goes_on_until_the_list_is_full(make_snapshot: MakeSnapshot) -> None:
    """Nine hundred songs of one artist come before those of the others."""
    near: list[dict[str, object]] = [
        {"energy": 0.5, "title": f"Near {n}", "artists": ("Ann",), "valence": n / 1000}
        for n in range(900)
    ]
    far: list[dict[str, object]] = [
        {"energy": 0.9, "title": f"Far {n}", "artists": (f"Artist {n}",), "valence": n / 1000}
        for n in range(9)
    ]
    found = ask(
        make_snapshot([*near, *far]),
        size=10,
        features={"energy": {"target": 0.5}},
        variety={"artist_cap": 1},
    )
    assert titles(found) == {"Near 0", *(f"Far {n}" for n in range(9))}


def test_bans_name_songs_and_artists(demo: Snapshot, seeds: list[str]) -> None:
    plain = ask(demo, seed={"track_ids": seeds})
    song, artist = plain.songs[0].song, plain.songs[1].song.artists[0]
    found = ask(demo, seed={"track_ids": seeds}, bans=[song.id, artist.id, "nobody"])
    assert song.id not in {r.song.id for r in found.songs}
    assert artist.id not in {a.id for r in found.songs for a in r.song.artists}
    assert found.total_matches < plain.total_matches


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        (
            {"features": {"tempo": {"min": 100, "max": 120}}},
            lambda s: 100 <= s.values["tempo"] <= 120,
        ),
        (
            {"features": {"energy": {"selected": False, "max": 0.4}}},
            lambda s: s.values["energy"] <= 0.4,
        ),
        ({"features": {"key": {"only": [0, 7]}}}, lambda s: s.values["key"] in {0, 7}),
        ({"features": {"mode": {"only": [0]}}}, lambda s: s.values["mode"] == 0),
        (
            {"features": {"release_year": {"min": 2000}}},
            lambda s: (s.values["release_year"] or 0) >= 2000,
        ),
        ({"filters": {"explicit": False}}, lambda s: s.explicit is False),
        ({"filters": {"genres": ["rock", "pop"]}}, lambda s: {"rock", "pop"} & set(s.genres)),
    ],
)
def test_every_song_passes_the_filters(
    demo: Snapshot, seeds: list[str], fields: dict[str, Any], holds: Any
) -> None:
    found = ask(demo, seed={"track_ids": seeds}, **fields)
    assert found.songs
    assert all(holds(r.song) for r in found.songs)
    passing = [n for n in range(len(demo)) if holds(demo.song(n))]
    assert found.total_matches == len(set(ids(demo, passing)) - set(seeds))


def test_followers_filter(demo: Snapshot, seeds: list[str]) -> None:
    found = ask(demo, seed={"track_ids": seeds}, filters={"min_playlist_followers": 1000})
    assert {demo.values("playlist_followers")[r.song.row] >= 1000 for r in found.songs} == {True}


def test_strictness_keeps_what_matches_well(demo: Snapshot, seeds: list[str]) -> None:
    loose = ask(demo, seed={"track_ids": seeds}, size=500)
    bar = loose.songs[100].match
    strict = ask(demo, seed={"track_ids": seeds}, size=500, strictness=bar)
    assert min(r.match for r in strict.songs) >= bar - 1e-12
    assert strict.total_matches < loose.total_matches
    assert (
        strict.total_matches
        == count_matches(
            demo,
            Recipe.model_validate({"seed": {"track_ids": tuple(seeds)}, "strictness": bar}),
            no_playlists,
        ).total
    )


@pytest.mark.parametrize(
    "setting",
    [
        {"time_signature": {"target": 4}},
        {"mode": {"target": 0}},
        {"key": {"target": 7}},
        {"energy": {"target": 0.5}},
        {"popularity": {"target": 50}},
    ],
)
def test_strictness_1_keeps_the_songs_that_are_exactly_as_aimed(
    make_snapshot: MakeSnapshot, setting: dict[str, Any]
) -> None:
    snapshot = make_snapshot(
        [
            {"time_signature": t, "mode": m, "key": k, "energy": e, "popularity": p}
            for t, m, k, e, p in ((4, 0, 7, 0.5, 50), (3, 1, 1, 0.7, 10), (3, 1, 2, 0.1, 99))
        ]
    )
    found = ask(snapshot, features=setting, strictness=1.0)
    assert [(r.song.row, r.match) for r in found.songs] == [(0, 1.0)]


def test_genres_are_found_in_any_case_and_unknown_ones_refused(demo: Snapshot) -> None:
    aims = {"energy": {"target": 0.5}}
    lower, upper = (ask(demo, features=aims, filters={"genres": [g]}) for g in ("rock", "ROCK"))
    assert upper.total_matches == lower.total_matches > 0
    with pytest.raises(RecipeError, match="did you mean") as refused:
        ask(demo, features=aims, filters={"genres": ["rockk"]})
    assert refused.value.field == "filters.genres"


def test_an_aim_at_what_nobody_knows_is_refused(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": e, "popularity": None} for e in (0.1, 0.9)])
    with pytest.raises(RecipeError, match="popularity cannot be aimed at") as refused:
        ask(snapshot, features={"energy": {"target": 0.5}, "popularity": {"target": 50}})
    assert refused.value.field == "features.popularity.target"


def test_a_catalog_of_one_song_says_what_it_lacks(make_snapshot: MakeSnapshot) -> None:
    with pytest.raises(RecipeError, match="load more songs"):
        ask(make_snapshot([{}]), seed={"track_ids": [song_id(0)]})


def test_a_playlist_too_long_to_profile_is_refused(demo: Snapshot) -> None:
    recipe = Recipe.model_validate({"seed": {"playlist_id": "endless"}})
    with pytest.raises(RecipeError, match="40,001 songs") as refused:
        recommend(demo, recipe, lambda _: [str(n) for n in range(40_001)])
    assert refused.value.field == "seed"


def test_each_stage_is_timed(demo: Snapshot, seeds: list[str]) -> None:
    def observed() -> dict[str, float]:
        samples = (s for metric in STAGE_SECONDS.collect() for s in metric.samples)
        return {s.labels["stage"]: s.value for s in samples if s.name.endswith("_count")}

    before = observed()
    ask(demo, seed={"track_ids": seeds})
    assert {name: count - before[name] for name, count in observed().items()} == dict.fromkeys(
        ("resolve", "count", "search", "variety", "order", "explain"), 1
    )


def test_pins_are_always_listed_and_say_what_they_fail(demo: Snapshot, seeds: list[str]) -> None:
    calm = demo.ids[int(np.argmin(demo.values("energy")))].decode()
    found = ask(
        demo,
        seed={"track_ids": seeds},
        size=5,
        pins=[calm, seeds[0]],
        features={"energy": {"min": 0.5}},
        strictness=0.3,
    )
    by_id = {r.song.id: r for r in found.songs}
    assert len(found.songs) == 5
    assert by_id[calm].pinned
    assert by_id[calm].fails == ("features.energy", "strictness")
    assert by_id[seeds[0]].fails == ("seed",)
    assert [r.fails for r in found.songs if not r.pinned] == [()] * 3


def test_pins_fill_version_and_cap_places_first(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(VERSIONS)
    found = ask(
        snapshot,
        features={"energy": {"target": 0.5}},
        pins=[song_id(3)],
        variety={"artist_cap": 1},
    )
    assert titles(found) == {"Blue - Remastered", "Red"}


def test_a_pin_that_passes_is_not_counted_twice(demo: Snapshot, seeds: list[str]) -> None:
    plain = ask(demo, seed={"track_ids": seeds})
    pinned = ask(demo, seed={"track_ids": seeds}, pins=[plain.songs[3].song.id])
    assert [r.song.id for r in pinned.songs] == [r.song.id for r in plain.songs]
    assert pinned.total_matches == plain.total_matches


def test_an_unknown_pin_is_refused(demo: Snapshot, seeds: list[str]) -> None:
    with pytest.raises(RecipeError, match=f"{'0' * 22} cannot be listed: .*can be searched") as no:
        ask(demo, seed={"track_ids": seeds}, pins=[seeds[0], "0" * 22])
    assert no.value.field == "pins"


def test_without_seeds_the_aims_decide(demo: Snapshot) -> None:
    found = ask(demo, features={"tempo": {"target": 90}, "energy": {"target": 0.2}}, size=10)
    assert all(abs(r.song.values["tempo"] - 90) < 15 for r in found.songs)  # type: ignore[operator]
    assert found.total_matches == len(demo)


def test_a_list_and_a_count_say_the_same_of_what_to_loosen(
    demo: Snapshot, seeds: list[str]
) -> None:
    fields: dict[str, Any] = {
        "seed": {"track_ids": tuple(seeds)},
        "features": {"tempo": {"min": 100, "max": 100.5}, "mode": {"only": (0,)}},
    }
    listed = ask(demo, **fields)
    counted = count_matches(demo, Recipe.model_validate(fields), no_playlists)
    assert listed.total_matches < 30
    uncounted = tuple(replace(each, listed=None) for each in listed.loosenings)
    assert (uncounted, listed.biting) == (counted.loosenings, counted.biting)
    assert {each.listed for each in listed.loosenings} == {30}


def test_nothing_passing_is_an_empty_list_that_explains_itself(
    demo: Snapshot, seeds: list[str]
) -> None:
    found = ask(demo, seed={"track_ids": seeds}, features={"release_year": {"min": 2099}})
    assert (found.songs, found.total_matches) == ((), 0)
    assert [(each.text, each.passing) for each in found.biting] == [("Release year from 2099", 0)]
    assert found.loosenings


def test_the_same_recipe_gives_the_same_list(demo: Snapshot, seeds: list[str]) -> None:
    again = Snapshot.open(demo.folder)
    first, second = (
        ask(snapshot, seed={"track_ids": ids}).songs
        for snapshot, ids in ((demo, seeds), (again, seeds[::-1]))
    )
    assert first == second


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_recipe_keeps_its_promises(
    demo: Snapshot, seeds: list[str], data: st.DataObject
) -> None:
    fields: Any = data.draw(
        st.fixed_dictionaries(
            {
                "size": st.integers(1, 60),
                "contrast": st.floats(0, 1),
                "strictness": st.floats(0, 0.9),
                "tempo_octaves": st.booleans(),
                "features": st.fixed_dictionaries(
                    {
                        "energy": st.fixed_dictionaries({"min": st.floats(0, 0.9)}),
                        "tempo": st.fixed_dictionaries({"target": st.floats(40, 220)}),
                    }
                ),
                "variety": st.fixed_dictionaries(
                    {
                        "artist_cap": st.none() | st.integers(1, 3),
                        "random_seed": st.none() | st.integers(0, 2**53),
                    }
                ),
                "order": st.sampled_from(get_args(Order)),
            }
        )
    )
    found = ask(demo, seed={"track_ids": seeds}, **fields)
    assert len(found.songs) <= min(fields["size"], found.total_matches)
    assert len({r.song.id for r in found.songs}) == len(found.songs)
    for r in found.songs:
        energy = r.song.values["energy"]
        assert energy is not None
        assert energy >= fields["features"]["energy"]["min"]
        assert r.match >= fields["strictness"] - 1e-9
    if fields["variety"]["artist_cap"] is None and found.total_matches > 200:
        assert len(found.songs) == fields["size"]
