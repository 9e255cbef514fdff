"""The real server: started as people start it, asked over HTTP, stopped, nothing left."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent.parent
SECONDS: Final = 60
PARTY: Final = "demoplaylist0000000003"
WAYS: Final = {"server.py": [str(ROOT / "server.py")], "command": ["-m", "spotai", "serve"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server process in a session of its own, so that its children can be counted."""

    def __init__(self, arguments: list[str], folder: Path, port: int, **settings: str) -> None:
        self.port = port
        self.log = folder / "log"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SPOTAI_", "MYSQL_"))}
        own = {"SPOTAI_DATA_DIR": str(folder / "data"), "SPOTAI_PORT": str(port)}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=folder,
                env={**inherited, **own, **settings},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def ask(self, method: str, path: str, **request: Any) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, **request)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def post(self, path: str, body: object) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        return self.ask("POST", path, body=json.dumps(body), headers=headers)

    def wait_until_it_listens(self) -> None:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.ask("GET", "/healthz")
            except ConnectionRefusedError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def stop(self, how: signal.Signals) -> tuple[int, str]:
        """Return the exit code and what it wrote to stdout."""
        self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, out

    def anything_left(self) -> bool:
        """Whether a process of the session lives on."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    servers: list[Server] = []

    def start_one(arguments: list[str], port: int, **settings: str) -> Server:
        servers.append(Server(arguments, tmp_path, port, **settings))
        return servers[-1]

    yield start_one
    for server in servers:
        if server.anything_left():
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.communicate(timeout=SECONDS)


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

    code, out = server.stop(how)
    assert code == 0, server.log.read_text()
    assert out.splitlines()[0] == f"SpotAI is ready on http://127.0.0.1:{server.port}"
    assert out.count("ready") == 1
    assert "made up" in out
    assert "python -m spotai load FILE" in out
    assert not server.anything_left()
    assert "Traceback" not in server.log.read_text()


def test_in_production_it_waits_for_songs(start: Start) -> None:
    server = start(WAYS["server.py"], free_port(), SPOTAI_ENV="production")
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
        "import server\n"
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
