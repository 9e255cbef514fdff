"""A refused body is read away, so that the client sees the answer; but not for ever."""

from __future__ import annotations

import io
import socket
import time

import pytest
from flask import Flask

from spotai.api import requests
from spotai.api.requests import discard_body


class Counted(io.RawIOBase):
    """An endless body that counts what was read of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"x" * size


def test_a_body_is_read_to_its_end_or_to_the_limit() -> None:
    short, endless = io.BytesIO(b"x" * 200_000), Counted()
    for body in (short, endless):
        environ = {"wsgi.input": body, "wsgi.input_terminated": True}
        headers = {"Transfer-Encoding": "chunked"}
        with Flask("t").test_request_context("/", headers=headers, environ_overrides=environ):
            discard_body()
    assert short.read() == b""
    assert endless.taken == requests.DISCARDED_BYTES


@pytest.mark.parametrize("trickles", [False, True])
def test_a_client_that_does_not_send_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, *, trickles: bool
) -> None:
    monkeypatch.setattr(requests, "DISCARD_SECONDS", 0.3)
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as body:
        environ = {
            "wsgi.input": body,
            "wsgi.input_terminated": True,
            "gunicorn.socket": ours,
            "CONTENT_LENGTH": "1000000",
        }
        if trickles:
            theirs.sendall(b"a few bytes")
        began = time.monotonic()
        with Flask("t").test_request_context("/", environ_overrides=environ):
            discard_body()
        assert 0.2 < time.monotonic() - began < 5
        ours.sendall(b"answer")
        assert theirs.recv(100) == b"answer"
