"""Storing what sources say, and asking for it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from spotai.catalog.columns import column_batches
from spotai.catalog.engine import Database
from spotai.catalog.playlists import Playlist, list_playlists, replace_playlists
from spotai.catalog.tables import (
    album,
    artist,
    genre,
    metadata,
    playlist_track,
    provenance,
    source,
    track,
)
from spotai.catalog.tracks import (
    Counts,
    count_tracks,
    delete_demo,
    first_ids,
    is_demo,
    known_ids,
    missing_values,
)
from spotai.catalog.upsert import upsert_tracks
from spotai.features import BY_NAME
from spotai.tracks import Artist, Track
from tests.catalog.songs import complete_song, song_id


def store(database: Database, *songs: Track) -> Counts:
    with database.write() as conn:
        return upsert_tracks(conn, songs)


def contents(database: Database) -> dict[str, list[Any]]:
    """All that is stored, but for numbers and times given on the way."""
    with database.read() as conn:
        names = dict(conn.execute(select(source.c.id, source.c.name)).all())
        genres = dict(conn.execute(select(genre.c.id, genre.c.name)).all())
        said = {
            row.id: tuple(
                (column, names.get(value))
                for column, value in row._mapping.items()
                if column.endswith("_source_id")
            )
            for row in conn.execute(select(provenance))
        }
        found = {}
        for table in (track, artist, album, *(metadata.tables[n] for n in ("track_artist",))):
            rows = conn.execute(select(table)).mappings().all()
            found[table.name] = sorted(
                tuple(
                    (key, said[value] if key == "provenance_id" else value)
                    for key, value in row.items()
                )
                for row in rows
            )
        links = conn.execute(select(metadata.tables["track_genre"])).all()
        found["genres"] = sorted((track_id, genres[genre_id]) for track_id, genre_id in links)
    return found


def test_a_song_comes_back_as_it_was_stored(database: Database) -> None:
    song = complete_song(1, title="Ça ira 🎵", explicit=True)
    assert store(database, song) == Counts(added=1)
    with database.read() as conn:
        (columns,) = column_batches(conn)
    assert columns.ids.tolist() == [song.id.encode()]
    assert {name: values[0] for name, values in columns.features.items()} == song.features
    assert columns.explicit.tolist() == [1]
    assert columns.titles == ["Ça ira 🎵"]
    assert columns.artists == [song.artists]
    assert columns.albums == ["Album 1"]
    assert columns.artwork == [song.artwork]
    assert columns.release_dates == ["1999-12-31"]
    assert columns.genres == [("pop", "rock")]


def test_storing_again_changes_nothing(database: Database) -> None:
    songs = [complete_song(n, features={"tempo": 119.99 + n / 7}) for n in range(5)]
    store(database, *songs)
    before = contents(database)
    assert store(database, *songs) == Counts(merged=5)
    assert contents(database) == before


def test_the_order_of_sources_does_not_matter(database: Database) -> None:
    rows = [
        complete_song(1, source="tidytuesday", title="Low trust", genres=("edm",)),
        complete_song(1, source="kaggle600k", title="High trust", genres=(), features={}),
        complete_song(1, source="tidytuesday", title="Low trust, longer", genres=("latin",)),
        complete_song(1, source="unheard of", artists=(Artist(song_id(1, "artist"), "ARTIST 1"),)),
    ]
    assert [store(database, row) for row in rows] == [
        Counts(added=1),
        Counts(updated=1),
        Counts(updated=1),
        Counts(merged=1),
    ]
    one_way = contents(database)
    with database.write() as conn:
        for table in reversed(metadata.sorted_tables):
            conn.execute(table.delete())
    store(database, *reversed(rows))
    assert contents(database) == one_way
    assert ("title", "High trust") in one_way["track"][0]
    assert [name for _, name in one_way["genres"]] == ["edm", "latin"]


def test_a_song_may_occur_several_times_in_a_batch(database: Database) -> None:
    poor = complete_song(1, features={})
    assert store(database, poor, complete_song(2), complete_song(1), poor) == Counts(2, 0, 2)
    with database.read() as conn:
        assert conn.scalar(select(track.c.tempo).where(track.c.id == poor.id)) == 400


def test_what_is_not_known_never_hides_what_is(database: Database) -> None:
    store(database, complete_song(1, source="tidytuesday"))
    before = contents(database)
    empty = Track(id=song_id(1), source="kaggle114k_sample")
    assert store(database, empty) == Counts(merged=1)
    assert contents(database) == before


def test_more_tracks_than_one_statement_can_name(database: Database) -> None:
    songs = [Track(id=song_id(n), source="s", title="t") for n in range(12_000)]
    assert store(database, *songs) == Counts(added=12_000)
    with database.read() as conn:
        asked = [song_id(n) for n in range(11_990, 12_010)]
        assert known_ids(conn, asked) == set(asked[:10])
        assert count_tracks(conn) == 12_000


def demo_song(number: int) -> Track:
    ids = song_id(number, "demo")
    return complete_song(
        number, id=ids, source="demo", artists=(Artist(ids, "x"),), album=None, genres=("demo pop",)
    )


def test_songs_say_what_a_search_lacks_of_them(database: Database) -> None:
    whole = complete_song(1)
    known = {k: v for k, v in whole.features.items() if k not in {"tempo", "key"}}
    store(database, whole, complete_song(2, features=known))
    with database.read() as conn:
        found = missing_values(conn, [song_id(1), song_id(2), song_id(3)])
    # The key may be missing.
    assert found == {song_id(1): (), song_id(2): (BY_NAME["tempo"],)}


def test_the_first_ids_are_the_smallest(database: Database) -> None:
    store(database, *(complete_song(n) for n in (3, 1, 2)))
    with database.read() as conn:
        assert first_ids(conn, 2) == [song_id(1), song_id(2)]
        assert first_ids(conn, 9) == [song_id(1), song_id(2), song_id(3)]


def test_only_made_up_songs_are_a_demo(database: Database) -> None:
    def demo() -> bool:
        with database.read() as conn:
            return is_demo(conn)

    assert not demo()
    store(database, demo_song(1), demo_song(2))
    assert demo()
    store(database, complete_song(3))
    assert not demo()


def test_the_demo_goes_without_a_trace(database: Database) -> None:
    real_but_looks_made_up = complete_song(9, id="demoSingerSongwriter00")
    store(database, real_but_looks_made_up)
    before = contents(database)
    store(database, demo_song(1), demo_song(2))
    with database.write() as conn:
        mixed = Playlist("demo-mix", "Mix", "demo", "demo", track_ids=(song_id(1, "demo"),))
        replace_playlists(conn, [mixed])
        assert delete_demo(conn) == 2
    assert contents(database) == before
    with database.read() as conn:
        assert list_playlists(conn, 10) == ([], 0)
        assert conn.scalar(select(func.count()).select_from(playlist_track)) == 0
        assert conn.scalars(select(genre.c.name).order_by(genre.c.name)).all() == ["pop", "rock"]


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-7, 0.538_999_999_999_999_9, 1 / 3])
def test_numbers_are_kept_exactly(database: Database, value: float) -> None:
    song = complete_song(1)
    store(database, replace(song, features={**song.features, "energy": value}))
    with database.read() as conn:
        assert conn.scalar(select(track.c.energy)) == value
