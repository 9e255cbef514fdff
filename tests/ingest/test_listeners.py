"""Listeners for the stand-in, made from a catalog."""

from __future__ import annotations

import pytest

from spotai.catalog.engine import Database
from spotai.errors import NoKnownTracksError
from spotai.ingest.listeners import LONG_PLAYLIST, Cast, listeners_of
from spotai.ingest.snapshots import load_demo
from spotai.spotify.standin import Episode, LocalFile, Song

DEMO_SONGS = 300


@pytest.fixture
def cast(sqlite_database: Database) -> Cast:
    load_demo(sqlite_database, DEMO_SONGS)
    with sqlite_database.read() as conn:
        return listeners_of(conn)


def test_three_listeners_share_the_catalogs_playlists(cast: Cast) -> None:
    ada, ben, cleo = cast.listeners
    names = [[one.name for one in listener.playlists] for listener in (ada, ben, cleo)]
    assert [len(some) for some in names] == [8, 6, 4]
    assert "Saturday Kitchen Party" in names[0]
    ids = [one.id for listener in cast.listeners for one in listener.playlists]
    assert len(set(ids)) == len(ids)
    assert {len(id_) for id_ in ids} == {22}
    assert len({listener.account_id for listener in cast.listeners}) == 3
    for listener in cast.listeners:
        assert listener.liked
        assert listener.top
        assert listener.recent
        assert set(listener.follows) <= set(ids)


def test_songs_are_those_of_the_catalog(cast: Cast) -> None:
    assert len(cast.songs) == DEMO_SONGS
    known = set(cast.songs)
    first = cast.listeners[0].playlists[0]
    assert first.entries
    assert known.issuperset(entry for entry in first.entries if isinstance(entry, Song))
    song = cast.songs[0]
    assert song.name
    assert song.artists[0].name
    assert song.duration_ms > 10_000
    assert len(song.album.id) == 22


def test_one_list_is_long_one_is_odd_one_is_empty(cast: Cast) -> None:
    lists = {one.name: one for one in cast.listeners[0].playlists}
    assert len(lists["Over and over"].entries) == LONG_PLAYLIST
    odd = lists["Odds and ends"].entries
    kinds = {type(entry) for entry in odd}
    assert kinds == {Song, LocalFile, Episode, type(None)}
    songs = [entry for entry in odd if isinstance(entry, Song)]
    assert len(set(songs)) < len(songs)
    assert lists["Nothing yet"].entries == ()


def test_the_same_catalog_has_the_same_listeners(cast: Cast, sqlite_database: Database) -> None:
    with sqlite_database.read() as conn:
        assert listeners_of(conn) == cast


def test_an_empty_catalog_has_no_listeners(sqlite_database: Database) -> None:
    with sqlite_database.read() as conn, pytest.raises(NoKnownTracksError, match="spotai demo"):
        listeners_of(conn)
