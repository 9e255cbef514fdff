"""A refused body is read away, so that the client sees the answer; but not for ever."""

from __future__ import annotations

import io
import time

import pytest
from flask import Flask

from spotai.api import requests
from spotai.api.requests import discard_body


class Counted(io.RawIOBase):
    """An endless body that counts what was read of it."""

    def __init__(self, pause: float = 0) -> None:
        self.taken = 0
        self._pause = pause

    def read(self, size: int = -1) -> bytes:
        time.sleep(self._pause)
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


def test_what_comes_steadily_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "DISCARD_SECONDS", 0.2)
    body = Counted(pause=0.05)
    environ = {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_LENGTH": "9999999999"}
    with Flask("t").test_request_context("/", environ_overrides=environ):
        discard_body()
    assert 0 < body.taken < 10 * requests.PIECE_BYTES
