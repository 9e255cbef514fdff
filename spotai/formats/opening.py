"""From bytes to text: plain or gzip, UTF-8, bounded, with a plain word for every other file."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Final, Protocol, TextIO

from spotai.errors import FormatError, TooLargeError

HEAD_LENGTH: Final = 65_536
LONGEST_LINE: Final = 1_048_576
# In a list a longer line counts as several: each of its words is looked at.
LINE_LENGTH: Final = 128

# Of a file that is bounded: each member takes microseconds, and may be empty.
MOST_MEMBERS: Final = 10_000
PACKED_BLOCK: Final = 16 * 1024

_GZIP: Final = b"\x1f\x8b"
_GZIP_BITS: Final = 16 + zlib.MAX_WBITS
_NOT_TEXT: Final = {
    b"PK\x03\x04": "a zip archive (or a spreadsheet); unpack it or save it as CSV",
    b"PK\x05\x06": "an empty zip archive",
    b"BZh": "packed with bzip2; unpack it",
    b"\xfd7zXZ": "packed with xz; unpack it",
    b"7z\xbc\xaf": "packed with 7-Zip; unpack it",
    b"(\xb5/\xfd": "packed with zstd; unpack it",
    b"Rar!": "packed with RAR; unpack it",
    b"PAR1": "a Parquet file; export it as CSV",
    b"%PDF": "a PDF; copy its links into a text file",
    b"SQLite format 3": "an SQLite database; export its table as CSV",
    b"\xff\xfe": "in UTF-16; save it in UTF-8",
    b"\xfe\xff": "in UTF-16; save it in UTF-8",
}
_LFS: Final = "version https://git-lfs"
_SQL: Final = re.compile(
    r"(?:--[^\n]*\n|/\*[^\n]*\n|\s)*+(?:(?:CREATE|DROP)\s+(?:TABLE|DATABASE|SCHEMA|VIEW)\s"
    r"|INSERT\s+(?:IGNORE\s+)?INTO\s|LOCK\s+TABLES\s|SET\s+(?:NAMES\s|[@\w.]+\s*=)|USE\s+[`\w]+\s*;)",
    re.IGNORECASE,
)
_HTML: Final = re.compile(r"\s*<(?:!doctype|html)", re.IGNORECASE)


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class OpenText:
    """A file as text. ``head`` is its beginning, whole lines of about 64 KiB, read already.

    Whoever reads it counts in ``given`` the rows that came of it. Where more than ``most_idle``
    lines gave none (blank ones, comments, prose), reading on raises TooLargeError.
    """

    name: str
    head: str
    _text: TextIO
    most_idle: int | None = None
    given: int = 0

    def lines(self) -> Iterator[str]:
        """Yield all lines, the head's too. Raises FormatError at one longer than a mebibyte."""
        if len(self.head) >= HEAD_LENGTH + LONGEST_LINE:
            raise self._endless()
        lines = chain(io.StringIO(self.head, newline=""), self._rest())
        return self._watched(lines, lambda line: 1 + len(line) // LINE_LENGTH)

    def chunks(self) -> Iterator[str]:
        """Yield all the text in pieces."""
        return chain([self.head], iter(lambda: self._text.read(HEAD_LENGTH), ""))

    def chunks_from(self, line: int) -> Iterator[str]:
        """Yield the text from a line of the head on, counted from 1, in pieces.

        Raises FormatError at a line longer than a mebibyte.
        """
        lines = io.StringIO(self.head, newline="")
        head = "".join(islice(lines, line - 1, None))
        chunks = chain([head], iter(lambda: self._text.read(HEAD_LENGTH), ""))
        length = 0
        for chunk in self._watched(chunks, lambda text: max(map(text.count, "\r\n"))):
            length = length + len(chunk) if _has_no_end(chunk) else 0
            if length > LONGEST_LINE:
                raise self._endless()
            yield chunk

    def _watched(self, texts: Iterator[str], lines_of: Callable[[str], int]) -> Iterator[str]:
        """Pass texts on until too many of their lines gave nothing."""
        most = self.most_idle
        return texts if most is None else self._bounded(texts, lines_of, most)

    def _bounded(
        self, texts: Iterator[str], lines_of: Callable[[str], int], most: int
    ) -> Iterator[str]:
        lines = 0
        for text in texts:
            lines += lines_of(text)
            if lines - self.given > most:
                raise TooLargeError(
                    f"{self.name} has more than {most:,} lines without a song (long lines count "
                    "as several); keep the songs only, or split it."
                )
            yield text

    def _rest(self) -> Iterator[str]:
        readline = self._text.readline
        while line := readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise self._endless()
            yield line

    def _endless(self) -> FormatError:
        return FormatError(
            f"{self.name} has a line of more than a million characters, so it is no table or list."
        )


@contextmanager
def open_path(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for ``open_text``. Raises FormatError where that cannot be."""
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        raise FormatError(f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise FormatError(f"{path} is a folder; name a file in it.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FormatError(f"{path} cannot be opened: {reason}.") from error
    with raw:
        yield raw


@contextmanager
def open_text(
    source: Readable, name: str, largest: int | None = None, *, most_idle: int | None = None
) -> Iterator[OpenText]:
    """Open bytes, plain or gzip, as text; ``source`` stays open.

    ``name`` is what messages call it. ``largest`` bounds the decompressed bytes, ``most_idle`` the
    lines that give nothing, see ``OpenText``. Raises
    FormatError when they are no text that SpotAI could read, and TooLargeError, both also while
    the text is read inside the ``with``.
    """
    with plain_errors(name):
        packed = io.BufferedReader(_Counted(source, name, None))
        _check_kind(name, packed)
        is_gzip = packed.peek(len(_GZIP)).startswith(_GZIP)
        most_members = None if largest is None else MOST_MEMBERS
        unpacked = _Unpacked(packed, name, most_members) if is_gzip else packed
        binary = io.BufferedReader(_Counted(unpacked, name, largest), HEAD_LENGTH)
        _check_kind(name, binary)
        with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as text:
            head = text.read(HEAD_LENGTH)
            if not head.endswith("\n"):
                head += text.readline(LONGEST_LINE)
            _check_head(name, head)
            yield OpenText(name, head, text, most_idle)


class _Counted(io.RawIOBase):
    """Passes bytes on, at most ``largest`` of them; closing it leaves the source open."""

    def __init__(self, source: Readable, name: str, largest: int | None) -> None:
        self._source = source
        self._name = name
        self._largest = largest
        self._passed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        self._passed += len(data)
        if self._largest is not None and self._passed > self._largest:
            raise TooLargeError(
                f"{self._name} is larger than {self._largest / 2**20:g} MiB when unpacked; "
                "split it or name a smaller file."
            )
        return len(data)


class _Unpacked:
    """Reads gzip, at most ``most_members`` members of it, which the gzip module does not count."""

    def __init__(self, packed: Readable, name: str, most_members: int | None) -> None:
        self._packed = packed
        self._name = name
        self._most_members = most_members
        self._members = 1
        self._member = zlib.decompressobj(_GZIP_BITS)

    def read(self, size: int, /) -> bytes:
        """Return some bytes, at most ``size``; none at the end. Raises EOFError, zlib.error."""
        while True:
            if self._member.eof:
                data = self._next_member()
                if not data:
                    return b""
            else:
                data = self._member.unconsumed_tail or self._packed.read(PACKED_BLOCK)
                if not data:
                    raise EOFError
            if unpacked := self._member.decompress(data, size):
                return unpacked

    def _next_member(self) -> bytes:
        """Begin the next member, and return some of its bytes; none where there is no other."""
        # Zeros may follow to fill a block, as of a tape.
        data = self._member.unused_data.lstrip(b"\0")
        while not data:
            read = self._packed.read(PACKED_BLOCK)
            if not read:
                return b""
            data = read.lstrip(b"\0")
        self._members += 1
        if self._most_members is not None and self._members > self._most_members:
            raise TooLargeError(
                f"{self._name} is packed in more than {self._most_members:,} pieces; pack it anew."
            )
        self._member = zlib.decompressobj(_GZIP_BITS)
        return data


def _has_no_end(chunk: str) -> bool:
    return "\n" not in chunk and "\r" not in chunk


def _check_kind(name: str, file: io.BufferedReader[_Counted]) -> None:
    start = file.peek(max(map(len, _NOT_TEXT)))
    for magic, what in _NOT_TEXT.items():
        if start.startswith(magic):
            raise FormatError(f"{name} is {what}.")


def _check_head(name: str, head: str) -> None:
    if len(head) < HEAD_LENGTH and not head.strip():
        raise FormatError(f"{name} is empty.")
    # Without a byte order mark UTF-16 shows by its zeros: half of the bytes of Latin text.
    first = head.partition("\n")[0]
    if ("\0" in first[::2]) != ("\0" in first[1::2]):
        raise FormatError(f"{name} is in UTF-16; save it in UTF-8.")
    if "\0" in first:
        raise FormatError(f"{name} is a binary file, not text. Save it as CSV in UTF-8.")
    if head.startswith(_LFS):
        raise FormatError(f"{name} is a Git LFS pointer, not the data; fetch the file itself.")
    if _HTML.match(head):
        raise FormatError(f"{name} is a web page, not the file itself; download the file.")
    if _SQL.match(head):
        raise FormatError(
            f"{name} is an SQL dump, which SpotAI does not read. Load it into its database and "
            "export the table as CSV with a header."
        )


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Raise FormatError, in plain words and with the name, for what goes wrong in reading it."""
    try:
        yield
    except FormatError as error:
        # Readers speak of lines; of several files people must know which.
        if error.message.startswith(name):
            raise
        raise FormatError(f"{name}: {error.message}") from error
    except EOFError as error:
        raise FormatError(f"{name} ends too early: it is incomplete. Fetch it again.") from error
    except zlib.error as error:
        raise FormatError(f"{name} is damaged: {error}. Fetch it again.") from error
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise FormatError(
            f"{name} is no UTF-8 text: it holds the byte 0x{byte:02x}, as files in Latin-1 or "
            "Windows-1252 do. Save it in UTF-8. If it is packed it may be damaged: fetch it again."
        ) from error
