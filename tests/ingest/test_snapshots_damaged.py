"""Builds that are killed or find the disk full, and what a start does with snapshots it cannot
read: nothing half-built is ever opened, and the last good generation stays.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.ingest.snapshots import load_demo, prepare, rebuild
from spotai.search import Query, Snapshot
from spotai.search.checksums import altered_files
from spotai.search.files import generations
from spotai.settings import Settings

SONGS = 6_000
SECONDS = 120


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose catalog holds made-up songs and has one snapshot."""
    made = Settings(data_dir=tmp_path / "data", _env_file=None)
    database = Database(made.database())
    upgrade(database)
    load_demo(database, SONGS)
    rebuild(database, made.snapshots_dir)
    database.close()
    return made


def start_build(settings: Settings, limit: int = resource.RLIM_INFINITY) -> subprocess.Popen[str]:
    """Start building in a process whose files may have at most ``limit`` bytes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "spotai", "snapshot", "--quiet"],
        env={**os.environ, "SPOTAI_DATA_DIR": str(settings.data_dir)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if limit != resource.RLIM_INFINITY:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    return process


def assert_whole(folder: Path, generation: int) -> None:
    snapshot = Snapshot.open(folder)
    assert snapshot.generation == generation
    assert altered_files(snapshot.folder, snapshot.manifest) == []
    assert len(snapshot.search(Query(k=SONGS)).rows) == SONGS


@pytest.mark.long
@pytest.mark.parametrize(
    "moment", ["ids.npy", "coordinates.npy", "rank.npy", "slots.npy", "manifest.json"]
)
def test_a_killed_build_leaves_nothing_that_is_opened(settings: Settings, moment: str) -> None:
    folder = settings.snapshots_dir
    building = folder / ".building-00000002"
    process = start_build(settings)
    until = time.monotonic() + SECONDS
    while not (building / moment).exists() and process.poll() is None:
        assert time.monotonic() < until
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=SECONDS)
    # It may have been done already: a build is one rename.
    finished = 2 if len(generations(folder)) == 2 else 1
    assert_whole(folder, finished)
    process = start_build(settings)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, said
    assert_whole(folder, finished + 1)
    assert not list(folder.glob(".building-*"))


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of others are set on Linux")
def test_a_build_without_room_says_so_and_changes_nothing(settings: Settings) -> None:
    folder = settings.snapshots_dir
    largest = max(path.stat().st_size for path in generations(folder)[0].iterdir())
    process = start_build(settings, limit=largest // 2)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 1, said
    assert f"no room for a snapshot in {folder}" in said
    assert "SPOTAI_DATA_DIR" in said
    assert "Traceback" not in said
    assert sorted(path.name for path in folder.iterdir()) == [".lock", "generation-00000001"]
    assert_whole(folder, 1)


def test_a_full_disk_says_so_and_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    ).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        snapshots = settings.data_dir / "snapshots"
        snapshots.rename(settings.data_dir / "before")
        snapshots.symlink_to(disk)
        process = start_build(settings)
        _, said = process.communicate(timeout=SECONDS)
        assert process.returncode == 1, said
        assert "no room for a snapshot" in said
        assert sorted(path.name for path in disk.iterdir()) == [".lock"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_snapshots_of_the_last_release_are_built_anew(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    manifest = generations(settings.snapshots_dir)[0] / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    database = Database(settings.database())
    prepare(database, settings)
    database.close()
    assert_whole(settings.snapshots_dir, 2)
    reasons = [vars(record).get("reason", "") for record in caplog.records]
    assert any("has snapshot format 1" in reason for reason in reasons)
