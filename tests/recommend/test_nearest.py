"""The seed a song sounds most like, against the definition."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.recommend import Recipe, Seed, nearest, recommend
from spotai.recommend.nearest import nearest_seeds, weights
from spotai.recommend.targets import OCTAVES
from spotai.search import Query, Snapshot
from tests.made_songs import MakeSnapshot, song_id


def by_definition(snapshot: Snapshot, row: int, seeds: list[int], *, octaves: bool) -> int:
    """The nearest seed by a search of its own: the song is the target, the seeds are searched."""
    tempo, axis = float(snapshot.values("tempo")[row]), snapshot.maps["tempo"]
    low, high = axis.rising
    others = [axis.coordinate(tempo * f) for f in OCTAVES if low <= tempo * f <= high]
    query = Query(
        target={each: float(snapshot.axis(each)[row]) for each in weights(snapshot)},
        weight=weights(snapshot),
        alternatives={"tempo": tuple(others)} if octaves else {},
    )
    rows = np.array(seeds, dtype=np.intp)
    distances = snapshot.distances_of(query, rows)
    return int(rows[np.lexsort((snapshot.ids[rows], distances))[0]])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_it_is_the_seed_a_search_from_the_song_finds_first(
    demo: Snapshot, data: st.DataObject
) -> None:
    every = st.integers(0, len(demo) - 1)
    seeds = data.draw(st.lists(every, unique=True, min_size=1, max_size=40))
    songs = [n for n in data.draw(st.lists(every, max_size=20)) if n not in seeds]
    octaves = data.draw(st.booleans())
    found = nearest_seeds(demo, np.array(songs, dtype=np.intp), np.array(seeds), octaves=octaves)
    assert found.tolist() == [by_definition(demo, row, seeds, octaves=octaves) for row in songs]


def test_all_that_is_heard_weighs_the_same_but_the_time_signature(demo: Snapshot) -> None:
    weighed = dict(weights(demo))
    assert not {"popularity", "release_year"} & weighed.keys()
    assert len(weighed) == 14
    assert weighed.pop("key_cos") == weighed.pop("key_sin") == 0.5
    assert weighed.pop("time_signature") == 0.1
    assert set(weighed.values()) == {1.0}


def test_what_a_recipe_weighs_does_not_change_it(demo: Snapshot) -> None:
    ids = tuple(demo.ids[row].decode() for row in range(0, 4_000, 80))
    pinned = {"seed": {"track_ids": ids}, "pins": (demo.ids[7].decode(),), "size": 1}
    edits: tuple[dict[str, Any], ...] = (
        {},
        {"features": {"energy": {"weight": "high"}}, "contrast": 0.0},
    )
    found = [recommend(demo, Recipe.model_validate(pinned | edit), lambda _: ()) for edit in edits]
    assert found[0].songs[0].nearest == found[1].songs[0].nearest


def test_of_real_playlists_no_seed_is_nearest_to_most_of_a_list(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    shares = []
    for track_ids in real_playlists:
        recipe = Recipe(seed=Seed(track_ids=track_ids), size=50)
        listed = recommend(real_sample, recipe, lambda _: ()).songs
        counts = Counter(each.nearest.id for each in listed if each.nearest)
        shares.append(max(counts.values()) / len(listed))
    # By the distance of the search it is 14 % on average and 24 % at most.
    assert np.mean(shares) < 0.1
    assert max(shares) < 0.2


def test_a_seed_is_nearest_to_itself_also_beside_its_double(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": e} for e in (0.5, 0.5, 0.9, 0.1)])
    first, double = snapshot.rows_of([song_id(0), song_id(1)]).tolist()
    songs, seeds = np.arange(4), np.array([double, first])
    found = nearest_seeds(snapshot, songs, seeds)
    assert found.tolist() == [n if n in (first, double) else first for n in range(4)]


def test_an_unknown_value_of_a_seed_counts_as_far_as_a_typical_song(
    make_snapshot: MakeSnapshot,
) -> None:
    # The seed that is known is in the key of the first song, a tritone from the second.
    keys = (0, None, 0, 6, 3, 9)
    snapshot = make_snapshot([{"key": key} for key in keys])
    known, unknown, same, far = snapshot.rows_of([song_id(n) for n in range(4)]).tolist()
    seeds, songs = np.array([known, unknown]), np.array([same, far])
    assert nearest_seeds(snapshot, songs, seeds).tolist() == [known, unknown]


def test_many_songs_are_worked_out_in_parts(
    demo: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, songs = np.arange(0, 4_000, 7), np.arange(1, 4_000, 7)
    at_once = nearest_seeds(demo, songs, seeds)
    monkeypatch.setattr(nearest, "CELLS", 1_000)
    assert nearest_seeds(demo, songs, seeds).tolist() == at_once.tolist()
