"""The database server dies and comes back: under an open database, a server and a load."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import URL, func, select

from spotai.app import create_app
from spotai.catalog.engine import READ_SECONDS, Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.tables import metadata
from spotai.catalog.tracks import count_tracks
from spotai.errors import DatabaseUnavailableError
from spotai.ingest.load import load_tracks
from spotai.ingest.snapshots import prepare
from spotai.settings import Settings
from spotai.tracks import Track
from tests.catalog.songs import complete_song
from tests.conftest import private_mariadb
from tests.servers.mariadb import MariaDB, run_client, settings_for
from tests.servers.ports import free_port
from tests.servers.spotai import Start

INIT_SQL: Final = Path(__file__).parent.parent / "init.sql"
SECONDS: Final = 60
RECIPE: Final = {"features": {"tempo": {"target": 120}}}


@pytest.fixture(scope="module")
def mortal() -> Iterator[MariaDB]:
    """A server of these tests alone, which they may kill."""
    with private_mariadb() as server:
        yield server


@pytest.fixture
def url(mortal: MariaDB) -> Iterator[URL]:
    with mortal.fresh_database() as address:
        yield address


@pytest.fixture
def database(url: URL) -> Iterator[Database]:
    made = Database(url)
    upgrade(made)
    yield made
    made.close()


def rows(database: Database) -> dict[str, Any]:
    """How many rows each table has; the books of loads are left out."""
    with database.read() as conn:
        return {
            name: conn.scalar(select(func.count()).select_from(table))
            for name, table in metadata.tables.items()
            if name != "load"
        }


def test_an_open_database_reconnects(mortal: MariaDB, database: Database) -> None:
    load_tracks(database, [complete_song(1)], name="before")
    with database.read() as one, database.read() as other:
        assert count_tracks(one) == count_tracks(other) == 1
    mortal.kill()
    with pytest.raises(DatabaseUnavailableError, match="Check that the server runs"):
        database.ping()
    mortal.start()
    with database.read() as conn:
        assert count_tracks(conn) == 1
    load_tracks(database, [complete_song(2)], name="after")


def test_a_restart_nobody_noticed_costs_no_request(mortal: MariaDB, database: Database) -> None:
    with database.read() as one, database.read() as other:
        assert count_tracks(one) == count_tracks(other) == 0
    mortal.kill()
    mortal.start()
    load_tracks(database, [complete_song(1)], name="after")
    with database.read() as one, database.read() as other:
        assert count_tracks(one) == count_tracks(other) == 1


def test_a_frozen_server_holds_up_no_guest(mortal: MariaDB, url: URL, tmp_path: Path) -> None:
    database = Database(url)
    settings = Settings(data_dir=tmp_path, _env_file=None)
    prepare(database, settings)
    app = create_app(settings, database=database)
    guest, stranger = app.test_client(), app.test_client()
    guest.get("/api/session")

    def ask_all() -> list[int]:
        return [
            guest.post("/api/matches", json=RECIPE).status_code,
            guest.post("/api/matches", json=RECIPE).status_code,
            stranger.get("/api/session").status_code,
            stranger.get("/readyz").status_code,
        ]

    with ThreadPoolExecutor() as threads, mortal.frozen():
        asked = threads.submit(ask_all)
        # Far less than READ_SECONDS, of which a lost connection and its successor take each.
        assert asked.result(timeout=READ_SECONDS * 0.8) == [200, 200, 503, 200]
    database.close()


@pytest.mark.long
def test_a_load_the_server_dies_under_changes_nothing(mortal: MariaDB, database: Database) -> None:
    songs = [complete_song(n) for n in range(12_000)]
    load_tracks(database, songs[:10], name="before")
    before = rows(database)

    def songs_and_a_death() -> Iterator[Track]:
        yield from songs[:-1]
        mortal.kill()
        yield songs[-1]

    with pytest.raises(DatabaseUnavailableError, match="cut short changes nothing"):
        load_tracks(database, songs_and_a_death(), name="cut short")
    mortal.start()
    assert rows(database) == before
    again = load_tracks(database, songs, name="again")
    assert (again.added, again.merged) == (11_990, 10)


@pytest.mark.long
def test_the_load_command_says_that_the_server_died(
    mortal: MariaDB, url: URL, tmp_path: Path
) -> None:
    database = Database(url)
    upgrade(database)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("SPOTAI_", "MYSQL_"))},
        "SPOTAI_DATA_DIR": str(tmp_path),
        **settings_for(url),
    }
    command = [sys.executable, "-m", "spotai", "demo", "--songs", "20000"]

    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as loading:
        wait_for_songs_in_flight(database)
        mortal.kill()
        _, said = loading.communicate(timeout=SECONDS)
    assert loading.returncode == 1
    assert said.startswith("Error: The database ")
    assert "run the load again: one that is cut short changes nothing" in said
    assert len(said.splitlines()) == 1
    mortal.start()
    assert set(rows(database).values()) == {0}

    again = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert rows(database)["track"] == 20_000
    database.close()


def wait_for_songs_in_flight(database: Database) -> None:
    """Return once an unfinished transaction has written a thousand rows."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with database.read() as conn:
            written = conn.exec_driver_sql(
                "SELECT MAX(trx_rows_modified) FROM information_schema.innodb_trx"
            ).scalar()
        if written and written > 1_000:
            return
        time.sleep(0.3)  # asked more often than every 0.1 s, InnoDB repeats what it said before
    raise AssertionError("the load wrote nothing")


@pytest.mark.long
def test_a_running_server_goes_on(mortal: MariaDB, url: URL, start: Start) -> None:
    assert run_client(url, INIT_SQL.read_bytes()).returncode == 0
    server = start(["-m", "spotai", "serve"], free_port(), **settings_for(url))
    server.wait_until_it_listens()
    status, before = server.ask("GET", "/api/playlists")
    assert status == 200
    playlist = f"/api/playlists/{before['items'][0]['id']}"
    tracks = [song["id"] for song in server.ask("GET", playlist)[1]["tracks"]]

    mortal.kill()
    status, problem = server.ask("GET", "/api/playlists")
    assert (status, problem["type"]) == (503, "/problems/database-unavailable")
    assert server.ask("GET", "/readyz")[1]["status"] == "degraded"
    recipe = {"seed": {"track_ids": tracks}, "size": 5}
    status, answer = server.post("/api/recommendations", recipe)
    assert (status, len(answer["tracks"])) == (200, 5)

    mortal.start()
    # Both workers, and every connection they had: none may still be a dead one.
    assert [server.ask("GET", "/api/playlists") for _ in range(16)] == [(200, before)] * 16
    assert server.ask("GET", "/readyz")[1]["status"] == "ready"
    code, _ = server.stop(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in server.log.read_text()
