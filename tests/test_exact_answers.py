"""On real songs, asked for real playlists, the engine answers as the reference scan does."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from spotai.recommend import Recipe, build_profile
from spotai.recommend.targets import build_model
from spotai.search import Query, Snapshot, Where, scan
from tests.real_songs import playlists_in, snapshot_of_file

RECIPES = (Recipe(), Recipe(contrast=0.0), Recipe(tempo_octaves=True), Recipe())


def query_for(snapshot: Snapshot, track_ids: list[str], number: int) -> Query:
    rows = snapshot.rows_of(track_ids)
    recipe = RECIPES[number % len(RECIPES)]
    query = build_model(snapshot, build_profile(snapshot, rows[rows >= 0]), recipe).query(k=100)
    query = replace(query, exclude=[id_.decode() for id_ in snapshot.ids[rows[rows >= 0]]])
    if number % 5 in {1, 2}:
        years = np.sort(snapshot.values("release_year", rows[rows >= 0][:2]))
        if not np.isnan(years).any():
            where = Where(ranges={"release_year": (float(years[0]), float(years[-1]))})
            query = replace(query, where=where)
    return query


@pytest.mark.parametrize(
    ("songs", "playlists", "queries"),
    [
        ("sample_4000.csv", "sample_4000_playlists.csv", 20),
        pytest.param("songs.csv.gz", "playlists_dev.csv.gz", 300, marks=pytest.mark.long),
    ],
)
def test_answers_for_playlists_are_exact(
    real_data: Path, tmp_path: Path, songs: str, playlists: str, queries: int
) -> None:
    snapshot = snapshot_of_file(real_data / songs, tmp_path)
    listed = playlists_in(real_data / playlists).values()
    known = (ids for ids in listed if any(snapshot.rows_of(ids) >= 0))
    asked = 0
    for number, ids in enumerate(islice(known, queries)):
        query = query_for(snapshot, ids, number)
        expected, found = scan.scan(snapshot, query), snapshot.search(query)
        assert found.ids.tolist() == expected.ids.tolist()
        assert found.distances.tolist() == expected.distances.tolist()
        near = replace(query, radius=float(expected.distances[-1])) if len(expected) else query
        for counted in (query, near):
            assert snapshot.count(counted) == scan.count(snapshot, counted)
        asked += 1
    assert asked == queries
