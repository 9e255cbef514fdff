"""The seed a song is nearest to, against the definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import NAMES
from spotai.recommend import Recipe, build_profile, nearest
from spotai.recommend.nearest import nearest_seeds
from spotai.recommend.targets import OCTAVES, Model, build_model
from spotai.search import Query, Snapshot
from tests.made_songs import MakeSnapshot, song_id


def model_of(snapshot: Snapshot, seeds: list[int], **fields: Any) -> Model:
    profile = build_profile(snapshot, np.array(seeds, dtype=np.intp))
    return build_model(snapshot, profile, Recipe.model_validate(fields, strict=False))


def by_definition(snapshot: Snapshot, model: Model, row: int, seeds: list[int]) -> int:
    """The nearest seed by a search of its own: the song is the target, the seeds are searched."""
    tempo, axis = float(snapshot.values("tempo")[row]), snapshot.maps["tempo"]
    low, high = axis.rising
    octaves = [axis.coordinate(tempo * f) for f in OCTAVES if low <= tempo * f <= high]
    query = Query(
        target={each: float(snapshot.axis(each)[row]) for each in model.weight},
        weight=model.weight,
        alternatives={"tempo": tuple(octaves)} if "tempo" in model.octaves else {},
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
    ticked = data.draw(st.sets(st.sampled_from(NAMES), min_size=1))
    fields = {
        "features": {name: {"selected": name in ticked} for name in NAMES},
        "tempo_octaves": data.draw(st.booleans()),
    }
    model = model_of(demo, seeds, **fields)
    found = nearest_seeds(demo, model, np.array(songs, dtype=np.intp), np.array(seeds))
    assert found.tolist() == [by_definition(demo, model, row, seeds) for row in songs]


def test_a_seed_is_nearest_to_itself_also_beside_its_double(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": e} for e in (0.5, 0.5, 0.9, 0.1)])
    first, double = snapshot.rows_of([song_id(0), song_id(1)]).tolist()
    model = model_of(snapshot, [first, double])
    songs, seeds = np.arange(4), np.array([double, first])
    found = nearest_seeds(snapshot, model, songs, seeds)
    assert found.tolist() == [n if n in (first, double) else first for n in range(4)]


def test_an_unknown_value_of_a_seed_counts_as_far_as_a_typical_song(
    make_snapshot: MakeSnapshot,
) -> None:
    years = (1990, 2000, 2010, 2020, None)
    rows = [{"release_year": year, "title": str(year)} for year in years]
    snapshot = make_snapshot(rows)
    at = dict(zip(years, snapshot.rows_of([song_id(n) for n in range(5)]).tolist(), strict=True))
    model = model_of(snapshot, [at[1990], at[None]], features={"release_year": {"selected": True}})
    seeds = np.array([at[1990], at[None]])
    found = nearest_seeds(snapshot, model, np.array([at[2000], at[2020]]), seeds)
    assert found.tolist() == [at[1990], at[None]]


def test_many_songs_are_worked_out_in_parts(
    demo: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, songs = np.arange(0, 4_000, 7), np.arange(1, 4_000, 7)
    model = model_of(demo, seeds.tolist())
    at_once = nearest_seeds(demo, model, songs, seeds)
    monkeypatch.setattr(nearest, "CELLS", 1_000)
    assert nearest_seeds(demo, model, songs, seeds).tolist() == at_once.tolist()
