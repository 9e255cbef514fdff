"""The gunicorn worker: no client holds one of its threads longer than it may.

What is no HTTP never reaches the application; the worker answers it in the application's way.
"""

from __future__ import annotations

import logging
import select
import selectors
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Final

from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import TConn, ThreadWorker

from spotai import telemetry
from spotai.api.problems import outside_application

log = logging.getLogger(__name__)

RECEIVE_SECONDS: Final = 10
PIECE_BYTES: Final = 64 * 1024
ANSWER_SECONDS: Final = 60
LONGEST_REASON: Final = 300

# What gunicorn answers to requests it cannot read, where that is not 400.
STATUSES: Final[Mapping[type[Exception], int]] = {
    LimitRequestLine: 414,
    ExpectationFailed: 417,
    LimitRequestHeaders: 431,
    UnsupportedTransferCoding: 501,
}
OURS: Final = (InvalidResponseHeader, InvalidResponseHeaderName)

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Gives a client no thread before it sends, and takes it back when the client is too slow.

    The first byte of a connection must have come ``RECEIVE_SECONDS`` after it was made, the head of
    a request as long after a thread took its connection, and each ``PIECE_BYTES`` of its body as
    long after what came before: a steady line may take its time, and who trickles may not. The
    answer must be gone ``ANSWER_SECONDS`` after the last piece. Then that side of the connection is
    closed, which ends the waiting: an unfinished head gets no answer, an unfinished body ends
    early. While there is something to read it is not the client who is slow.
    """

    wsgi: App

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._progress: dict[socket.socket, float] = {}

    def load_wsgi(self) -> None:
        """Load the application, and watch what it reads."""
        super().load_wsgi()
        self.wsgi = ReadableInput(self.wsgi, self._note_progress)

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, a new one as soon as its first bytes are there."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.timeout = time.monotonic() + RECEIVE_SECONDS
        self.pending_conns.append(conn)
        arrived = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, arrived)

    def _cap_keepalive(self, deadline: float) -> None:
        """When the worker stops, wait no longer for those who send nothing."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def handle(self, conn: TConn) -> object:
        """Answer one request, in a thread of the pool."""
        connection = conn.sock
        self._note_progress(connection)
        try:
            return super().handle(conn)
        finally:
            del self._progress[connection]

    def handle_error(
        self, _request: object, client: socket.socket, _address: object, error: Exception
    ) -> None:
        """Answer what the application never saw with a problem; the connection is closed then."""
        request_id = telemetry.new_request_id()
        known = isinstance(error, ParseException) and not isinstance(error, OURS)
        status = STATUSES.get(type(error), 400) if known else 500
        telemetry.request_id.set(request_id)
        if known:
            # It may repeat what was sent, a header line of 8 KB.
            reason = telemetry.redact(str(error))[:LONGEST_REASON]
            log.warning("unreadable request", extra={"status": status, "reason": reason})
        else:
            log.error("request failed unexpectedly", exc_info=error)
        response = outside_application(status)
        response.headers.update({"X-Request-ID": request_id, "Connection": "close"})
        telemetry.request_id.set("")
        head = f"HTTP/1.1 {response.status}\r\n{response.headers}"
        with suppress(OSError):  # the client has gone: nobody waits for the answer
            client.sendall(head.encode("latin-1") + response.get_data())

    def notify(self) -> None:
        """Tell the arbiter that this worker lives; its main loop does so about every second."""
        super().notify()
        now = time.monotonic()
        for connection, last in list(self._progress.items()):
            if now > last + ANSWER_SECONDS:
                _close(connection, socket.SHUT_RDWR)
            elif now > last + RECEIVE_SECONDS and not _has_unread(connection):
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


def _has_unread(connection: socket.socket) -> bool:
    poll = select.poll()
    with suppress(OSError, ValueError):  # closed in the meantime
        poll.register(connection, select.POLLIN)
        return bool(poll.poll(0))
    return False


def _close(connection: socket.socket, side: int) -> None:
    with suppress(OSError):  # closed in the meantime
        connection.shutdown(side)
