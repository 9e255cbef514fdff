"""Tables with a header: one layout per data set, one row at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from spotai.errors import FormatError, InputError
from spotai.formats.rows import Item, Refusal

LONGEST_RECORD: Final = 2**20

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table format.

    The columns in ``needed`` recognise it. ``read(row, source)`` turns a row into items and
    raises InputError to refuse it; ``source`` names the data set where the row does not.
    """

    name: str
    needed: tuple[str, ...]
    read: Callable[[Row, str], Sequence[Item]]

    def lacks(self, header: Sequence[str]) -> list[str]:
        """Return the needed columns that the header does not have."""
        return [column for column in self.needed if column not in header]


def read_table(
    layout: Layout, header: Sequence[str], lines: Iterator[str], source: str
) -> Iterator[Item]:
    """Yield the items of a table whose header, the first line, was read already.

    Raises FormatError when the lines are no CSV.
    """
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise FormatError(f"The header names a column twice: {', '.join(twice)}. Keep one of each.")
    for line, record in read_records(lines, len(header)):
        if len(record) != len(header):
            yield Refusal(line, f"has {len(record)} fields where the header has {len(header)}")
            continue
        try:
            items = layout.read(dict(zip(header, record, strict=True)), source)
        except InputError as error:
            yield Refusal(line, error.message)
        else:
            yield from items


def read_records(
    lines: Iterator[str], fields: int, *, blanks_part: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records after the header with the line they begin on; blank lines are skipped.

    ``fields`` is how many the header has; with ``blanks_part`` a blank after a comma belongs to
    no field. Raises FormatError when the lines are no CSV, where a stray quote has swallowed whole
    rows, and where a record has more than ``LONGEST_RECORD`` characters.
    """
    length = 0

    def bounded() -> Iterator[str]:
        nonlocal length
        for line in lines:
            length += len(line)
            if length > LONGEST_RECORD:
                raise csv.Error(f"more than {LONGEST_RECORD:,} characters")
            yield line

    reader = csv.reader(bounded(), strict=True, skipinitialspace=blanks_part)
    begins = 2
    try:
        for record in reader:
            if reader.line_num + 1 > begins:
                _check_lines(record, fields)
            if record:
                yield begins, record
            begins = reader.line_num + 2
            length = 0
    except csv.Error as error:
        raise FormatError(
            f"Line {begins} cannot be read as CSV: {error}. Look for a quote that is never closed."
        ) from error


def _check_lines(record: list[str], fields: int) -> None:
    """Raise csv.Error when a field is rows between two quotes that do not belong together."""
    if fields > 1 and any("\n" in field and field.count(",") >= fields - 1 for field in record):
        raise csv.Error("one field holds whole rows")
