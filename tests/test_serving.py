"""The real server: started as people start it, asked over HTTP, stopped, nothing left."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from spotai.catalog.demo import demo_tracks
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.ingest.load import load_tracks
from spotai.ingest.snapshots import load_demo, prepare, rebuild
from spotai.serving import _songs
from spotai.settings import Settings
from tests.servers.ports import free_port
from tests.servers.spotai import SECONDS, Start

ROOT: Final = Path(__file__).parent.parent
PARTY: Final = "demoplaylist0000000003"
WAYS: Final = {"server.py": [str(ROOT / "server.py")], "command": ["-m", "spotai", "serve"]}


@pytest.mark.parametrize(
    ("way", "how"),
    [("server.py", signal.SIGTERM), ("command", signal.SIGINT)],
)
def test_a_fresh_machine_serves_recommendations(
    start: Start, way: str, how: signal.Signals
) -> None:
    server = start(WAYS[way], free_port())
    server.wait_until_it_listens()
    status, ready = server.ask("GET", "/readyz")
    assert (status, ready["status"], ready["database"]) == (200, "ready", "reachable")

    recipe = {"seed": {"playlist_id": PARTY}, "size": 5}
    answers = [server.post("/api/recommendations", recipe) for _ in range(8)]
    assert all(answer == answers[0] for answer in answers), "workers disagree"
    status, answer = answers[0]
    assert (status, len(answer["tracks"])) == (200, 5)
    assert all(track["reasons"] for track in answer["tracks"])

    status, problem = server.ask(
        "POST",
        "/api/recommendations",
        body=(b" " * 65_536 for _ in range(48)),
        headers={"Content-Type": "application/json", "Transfer-Encoding": "chunked"},
        encode_chunked=True,
    )
    assert (status, problem["type"]) == (413, "/problems/too-large")

    for method, path, refused in (
        ("POST", "/api/recommendations", 413),
        ("POST", "/nowhere", 404),
        ("POST", "/api/features", 405),
    ):
        sent = {"body": b" " * 20_000_000, "headers": {"Content-Type": "application/json"}}
        assert server.ask(method, path, **sent)[0] == refused
    assert server.ask("POST", "/api/matches", body=b" " * 20_000_000)[0] == 415

    code, out = server.stop(how)
    assert code == 0, server.log.read_text()
    assert out.splitlines()[0] == f"SpotAI is ready on http://127.0.0.1:{server.port}"
    assert out.count("ready") == 1
    assert "made up" in out
    assert "-m spotai load FILE" in out
    assert not server.anything_left()
    assert "Traceback" not in server.log.read_text()


def test_in_production_it_waits_for_songs(start: Start) -> None:
    server = start(
        WAYS["server.py"], free_port(), SPOTAI_ENV="production", SPOTAI_SECRET_KEY="k" * 32
    )
    server.wait_until_it_listens()
    status, problem = server.ask("GET", "/readyz")
    assert (status, problem["type"]) == (503, "/problems/snapshot-missing")
    assert "python -m spotai load FILE" in problem["detail"]
    code, out = server.stop(signal.SIGTERM)
    assert code == 0
    assert "It has no songs yet" in out
    for line in server.log.read_text().splitlines():
        assert json.loads(line)["level"]


@pytest.mark.parametrize("way", WAYS)
def test_a_port_in_use_is_said_at_once(start: Start, tmp_path: Path, way: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = start(WAYS[way], port)
        out, _ = server.process.communicate(timeout=SECONDS)
    assert server.process.returncode == 1
    assert out == ""
    said = server.log.read_text()
    assert f"127.0.0.1:{port} is in use" in said
    assert "SPOTAI_PORT" in said
    assert "Traceback" not in said
    assert not (tmp_path / "data").exists(), "nothing is made before the port is ours"


def test_an_address_of_another_machine_is_a_setting_to_correct(start: Start) -> None:
    server = start(WAYS["server.py"], free_port(), SPOTAI_HOST="192.0.2.1")
    server.process.communicate(timeout=SECONDS)
    assert server.process.returncode != 0
    assert "correct SPOTAI_HOST" in server.log.read_text()
    assert "Traceback" not in server.log.read_text()


def test_another_wsgi_server_finds_the_application(tmp_path: Path) -> None:
    program = (
        "import server, sys\n"
        "assert 'sklearn.cluster' in sys.modules, 'the first profile would wait'\n"
        "answer = server.app.test_client().get('/readyz')\n"
        "assert answer.status_code == 200, answer.text\n"
        "print(answer.get_json()['status'])\n"
    )
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("SPOTAI_", "MYSQL_"))},
        "SPOTAI_DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert (done.returncode, done.stdout) == (0, "ready\n"), done.stderr


def test_the_greeting_tells_of_the_songs_that_are_served(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, _env_file=None)
    database = Database(settings.database())
    upgrade(database)
    assert "no songs yet" in _songs(settings, database)
    load_demo(database, 100)
    rebuild(database, settings.snapshots_dir)
    assert "Its 100 songs are made up" in _songs(settings, database)
    production = settings.model_copy(update={"env": "production"})
    assert "no songs yet" in _songs(production, database)

    real = [replace(t, id=f"{n:022d}", source="made") for n, t in enumerate(demo_tracks(50))]
    load_tracks(database, real, name="real")
    said = _songs(settings, database)
    assert "Its 100 songs are made up" in said
    assert "The catalog is newer" in said
    prepare(database, settings)
    assert _songs(settings, database) == "It has 50 songs."
    database.close()
