"""A table cut anywhere gives the rows that it gives as a whole."""

from __future__ import annotations

import csv
import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import FormatError, SpotAIError
from spotai.formats import processes, recognise
from spotai.formats.layouts import lookup
from spotai.formats.pieces import Piece, PieceReader, TableText, pieces, read_here
from spotai.formats.processes import read_in_processes
from spotai.formats.recognise import open_rows
from spotai.formats.rows import Item, Listing, Refusal, block_of
from spotai.formats.table_reader import TableRows
from spotai.tracks import Track
from tests.catalog.songs import song_id
from tests.formats.tables import SONG, csv_text, write_csv

HEADER = list(SONG)
TITLES = st.text(st.sampled_from('ab ,"\n\r\u00e9'), max_size=12)


def table() -> TableText:
    layout = lookup(HEADER)
    assert layout is not None
    return TableText(layout, HEADER, Listing("", "", "test"), ",")


def text_of(titles: list[str], line_end: str = "\n") -> str:
    """A table without its header."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator=line_end)
    for number, title in enumerate(titles):
        writer.writerow(({**SONG, "track_id": song_id(number), "name": title}).values())
    return written.getvalue()


def items(rows: TableRows) -> list[tuple[int, Item]]:
    return [(line, item) for line, found in rows.items() for item in found]


def read(found: Iterator[Piece]) -> list[tuple[int, Item]]:
    return [row for some in read_here(table(), found, items) for row in some]


@given(
    titles=st.lists(TITLES, max_size=8),
    size=st.integers(1, 600),
    chunk=st.integers(1, 200),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_wherever_it_is_cut(titles: list[str], size: int, chunk: int, line_end: str) -> None:
    text = text_of(titles, line_end)
    chunks = [text[start : start + chunk] for start in range(0, len(text), chunk)]
    cut = list(pieces(chunks, 2, size))
    assert "".join(piece.text for piece in cut) == text
    assert read(iter(cut)) == read(iter([Piece(2, text)]))


def test_lines_are_counted_through_all_pieces() -> None:
    text = text_of(["one", "two\nlines", "three"]) + "too,few\n"
    lines = [(line, type(item)) for line, item in read(pieces([text], 2, 10))]
    assert lines == [(2, Track), (3, Track), (5, Track), (6, Refusal)]


def test_a_quote_that_is_never_closed_is_told_with_its_line() -> None:
    text = text_of(["one", "two", "three"]).replace("two", '"two')
    with pytest.raises(FormatError, match=r"Line 3 cannot be read as CSV.*never closed"):
        read(pieces([text], 2, 10))


def test_records_of_many_lines_are_read_once_or_twice() -> None:
    text = text_of(["a\n" * 300 for _ in range(200)])
    read_characters = 0
    reader = PieceReader.read

    def counted(self: PieceReader, piece: Piece) -> tuple[TableRows, str]:
        nonlocal read_characters
        read_characters += len(piece.text)
        return reader(self, piece)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PieceReader, "read", counted)
        assert len(read(pieces([text], 2, 2_000))) == 200
    assert read_characters < 2 * len(text)


def test_processes_give_the_same(tmp_path: Path) -> None:
    titles = [f"Song {n}" if n % 7 else f'Two, "lines"\n{n}' for n in range(3_000)]
    text = text_of(titles) + "too,few\n"
    here = read(pieces([text], 2))
    found = read_in_processes(table(), pieces([text], 2, 20_000), items, 3)
    assert [row for some in found for row in some] == here
    assert len(here) == 3_001


def test_the_error_of_a_process_is_told_in_its_turn() -> None:
    text = text_of([f"Song {n}" for n in range(2_000)])
    text += text_of(["last"]).replace("last", '"last')
    found = read_in_processes(table(), pieces([text], 2, 20_000), items, 2)
    with pytest.raises(FormatError, match="Line 2002 cannot be read as CSV"):
        list(found)


def test_the_first_fault_of_a_file_is_told_first() -> None:
    text = text_of(["one"]).replace("one", '"one" two') + text_of([f"S {n}" for n in range(2_000)])

    def chunks() -> Iterator[str]:
        yield text
        raise EOFError

    found = read_in_processes(table(), pieces(chunks(), 2, 20_000), items, 3)
    with pytest.raises(FormatError, match="Line 2 cannot be read as CSV"):
        list(found)


def test_what_lies_in_the_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("open('run', 'w')\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    found = read_in_processes(table(), pieces([text_of(["one"])], 2), items, 1)
    assert len(list(found)) == 1
    assert not (tmp_path / "run").exists()


def end_this_process(rows: TableRows) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_is_told() -> None:
    found = read_in_processes(table(), pieces([text_of(["one"])], 2), end_this_process, 1)
    with pytest.raises(SpotAIError, match="ended before its work was done"):
        list(found)


def test_large_files_are_read_by_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**SONG, "track_id": song_id(n), "name": f"Song {n}"} for n in range(500)]
    path = write_csv(tmp_path / "songs.csv.gz", *rows)
    with open_rows(path) as file:
        here = [block.tracks.values for block in file.blocks(lambda block: block)]
    used: list[int] = []

    def counted(*args: object) -> Iterator[object]:
        used.append(1)
        return read_in_processes(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(recognise, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(recognise, "process_count", lambda: 2)
    monkeypatch.setattr(recognise, "read_in_processes", counted)
    with open_rows(path) as file:
        there = list(file.blocks(values_of))
    assert used
    assert [row for some in there for row in some] == [row for some in here for row in some]


def values_of(block: object) -> list[object]:
    return block.tracks.values  # type: ignore[attr-defined, no-any-return]


def test_as_many_processes_as_cores_but_few() -> None:
    assert 1 <= processes.process_count() <= processes.MOST_PROCESSES


def test_items_become_a_block() -> None:
    rows = next(read_here(table(), iter([Piece(2, text_of(["one"]) + "x\n")]), lambda r: r))
    block = block_of(item for _, item in items(rows))
    assert block.tracks == rows.block().tracks
    assert block.refusals == rows.block().refusals == [Refusal(3, block.refusals[0].reason)]


def test_csv_text_has_the_header_the_tests_read(tmp_path: Path) -> None:
    assert csv_text([SONG]).startswith(",".join(HEADER))
