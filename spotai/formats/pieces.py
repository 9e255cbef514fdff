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


# A piece, and what returns the result of it with the text of its unfinished record, or raises
# the FormatError of it.
Outcome = tuple[Piece, Callable[[], tuple[Result, str]]]


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

    def read(self, piece: Piece) -> tuple[TableRows, str]:
        """Return the rows of a piece that begins with a record, and the text of the unfinished one.

        Raises FormatError as ``read_records`` does.
        """
        width = self._reader.width
        found, rest = records_of(piece.text, width, delimiter=self._delimiter, begins=piece.begins)
        return self._reader.read(found), rest

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
    outcomes: Iterable[Outcome[Result]],
    reader: PieceReader,
    work: Callable[[TableRows], Result],
) -> Iterator[Result]:
    """Yield the results of pieces in order.

    A piece is read before anybody knows whether it begins with a record: it does when the one
    before ended with one. Else it is read again, behind the text of the unfinished one.
    """
    held: Piece | None = None
    for piece, outcome in outcomes:
        if held is None:
            begins, text = piece
            result, rest = outcome()
        else:
            begins, text = held.begins, held.text + piece.text
            rows, rest = reader.read(Piece(begins, text))
            result = work(rows)
        yield result
        held = Piece(begins + count_lines(text[: len(text) - len(rest)]), rest) if rest else None
    if held is not None:
        reader.check(held)


def read_here(
    table: TableText, found: Iterable[Piece], work: Callable[[TableRows], Result]
) -> Iterator[Result]:
    """Yield ``work`` of the rows of each piece. Raises FormatError as ``read_records`` does."""
    reader = PieceReader(table)

    def outcome(piece: Piece) -> Callable[[], tuple[Result, str]]:
        def read() -> tuple[Result, str]:
            rows, rest = reader.read(piece)
            return work(rows), rest

        return read

    yield from whole(((piece, outcome(piece)) for piece in found), reader, work)
