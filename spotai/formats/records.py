"""The records of a CSV file, with the lines they begin on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from spotai.errors import FormatError, UnfinishedRecordError

LONGEST_RECORD: Final = 2**20

_ENDS_OPEN: Final = "unexpected end of data"
_QUOTE: Final = "Look for a quote that is never closed."

# Records are bounded as a whole, and a field too long for its column is refused with its row.
csv.field_size_limit(LONGEST_RECORD)

# A record with the line it begins on.
Numbered = tuple[int, list[str]]


def read_records(
    lines: Iterable[str], fields: int, *, delimiter: str = ",", begins: int = 2
) -> Iterator[Numbered]:
    """Yield the records after the header with the line they begin on; blank lines are skipped.

    ``fields`` is how many the header has, ``begins`` the line after it. Raises FormatError when
    the lines are no CSV, where a stray quote has swallowed whole rows, and where a record has more
    than ``LONGEST_RECORD`` characters.
    """
    source = iter(lines)
    number = begins
    try:
        for line in source:
            if '"' in line or len(line) > LONGEST_RECORD:
                record, taken = _quoted(chain([line], source), delimiter)
                if taken > 1:
                    _check_lines(record, fields, delimiter)
            else:
                # Without quotes there is nothing to it, and most lines of large files have none.
                text = line.rstrip("\r\n")
                record, taken = text.split(delimiter) if text else [], 1
            if record:
                yield number, record
            number += taken
    except csv.Error as error:
        message = f"Line {number} cannot be read as CSV: {error}."
        if str(error) == _ENDS_OPEN:
            raise UnfinishedRecordError(f"{message} {_QUOTE}", number) from error
        raise FormatError(f"{message} {_QUOTE}") from error


def _quoted(lines: Iterable[str], delimiter: str) -> tuple[list[str], int]:
    """Return the first record of ``lines``, and how many of them it takes."""
    length = 0

    def bounded() -> Iterator[str]:
        nonlocal length
        for line in lines:
            length += len(line)
            if length > LONGEST_RECORD:
                raise csv.Error(f"more than {LONGEST_RECORD:,} characters")
            yield line

    records = csv.reader(bounded(), delimiter=delimiter, strict=True)
    return next(records), records.line_num


def _check_lines(record: list[str], fields: int, delimiter: str) -> None:
    """Raise csv.Error when a field is rows between two quotes that do not belong together."""
    rows = ("\n" in field and field.count(delimiter) >= fields - 1 for field in record)
    if fields > 1 and any(rows):
        raise csv.Error("one field holds whole rows")


def records_of(
    text: str, fields: int, *, delimiter: str = ",", begins: int = 2
) -> tuple[list[Numbered], str]:
    """Return the records of a piece of a file, and the text of the one that it ends inside.

    Arguments and errors are those of ``read_records``.
    """
    found: list[Numbered] = []
    try:
        found.extend(
            read_records(io.StringIO(text, newline=""), fields, delimiter=delimiter, begins=begins)
        )
    except UnfinishedRecordError as error:
        lines = io.StringIO(text, newline="")
        done = sum(map(len, islice(lines, error.line - begins)))
        return found, text[done:]
    return found, ""


def count_lines(text: str) -> int:
    """Return how many lines, in any convention, end in ``text``."""
    ends = text.count("\n")
    return ends if "\r" not in text else ends + text.count("\r") - text.count("\r\n")
