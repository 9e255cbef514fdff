"""A SpotAI server as people run it: a process of its own, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

SECONDS: Final = 120


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
        status, _, answer = self.ask_fully(method, path, **request)
        return status, answer

    def ask_fully(
        self, method: str, path: str, **request: Any
    ) -> tuple[int, http.client.HTTPMessage, Any]:
        """Return the status, the headers and the JSON of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, **request)
            response = connection.getresponse()
            return response.status, response.headers, json.loads(response.read())
        finally:
            connection.close()

    def post(self, path: str, body: object) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        return self.ask("POST", path, body=json.dumps(body), headers=headers)

    def wait_until_it_listens(self) -> None:
        """Wait until the application itself answers, prepared as far as it can be."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                _, answer = self.ask("GET", "/readyz")
            except ConnectionRefusedError:
                answer = {"type": "/problems/starting"}
            if answer.get("type") != "/problems/starting":
                return
            time.sleep(0.1)
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
    """Start servers in the test's folder; whatever of them is left is killed afterwards."""
    servers: list[Server] = []

    def start_one(arguments: list[str], port: int, **settings: str) -> Server:
        servers.append(Server(arguments, tmp_path, port, **settings))
        return servers[-1]

    yield start_one
    for server in servers:
        if server.anything_left():
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.communicate(timeout=SECONDS)
