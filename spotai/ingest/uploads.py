"""A playlist file someone uploads, read as entries to match."""

from __future__ import annotations

import csv
import gzip
import shutil
import tempfile
import zlib
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple

from spotai.errors import FormatError, TooLargeError
from spotai.formats.links import read_links
from spotai.formats.rows import Refusal
from spotai.formats.table import LONGEST_RECORD, read_records

LARGEST_UNPACKED: Final = 50 * 1024 * 1024
TRACK_COLUMN: Final = "track_id"
_ZIP: Final = b"PK\x03\x04"
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
    """Yield the entries of a CSV with a column ``track_id``, or of a list of ids and links.

    The file is plain or gzip; ``name`` is what people call it. Raises FormatError, and
    TooLargeError beyond ``LARGEST_UNPACKED`` decompressed bytes, also after the first entries.
    """
    with tempfile.TemporaryDirectory(prefix="spotai-upload-") as folder:
        path = Path(folder) / "upload"
        _unpack(file, path, name)
        with path.open("rb") as plain:
            if plain.read(len(_ZIP)) == _ZIP:
                raise FormatError(
                    f"{name} is a zip archive (or a spreadsheet); unpack it or save it as CSV."
                )
        try:
            for line, text in _named(path, name):
                for found in read_links([text]):
                    if isinstance(found, Refusal):
                        yield found._replace(line=line)
                    else:
                        yield Entry(line, found)
        except UnicodeDecodeError:
            raise FormatError(f"{name} is no text; save it as UTF-8 text or CSV.") from None


def _named(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """Yield the texts that name songs, each with the line it stands in."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header = _fields(lines.readline(LONGEST_RECORD + 1))
        if TRACK_COLUMN in header:
            place = header.index(TRACK_COLUMN)
            pieces = iter(partial(lines.readline, LONGEST_RECORD + 1), "")
            try:
                for line, record in read_records(pieces, len(header), blanks_part=True):
                    yield line, "".join(record[place : place + 1]).strip() or "(blank)"
            except FormatError as error:
                raise FormatError(f"{name}: {error.message}") from error
            return
    if path.stat().st_size == 0:
        raise FormatError(f"{name} is empty; write one track id, URI or link a line.")
    with path.open(encoding="utf-8-sig") as lines:
        pieces = iter(partial(lines.readline, LONGEST_RECORD + 1), "")
        for line, text in enumerate(pieces, start=1):
            if "\0" in text or len(text) > LONGEST_RECORD:
                raise FormatError(
                    f"{name} is no list of songs: line {line} is no text, or has more than "
                    f"{LONGEST_RECORD:,} characters. Write one track id, URI or link a line."
                )
            yield line, text


def _fields(line: str) -> list[str]:
    try:
        return [column.strip() for column in next(csv.reader([line]), [])]
    except csv.Error:  # a list of links in one line, longer than any field: no header
        return []


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
