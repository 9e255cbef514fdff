"""The files of a snapshot generation: streamed columns and text heaps.

A generation is one folder of plain ``.npy`` files and a ``manifest.json`` that names every file
with its size and checksum (manifest.py). It is written under another name and renamed when
complete, so a folder with the right name is never half-built.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from spotai.errors import DamagedSnapshotError
from spotai.features import NAMES
from spotai.search.manifest import BUILD_ANEW
from spotai.tracks import UNKNOWN_EXPLICIT, TrackColumns

TEXTS: Final = ("title", "album", "artwork", "release_date")
# What conditions are set on: the columns of ``values``, NaN where not known.
VALUES: Final = (*NAMES, "explicit", "playlist_followers")
GENERATION_FOLDER: Final = re.compile(r"generation-([0-9]{8,})")


class ColumnWriter:
    """Append arrays to one ``.npy`` file whose length is known only at the end."""

    def __init__(self, path: Path, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self.length = 0
        self._file = path.open("wb")
        self._write_header()

    def append(self, values: NDArray[Any]) -> None:
        self._file.write(np.ascontiguousarray(values, dtype=self.dtype).data)
        self.length += len(values)

    def close(self) -> None:
        # numpy pads the header for a growing first axis, so it can be rewritten in place.
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write_header(self) -> None:
        npy.write_array_header_1_0(
            self._file,
            {
                "descr": npy.dtype_to_descr(self.dtype),
                "fortran_order": False,
                "shape": (self.length,),
            },
        )


class HeapWriter:
    """Append strings: one UTF-8 heap and the (N+1,) offsets of where each begins."""

    def __init__(self, folder: Path, name: str) -> None:
        self._heap = ColumnWriter(folder / f"{name}.npy", np.uint8)
        self._offsets = ColumnWriter(folder / f"{name}-offsets.npy", np.int64)
        self._offsets.append(np.zeros(1, dtype=np.int64))

    def append(self, texts: Iterable[str]) -> None:
        encoded = [text.encode() for text in texts]
        lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        self._offsets.append(self._heap.length + np.cumsum(lengths))
        self._heap.append(np.frombuffer(b"".join(encoded), dtype=np.uint8))

    def close(self) -> None:
        self._heap.close()
        self._offsets.close()


class Heap:
    """The strings a ``HeapWriter`` wrote, memory-mapped."""

    def __init__(self, folder: Path, name: str) -> None:
        self._heap = load_array(folder, name)
        self._offsets = load_array(folder, f"{name}-offsets")

    def __getitem__(self, row: int) -> str:
        start, end = self._offsets[row], self._offsets[row + 1]
        return self._heap[start:end].tobytes().decode()


# numpy reads a header with Python's own parser, which in CPython 3.11 now and then fails when two
# threads use it at once (SystemError: AST constructor recursion depth mismatch).
_HEADERS: Final = Lock()


def load_array(folder: Path, name: str) -> NDArray[Any]:
    """Memory-map one column read-only. Raises DamagedSnapshotError when it is no such file."""
    try:
        with _HEADERS:
            mapped = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DamagedSnapshotError(
            f"{folder / name}.npy cannot be read ({error}); {BUILD_ANEW}"
        ) from error
    # As a plain array: numpy's own kind takes microseconds for each look at it.
    plain: NDArray[Any] = mapped.view(np.ndarray)
    return plain


def as_values(batch: TrackColumns) -> Iterator[NDArray[np.float64]]:
    """Yield a batch's columns of ``VALUES``, (n,) each."""
    for name in NAMES:
        yield batch.features[name]
    yield np.where(batch.explicit == UNKNOWN_EXPLICIT, np.nan, batch.explicit)
    yield batch.playlist_followers.astype(np.float64)


def value_file(column: str) -> str:
    """Return the name of a column of ``VALUES`` while a generation is built."""
    return f"value-{column}"


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def generations(folder: Path) -> list[Path]:
    """Return the generation folders in ``folder``, newest first."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if GENERATION_FOLDER.fullmatch(path.name)]
    return sorted(found, key=generation_number, reverse=True)


def generation_number(folder: Path) -> int:
    match = GENERATION_FOLDER.fullmatch(folder.name)
    return int(match[1]) if match else 0
