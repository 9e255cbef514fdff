"""Reading a large table in several processes.

Each is a fresh interpreter that holds one end of a socket: it ends when the other end is closed,
also by the death of this process.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

from spotai.errors import FormatError, SpotAIError
from spotai.formats.pieces import Outcome, Piece, PieceReader, TableText, whole
from spotai.formats.table_reader import TableRows

MOST_PROCESSES: Final = 4

_START: Final = "from spotai.formats.processes import serve; serve({})"

Result = TypeVar("Result")


def process_count() -> int:
    """Return how many processes may read at once on this machine."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return min(MOST_PROCESSES, cores or 1)


def read_in_processes(
    table: TableText, found: Iterable[Piece], work: Callable[[TableRows], Result], processes: int
) -> Iterator[Result]:
    """Yield ``work`` of the rows of each piece, in order; it is done by the other processes.

    ``table``, ``work`` and its results must be picklable. Raises FormatError as ``read_records``
    does, and SpotAIError when a process dies.
    """
    with ExitStack() as stack:
        readers = [stack.enter_context(_process(table, work)) for _ in range(processes)]
        yield from whole(_outcomes(found, readers), PieceReader(table), work)


def _outcomes(found: Iterable[Piece], readers: list[Connection]) -> Iterator[Outcome[Any]]:
    idle = deque(readers)
    busy: deque[tuple[Piece, Connection]] = deque()
    try:
        for piece in found:
            done = None
            if not idle:
                read, reader = busy.popleft()
                done = read, _received(reader)
                idle.append(reader)
            reader = idle.popleft()
            _send(reader, piece)
            busy.append((piece, reader))
            if done:
                yield done
    except Exception:
        # What is wrong with a later part of the file must not be told before an earlier fault.
        yield from ((read, _received(reader)) for read, reader in busy)
        raise
    yield from ((read, _received(reader)) for read, reader in busy)


def _send(reader: Connection, what: object) -> None:
    try:
        reader.send(what)
    except OSError as error:
        raise _ended() from error


def _received(reader: Connection) -> Callable[[], tuple[Any, str]]:
    """Wait for a result; return what returns or raises it."""
    try:
        error, outcome = reader.recv()
    except (EOFError, OSError) as gone:
        raise _ended() from gone

    def told() -> tuple[Any, str]:
        if error is not None:
            raise error
        return outcome  # type: ignore[no-any-return]

    return told


def _ended() -> SpotAIError:
    return SpotAIError(
        "A process that reads the file ended before its work was done; perhaps memory ran out. "
        "Nothing was stored; run it again."
    )


@contextmanager
def _process(table: TableText, work: Callable[[TableRows], Result]) -> Iterator[Connection]:
    """Yield the connection to a process that reads pieces of the table."""
    ours, theirs = Pipe()
    # Where this process finds its modules the other one must find them too.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(  # noqa: S603 - ourselves
        # -P: what lies in the folder people are in is none of our modules.
        [sys.executable, "-P", "-c", _START.format(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        # Ctrl-C is for the process that is waited for; the others end with it.
        process_group=0,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    theirs.close()
    try:
        _send(ours, (table, work))
        yield ours
    finally:
        ours.close()
        process.wait()


def serve(handle: int) -> None:
    """Read pieces for the process at the other end of a connection until it closes it."""
    # What is read holds no cycles, and looking for them takes a quarter of the time.
    gc.disable()
    with suppress(EOFError, OSError), Connection(handle) as connection:
        table, work = connection.recv()
        reader = PieceReader(table)
        while True:
            connection.send(_outcome(reader, connection.recv(), work))


def _outcome(
    reader: PieceReader, piece: Piece, work: Callable[[TableRows], object]
) -> tuple[FormatError | None, tuple[object, str] | None]:
    try:
        rows, rest = reader.read(piece)
    except FormatError as error:
        return error, None
    return None, (work(rows), rest)
