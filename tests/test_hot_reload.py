"""A running server takes up newer snapshots between requests, and lets go of the older ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from spotai.catalog.demo import demo_tracks
from spotai.catalog.engine import Database
from spotai.ingest.load import load_tracks
from spotai.settings import Settings
from tests.servers.ports import free_port
from tests.servers.spotai import SECONDS, Server, Start

UNLIMITED: Final = {f"SPOTAI_LIMIT_{kind}": "0" for kind in ("READS", "SEARCHES", "IMPORTS")}
ASKING_THREADS: Final = 6
WORKERS: Final = 2
DAMAGES: Final = ("cut", "altered", "missing", "other format", "no manifest")
SEED: Final = [f"{n:022d}" for n in range(40)]


class Askers:
    """Threads that ask for a recommendation and a profile over and over."""

    def __init__(self, server: Server) -> None:
        self.statuses: Counter[int] = Counter()
        self.answers: dict[int, set[str]] = defaultdict(set)
        self.profiles: dict[int, set[str]] = defaultdict(set)
        self._server = server
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(ASKING_THREADS)]

    def __enter__(self) -> Askers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        recipe = {"seed": {"track_ids": SEED}, "size": 10}
        while not self._enough.is_set():
            for path, body, kept in (
                ("/api/recommendations", recipe, self.answers),
                ("/api/profiles", {"seed": recipe["seed"]}, self.profiles),
            ):
                status, answer = self._server.post(path, body)
                self.statuses[status] += 1
                kept[answer.get("generation", 0)].add(json.dumps(answer, sort_keys=True))


def load_songs(folder: Path, count: int) -> None:
    """Put songs that pass for real into the catalog of a data folder."""
    songs = [
        replace(track, id=f"{n:022d}", source="made")
        for n, track in enumerate(demo_tracks(count, seed=5))
    ]
    database = Database(Settings(data_dir=folder, _env_file=None).database())
    load_tracks(database, songs, name="songs")
    database.close()


def build(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "spotai", "snapshot", "--quiet"],
        env={**os.environ, "SPOTAI_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=SECONDS,
    )


def opened(server: Server, generation: int) -> int:
    """How often a generation was opened by a process of the server."""
    pattern = rf"snapshot opened (request_id=\w+ )?generation={generation} "
    return len(re.findall(pattern, server.log.read_text()))


def mapped(server: Server) -> set[str]:
    """The generations that any process of the server has mapped."""
    found = set()
    for maps in Path("/proc").glob("[0-9]*/maps"):
        pid = int(maps.parent.name)
        try:
            if os.getsid(pid) != server.process.pid:
                continue
            lines = maps.read_text().splitlines()
        except (OSError, ProcessLookupError):
            continue
        parts = (part for line in lines for part in Path(line).parts)
        found |= {part for part in parts if part.startswith("generation-")}
    return found


@pytest.mark.long
def test_three_generations_are_taken_up_and_no_request_fails(start: Start, tmp_path: Path) -> None:
    server = start(["-m", "spotai", "serve"], free_port(), **UNLIMITED)
    server.wait_until_it_listens()
    folder = tmp_path / "data"
    load_songs(folder, 200)
    build(folder)
    before = opened(server, 2)
    until = time.monotonic() + SECONDS
    while opened(server, 2) < before + WORKERS and time.monotonic() < until:
        server.ask("GET", "/readyz")
    with Askers(server) as askers:
        for songs in (300, 400, 500):
            load_songs(folder, songs)
            build(folder)
        while opened(server, 5) < WORKERS and time.monotonic() < until:
            time.sleep(0.1)
    assert opened(server, 5) == WORKERS, server.log.read_text()
    assert set(askers.statuses) == {200}, askers.statuses
    assert askers.statuses[200] > 50
    assert {3, 4, 5} & set(askers.answers) >= {5}
    # One answer for each generation: nothing is mixed.
    assert {len(answers) for answers in askers.answers.values()} == {1}
    assert {len(profiles) for profiles in askers.profiles.values()} == {1}
    assert len({next(iter(answers)) for answers in askers.profiles.values()}) > 1

    names = sorted(path.name for path in (folder / "snapshots").glob("generation-*"))
    assert names == ["generation-00000004", "generation-00000005"]
    if Path("/proc/self/maps").exists():
        assert mapped(server) == {"generation-00000005"}
    assert server.stop(signal.SIGTERM)[0] == 0
    assert "Traceback" not in server.log.read_text()


@pytest.mark.long
def test_damaged_newer_generations_change_nothing(start: Start, tmp_path: Path) -> None:
    server = start(["-m", "spotai", "serve"], free_port(), **UNLIMITED)
    server.wait_until_it_listens()
    folder = tmp_path / "data"
    good = folder / "snapshots" / "generation-00000001"
    until = time.monotonic() + SECONDS
    for number, damage in enumerate(DAMAGES, start=2):
        bad = tmp_path / f"generation-{number:08d}"
        shutil.copytree(good, bad)
        harm(bad, damage)
        bad.rename(good.parent / bad.name)
        while bad.name not in server.log.read_text() and time.monotonic() < until:
            status, ready = server.ask("GET", "/readyz")
            assert (status, ready["generation"]) == (200, 1)
        assert bad.name in server.log.read_text()
    build(folder)
    newest = len(DAMAGES) + 2
    while opened(server, newest) == 0 and time.monotonic() < until:
        assert server.ask("GET", "/readyz")[0] == 200
    assert opened(server, newest) > 0


def harm(generation: Path, damage: str) -> None:
    column, manifest = generation / "coordinates.npy", generation / "manifest.json"
    content = column.read_bytes()
    if damage == "cut":
        column.write_bytes(content[:-8])
    elif damage == "altered":
        column.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif damage == "missing":
        column.unlink()
    elif damage == "other format":
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    else:
        manifest.write_text("{}{")
