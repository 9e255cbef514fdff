"""The catalog as columns."""

from __future__ import annotations

import math
import os
import random

import pytest
from sqlalchemy import delete, func, select, update

from spotai.catalog.columns import column_batches
from spotai.catalog.engine import Connection, Database
from spotai.catalog.playlists import Playlist, replace_playlists
from spotai.catalog.stored import StoredTrack, get_tracks
from spotai.catalog.tables import track, track_artist, track_genre
from spotai.catalog.upsert import upsert_tracks
from spotai.errors import DatabaseUnavailableError
from spotai.features import FEATURES, NAMES
from spotai.tracks import Album, Artist, Track, TrackColumns
from tests.catalog.songs import complete_song, song_id
from tests.servers.mariadb import MariaDB

# In the order of their bytes, which no dictionary follows.
IDS = [letter * 22 for letter in ("0", "9", "A", "Z", "a", "z")]


@pytest.fixture
def songs(database: Database) -> None:
    store_songs(database)


@pytest.fixture
def songs_in_mariadb(mariadb_database: Database) -> None:
    store_songs(mariadb_database)


def store_songs(database: Database) -> None:
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


TEXTS = [
    "Défaite, “live” — 100 %",
    "夜に駆ける",
    "שלום עולם",
    "مرحبا\u200f بالعالم",
    "👩‍👩‍👧‍👦 🎵",
    "e\u0301 is not é",
    "comma, tab\tand line\nwith \\ and ' and \"",
    "nan",
    " ",
]


def varied_songs(count: int) -> list[Track]:
    """Songs that lack something each, under ids in no order, with values of all their digits."""
    dice = random.Random(5)
    shared = [Artist(song_id(n, "artist"), f"{TEXTS[n % 9]} {n}") for n in range(20)]
    songs = []
    for n in range(count):
        known = {
            f.name: min(f.minimum + dice.randint(0, 4), f.maximum)
            if f.integer
            else f.minimum + (f.maximum - f.minimum) * dice.random()
            for f in FEATURES
            if dice.random() < 0.8
        }
        songs.append(
            Track(
                id=f"{dice.choice('09AZaz')}{dice.getrandbits(100):021x}"[:22].ljust(22, "_"),
                source="s",
                title=TEXTS[n % len(TEXTS)],
                artists=tuple(dice.sample(shared, n % 4)),
                album=Album(song_id(n % 7, "album"), TEXTS[n % 7]) if n % 3 else None,
                release_date=("", "1999", "2001-02", "1969-12-31")[n % 4],
                explicit=(None, True, False)[n % 3],
                genres=tuple(dice.sample(("zydeco", "pop", "Ärzte-rock", "日本"), n % 5)),
                artwork="https://example.org/a%20b.jpg" if n % 2 else "",
                features=known,
            )
        )
    return songs


@pytest.mark.parametrize("size", [1, 7, 50_000])
def test_columns_say_of_each_song_what_is_stored_of_it(database: Database, size: int) -> None:
    songs = varied_songs(60)
    with database.write() as conn:
        upsert_tracks(conn, songs)
    with database.read() as conn:
        columns = list(column_batches(conn, size))
        stored = get_tracks(conn, sorted(song.id for song in songs))
    assert [song for batch in columns for song in songs_of(batch)] == list(
        map(without_isrc, stored)
    )
    title = {song.id: song.title for song in songs}
    assert [song.title for song in stored] == [title[song.id] for song in stored]
    exact = {song.id: song.features["valence"] for song in songs if "valence" in song.features}
    exported = {
        id_.decode(): value
        for batch in columns
        for id_, value in zip(batch.ids, batch.features["valence"].tolist(), strict=True)
    }
    assert {id_: exported[id_] for id_ in exact} == exact


def without_isrc(song: StoredTrack) -> tuple[object, ...]:
    return (
        song.id,
        song.title,
        song.artists,
        song.album,
        song.artwork,
        song.release_date,
        song.explicit,
        song.genres,
        song.values,
    )


def songs_of(batch: TrackColumns) -> list[tuple[object, ...]]:
    return [
        (
            batch.ids[row].decode(),
            batch.titles[row],
            batch.artists[row],
            batch.albums[row],
            batch.artwork[row],
            batch.release_dates[row],
            {1: True, 0: False, -1: None}[int(batch.explicit[row])],
            batch.genres[row],
            {
                name: None if math.isnan(values[row]) else values[row]
                for name, values in batch.features.items()
            },
        )
        for row in range(len(batch))
    ]


def test_extreme_numbers_come_out_as_they_were_put_in(database: Database) -> None:
    """Of the kinds of which a text of too few digits makes another number."""
    numbers = [0.1 + 0.2, 1e-300, 5e-324, 1 / 3, 1 - 2**-53, 123456789.12345679, -0.0, 2.0**60]
    songs = [complete_song(n) for n in range(len(numbers))]
    with database.write() as conn:
        upsert_tracks(conn, songs)
        for song, number in zip(songs, numbers, strict=True):
            conn.execute(update(track).where(track.c.id == song.id).values(loudness=number))
    with database.read() as conn:
        (columns,) = column_batches(conn)
    assert columns.features["loudness"].tolist() == numbers


def change_everything(conn: Connection) -> None:
    conn.execute(update(track).values(title="Changed", valence=0.125))
    conn.execute(delete(track_artist))
    conn.execute(delete(track_genre))
    conn.execute(delete(track).where(track.c.id == IDS[5]))
    upsert_tracks(conn, [complete_song(7, id="y" * 22)])
    replace_playlists(conn, [Playlist("p", "P", "s", followers=7, track_ids=(IDS[4],))])


@pytest.mark.usefixtures("songs")
def test_what_others_commit_meanwhile_is_not_seen(database: Database) -> None:
    with database.read() as conn:
        before = [song for batch in column_batches(conn) for song in songs_of(batch)]
    with database.read() as conn:
        batches = column_batches(conn, 2)
        found = [next(batches)]
        with database.write() as other:
            change_everything(other)
        found += batches
    assert [song for batch in found for song in songs_of(batch)] == before
    assert [n for batch in found for n in batch.playlist_followers.tolist()] == [0] * 6
    with database.read() as conn:
        (after,) = column_batches(conn)
    assert set(after.titles) == {"Changed", "Song 7"}


def test_a_damaged_file_is_said(sqlite_database: Database) -> None:
    songs = 2_000
    with sqlite_database.write() as conn:
        upsert_tracks(conn, [complete_song(n) for n in range(songs)])
    with sqlite_database.read() as conn:
        assert conn.execute(select(func.count()).select_from(track)).scalar_one() == songs
    file = sqlite_database.file
    assert file
    size = file.stat().st_size
    with file.open("r+b") as opened:
        # The first pages stay: the tables are found, and their rows are not.
        opened.seek(size // 8)
        opened.write(os.urandom(size - size // 8))
    with pytest.raises(DatabaseUnavailableError), sqlite_database.read() as conn:
        list(column_batches(conn))


@pytest.mark.usefixtures("songs_in_mariadb")
def test_a_lost_connection_is_said(mariadb_database: Database, mariadb: MariaDB) -> None:
    def export() -> int:
        with mariadb_database.read() as conn:
            batches = column_batches(conn, 2)
            read = len(next(batches))
            number = conn.execute(select(func.connection_id())).scalar_one()
            mariadb.run(f"KILL {number}")
            return read + sum(map(len, batches))

    with pytest.raises(DatabaseUnavailableError):
        export()
    with mariadb_database.read() as conn:
        assert sum(map(len, column_batches(conn))) == len(IDS)
