"""Playlists as real files tell them: songs twice, and ids and names that are not one to one."""

from __future__ import annotations

from pathlib import Path

from spotai.catalog.engine import Database
from spotai.catalog.playlists import Playlist, get_playlist, list_playlists
from spotai.catalog.stored import get_track
from spotai.ingest.load import load_file
from tests.catalog.songs import song_id
from tests.formats.tables import ENTRY, write_csv

MINE = ENTRY["playlist_id"]
OTHER = "q" * 22


def load(database: Database, folder: Path, *changes: dict[str, str]) -> None:
    path = write_csv(folder / "spotify_songs.csv", *({**ENTRY, **change} for change in changes))
    assert load_file(database, path).refused == 0


def playlist(database: Database, id_: str = MINE) -> Playlist:
    with database.read() as conn:
        return get_playlist(conn, id_)


def test_of_a_song_twice_in_a_playlist_the_first_place_counts(
    database: Database, tmp_path: Path
) -> None:
    order = [song_id(n) for n in (2, 1, 2, 3, 1)]
    load(database, tmp_path, *({"track_id": id_} for id_ in order))
    assert playlist(database).track_ids == (song_id(2), song_id(1), song_id(3))


def test_a_recording_under_two_ids_is_in_a_playlist_twice(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, {"track_id": song_id(1)}, {"track_id": song_id(2)})
    assert playlist(database).track_ids == (song_id(1), song_id(2))


def test_several_subgenres_of_one_playlist_are_genres_of_the_songs(
    database: Database, tmp_path: Path
) -> None:
    load(
        database,
        tmp_path,
        {"track_id": song_id(1), "playlist_subgenre": "dance pop"},
        {"track_id": song_id(1), "playlist_subgenre": "electropop"},
        {"track_id": song_id(2), "playlist_subgenre": "electropop"},
    )
    assert playlist(database).track_ids == (song_id(1), song_id(2))
    with database.read() as conn:
        assert set(get_track(conn, song_id(1)).genres) == {"pop", "dance pop", "electropop"}
        assert set(get_track(conn, song_id(2)).genres) == {"pop", "electropop"}


def test_playlists_of_one_name_stay_apart(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, {"track_id": song_id(1)}, {"playlist_id": OTHER})
    with database.read() as conn:
        found, _ = list_playlists(conn, 5)
    assert {each.id: each.name for each in found} == dict.fromkeys((MINE, OTHER), "Pop Remix")


def test_a_playlist_of_several_names_has_the_first_of_the_last_load(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, {"track_id": song_id(1), "playlist_name": " Pop/Рок "}, ENTRY)
    assert playlist(database).name == "Pop/Рок"
    load(database, tmp_path, {"playlist_name": "New"}, {"playlist_name": "Newer"})
    assert playlist(database).name == "New"


def test_a_playlist_is_that_of_the_last_load(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, {"track_id": song_id(1)}, {"track_id": song_id(2)})
    load(database, tmp_path, {"track_id": song_id(3)})
    assert playlist(database).track_ids == (song_id(3),)
