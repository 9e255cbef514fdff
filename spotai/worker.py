"""The gunicorn worker: no client holds one of its threads longer than it may."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Final

from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

RECEIVE_SECONDS: Final = 10
PIECE_BYTES: Final = 64 * 1024
ANSWER_SECONDS: Final = 60

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Hands a thread back when its client is too slow.

    The head of a request must have come ``RECEIVE_SECONDS`` after a thread took its connection, and
    each ``PIECE_BYTES`` of its body as long after what came before: a steady line may take its
    time, and who trickles may not. The answer must be gone ``ANSWER_SECONDS`` after the last piece.
    Then that side of the connection is closed, which ends the waiting: an unfinished head gets no
    answer, an unfinished body ends early.
    """

    wsgi: App

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._progress: dict[socket.socket, float] = {}

    def load_wsgi(self) -> None:
        """Load the application, and watch what it reads."""
        super().load_wsgi()
        self.wsgi = ReadableInput(self.wsgi, self._note_progress)

    def handle(self, conn: TConn) -> object:
        """Answer one request, in a thread of the pool."""
        connection = conn.sock
        self._note_progress(connection)
        try:
            return super().handle(conn)
        finally:
            del self._progress[connection]

    def notify(self) -> None:
        """Tell the arbiter that this worker lives; its main loop does so about every second."""
        super().notify()
        now = time.monotonic()
        for connection, last in list(self._progress.items()):
            if now > last + ANSWER_SECONDS:
                _close(connection, socket.SHUT_RDWR)
            elif now > last + RECEIVE_SECONDS:
                _close(connection, socket.SHUT_RD)

    def _note_progress(self, connection: socket.socket) -> None:
        self._progress[connection] = time.monotonic()


class ReadableInput:
    """A WSGI application whose request body fails like a lost connection where it is malformed.

    gunicorn raises an exception of its own there, which no framework knows. ``progress`` is called
    with the connection when the head and when each ``PIECE_BYTES`` of the body have come.
    """

    def __init__(self, app: App, progress: Callable[[socket.socket], None]) -> None:
        self._app = app
        self._progress = progress

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        progress = partial(self._progress, environ["gunicorn.socket"])
        progress()
        environ["wsgi.input"] = _Input(environ["wsgi.input"], progress)
        return self._app(environ, start_response)


class _Input:
    def __init__(self, body: Any, progress: Callable[[], None]) -> None:
        self._body = body
        self._progress = progress
        self._left = PIECE_BYTES

    def read(self, size: int = -1) -> bytes:
        pieces = []
        while size != 0:
            # The body waits until all it is asked for has come.
            wanted = self._left if size < 0 else min(size, self._left)
            piece = self._read(wanted)
            pieces.append(piece)
            if len(piece) < wanted:
                break
            size -= wanted if size > 0 else 0
            self._left -= wanted
            if self._left == 0:
                self._left = PIECE_BYTES
                self._progress()
        return b"".join(pieces)

    def _read(self, size: int) -> bytes:
        try:
            data: bytes = self._body.read(size)
        except ParseException as error:
            raise OSError(f"malformed body: {error}") from error
        return data


def _close(connection: socket.socket, side: int) -> None:
    with suppress(OSError):  # closed in the meantime
        connection.shutdown(side)
