"""How the kernels are compiled: once a machine, for one thread, without the interpreter's lock.

The compiler is imported when a kernel is first called: most commands call none.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import logging
import os
import shutil
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, cached_property, update_wrapper
from pathlib import Path
from typing import Any, Final, Generic, ParamSpec, TypeVar

from numpy.typing import NDArray

Array = NDArray[Any]
Given = ParamSpec("Given")
Answer = TypeVar("Answer")

# No fast-math and no fused multiply-add: distances are compared bit for bit.
_OPTIONS: Final[dict[str, Any]] = {
    "nogil": True,
    "error_model": "numpy",
    "boundscheck": False,
    "forceinline": True,
}
_INLINED: Final[dict[str, Any]] = {"forceinline": True}
_FUSED: Final[dict[str, Any]] = {"forceinline": True, "fastmath": {"contract"}}
_HERE: Final = Path(__file__).parent
# Beyond what all kernels take, or the disk might be full in the middle of keeping them.
_ROOM_BYTES: Final = 64 * 2**20
_KEPT_VERSIONS: Final = 4
_KEEPER: Final = "numba.core.caching"
_SECONDS_WITHOUT_WORDS: Final = 2.0

log = logging.getLogger(__name__)

_kernels: Final[list[Compiled[..., Any]]] = []


class Compiled(Generic[Given, Answer]):
    """A function that is compiled when it is first called, by Python or by another one.

    Its machine code is kept in NUMBA_CACHE_DIR, beside the source, or in the user's cache folder,
    whichever can be written first. Where none of them can, every process compiles anew.
    """

    def __init__(self, function: Callable[Given, Answer], **options: Any) -> None:
        self._function = function
        self._options = _OPTIONS | options
        update_wrapper(self, function)
        _kernels.append(self)

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        answer: Answer = self._dispatcher(*args, **kwargs)
        return answer

    @cached_property
    def _dispatcher(self) -> Any:
        numba = importlib.import_module("numba")
        folder = cache_folder()
        if folder is None:
            return numba.njit(**self._options)(self._function)
        numba.config.CACHE_DIR = str(folder)
        return numba.njit(cache=True, **self._options)(self._function)

    @property
    def _numba_type_(self) -> Any:
        """What numba asks for where one kernel calls another."""
        return self._dispatcher._numba_type_


def compiled(function: Callable[Given, Answer]) -> Compiled[Given, Answer]:
    """Make a kernel of a function."""
    return Compiled(function)


def inlined(function: Callable[Given, Answer]) -> Compiled[Given, Answer]:
    """Make a kernel that becomes part of those that call it, which takes longer to compile: for
    what runs for every region or block, where handing tuples of arrays on would take longest.
    """
    return Compiled(function, **_INLINED)


def fused(function: Callable[Given, Answer]) -> Compiled[Given, Answer]:
    """Make such a kernel whose products and sums may be rounded once, together.

    That is faster, and not the same on every processor: only for what has a margin for it.
    """
    return Compiled(function, **_FUSED)


def first_calls(calls: Callable[[], Answer]) -> Answer:
    """Make the first calls of kernels: here, and on this machine only one process at a time.

    So one compiles, and the others take over what it kept. Says so where that takes long. Where
    what was kept cannot be read, it is deleted, and the calls are made once more.
    """
    folder = cache_folder()
    with _words_where_nothing_is_kept(folder), _only_compiler(folder):
        try:
            return calls()
        except Exception as error:
            # Anything may come of reading what is damaged.
            if folder is None or not _comes_of_kept_code(error):
                raise
            log.warning(
                "the compiled search that was kept is damaged; compiling it anew, which takes "
                "about a minute",
                extra={"folder": str(folder), "error": repr(error)},
            )
            _compile_anew(folder)
            return calls()


@contextmanager
def _words_where_nothing_is_kept(folder: Path | None) -> Iterator[None]:
    if folder is not None and any(folder.rglob("*.nbc")):
        yield
        return
    words = threading.Timer(
        _SECONDS_WITHOUT_WORDS,
        log.warning,
        ["compiling the search, which takes about a minute where it never ran before"],
    )
    words.daemon = True
    words.start()
    try:
        yield
    finally:
        words.cancel()
        words.join()


@contextmanager
def _only_compiler(folder: Path | None) -> Iterator[None]:
    if folder is None:
        yield
        return
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    _forget_old_versions(folder)


def _comes_of_kept_code(error: Exception) -> bool:
    """Return whether an error was raised where numba reads what it keeps."""
    if isinstance(error, OSError):
        return False
    cause: BaseException | None = error
    # A kernel that calls another raises an error of its own about it.
    while cause is not None:
        frames = traceback.walk_tb(cause.__traceback__)
        if any(frame.f_globals.get("__name__") == _KEEPER for frame, _ in frames):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _compile_anew(folder: Path) -> None:
    """Forget all machine code, on disk and in this process."""
    for kept in folder.rglob("*.nb[ci]"):
        kept.unlink()
    for kernel in _kernels:
        vars(kernel).pop("_dispatcher", None)


@cache
def cache_folder() -> Path | None:
    """Return the first folder that can keep machine code, None where there is none.

    Its name holds a checksum of all kernels: what is kept of one holds those it calls as well, and
    numba looks at the file of the one only.
    """
    name = f"kernels-{_checksum()}"
    for parent in _possible_parents():
        folder = parent / name
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
            if shutil.disk_usage(folder).free >= _ROOM_BYTES:
                return folder
    log.warning(
        "the compiled search cannot be kept, so each start compiles it, about a minute; "
        "set NUMBA_CACHE_DIR to a folder that may be written to and has room"
    )
    return None


def _possible_parents() -> Iterator[Path]:
    if named := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(named)
    yield _HERE / "__pycache__"
    if named := os.environ.get("XDG_CACHE_HOME"):
        yield Path(named) / "spotai"
    with suppress(RuntimeError):  # nobody's home
        yield Path.home() / ".cache" / "spotai"


def _checksum() -> str:
    checksum = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        source = path.read_bytes()
        if b"spotai.search.compiled import" in source or path.samefile(__file__):
            checksum.update(source)
    return checksum.hexdigest()[:16]


def _forget_old_versions(used: Path) -> None:
    """Delete what was kept of other kernels than those in ``used``, but for the last few."""
    # Deleting is no reason to fail: another user's folders, or another process that deletes them.
    with suppress(OSError):
        os.utime(used)
        others = [other for other in used.parent.glob("kernels-*") if other != used]
        others.sort(key=lambda other: other.stat().st_mtime, reverse=True)
        for old in others[_KEPT_VERSIONS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
