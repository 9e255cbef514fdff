"""Reading JSON piece by piece, so that a large file never stands in memory as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from spotai.errors import FormatError, InputError, TooLargeError

# In memory a character takes up to four bytes, and a value of three characters eighty.
LARGEST_VALUE: Final = 2**20
# Of what gives no row: a part inside a value takes a third of a millionth of a second to read,
# and a value that is taken as long as some ten of them.
MOST_PARTS: Final = 1_000_000
PARTS_OF_VALUE: Final = 10
PARTS_OF_ROW: Final = 100

_BLANK: Final = re.compile(r"[ \t\r\n]*")
# What is left of a number, a word or an escape where a text was cut off.
_CUT: Final = re.compile(r"[\\\w.+-]{0,8}\s*")
_STEP: Final = 65_536


class JsonStream:
    """A pull parser: walk the members of an object or the items of an array, or take a value.

    After each step of ``members`` or ``items`` the caller consumes what stands there. Every
    method raises FormatError where the text is no JSON or ends too early, and TooLargeError where
    one value is longer than a million characters, or the values that were taken have more than a
    million parts in all; for each row that came of them, say ``gave_row``, they may have some more.
    """

    def __init__(self, chunks: Iterator[str], name: str) -> None:
        self._chunks = chunks
        self._name = name
        self._text = ""
        self._at = 0
        self._lines = 0
        self._parts = 0
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """Return the next character that is not blank; an empty string at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_STEP):
                return ""

    def members(self) -> Iterator[str]:
        """Walk an object: yield each key; the value stands next."""
        for _ in self._elements("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise self._wrong()
            self._take(":")
            yield key

    def items(self) -> Iterator[None]:
        """Walk an array: yield once for each item, which stands next."""
        return self._elements("[", "]")

    def value(self) -> Any:
        """Take the whole value that stands next."""
        self.peek()
        step = _STEP
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > LARGEST_VALUE:
                    raise self._too_long(error) from error
                if isinstance(error, RecursionError) or not self._more(step):
                    raise self._wrong() from error
                # Doubled, so that a value of n characters costs time in proportion to n.
                step *= 2
            else:
                # A number may go on behind the end of what was read.
                if end < len(self._text) or not self._more(_STEP):
                    self._count(end)
                    self._at = end
                    return value

    def gave_row(self) -> None:
        """Count no longer the parts that a row may well have had."""
        self._parts = max(0, self._parts - PARTS_OF_ROW)

    def _count(self, end: int) -> None:
        inside = sum(self._text.count(mark, self._at, end) for mark in ",[{")
        self._parts += PARTS_OF_VALUE + inside
        if self._parts > MOST_PARTS:
            raise TooLargeError(
                f"{self._name} has more than {MOST_PARTS:,} parts that give no song; keep the "
                "songs only, or split it."
            )

    def _elements(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._take(closing)
            return
        while True:
            self.peek()
            yield
            if self.peek() == closing:
                self._take(closing)
                return
            self._take(",")

    def _take(self, character: str) -> None:
        if self.peek() != character:
            raise self._wrong()
        self._at += 1

    def _more(self, length: int) -> bool:
        self._lines += self._text.count("\n", 0, self._at)
        pieces = [self._text[self._at :]]
        read = 0
        for chunk in self._chunks:
            pieces.append(chunk)
            read += len(chunk)
            if read >= length:
                break
        self._text, self._at = "".join(pieces), 0
        return read > 0

    def _too_long(self, error: Exception) -> InputError:
        """Return what is wrong with a value that did not end in time."""
        if not self._is_cut(error):
            return self._wrong()
        return TooLargeError(
            f"{self._name} has a value of more than {LARGEST_VALUE:,} characters, the most that "
            "one may have."
        )

    def _is_cut(self, error: Exception) -> bool:
        """Return whether JSON is wrong only in that it does not go on."""
        return isinstance(error, json.JSONDecodeError) and bool(
            "Unterminated" in error.msg or _CUT.fullmatch(self._text, error.pos)
        )

    def _wrong(self) -> FormatError:
        line = self._lines + self._text.count("\n", 0, self._at) + 1
        try:
            self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            line += self._text.count("\n", self._at, error.pos)
            if not self._is_cut(error):
                return FormatError(f"{self._name} is no JSON at line {line}: {error.msg}.")
        except (ValueError, RecursionError) as error:
            return FormatError(f"{self._name} holds JSON beyond reason at line {line}: {error}.")
        else:
            return FormatError(f"{self._name} is not built like a playlist file at line {line}.")
        return FormatError(
            f"{self._name} ends too early, at line {line}: the JSON is cut off. Fetch it again."
        )
