"""The catalog as columns."""

from __future__ import annotations

import math

import pytest

from spotai.catalog.columns import column_batches
from spotai.catalog.engine import Database
from spotai.catalog.playlists import Playlist, replace_playlists
from spotai.catalog.upsert import upsert_tracks
from spotai.features import NAMES
from spotai.tracks import Track
from tests.catalog.songs import complete_song

# In the order of their bytes, which no dictionary follows.
IDS = [letter * 22 for letter in ("0", "9", "A", "Z", "a", "z")]


@pytest.fixture
def songs(database: Database) -> None:
    with database.write() as conn:
        upsert_tracks(conn, [complete_song(n, id=id_) for n, id_ in enumerate(reversed(IDS))])


@pytest.mark.usefixtures("songs")
@pytest.mark.parametrize(("size", "batches"), [(1, 6), (4, 2), (6, 1), (50_000, 1)])
def test_batches_come_in_byte_order(database: Database, size: int, batches: int) -> None:
    with database.read() as conn:
        found = list(column_batches(conn, size))
    assert len(found) == batches
    assert [id_.decode() for batch in found for id_ in batch.ids] == IDS
    titles = [title for batch in found for title in batch.titles]
    assert titles == [f"Song {n}" for n in reversed(range(6))]


@pytest.mark.usefixtures("songs")
def test_the_most_followed_playlist_counts(database: Database) -> None:
    with database.write() as conn:
        replace_playlists(conn, [Playlist("p", "P", "s", followers=7, track_ids=(IDS[0], IDS[1]))])
        replace_playlists(conn, [Playlist("q", "Q", "s", followers=99, track_ids=(IDS[1],))])
    with database.read() as conn:
        batches = list(column_batches(conn, 4))
    assert [n for batch in batches for n in batch.playlist_followers.tolist()] == [
        7,
        99,
        0,
        0,
        0,
        0,
    ]


def test_an_empty_catalog_has_no_batches(database: Database) -> None:
    with database.read() as conn:
        assert list(column_batches(conn)) == []


def test_what_is_not_known(database: Database) -> None:
    with database.write() as conn:
        upsert_tracks(conn, [Track(id=IDS[0], source="s")])
    with database.read() as conn:
        (columns,) = column_batches(conn)
    assert len(columns) == 1
    assert all(math.isnan(columns.features[name][0]) for name in NAMES)
    assert columns.explicit.tolist() == [-1]
    assert (columns.titles, columns.albums, columns.artists, columns.genres) == (
        [""],
        [""],
        [()],
        [()],
    )
