"""The gunicorn worker: no client holds one of its threads longer than it may."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Final

from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

RECEIVE_SECONDS: Final = 10
ANSWER_SECONDS: Final = 60

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Hands a thread back when its client is too slow.

    A request must have come ``RECEIVE_SECONDS`` after a thread took its connection, however many
    bytes have; the answer must be gone after ``ANSWER_SECONDS``. Then that side of the connection
    is closed, which ends the waiting: an unfinished head gets no answer, an unfinished body ends
    early.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._taken: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> object:
        """Answer one request, in a thread of the pool."""
        self._taken[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._taken[conn]

    def notify(self) -> None:
        """Tell the arbiter that this worker lives; its main loop does so about every second."""
        super().notify()
        now = time.monotonic()
        for conn, taken in list(self._taken.items()):
            if now > taken + ANSWER_SECONDS:
                _close(conn.sock, socket.SHUT_RDWR)
            elif now > taken + RECEIVE_SECONDS:
                _close(conn.sock, socket.SHUT_RD)


class ReadableInput:
    """A WSGI application whose request body fails like a lost connection where it is malformed.

    gunicorn raises an exception of its own there, which no framework knows.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        environ["wsgi.input"] = _Input(environ["wsgi.input"])
        return self._app(environ, start_response)


class _Input:
    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._body.read(size)
        except ParseException as error:
            raise OSError(f"malformed body: {error}") from error
        return data


def _close(connection: socket.socket, side: int) -> None:
    with suppress(OSError):  # closed in the meantime
        connection.shutdown(side)
