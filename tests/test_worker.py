"""The real server and clients that are slow, malformed or hostile."""

from __future__ import annotations

import select
import signal
import socket
import time
from contextlib import ExitStack, closing
from typing import Final

import pytest

from spotai import worker
from tests.servers.ports import free_port
from tests.servers.spotai import SECONDS, Server, Start

IMPATIENT: Final = """
from spotai import worker
worker.RECEIVE_SECONDS = 1
from spotai.commands import cli
cli(["serve"])
"""
PATIENT: Final = """
from gunicorn.workers import gthread
from spotai import worker
gthread.DEFAULT_WORKER_DATA_TIMEOUT = worker.RECEIVE_SECONDS = 600
from spotai.commands import cli
cli(["serve"])
"""
SLOW: Final = """
import time
from spotai import app, worker
worker.RECEIVE_SECONDS = 1
check = app.check_host
app.check_host = lambda *given: (time.sleep(4), check(*given))
from spotai.commands import cli
cli(["serve"])
"""
HEALTH: Final = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEAD: Final = b"POST /api/matches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
CHUNKED: Final = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
UNFINISHED: Final = {
    "nothing": b"",
    "half a line": b"GET /heal",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow:",
    "half a body": HEAD + b"Content-Length: 1000\r\n\r\n{}",
    "half a chunk": CHUNKED + b"10\r\n{}",
}
MALFORMED: Final = (
    b"zz\r\n",
    b"-5\r\nhello\r\n0\r\n\r\n",
    b"2\r\n{}xx0\r\n\r\n",
    b"0\r\nbad trailer\r\n\r\n",
)


@pytest.fixture
def impatient(start: Start) -> Server:
    """A server that waits one second for a request."""
    server = start(["-c", IMPATIENT], free_port())
    server.wait_until_it_listens()
    return server


def send(server: Server, data: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS)
    connection.sendall(data)
    return connection


def answer_to(server: Server, data: bytes, *, end: bool = False) -> bytes:
    """Send bytes and, if so asked, that there are no more; return all that comes back."""
    with closing(send(server, data)) as connection:
        if end:
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_slow_clients_do_not_keep_the_threads(impatient: Server) -> None:
    with ExitStack() as held:
        for unfinished in UNFINISHED.values():
            for _ in range(20):
                held.enter_context(closing(send(impatient, unfinished)))
        assert impatient.ask("GET", "/healthz") == (200, {"status": "alive"})
    code, _ = impatient.stop(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in impatient.log.read_text()


def test_who_sends_nothing_has_no_thread(start: Start) -> None:
    server = start(["-c", PATIENT], free_port())
    server.wait_until_it_listens()
    with ExitStack() as held:
        for _ in range(200):
            held.enter_context(closing(send(server, b"")))
        with closing(send(server, HEALTH)) as connection:
            connection.settimeout(SECONDS / 4)
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_who_sends_nothing_is_not_kept(impatient: Server) -> None:
    assert answer_to(impatient, b"") == b""


def test_a_body_that_has_come_is_not_late_where_the_server_is(start: Start) -> None:
    server = start(["-c", SLOW], free_port())
    server.wait_until_it_listens()
    # More than the buffers between us hold.
    body = b'{"text": "' + b"x" * 900_000 + b" " * 1_000_000 + b'"}'
    head = {"Content-Type": "application/json"}
    status, answer = server.ask("POST", "/api/imports", body=body, headers=head)
    assert (status, answer["type"]) == (422, "/problems/invalid-input")


def test_a_client_that_trickles_is_not_waited_for(impatient: Server) -> None:
    with closing(send(impatient, b"GET /healthz HTTP/1.1\r\n")) as connection:
        connection.settimeout(0.1)
        for _ in range(600):
            try:
                connection.sendall(b"x")
                if connection.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:  # closed already
                break
        else:
            pytest.fail("a minute later the server still waits")


def post_slowly(server: Server, path: str, kind: str, *pieces: bytes, pause: float) -> bytes:
    """Post pieces with a pause before each, until the server has had enough; return the answer."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nConnection: close\r\n"
    )
    size = sum(map(len, pieces))
    with closing(send(server, f"{head}Content-Length: {size}\r\n\r\n".encode())) as connection:
        for piece in pieces:
            time.sleep(pause)
            if select.select([connection], [], [], 0)[0]:
                break
            connection.sendall(piece)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def check_upload(server: Server, *, pieces: int, pause: float) -> None:
    line = b"spotify:track:" + b"0" * 22 + b"\n"
    piece = (b"#" + b"x" * (worker.PIECE_BYTES - len(line) - 2) + b"\n") + line
    answer = post_slowly(server, "/api/imports", "text/plain", *[piece] * pieces, pause=pause)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert f'"duplicates":{pieces - 1}'.encode() in answer


def test_a_slow_but_steady_upload_arrives(impatient: Server) -> None:
    check_upload(impatient, pieces=10, pause=0.3)


@pytest.mark.long
def test_a_steady_upload_may_take_longer_than_any_piece_of_it(start: Start) -> None:
    server = start(["-m", "spotai", "serve"], free_port())
    server.wait_until_it_listens()
    check_upload(server, pieces=4, pause=worker.RECEIVE_SECONDS * 0.4)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("text/plain", b"400"), ("application/x-www-form-urlencoded", b"415")],
    ids=["read", "refused"],
)
def test_a_body_that_trickles_is_not_waited_for(
    impatient: Server, kind: str, status: bytes
) -> None:
    began = time.monotonic()
    first = b"#" * worker.PIECE_BYTES
    answer = post_slowly(impatient, "/api/imports", kind, first, *[b"x"] * 600, pause=0.1)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert time.monotonic() - began < 10


def test_a_body_that_does_not_come_to_its_end_is_malformed(impatient: Server) -> None:
    for unfinished in ("half a body", "half a chunk"):
        for end in (True, False):
            answer = answer_to(impatient, UNFINISHED[unfinished], end=end)
            assert answer.startswith(b"HTTP/1.1 400 ")
            assert b"/problems/malformed-request" in answer
            assert b"ended early" in answer
    for malformed in MALFORMED:
        answer = answer_to(impatient, CHUNKED + malformed, end=True)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"/problems/malformed-request" in answer
    assert "Traceback" not in impatient.log.read_text()


def test_what_only_a_proxy_may_say_is_not_believed(impatient: Server) -> None:
    for name in ("SCRIPT_NAME", "PATH_INFO", "X-Forwarded-Proto", "X-Forwarded-Prefix"):
        status, answer = impatient.ask("GET", "/healthz", headers={name: "/x"})
        assert (status, answer) == (200, {"status": "alive"})
