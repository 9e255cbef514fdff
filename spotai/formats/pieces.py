"""A table read in pieces, so that several processes can share the work."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from spotai.formats.records import count_lines, read_records, records_of
from spotai.formats.rows import Listing
from spotai.formats.table import Layout
from spotai.formats.table_reader import TableReader, TableRows

PIECE_CHARACTERS: Final = 2**20

Result = TypeVar("Result")


class Piece(NamedTuple):
    """Whole lines of a file, the first of which has the number ``begins``.

    A record may go on in the next piece.
    """

    begins: int
    text: str


@dataclass(frozen=True, slots=True)
class TableText:
    """How the text of a table is to be read."""

    layout: Layout
    header: Sequence[str]
    listing: Listing
    delimiter: str

    def reader(self) -> TableReader:
        # Where commas part decimals, spreadsheets part the columns with semicolons.
        decimal = "," if self.delimiter == ";" else "."
        return TableReader(self.layout, self.header, self.listing, decimal=decimal)


class PieceReader:
    """Reads pieces of one table."""

    def __init__(self, table: TableText) -> None:
        self._reader = table.reader()
        self._delimiter = table.delimiter

    def read(self, piece: Piece) -> TableRows | None:
        """Return the rows of a piece that begins with a record, None when its last one goes on.

        Raises FormatError as ``read_records`` does.
        """
        width = self._reader.width
        found = records_of(piece.text, width, delimiter=self._delimiter, begins=piece.begins)
        return None if found is None else self._reader.read(found)

    def check(self, piece: Piece) -> None:
        """Raise the FormatError of a piece that ends inside a record."""
        lines = io.StringIO(piece.text, newline="")
        width = self._reader.width
        for _ in read_records(lines, width, delimiter=self._delimiter, begins=piece.begins):
            pass


def pieces(chunks: Iterable[str], begins: int, size: int = PIECE_CHARACTERS) -> Iterator[Piece]:
    """Yield a text as pieces of about ``size`` characters, cut between lines."""
    held: list[str] = []
    length = 0
    for chunk in chunks:
        held.append(chunk)
        length += len(chunk)
        if length < size:
            continue
        text = "".join(held)
        # A carriage return at the very end may be the first half of a line's end.
        cut = max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
        if cut:
            yield Piece(begins, text[:cut])
            begins += count_lines(text[:cut])
        held, length = [text[cut:]], len(text) - cut
    if length:
        yield Piece(begins, "".join(held))


def whole(
    outcomes: Iterable[tuple[Piece, Callable[[], Result | None]]],
    reader: PieceReader,
    work: Callable[[TableRows], Result],
) -> Iterator[Result]:
    """Yield the results of pieces in order.

    A piece is read before anybody knows whether it begins with a record: it does when the one
    before ended with one. Else both are read again as one. The outcome of a piece returns None
    when its last record goes on, and raises FormatError.
    """
    held: Piece | None = None
    for found, outcome in outcomes:
        piece = found if held is None else Piece(held.begins, held.text + found.text)
        if held is None:
            result = outcome()
        else:
            rows = reader.read(piece)
            result = None if rows is None else work(rows)
        held = piece if result is None else None
        if result is not None:
            yield result
    if held is not None:
        reader.check(held)


def read_here(
    table: TableText, found: Iterable[Piece], work: Callable[[TableRows], Result]
) -> Iterator[Result]:
    """Yield ``work`` of the rows of each piece. Raises FormatError as ``read_records`` does."""
    reader = PieceReader(table)

    def outcome(piece: Piece) -> Callable[[], Result | None]:
        return lambda: None if (rows := reader.read(piece)) is None else work(rows)

    yield from whole(((piece, outcome(piece)) for piece in found), reader, work)
