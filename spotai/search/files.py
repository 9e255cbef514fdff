"""The files of a snapshot generation: streamed columns, text heaps, the manifest.

A generation is one folder of plain ``.npy`` files and a ``manifest.json`` that names every file
with its size and checksum. It is written under another name and renamed when complete, so a
folder with the right name is never half-built.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from spotai.errors import DamagedSnapshotError
from spotai.features import NAMES
from spotai.search.cores import for_each
from spotai.tracks import UNKNOWN_EXPLICIT, TrackColumns

FORMAT_VERSION: Final = 3
MANIFEST: Final = "manifest.json"
TEXTS: Final = ("title", "album", "artwork", "release_date")
# What conditions are set on: the columns of ``values``, NaN where not known.
VALUES: Final = (*NAMES, "explicit", "playlist_followers")
GENERATION_FOLDER: Final = re.compile(r"generation-([0-9]{8,})")


class AxisEntry(BaseModel):
    """One axis in the manifest: its moments and extremes over known values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    available: bool
    mean: float
    variance: float
    low: float
    high: float


class SpreadEntry(BaseModel):
    """How one feature's values spread over the catalog (spread.py)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    points: tuple[float, ...]
    catalog: tuple[float, ...]


class FileEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a generation says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    generation: int
    songs: int
    skipped: int
    ends: tuple[str, str]
    created: str
    source: str
    axes: tuple[AxisEntry, ...]
    spreads: dict[str, SpreadEntry]
    genres: tuple[str, ...]
    files: dict[str, FileEntry]


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


def load_array(folder: Path, name: str) -> NDArray[Any]:
    """Memory-map one column read-only. Raises DamagedSnapshotError when it is no such file."""
    try:
        mapped = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DamagedSnapshotError(
            f"{folder / name}.npy cannot be read ({error}); build a new snapshot with "
            "`spotai snapshot`"
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


def seal_files(folder: Path) -> dict[str, FileEntry]:
    """Flush every array file in ``folder`` to disk; return their sizes and checksums."""
    paths = sorted(folder.glob("*.npy"))
    # The largest first, or all would wait for it at the end.
    largest = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
    sealed = dict(zip(largest, for_each(_sealed, largest), strict=True))
    return {path.name: sealed[path] for path in paths}


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest and check that every file has the size it names.

    Raises DamagedSnapshotError when something is missing, cut, or of another format.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        version = json.loads(text).get("format")
        if version != FORMAT_VERSION:
            raise DamagedSnapshotError(
                f"{folder} has snapshot format {version}, this program reads {FORMAT_VERSION}; "
                "build a new snapshot with `spotai snapshot`"
            )
        manifest = Manifest.model_validate_json(text)
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        raise DamagedSnapshotError(f"{folder / MANIFEST} cannot be read: {error}") from error
    for name, entry in manifest.files.items():
        path = folder / name
        size = path.stat().st_size if path.is_file() else -1
        if size != entry.bytes:
            found = "is missing" if size < 0 else f"has {size:,} bytes, not {entry.bytes:,}"
            raise DamagedSnapshotError(f"{path} {found}; build a new snapshot")
    return manifest


def altered_files(folder: Path, manifest: Manifest) -> Sequence[str]:
    """Return the names of files whose checksum is not the manifest's: reads every byte."""
    return [name for name, entry in manifest.files.items() if _entry(folder / name) != entry]


def generations(folder: Path) -> list[Path]:
    """Return the generation folders in ``folder``, newest first."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if GENERATION_FOLDER.fullmatch(path.name)]
    return sorted(found, key=generation_number, reverse=True)


def generation_number(folder: Path) -> int:
    match = GENERATION_FOLDER.fullmatch(folder.name)
    return int(match[1]) if match else 0


def _entry(path: Path) -> FileEntry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(bytes=path.stat().st_size, sha256=digest)


def _sealed(path: Path) -> FileEntry:
    entry = _entry(path)
    flush(path)
    return entry
