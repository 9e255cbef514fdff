"""Of a song's versions the studio original is listed, where it passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from spotai.recommend import Recipe, Recommendation, build_profile, query_of, recommend
from spotai.recommend.pipeline import ORIGINAL_MATCHES_LESS
from spotai.recommend.recipe import Variety
from spotai.recommend.targets import build_model
from spotai.search import Snapshot
from spotai.search.version_kinds import VersionKind
from tests.made_songs import MakeSnapshot, song_id

# Ann's song in five versions, the live one nearest to the aim, and two other songs.
SONGS: list[Mapping[str, object]] = [
    {"title": "Yes - Live", "artists": ("Ann",), "energy": 0.60, "explicit": 0, "valence": 0.1},
    {"title": "Yes (Karaoke)", "artists": ("Ann",), "energy": 0.61, "valence": 0.2},
    {"title": "Yes", "artists": ("Ann",), "energy": 0.66, "explicit": 1, "valence": 0.3},
    {"title": "Yes - Remastered", "artists": ("Ann",), "energy": 0.665, "valence": 0.4},
    {"title": "Yes", "artists": ("Ann",), "energy": 0.67, "explicit": 0, "valence": 0.5},
    {"title": "Live Forever", "artists": ("Bob",), "energy": 0.62, "valence": 0.6},
    {"title": "No (Live)", "artists": ("Bob",), "energy": 0.9, "explicit": 0, "valence": 0.7},
]
AIM = {"energy": {"target": 0.6}}
# Songs of all energies, so that the versions lie near to each other; no list has one of them.
OTHERS: list[Mapping[str, object]] = [
    {"title": f"Other {n}", "energy": n / 60, "valence": 0.9} for n in range(61)
]
NO_OTHERS = {"valence": {"selected": False, "max": 0.8}}
EVERY = {"one_version_per_song": False}


def ask(snapshot: Snapshot, **fields: Any) -> Recommendation:
    given = fields | {"features": NO_OTHERS | fields.get("features", AIM)}
    return recommend(snapshot, Recipe.model_validate(given, strict=False), lambda _: ())


def listed(snapshot: Snapshot, **fields: Any) -> list[int]:
    return [int(each.song.id) for each in ask(snapshot, **fields).songs]


@pytest.fixture
def versions(make_snapshot: MakeSnapshot) -> Snapshot:
    return make_snapshot([*SONGS, *OTHERS])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # The nearest of two originals, and what has no original.
        ({}, [5, 2, 6]),
        ({"variety": {"spread": 1.0}}, [5, 2, 6]),
        ({"variety": {"one_version_per_song": False}}, [0, 1, 5, 2, 3, 4, 6]),
        # What does not pass is no choice: by filters, limits, bans, or strictness.
        ({"filters": {"explicit": False}}, [4, 6]),
        ({"features": {"energy": {"target": 0.6, "max": 0.65}}}, [0, 5]),
        ({"bans": [song_id(2), song_id(4)]}, [5, 3, 6]),
        ({"bans": [song_id(n) for n in (0, 2, 3, 4)]}, [1, 5, 6]),
        # A pin stays as it is, and no other version comes.
        ({"pins": [song_id(1)]}, [1, 5, 6]),
        # Nor does one of a seed, whatever its kind.
        ({"seed": {"track_ids": [song_id(0)]}}, [5, 6]),
        ({"size": 1}, [2]),
    ],
)
def test_the_original_is_listed_where_it_passes(
    versions: Snapshot, fields: dict[str, Any], expected: list[int]
) -> None:
    assert listed(versions, **fields) == expected


def test_the_same_recording_remastered_is_as_good(make_snapshot: MakeSnapshot) -> None:
    """Else a song that was issued anew would come as a record that nobody plays any more."""
    remastered, original = {**SONGS[3], "energy": 0.6}, SONGS[2]
    assert listed(make_snapshot([original, remastered, *OTHERS])) == [1]
    songs = [SONGS[0], original, {**remastered, "energy": 0.63}, *OTHERS]
    assert listed(make_snapshot(songs)) == [2]


def test_an_original_that_is_another_song_by_now_stands_for_nothing(
    make_snapshot: MakeSnapshot,
) -> None:
    """A remix that is twice as fast fits, the slow original does not: it would end the list."""
    remix = {"title": "Yes (Remix)", "artists": ("Ann",), "energy": 0.6, "valence": 0.1}
    original = {"title": "Yes", "artists": ("Ann",), "valence": 0.2}
    near, far = ({**original, "energy": energy} for energy in (0.68, 0.2))
    assert listed(make_snapshot([remix, far, *OTHERS])) == [0]
    assert listed(make_snapshot([remix, far, near, *OTHERS])) == [2]
    (song,) = ask(make_snapshot([remix, near, *OTHERS])).songs
    assert 1 - ORIGINAL_MATCHES_LESS <= song.match < 1


def test_strictness_holds_for_the_song_that_is_listed(versions: Snapshot) -> None:
    matches = {int(e.song.id): e.match for e in ask(versions, variety=EVERY).songs}
    assert listed(versions, strictness=(matches[2] + matches[5]) / 2) == [0, 5]


def test_match_and_reasons_are_those_of_the_song_listed(versions: Snapshot) -> None:
    by_id = {each.song.id: each for each in ask(versions, variety=EVERY).songs}
    assert all(each == by_id[each.song.id] for each in ask(versions).songs)


def test_the_cap_counts_the_artist_that_is_listed(versions: Snapshot) -> None:
    assert listed(versions, variety={"artist_cap": 1}) == [5, 2]


def test_a_recording_is_not_listed_again_under_another_title(make_snapshot: MakeSnapshot) -> None:
    """The live recording, for which the original is listed, is there under another title, too."""
    again = {**SONGS[0], "title": "Oui", "artists": ("Zoe",)}
    assert listed(make_snapshot([*SONGS, again, *OTHERS])) == [5, 2, 6]


def check_kinds(snapshot: Snapshot, seeds: Sequence[str]) -> int:
    """Hold a list against all versions in the catalog; return how many songs were replaced."""
    fields: dict[str, Any] = {"features": {}, "seed": {"track_ids": tuple(seeds)}, "size": 100}
    recipe = Recipe.model_validate(fields, strict=False)
    query = query_of(snapshot, recipe, lambda _: ())
    seed_rows = snapshot.rows_of(seeds)
    profile = build_profile(snapshot, seed_rows[seed_rows >= 0])
    farther = build_model(snapshot, profile, recipe).apart(ORIGINAL_MATCHES_LESS)
    made = recommend(snapshot, recipe, lambda _: ())
    rows = np.array([each.song.row for each in made.songs])
    for row in rows[snapshot.title_keys[rows] != 0]:
        same = np.flatnonzero(snapshot.title_keys == snapshot.title_keys[row])
        own = snapshot.distances_of(query, np.array([row]))
        away = snapshot.distances_of(query, same) - own
        passing = same[snapshot.passes(query, same) & (away <= farther)]
        kinds = snapshot.version_kinds
        assert kinds[row] <= max(kinds[passing].min(), VersionKind.NEAR)
    all_versions = recipe.model_copy(update={"variety": Variety(one_version_per_song=False)})
    every = recommend(snapshot, all_versions, lambda _: ())
    first = {int(snapshot.title_keys[e.song.row]): e.song.row for e in reversed(every.songs)}
    return sum(first.get(int(snapshot.title_keys[row]), row) != row for row in rows)


def test_no_list_has_a_version_that_is_further_from_its_original(demo: Snapshot) -> None:
    liveliest = demo.ids[np.argsort(-demo.values("liveness"))[:30]]
    assert check_kinds(demo, [each.decode() for each in liveliest]) > 0


def test_no_real_list_has_a_version_that_is_further_from_its_original(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    for seeds in real_playlists:
        check_kinds(real_sample, seeds)
