"""A playlist file someone uploads, read as entries to match."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import IO, Final, NamedTuple

from spotai.errors import FormatError, TooLargeError
from spotai.formats.recognise import read_track_ids
from spotai.formats.rows import Refusal

LARGEST_UNPACKED: Final = 50 * 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
_BLOCK: Final = 1024 * 1024


class Entry(NamedTuple):
    """An entry of a playlist, as ``matching.Listed`` asks for it."""

    line: int
    track_id: str = ""
    isrc: str = ""
    title: str = ""
    artists: tuple[str, ...] = ()


def read_entries(file: IO[bytes], name: str) -> Generator[Entry | Refusal, None, None]:
    """Yield the entries of a playlist or data-set file, plain or gzip, in its order.

    ``name`` is what people call it. Raises FormatError, and TooLargeError beyond
    ``LARGEST_UNPACKED`` decompressed bytes, also after the first entries were yielded.
    """
    with tempfile.TemporaryDirectory(prefix="spotai-upload-") as folder:
        path = Path(folder) / "upload"
        _unpack(file, path, name)
        try:
            for number, item in enumerate(read_track_ids(path), start=1):
                yield item if isinstance(item, Refusal) else Entry(number, item)
        except FormatError as error:
            raise FormatError(error.message.replace(str(path), name)) from error


def _unpack(file: IO[bytes], path: Path, name: str) -> None:
    packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    with path.open("wb") as plain:
        if not packed:
            shutil.copyfileobj(file, plain, _BLOCK)
            return
        unpacked = gzip.GzipFile(fileobj=file, mode="rb")
        try:
            while block := unpacked.read(_BLOCK):
                if plain.tell() + len(block) > LARGEST_UNPACKED:
                    raise TooLargeError(
                        f"{name} is more than {LARGEST_UNPACKED // 2**20} MiB when unpacked; "
                        "split it",
                        field="file",
                    )
                plain.write(block)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise FormatError(f"{name} is damaged or incomplete: {error}. Get it anew.") from error
