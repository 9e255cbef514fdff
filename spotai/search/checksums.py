"""Whether the files of a generation are as they were written.

Kernels check no bounds: an altered offset ends the process. So nothing is mapped before its
checksum was compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from spotai.errors import DamagedSnapshotError
from spotai.search.cores import for_each
from spotai.search.files import TEXTS, flush
from spotai.search.manifest import BUILD_ANEW, FileEntry, Manifest

MOST_CHECKED_BYTES: Final = 2**30
_SHOWN: Final = 5
_TEXTS: Final = (*TEXTS, "artist_name")
# Altered, they make an answer wrong or fail, but end no process: no kernel looks places up in them.
HARMLESS: Final = frozenset(
    f"{name}.npy"
    for name in (
        "ids",
        "title_key",
        "audio_key",
        "version_kind",
        "version_key",
        "missing",
        "coordinates",
        "codes",
        "values",
        "artist_id",
        *_TEXTS,
        *(f"{text}-offsets" for text in _TEXTS),
    )
)


def seal_files(folder: Path) -> dict[str, FileEntry]:
    """Flush every array file in ``folder`` to disk; return their sizes and checksums."""
    paths = sorted(folder.glob("*.npy"))
    largest = _largest_first(paths)
    sealed = dict(zip(largest, for_each(_sealed, largest), strict=True))
    return {path.name: sealed[path] for path in paths}


def check_files(folder: Path, manifest: Manifest, most_bytes: int = MOST_CHECKED_BYTES) -> None:
    """Compare the files of a generation with their checksums, on two cores.

    Every byte is read of a generation of up to ``most_bytes``, by default 1 GiB, some three
    million songs, which takes up to half a second where it lies in memory. Of a larger one only
    the files are read that could end a process, a tenth of it. Each process does so when it opens
    a generation; in a server one request of each process waits for it.

    Raises DamagedSnapshotError when a file is altered or cannot be read.
    """
    whole = sum(entry.bytes for entry in manifest.files.values()) <= most_bytes
    names = [name for name in manifest.files if whole or name not in HARMLESS]
    try:
        altered = _altered(folder, manifest, names)
    except OSError as error:
        raise DamagedSnapshotError(
            f"{folder} cannot be read ({error.strerror}); {BUILD_ANEW}"
        ) from error
    if altered:
        more = f" and {len(altered) - _SHOWN} more" if len(altered) > _SHOWN else ""
        raise DamagedSnapshotError(
            f"{folder} has altered files: {', '.join(altered[:_SHOWN])}{more}; {BUILD_ANEW}"
        )


def altered_files(folder: Path, manifest: Manifest) -> list[str]:
    """Return the names of files whose checksum is not the manifest's: reads every byte."""
    return _altered(folder, manifest, manifest.files)


def _altered(folder: Path, manifest: Manifest, names: Iterable[str]) -> list[str]:
    paths = _largest_first(folder / name for name in names)
    entries = zip(paths, for_each(_entry, paths), strict=True)
    return sorted(path.name for path, entry in entries if entry != manifest.files[path.name])


def _largest_first(paths: Iterable[Path]) -> list[Path]:
    """Put the largest in front, or all would wait for it at the end."""
    return sorted(paths, key=lambda path: path.stat().st_size, reverse=True)


def _entry(path: Path) -> FileEntry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(bytes=path.stat().st_size, sha256=digest)


def _sealed(path: Path) -> FileEntry:
    entry = _entry(path)
    flush(path)
    return entry
