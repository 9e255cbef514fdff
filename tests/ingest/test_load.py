"""Loading files into the catalog: all of a file or nothing, with a report."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL, inspect, select

from spotai.catalog.columns import column_batches
from spotai.catalog.engine import Database
from spotai.catalog.loads import Load, start_load
from spotai.catalog.migrations import upgrade
from spotai.catalog.playlists import Playlist, get_playlist, list_playlists
from spotai.catalog.tables import load, metadata, source
from spotai.catalog.text_search import find_tracks, is_fresh, refresh
from spotai.catalog.tracks import count_tracks, is_demo
from spotai.errors import DatabaseUnavailableError, FormatError, NotFoundError
from spotai.formats.rows import Refusal
from spotai.ingest.load import LoadReport, load_file, load_tracks
from spotai.ingest.snapshots import load_demo, rebuild
from spotai.telemetry import REGISTRY
from spotai.tracks import Track
from tests.catalog.songs import complete_song, song_id
from tests.formats.tables import ENTRY, SONG, write_csv

Row = dict[str, str]


def song_rows(count: int) -> list[Row]:
    return [{**SONG, "track_id": song_id(n), "name": f"Song {n}"} for n in range(count)]


def tracks_in(database: Database) -> int:
    with database.read() as conn:
        return count_tracks(conn)


def loads(database: Database) -> list[Load]:
    """Every load in the books, the latest first."""
    with database.read() as conn:
        return [Load(*row) for row in conn.execute(select(load).order_by(load.c.id.desc()))]


def last_load(database: Database) -> Load:
    return loads(database)[0]


def outcome(report: LoadReport) -> tuple[int, int, int, int]:
    assert report.read == report.added + report.updated + report.merged + report.refused
    return report.added, report.updated, report.merged, report.refused


def test_a_file_is_loaded_once_however_often(database: Database, tmp_path: Path) -> None:
    rows = song_rows(6)
    rows[3]["energy"] = "7"
    path = write_csv(tmp_path / "songs.csv.gz", *rows, rows[0])
    first = load_file(database, path)
    assert outcome(first) == (5, 0, 1, 1)
    assert first.refusals == [Refusal(5, "energy is 7, outside 0 to 1")]
    assert (first.file, first.format, first.playlists) == ("songs.csv.gz", "songs", 0)
    assert outcome(load_file(database, path)) == (0, 0, 6, 1)
    assert tracks_in(database) == 5


def test_the_books_are_kept(database: Database, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "songs.csv", *song_rows(2), {**SONG, "track_id": "?"})
    load_file(database, path)
    last = last_load(database)
    assert (last.file, last.format, last.bytes) == ("songs.csv", "songs", path.stat().st_size)
    assert (last.status, last.rows_read, last.added, last.refused) == ("done", 3, 2, 1)
    assert last.finished is not None
    assert last.finished >= last.started


def test_rows_are_counted_by_what_became_of_them(database: Database, tmp_path: Path) -> None:
    def counted() -> list[float | None]:
        return [
            REGISTRY.get_sample_value("spotai_load_rows_total", {"outcome": name}) or 0
            for name in ("added", "updated", "merged", "refused")
        ]

    before = counted()
    load_file(database, write_csv(tmp_path / "a.csv", *song_rows(3), {**SONG, "track_id": "?"}))
    assert [(now or 0) - (old or 0) for now, old in zip(counted(), before, strict=True)] == [
        3,
        0,
        0,
        1,
    ]


def test_progress_reaches_the_end(database: Database, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "songs.csv.gz", *song_rows(6_000))
    told: list[tuple[int, int]] = []
    load_file(database, path, progress=lambda done, total: told.append((done, total)))
    done = [part / whole for part, whole in told]
    assert done == sorted(done)
    assert done[0] == 0.5  # read, and nothing stored
    assert done[-1] == 1


def test_a_file_that_breaks_off_changes_nothing(database: Database, tmp_path: Path) -> None:
    load_file(database, write_csv(tmp_path / "good.csv", *song_rows(3)))
    whole = write_csv(tmp_path / "whole.csv.gz", *song_rows(20_000))
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(whole.read_bytes()[:-2_000])
    with pytest.raises(FormatError, match="ends too early"):
        load_file(database, broken)
    assert tracks_in(database) == 3
    last = last_load(database)
    assert (last.file, last.status, last.rows_read) == ("broken.csv.gz", "failed", 0)
    assert "ends too early" in last.message


def test_an_interrupted_load_changes_nothing(database: Database) -> None:
    def songs() -> Iterator[Track]:
        yield from (complete_song(n) for n in range(5_001))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_tracks(database, songs(), name="interrupted")
    assert tracks_in(database) == 0
    assert (last_load(database).status, last_load(database).message) == (
        "failed",
        "KeyboardInterrupt",
    )


def test_a_load_that_was_killed_is_noted_by_the_next(database: Database, tmp_path: Path) -> None:
    with database.write() as conn:
        start_load(conn, "killed.csv", "songs", 1)
    assert last_load(database).status == "running"
    load_file(database, write_csv(tmp_path / "next.csv", *song_rows(1)))
    following, killed = loads(database)
    assert (killed.file, killed.status, killed.message) == ("killed.csv", "failed", "interrupted")
    assert (following.status, following.message) == ("done", "")


def test_a_file_without_rows_is_no_table_of_songs(database: Database, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(",".join(SONG) + "\n")
    with pytest.raises(FormatError, match="no rows"):
        load_file(database, empty)
    assert last_load(database).status == "failed"


def test_a_stray_quote_loads_nothing(database: Database, tmp_path: Path) -> None:
    lines = write_csv(tmp_path / "x.csv", *song_rows(100)).read_text().splitlines()
    lines[50] = lines[50].replace("Song 49", '"Song 49')
    path = tmp_path / "stray.csv"
    path.write_text("\n".join(lines))
    with pytest.raises(FormatError, match=r"Line 51.*never closed"):
        load_file(database, path)
    assert tracks_in(database) == 0


def test_blanks_of_a_file_name_make_no_other_source(database: Database, tmp_path: Path) -> None:
    for number, name in enumerate(("pop.csv", "pop .csv", " pop.csv", ".csv", ".csv ")):
        row = {**SONG, "track_id": song_id(number), "source": ""}
        load_file(database, write_csv(tmp_path / name, row))
    with database.read() as conn:
        assert sorted(conn.scalars(select(source.c.name))) == [".csv", "pop"]


def test_a_file_name_that_is_no_utf8(database: Database, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    write_csv(path, {**SONG, "source": ""})
    assert outcome(load_file(database, path)) == (1, 0, 0, 0)
    assert last_load(database).file == "caf?.csv"
    path.write_bytes(path.read_bytes() + b"\xff")
    with pytest.raises(FormatError, match="UTF-8"):
        load_file(database, path)


def test_songs_of_a_file_are_real_whatever_its_name(database: Database, tmp_path: Path) -> None:
    load_tracks(database, demo_songs(4), name="demo", made_up=True)
    path = write_csv(tmp_path / "demo.csv", {**SONG, "source": ""}, {**SONG, "source": "demo"})
    load_file(database, path)
    with database.read() as conn:
        assert (count_tracks(conn), is_demo(conn)) == (1, False)
        assert conn.scalars(select(source.c.name)).all() == ["demo", "demo (file)"]


def test_playlists_of_a_file_are_real_whatever_its_name(database: Database, tmp_path: Path) -> None:
    load_tracks(database, demo_songs(4), name="demo", made_up=True)
    path = tmp_path / "demo.csv"
    path.write_text(f"playlist_id,playlist_name,track_id\nmine,Mine,{song_id(1)}\n")
    for _ in range(2):
        assert load_file(database, path).playlists == 1
    load_file(database, write_csv(tmp_path / "songs.csv", SONG))
    with database.read() as conn:
        mine = get_playlist(conn, "mine")
    assert (mine.source, mine.track_ids) == ("demo (file)", (song_id(1),))


def test_only_a_thousand_refusals_are_kept(database: Database, tmp_path: Path) -> None:
    rows = [{**row, "tempo": "-1"} for row in song_rows(1_100)]
    report = load_file(database, write_csv(tmp_path / "bad.csv", *rows))
    assert outcome(report) == (0, 0, 0, 1_100)
    assert len(report.refusals) == 1_000


def test_playlists_come_with_their_songs(database: Database, tmp_path: Path) -> None:
    other = "q" * 22
    rows = [
        ENTRY | {"track_id": song_id(2)},
        ENTRY | {"track_id": song_id(1)},
        ENTRY | {"track_id": song_id(2), "playlist_id": other, "playlist_name": "Other"},
        ENTRY | {"track_id": song_id(3), "energy": "9"},
        ENTRY | {"track_id": song_id(2), "playlist_genre": "edm"},
    ]
    path = write_csv(tmp_path / "spotify_songs.csv", *rows)
    for expected in ((2, 0, 2, 1), (0, 0, 4, 1)):
        report = load_file(database, path)
        assert outcome(report) == expected
        assert report.playlists == 2
        with database.read() as conn:
            assert get_playlist(conn, ENTRY["playlist_id"]).track_ids == (song_id(2), song_id(1))
            assert get_playlist(conn, other).name == "Other"


def test_a_listeners_playlist_is_stored_and_what_has_no_id_is_told(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "Road songs.m3u"
    path.write_text(f"#EXTM3U\nspotify:track:{song_id(1)}\n#EXTINF:9,Band - Tape\ntape.mp3\n")
    for expected in ((1, 0, 0, 1), (0, 0, 1, 1)):
        report = load_file(database, path)
        assert outcome(report) == expected
        assert report.refusals == [Refusal(4, "'Tape' has no Spotify id to be stored under")]
    with database.read() as conn:
        ((playlist,), _) = list_playlists(conn, 5)
        assert playlist.name == "Road songs"
        assert get_playlist(conn, playlist.id).track_ids == (song_id(1),)


def demo_songs(count: int) -> list[Track]:
    songs = (complete_song(n, source="demo", album=None, artists=()) for n in range(count))
    return [replace(song, id=song.id.replace("song", "demo")) for song in songs]


def test_real_songs_replace_the_made_up_ones(database: Database, tmp_path: Path) -> None:
    mix = Playlist("demo-mix", "Mix", "demo", "demo", track_ids=(song_id(1, "demo"),))
    report = load_tracks(database, demo_songs(4), [mix], name="demo", made_up=True)
    assert (outcome(report), report.playlists, report.format) == ((4, 0, 0, 0), 1, "generated")
    nothing = write_csv(tmp_path / "bad.csv", {**SONG, "track_id": "?"})
    load_file(database, nothing)
    with database.read() as conn:
        assert (count_tracks(conn), is_demo(conn)) == (4, True)
    load_file(database, write_csv(tmp_path / "songs.csv", *song_rows(2)))
    with database.read() as conn:
        assert (count_tracks(conn), is_demo(conn)) == (2, False)
        assert list_playlists(conn, 10) == ([], 0)
        with pytest.raises(NotFoundError):
            get_playlist(conn, "demo-mix")


def test_a_load_leaves_no_key_that_points_nowhere(database: Database, tmp_path: Path) -> None:
    load_demo(database, 50)
    path = write_csv(tmp_path / "lists.csv", *({**ENTRY, "track_id": song_id(n)} for n in range(5)))
    load_file(database, path)
    load_file(database, write_csv(tmp_path / "again.csv", {**ENTRY, "track_id": song_id(2)}))
    with database.read() as conn:
        assert not is_demo(conn)
        for table in metadata.sorted_tables:
            for key in table.foreign_keys:
                lost = select(key.parent).where(
                    key.parent.is_not(None), key.parent.not_in(select(key.column))
                )
                assert conn.scalars(lost).all() == [], str(key)
        found = {
            (table.name, index["name"])
            for table in metadata.sorted_tables
            for index in inspect(conn).get_indexes(table.name)
        }
    wanted = {(t.name, str(index.name)) for t in metadata.sorted_tables for index in t.indexes}
    assert wanted <= found


def test_every_place_in_a_playlist_is_accounted_for(database: Database, tmp_path: Path) -> None:
    ids = [song_id(n) for n in (1, 2, 1, 3)]
    path = write_csv(tmp_path / "lists.csv", *({**ENTRY, "track_id": id_} for id_ in ids))
    report = load_file(database, path)
    assert outcome(report) == (3, 0, 1, 0)
    assert (report.playlists, report.entries, report.dropped) == (1, 3, 1)


def test_songs_that_changed_are_found_right_after_the_load(
    database: Database, tmp_path: Path
) -> None:
    rows = [{**row, "source": "unheard of"} for row in song_rows(3)]
    load_file(database, write_csv(tmp_path / "a.csv", *rows))
    with database.write() as conn:
        assert refresh(conn) == 3
    better = {**rows[0], "source": "kaggle114k", "name": "Renamed"}
    load_file(database, write_csv(tmp_path / "b.csv", better, {**SONG, "track_id": song_id(9)}))
    with database.read() as conn:
        assert find_tracks(conn, "renamed", 9) == ([rows[0]["track_id"]], False)
        assert len(find_tracks(conn, "song", 9)[0]) == 3


def test_new_songs_wait_for_the_snapshot_to_be_found(database: Database, tmp_path: Path) -> None:
    load_file(database, write_csv(tmp_path / "a.csv", *song_rows(3)))
    with database.read() as conn:
        assert not is_fresh(conn)
    rebuild(database, tmp_path / "snapshots")
    with database.read() as conn:
        assert is_fresh(conn)


def test_a_file_is_read_while_another_load_stores(database_url: URL, tmp_path: Path) -> None:
    database, other = Database(database_url, wait=0), Database(database_url, wait=5)
    upgrade(other)
    told: list[tuple[int, int]] = []
    path = write_csv(tmp_path / "songs.csv", *song_rows(10))
    with other.write(), pytest.raises(DatabaseUnavailableError, match="Another load"):
        load_file(database, path, progress=lambda done, total: told.append((done, total)))
    assert told
    database.close()
    other.close()


def test_two_loads_at_once_both_arrive(database: Database, tmp_path: Path) -> None:
    rows = song_rows(3_000)
    one = write_csv(tmp_path / "one.csv", *rows[:2_000])
    other = write_csv(tmp_path / "other.csv", *reversed(rows[1_000:]))
    reports: list[LoadReport] = []
    threads = [
        threading.Thread(target=lambda path=path: reports.append(load_file(database, path)))
        for path in (one, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.added for report in reports) == tracks_in(database) == 3_000
    assert sum(report.merged for report in reports) == 1_000


def test_a_source_is_the_file_when_rows_name_none(database: Database, tmp_path: Path) -> None:
    anonymous = [{key: row[key] for key in row if key != "source"} for row in song_rows(1)]
    path = tmp_path / "my songs.csv.gz"
    path.write_bytes(gzip.compress(write_csv(tmp_path / "x.csv", *anonymous).read_bytes()))
    load_file(database, path)
    trusted = write_csv(tmp_path / "y.csv", {**song_rows(1)[0], "name": "By a trusted source"})
    assert outcome(load_file(database, trusted)) == (0, 1, 0, 0)
    with database.read() as conn:
        (columns,) = column_batches(conn)
    assert columns.titles == ["By a trusted source"]


def test_real_songs(database: Database, real_data: Path) -> None:
    songs = real_data / "sample_4000.csv"
    assert outcome(load_file(database, songs)) == (4_000, 0, 0, 0)
    assert outcome(load_file(database, songs)) == (0, 0, 4_000, 0)


def test_a_file_is_called_what_people_know_it_by(database: Database, tmp_path: Path) -> None:
    address = "https://example.org/songs.csv"
    songs = write_csv(tmp_path / "songs.csv", *song_rows(1))
    assert load_file(database, songs, name=address).file == address
    songs.write_text("a,b\n")
    with pytest.raises(FormatError, match=f"^{address} is no table"):
        load_file(database, songs, name=address)
    with database.read() as conn:
        assert conn.execute(select(load.c.file)).scalars().all() == [address]
