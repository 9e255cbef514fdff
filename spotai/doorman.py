"""Who answers while a server prepares: it lives, and when to come again."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self

from spotai import telemetry
from spotai.api.problems import MIMETYPE, Problem, type_of
from spotai.api.schemas import HealthAnswer
from spotai.errors import StartingError

HEAD_SECONDS: Final = 5.0
REST_SECONDS: Final = 2.0
MOST_BYTES: Final = 2**20
WORDS: Final = (
    "SpotAI prepares its songs and, when it never ran here before, is compiling the search, which "
    "takes about a minute; try again then."
)


class Doorman:
    """Answers on a listening socket while it is entered, in a thread of its own.

    ``/healthz`` is answered as ever, everything else with 503 and Retry-After. Who comes after
    leaving waits in the socket's queue for the server: nobody is refused.
    """

    def __init__(self, listener: socket.socket) -> None:
        # A server closes the socket it is given.
        self._listener = listener.dup()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="doorman")
        self._leave = asyncio.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._leave.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        answers: set[asyncio.Task[None]] = set()

        def meet() -> None:
            with suppress(OSError):  # gone again
                client, _ = self._listener.accept()
                task = asyncio.create_task(_answer(client))
                answers.add(task)
                task.add_done_callback(answers.discard)

        # No asyncio server: closing one drops whom it has just accepted.
        self._listener.settimeout(0)
        self._loop.add_reader(self._listener, meet)
        await self._leave.wait()
        self._loop.remove_reader(self._listener)
        self._listener.settimeout(None)
        self._listener.close()
        # Who was let in is answered: each has its time.
        while answers:
            await asyncio.wait(answers)


async def _answer(client: socket.socket) -> None:
    """Answer one request and close: a slow client has seconds, and no other waits for it."""
    reader, writer = await asyncio.open_connection(sock=client)
    with suppress(OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
        async with asyncio.timeout(HEAD_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        writer.write(_response(head))
        async with asyncio.timeout(REST_SECONDS):
            await writer.drain()
            writer.write_eof()
            # A body that nobody reads would break the connection before the answer is read.
            left = MOST_BYTES
            while left > 0 and (piece := await reader.read(left)):
                left -= len(piece)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _response(head: bytes) -> bytes:
    method, _, rest = head.partition(b" ")
    path = rest.partition(b" ")[0].partition(b"?")[0]
    request_id = telemetry.new_request_id()
    status, mimetype, wait = HTTPStatus.OK, "application/json", ""
    if path == b"/healthz" and method in {b"GET", b"HEAD"}:
        body = HealthAnswer().model_dump_json()
    else:
        kind = type_of(StartingError)
        status, mimetype = HTTPStatus(kind.status), MIMETYPE
        wait = f"Retry-After: {StartingError.retry_after}\r\n"
        body = Problem(
            type=kind.uri,
            title=kind.title,
            status=kind.status,
            detail=WORDS,
            request_id=request_id,
        ).model_dump_json()
    lines = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        f"Content-Type: {mimetype}\r\nContent-Length: {len(body.encode())}\r\n"
        f"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n{wait}"
        f"X-Request-ID: {request_id}\r\nConnection: close\r\n\r\n"
    )
    return (lines + ("" if method == b"HEAD" else body)).encode()
