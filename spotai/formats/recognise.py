"""Opening a file: plain or gzip, UTF-8, and the format its header shows."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, TextIO, TypeVar

from spotai.errors import FormatError
from spotai.features import FEATURES
from spotai.formats import songs_csv, tidytuesday_csv
from spotai.formats.rows import Item
from spotai.formats.table import LONGEST_RECORD, Layout, read_table

LAYOUTS: Final[tuple[Layout, ...]] = (songs_csv.LAYOUT, tidytuesday_csv.LAYOUT)

_GZIP: Final = b"\x1f\x8b"
_UNPACK_FIRST: Final = {
    b"PK\x03\x04": "a zip archive (or a spreadsheet); unpack it or save it as CSV",
    b"BZh": "packed with bzip2; unpack it",
    b"\xfd7zXZ": "packed with xz; unpack it",
    b"SQLite format 3": "an SQLite database; export its table as CSV",
    b"version https://git-lfs": "a Git LFS pointer, not the data; fetch the file itself",
}
_HEADER_LENGTH: Final = 65_536

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class RowFile:
    """An opened data-set file.

    ``items`` streams its rows once. ``bytes_read()`` of ``size`` bytes of the file on disk were
    read so far; both are 0 for a pipe.
    """

    path: Path
    format: str
    size: int
    items: Iterator[Item]
    bytes_read: Callable[[], int]


@contextmanager
def open_rows(path: Path) -> Iterator[RowFile]:
    """Open a data-set file and recognise its format by its header.

    Rows that name no data set themselves get the file's name as their source. Raises
    FormatError, also while the items are read, when the file is not what it should be.
    """
    with _opened(path) as (raw, lines):
        header = _fields(_first_line(path, lines))
        layout = next((known for known in LAYOUTS if not known.lacks(header)), None)
        if layout is None:
            raise FormatError(_unknown(path, header))
        # A name that is no UTF-8 must be one where it is kept; MariaDB tells no blank at the end.
        name = path.name.encode(errors="replace").decode()
        source = name.split(".")[0].strip() or name.strip()
        # A line without an end is not read to its end: it comes in pieces too long for a record.
        pieces = iter(partial(lines.readline, LONGEST_RECORD + 1), "")
        items = _guarded(path, read_table(layout, header, pieces, source))
        # A pipe tells neither how much it holds nor how much was taken.
        size, bytes_read = (path.stat().st_size, raw.tell) if raw.seekable() else (0, int)
        yield RowFile(path, layout.name, size, items, bytes_read)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, TextIO]]:
    """Yield the file as bytes on disk, whose position shows progress, and as lines of text."""
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        raise FormatError(f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise FormatError(f"{path} is a folder; name a file in it.") from None
    except OSError as error:
        raise FormatError(f"{path} cannot be opened: {error.strerror}.") from error
    with raw:
        start = raw.peek(32)
        for magic, what in _UNPACK_FIRST.items():
            if start.startswith(magic):
                raise FormatError(f"{path} is {what}.")
        binary = gzip.GzipFile(fileobj=raw) if start.startswith(_GZIP) else raw
        with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as text:
            yield raw, text


def _guarded(path: Path, items: Iterator[Read]) -> Iterator[Read]:
    with _readable_errors(path):
        yield from items


@contextmanager
def _readable_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except EOFError as error:
        raise FormatError(f"{path} ends too early: it is incomplete. Fetch it again.") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FormatError(f"{path} is damaged: {error}. Fetch it again.") from error
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path} is no UTF-8 text: save it as CSV in UTF-8. If it is packed it may be damaged: "
            "fetch it again."
        ) from error


def _first_line(path: Path, lines: TextIO) -> str:
    with _readable_errors(path):
        first = lines.readline(_HEADER_LENGTH)
    if not first:
        raise FormatError(f"{path} is empty.")
    if "\0" in first or len(first) == _HEADER_LENGTH:
        raise FormatError(f"{path} is a binary file, not text. Save it as CSV in UTF-8.")
    return first


def _fields(line: str) -> list[str]:
    return [column.strip() for column in next(csv.reader([line]), [])]


def _unknown(path: Path, header: list[str]) -> str:
    nearest = min(LAYOUTS, key=lambda layout: len(layout.lacks(header)) / len(layout.needed))
    lacks = nearest.lacks(header)
    strange = [column for column in header if column not in nearest.needed]
    what = f"{path} is no table of songs SpotAI knows"
    if len(header) == 1 and ";" in header[0]:
        return f"{what}: its fields are parted by semicolons. Save it with commas."
    if "track_id" in header and not any(feature.name in header for feature in FEATURES):
        return (
            f"{what}: it has track ids and no features. To go by these songs: "
            f"spotai recommend --tracks {path}."
        )
    shown = ", ".join(column[:40] for column in strange[:40])
    return f"{what}. Nearest is the format {nearest.name!r}: it lacks {', '.join(lacks)}" + (
        f"; not known to it: {shown}." if shown else "."
    )
