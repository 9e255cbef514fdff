"""A load that is killed at any moment has changed nothing; run again it ends as a clean one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import URL, select

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.tables import load
from spotai.catalog.tracks import count_tracks
from spotai.formats.recognise import WORTH_PROCESSES
from spotai.ingest.load import load_file
from tests.catalog.songs import song_id
from tests.catalog.test_tracks import contents
from tests.formats.tables import SONG, write_csv

SCRIPT = Path(__file__).parents[2] / "ingest" / "load_dataset.py"
SONGS = 60_000


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.0, 0.4, 0.9, 1.6, 2.5])
def test_a_killed_load_can_be_run_again(tmp_path: Path, seconds: float, database_url: URL) -> None:
    rows = ({**SONG, "track_id": song_id(n), "name": f"Song {n}"} for n in range(SONGS))
    path = write_csv(tmp_path / "songs.csv", *rows)
    assert path.stat().st_size > WORTH_PROCESSES
    database = Database(database_url, wait=30)
    upgrade(database)
    address = database_url.render_as_string(hide_password=False)
    loading = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(path), "--quiet"],
        env=os.environ | {"SPOTAI_DATABASE_URL": address, "SPOTAI_DATA_DIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )
    while not started(database) and loading.poll() is None:
        time.sleep(0.01)
    time.sleep(seconds)
    readers = children_of(loading.pid)
    loading.send_signal(signal.SIGKILL)
    loading.wait()
    for reader in readers:
        await_end(reader)
    with database.read() as conn:
        assert count_tracks(conn) in {0, SONGS}
    load_file(database, path)
    clean = Database(f"sqlite:///{tmp_path}/clean.sqlite3")
    upgrade(clean)
    load_file(clean, path)
    assert contents(database) == contents(clean)
    database.close()


def children_of(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in children.read_text().split()] if children.exists() else []


def await_end(process: int) -> None:
    """Nobody reads on for a load that is gone."""
    until = time.monotonic() + 10
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < until, f"process {process} is still there"
        time.sleep(0.01)


def started(database: Database) -> bool:
    with database.read() as conn:
        return conn.execute(select(load.c.id)).first() is not None
