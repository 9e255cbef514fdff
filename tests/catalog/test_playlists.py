"""Playlists of the catalog."""

from __future__ import annotations

import pytest

from spotai.catalog.engine import Database
from spotai.catalog.playlists import (
    Entry,
    Playlist,
    PlaylistSummary,
    append_entries,
    get_playlist,
    list_playlists,
    replace_playlists,
)
from spotai.catalog.upsert import upsert_tracks
from spotai.errors import NotFoundError
from tests.catalog.songs import complete_song, song_id

SLEEPY = Playlist("sleepy", "Sleepy", "demo", "demo", "For the night", 12, (song_id(3), song_id(1)))


@pytest.fixture(autouse=True)
def _songs(database: Database) -> None:
    with database.write() as conn:
        upsert_tracks(conn, [complete_song(n) for n in range(1, 6)])


def test_a_playlist_keeps_its_order(database: Database) -> None:
    with database.write() as conn:
        assert replace_playlists(conn, [SLEEPY]) == 2
        assert get_playlist(conn, "sleepy") == SLEEPY


def test_replacing_leaves_nothing_of_the_old_one(database: Database) -> None:
    new = Playlist("sleepy", "Wide awake", "mine", "catalog", track_ids=(song_id(5),))
    with database.write() as conn:
        replace_playlists(conn, [SLEEPY])
        replace_playlists(conn, [new])
        assert get_playlist(conn, "sleepy") == new


def test_a_song_is_in_a_playlist_once(database: Database) -> None:
    with database.write() as conn:
        replace_playlists(conn, [SLEEPY])
        more = [Entry("sleepy", 7, song_id(1)), Entry("sleepy", 8, song_id(2))]
        assert append_entries(conn, [*more, Entry("sleepy", 9, song_id(2))]) == 1
        assert get_playlist(conn, "sleepy").track_ids == (song_id(3), song_id(1), song_id(2))


def test_the_list_is_paged_and_the_most_followed_come_first(database: Database) -> None:
    with database.write() as conn:
        replace_playlists(conn, [SLEEPY])
        replace_playlists(conn, [Playlist("a", "Unknown", "mine")])
        replace_playlists(conn, [Playlist("b", "Famous", "mine", followers=10**9)])
        assert list_playlists(conn, 2) == (
            [
                PlaylistSummary("b", "Famous", "catalog", "", 10**9, 0),
                PlaylistSummary("sleepy", "Sleepy", "demo", "For the night", 12, 2),
            ],
            3,
        )
        page, total = list_playlists(conn, 2, 2)
        assert ([playlist.id for playlist in page], total) == (["a"], 3)


@pytest.mark.parametrize("playlist_id", ["nowhere", "sleepy ", "Sleepy", " sleepy"])
def test_a_playlist_that_is_not_there(database: Database, playlist_id: str) -> None:
    with database.write() as conn:
        replace_playlists(conn, [SLEEPY])
    with pytest.raises(NotFoundError), database.read() as conn:
        get_playlist(conn, playlist_id)
