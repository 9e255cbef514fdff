"""Snapshots of the catalog, and what a server needs before it starts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr
from sqlalchemy import URL, select

from spotai.catalog.demo import demo_columns, demo_playlists, demo_tracks
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.playlists import Playlist, get_playlist
from spotai.catalog.tables import load
from spotai.catalog.tracks import count_tracks, is_demo
from spotai.errors import InputError, SnapshotMissingError
from spotai.ingest.load import load_tracks
from spotai.ingest.snapshots import DEMO_SONGS, is_made_up, is_stale, load_demo, prepare, rebuild
from spotai.search import Snapshot, build_snapshot
from spotai.search.files import generations
from spotai.settings import Settings
from spotai.tracks import Track
from tests.forked import run_forked


def real_tracks(count: int) -> list[Track]:
    return [
        Track(id=f"{n:022d}", source="made", title=track.title, features=track.features)
        for n, track in enumerate(demo_tracks(count, seed=5))
    ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", _env_file=None)


def test_a_snapshot_holds_what_the_catalog_holds(database: Database, tmp_path: Path) -> None:
    load_demo(database, 500)
    told: list[tuple[int, int]] = []
    folder = rebuild(
        database, tmp_path / "s", progress=lambda done, total: told.append((done, total))
    )
    assert told == [(500, 500)]
    snapshot = Snapshot.open(folder)
    expected = next(demo_columns(500))
    assert len(snapshot) == len(expected)
    rows = snapshot.rows_of(expected.ids)
    assert (rows >= 0).all()
    for name, values in expected.features.items():
        np.testing.assert_array_equal(snapshot.values(name, rows), values)
    song = snapshot.song(int(rows[17]))
    assert (song.title, song.artists) == (expected.titles[17], tuple(expected.artists[17]))


def test_a_snapshot_is_stale_after_the_next_load(database: Database, tmp_path: Path) -> None:
    load_demo(database, 200)
    snapshot = Snapshot.open(rebuild(database, tmp_path / "s"))
    assert not is_stale(database, snapshot)
    load_tracks(database, real_tracks(50), name="real")
    assert is_stale(database, snapshot)
    assert not is_stale(database, Snapshot.open(rebuild(database, tmp_path / "s")))


def test_a_failed_load_makes_no_snapshot_stale(database: Database, tmp_path: Path) -> None:
    load_demo(database, 200)
    snapshot = Snapshot.open(rebuild(database, tmp_path / "s"))

    def broken() -> Iterator[Track]:
        yield from real_tracks(3)
        raise InputError("cut")

    with pytest.raises(InputError, match="cut"):
        load_tracks(database, broken(), name="broken")
    assert not is_stale(database, snapshot)


def test_the_same_catalog_gives_the_same_snapshot(database: Database, tmp_path: Path) -> None:
    load_demo(database, 200)
    first, second = (Snapshot.open(rebuild(database, tmp_path / "s")) for _ in range(2))
    assert first.manifest.files == second.manifest.files
    assert second.generation == first.generation + 1


def test_an_empty_catalog_cannot_be_searched(database: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="spotai load FILE"):
        rebuild(database, tmp_path / "s")
    assert generations(tmp_path / "s") == []


def test_made_up_songs_replace_made_up_songs_only(database: Database) -> None:
    load_demo(database, 300)
    load_demo(database, 100, seed=2)
    playlist = demo_playlists(100, seed=2)[3]
    with database.read() as conn:
        assert count_tracks(conn) == 100
        assert get_playlist(conn, playlist.id).track_ids == playlist.track_ids
    load_tracks(database, real_tracks(5), name="real")
    with pytest.raises(InputError, match="real songs"):
        load_demo(database, 100)
    with database.read() as conn:
        assert count_tracks(conn) == 5


def test_prepare_fills_an_empty_catalog_once(settings: Settings) -> None:
    database = Database(settings.database())
    prepare(database, settings)
    with database.read() as conn:
        assert count_tracks(conn) == DEMO_SONGS
        assert is_demo(conn)
    assert len(Snapshot.open(settings.snapshots_dir)) == DEMO_SONGS
    prepare(database, settings)
    assert len(generations(settings.snapshots_dir)) == 1
    database.close()


def test_prepare_builds_a_snapshot_when_none_is_whole(settings: Settings) -> None:
    database = Database(settings.database())
    prepare(database, settings)
    (generations(settings.snapshots_dir)[0] / "ids.npy").unlink()
    prepare(database, settings)
    assert Snapshot.open(settings.snapshots_dir).generation == 2
    database.close()


def test_prepare_says_when_the_snapshot_is_old(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(settings.database())
    upgrade(database)
    load_tracks(database, real_tracks(50), name="real")
    prepare(database, settings)
    assert "older" not in caplog.text
    load_tracks(database, real_tracks(60), name="more")
    prepare(database, settings)
    assert "older than the catalog" in caplog.text
    assert Snapshot.open(settings.snapshots_dir).generation == 1
    database.close()


def test_made_up_songs_are_gone_from_the_snapshot_once_there_are_real_ones(
    settings: Settings,
) -> None:
    database = Database(settings.database())
    prepare(database, settings)
    assert is_made_up(Snapshot.open(settings.snapshots_dir))
    load_tracks(database, real_tracks(50), name="real")
    prepare(database, settings)
    snapshot = Snapshot.open(settings.snapshots_dir)
    assert (len(snapshot), is_made_up(snapshot)) == (50, False)
    database.close()


def test_a_real_id_may_begin_like_a_made_up_one(tmp_path: Path) -> None:
    columns = next(demo_columns(2))
    for last, made_up in (("demo" + "9" * 18, True), ("z" * 22, False)):
        ids = np.array([columns.ids[0], last.encode()], dtype=columns.ids.dtype)
        folder = build_snapshot([replace(columns, ids=ids)], tmp_path / "s", source="test")
        assert is_made_up(Snapshot.open(folder)) is made_up


def test_production_does_as_if_made_up_songs_were_none(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(settings.database())
    upgrade(database)
    load_demo(database, 100)
    prepare(database, settings.model_copy(update={"env": "production"}))
    assert "spotai load FILE" in caplog.text
    with pytest.raises(SnapshotMissingError):
        Snapshot.open(settings.snapshots_dir)
    database.close()


def test_a_load_that_changed_nothing_makes_no_snapshot_stale(
    database: Database, tmp_path: Path
) -> None:
    load_tracks(database, real_tracks(50), name="real")
    snapshot = Snapshot.open(rebuild(database, tmp_path / "s"))
    assert load_tracks(database, real_tracks(50), name="again").merged == 50
    assert not is_stale(database, snapshot)
    load_tracks(database, [], [Playlist("p", "P", "made")], name="playlist")
    assert is_stale(database, snapshot)


def test_made_up_songs_join_no_catalog_that_was_filled_meanwhile(database: Database) -> None:
    load_tracks(database, real_tracks(5), name="real")
    assert load_demo(database, 100, only_if_empty=True).read == 0
    with database.read() as conn:
        assert count_tracks(conn) == 5
        assert conn.scalars(select(load.c.file)).all() == ["real"]


def test_production_makes_nothing_up(
    tmp_path: Path, database_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(
        data_dir=tmp_path, env="production", secret_key=SecretStr("k" * 32), _env_file=None
    )
    database = Database(database_url)
    with caplog.at_level(logging.WARNING):
        prepare(database, settings)
    assert "spotai load FILE" in caplog.text
    with database.read() as conn:
        assert count_tracks(conn) == 0
    with pytest.raises(SnapshotMissingError):
        Snapshot.open(settings.snapshots_dir)
    database.close()


def test_a_catalog_without_a_searchable_song_stops_no_server(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(settings.database())
    upgrade(database)
    load_tracks(database, [Track(id="0" * 22, source="made", title="No features")], name="real")
    prepare(database, settings)
    assert "nothing to search" in caplog.text
    database.close()


def _start(settings: Settings) -> None:
    with closing(Database(settings.database())) as database:
        prepare(database, settings)


def test_servers_may_start_at_once(settings: Settings) -> None:
    assert run_forked(_start, settings, times=4) == [0] * 4
    snapshot = Snapshot.open(settings.snapshots_dir)
    assert len(snapshot) == DEMO_SONGS
    with closing(Database(settings.database())) as database:
        assert not is_stale(database, snapshot)
        with database.read() as conn:
            assert conn.execute(select(load.c.file, load.c.status)).all() == [("demo", "done")]
