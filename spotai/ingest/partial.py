"""A download on disk: the bytes that came so far, and which version of the file they are of."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from spotai.errors import DownloadError
from spotai.ingest.addresses import file_name, shown_address

RESERVE: Final = 512 * 2**20

_STATE: Final = ".state.json"


class State(BaseModel):
    """What the server said of the file; ``total`` is its length in bytes where that is known."""

    etag: str = ""
    last_modified: str = ""
    total: int | None = None

    @property
    def validator(self) -> str:
        """What If-Range may be asked with: weak tags do not promise the same bytes."""
        return self.last_modified if self.etag.startswith("W/") else self.etag or self.last_modified


@dataclass(slots=True)
class Partial:
    """A file that is being downloaded, in a folder of its own.

    ``state`` is written before the first byte of a version is, so that the bytes on disk are
    always of the version it names.
    """

    folder: Path
    file: Path
    state: State

    @property
    def size(self) -> int:
        """The bytes here."""
        return self.file.stat().st_size if self.file.exists() else 0

    @property
    def resumable(self) -> bool:
        return bool(self.size and self.state.validator)

    @property
    def whole(self) -> bool:
        return self.size == self.state.total

    def begin(self, state: State) -> None:
        """Throw the bytes away and start with a version of the file."""
        self.file.write_bytes(b"")
        self._keep(state)

    def expect(self, total: int) -> None:
        """Note how long the file is, where that was not known before."""
        self._keep(self.state.model_copy(update={"total": total}))

    def need_room(self, total: int | None) -> None:
        """Raise DownloadError when the disk cannot hold what is missing of ``total`` bytes.

        RESERVE bytes are left to everything else on the disk.
        """
        missing = max((total or 0) - self.size, 0)
        free = shutil.disk_usage(self.folder).free
        if missing + RESERVE > free:
            needs = f"{missing / 1e6:,.1f} MB more" if missing > 10**5 else "more room"
            raise DownloadError(
                f"the download needs {needs} and {self.folder.parent} has {free / 1e6:,.1f} MB "
                f"left, of which {RESERVE / 1e6:,.1f} MB stay free. Make room, or set "
                "SPOTAI_DATA_DIR to another disk."
            )

    @contextmanager
    def appending(self) -> Iterator[Callable[[bytes], int]]:
        """Yield a function that appends bytes and returns how many there are now.

        Raises DownloadError where the disk does not take them, or would be full with them.
        """
        here = self.size
        with self.file.open("ab", buffering=0) as file:

            def append(piece: bytes) -> int:
                nonlocal here
                self.need_room(max(self.state.total or 0, here + len(piece)))
                rest = memoryview(piece)
                while rest:
                    try:
                        taken = file.write(rest)
                    except OSError as error:
                        raise DownloadError(
                            f"{self.file}: {error.strerror}. Make room, then run the command again."
                        ) from error
                    rest = rest[taken:]
                    here += taken
                return here

            yield append

    def remove(self) -> None:
        shutil.rmtree(self.folder)

    def _keep(self, state: State) -> None:
        new = self.folder / f"{_STATE}.new"
        new.write_text(state.model_dump_json(), "utf-8")
        new.replace(self.folder / _STATE)
        self.state = state


@contextmanager
def only_user(downloads: Path, address: str) -> Iterator[Partial]:
    """Yield what is here of the file at an address, to one process at a time.

    Raises DownloadError when another process has it. The system frees it when a process dies.
    """
    folder = downloads / hashlib.sha256(address.encode()).hexdigest()[:16]
    lock = _lock(folder, shown_address(address))
    try:
        partial = Partial(folder, folder / file_name(address), _read_state(folder))
        try:
            yield partial
        finally:
            if folder.exists() and not partial.size:
                partial.remove()
    finally:
        os.close(lock)


def _lock(folder: Path, name: str) -> int:
    """Return a handle on the folder, made where it was missing, that holds its lock."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        # Whoever has the lock may remove the folder: then there is another one to be locked.
        with suppress(FileNotFoundError), ExitStack() as undo:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            undo.callback(os.close, handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DownloadError(
                    f"{name} is being loaded by another process; wait until that has ended"
                ) from None
            if os.path.samestat(folder.stat(), os.fstat(handle)):
                undo.pop_all()
                return handle


def _read_state(folder: Path) -> State:
    """Return the state kept in the folder, an empty one where there is none that can be read."""
    try:
        return State.model_validate_json((folder / _STATE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return State()
