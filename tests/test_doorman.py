"""While a server prepares, people are told so, and nobody is refused."""

from __future__ import annotations

import gc
import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from spotai import doorman
from spotai.doorman import Doorman


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def ask(
    listener: socket.socket, method: str, path: str, body: bytes | None = None
) -> tuple[int, http.client.HTTPMessage, Any]:
    host, port = listener.getsockname()
    connection = http.client.HTTPConnection(host, port, timeout=10)
    with closing(connection):
        connection.request(method, path, body)
        response = connection.getresponse()
        return response.status, response.headers, json.loads(response.read() or "null")


def test_it_lives_and_says_when_to_come_again(listener: socket.socket) -> None:
    with Doorman(listener):
        status, headers, alive = ask(listener, "GET", "/healthz")
        assert (status, alive) == (200, {"status": "alive"})
        assert len(headers["X-Request-ID"]) == 32
        for method, path, body in (
            ("GET", "/readyz", None),
            ("GET", "/", None),
            ("POST", "/api/recommendations", b" " * 500_000),
        ):
            status, headers, problem = ask(listener, method, path, body)
            assert (status, problem["type"]) == (503, "/problems/starting")
            assert "compiling the search" in problem["detail"]
            assert int(headers["Retry-After"]) > 0
            assert headers["X-Request-ID"] == problem["request_id"]
            assert headers["Content-Type"] == "application/problem+json"
        status, _, nothing = ask(listener, "HEAD", "/readyz")
        assert (status, nothing) == (503, None)


def test_who_comes_when_it_has_left_waits_for_the_server(listener: socket.socket) -> None:
    with Doorman(listener):
        pass
    with closing(socket.create_connection(listener.getsockname(), timeout=10)) as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        server, _ = listener.accept()
        with closing(server):
            assert server.recv(100).startswith(b"GET /")


def test_slow_clients_hold_up_nobody(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorman, "HEAD_SECONDS", 1.0)
    began = time.monotonic()
    with Doorman(listener):
        slow = [socket.create_connection(listener.getsockname(), timeout=10) for _ in range(50)]
        for client in slow:
            client.sendall(b"GET /readyz HTTP/1.1\r\nX-Slow: ")
        assert ask(listener, "GET", "/healthz")[0] == 200
        endless = socket.create_connection(listener.getsockname(), timeout=10)
        endless.sendall(b"x" * 100_000)
    assert time.monotonic() - began < 5
    for client in (*slow, endless):
        client.close()
    gc.collect()  # an unclosed socket would be a warning


def test_an_error_while_preparing_goes_on_to_the_caller(listener: socket.socket) -> None:
    with pytest.raises(ValueError, match="broken"), Doorman(listener):
        raise ValueError("broken")
