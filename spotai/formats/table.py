"""Tables with a header: one layout per data set, one row at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spotai.errors import FormatError, InputError
from spotai.formats.rows import Item, Refusal

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
    for line, record in _records(lines):
        if len(record) != len(header):
            yield Refusal(line, f"has {len(record)} fields where the header has {len(header)}")
            continue
        try:
            items = layout.read(dict(zip(header, record, strict=True)), source)
        except InputError as error:
            yield Refusal(line, error.message)
        else:
            yield from items


def _records(lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield records with the line they begin on; blank lines are skipped."""
    reader = csv.reader(lines)
    begins = 2
    try:
        for record in reader:
            if record:
                yield begins, record
            begins = reader.line_num + 2
    except csv.Error as error:
        raise FormatError(
            f"Line {begins} cannot be read as CSV: {error}. Look for a quote that is never closed."
        ) from error
