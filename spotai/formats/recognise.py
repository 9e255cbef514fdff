"""Opening a file as rows: the format its header, or its first lines, show."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from spotai.errors import FormatError
from spotai.formats import cells
from spotai.formats.json_stream import JsonStream
from spotai.formats.layouts import lookup, nearest
from spotai.formats.links import LINKS, MARKDOWN, list_format, read_list, read_markdown, read_words
from spotai.formats.m3u import HEADER, M3U, read_m3u
from spotai.formats.opening import OpenText, Readable, open_path, open_text, plain_errors
from spotai.formats.pieces import TableText, pieces, read_here
from spotai.formats.playlist_json import JSPF, MPD, read_playlists
from spotai.formats.processes import process_count, read_in_processes
from spotai.formats.rows import (
    UNNAMED_SOURCE,
    Block,
    Item,
    ListedTrack,
    Listing,
    PlaylistEntry,
    Refusal,
    Rows,
    block_of,
)
from spotai.formats.table_reader import TableRows
from spotai.tracks import Track

LARGEST_PLAYLIST: Final = 50 * 2**20
# A process takes as long to start as two megabytes take to read.
WORTH_PROCESSES: Final = 8 * 2**20
SMALL_PIECE: Final = 2**16
MOST_COLUMNS: Final = 1_000
BLOCK_ITEMS: Final = 5_000
# Reading a line that gives nothing takes a few millionths of a second.
MOST_IDLE_LINES: Final = 100_000

Result = TypeVar("Result")

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_ARRAY: Final = re.compile(r"\s*\[\s*[\[{\"]")
_SHOWN: Final = 60

_SUFFIXES: Final = (".gz", ".csv", ".tsv", ".txt", ".json", ".jspf", ".m3u", ".m3u8", ".md")


class _Recognised(NamedTuple):
    """A file whose format is known: either a table that begins on a line, or rows."""

    format: str
    rows: Rows = iter(())
    table: TableText | None = None
    begins: int = 0
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFile:
    """An opened data-set or playlist file, to be read once: either as items or as blocks.

    ``bytes_read()`` of ``size`` bytes of the file on disk were read so far; both are 0 for a
    pipe. ``unused`` are a table's columns its format does not know.
    """

    path: Path
    format: str
    size: int
    bytes_read: Callable[[], int]
    unused: tuple[str, ...]
    _text: OpenText
    _found: _Recognised

    @property
    def items(self) -> Iterator[Item]:
        """What the lines give, one after the other. Raises FormatError."""
        return (item for _, row in _rows(self._text, self._found) for item in row)

    def blocks(self, work: Callable[[Block], Result]) -> Iterator[Result]:
        """Yield what ``work`` makes of each block of the file, in order.

        Large tables are read by several processes: then ``work`` and its results travel.
        Raises FormatError.
        """
        text, found = self._text, self._found
        with plain_errors(text.name):
            if not found.table:
                items = (item for _, row in found.rows for item in row)
                yield from (work(block_of(some)) for some in _batched(items))
                return
            cut = pieces(text.chunks_from(found.begins), found.begins)
            packed = partial(_worked, work)
            processes = process_count()
            if self.size < WORTH_PROCESSES or processes == 1:
                yield from read_here(found.table, cut, packed)
            else:
                yield from read_in_processes(found.table, cut, packed, processes)


def _worked(work: Callable[[Block], Result], rows: TableRows) -> Result:
    return work(rows.block())


def _batched(items: Iterator[Item]) -> Iterator[list[Item]]:
    while some := list(islice(items, BLOCK_ITEMS)):
        yield some


@contextmanager
def open_rows(path: Path, name: str = "") -> Iterator[RowFile]:
    """Open a data-set or playlist file and recognise its format; messages call it ``name``.

    Rows that name no data set themselves get the file's name as their source. A playlist file is
    the playlist of its name. Raises FormatError, also while the items are read, when the file is
    not what it should be.
    """
    with open_path(path) as raw, open_text(raw, name or str(path)) as text:
        found = _recognised(text, path.name)
        # A pipe tells neither how much it holds nor how much was taken.
        size, bytes_read = (path.stat().st_size, raw.tell) if raw.seekable() else (0, int)
        yield RowFile(path, found.format, size, bytes_read, found.unused, text, found)


def read_playlist(
    source: Path | Readable, name: str = "", *, largest: int = LARGEST_PLAYLIST
) -> Generator[ListedTrack | Refusal, None, None]:
    """Yield the tracks of a playlist or data-set file in order, each with what it says of itself.

    ``source`` is a path or a stream of bytes, plain or gzip, which stays open; ``name`` is the
    name people know it by, after which its playlist is called. ``largest`` bounds its decompressed
    bytes. Where features lack that a data set needs, and between other words of a list, it goes by
    the track ids. Raises FormatError and TooLargeError, also after the first tracks were yielded.
    """
    if isinstance(source, Path):
        with open_path(source) as raw:
            yield from read_playlist(raw, name or source.name, largest=largest)
        return
    with open_text(source, name or "the file", largest, most_idle=MOST_IDLE_LINES) as text:
        yield from _listed(text, _recognised(text, name, ids_suffice=True))


def read_pasted(text: str) -> Generator[ListedTrack | Refusal, None, None]:
    """Yield the tracks of a pasted text: what ``read_playlist`` reads, or links between words.

    In a text of no known format each word that is no id or link is a refusal. Raises what
    ``read_playlist`` raises.
    """
    pasted = io.BytesIO(text.encode(errors="replace"))
    with open_text(pasted, "the text", most_idle=MOST_IDLE_LINES) as opened:
        yield from _listed(opened, _recognised(opened, "", ids_suffice=True, words_suffice=True))


def pasted_lines(text: str) -> list[str]:
    """Return the lines of a pasted text as they are counted; none in JSON, where entries are."""
    shown = text.removeprefix("\ufeff")
    return [] if _is_json(shown) else list(io.StringIO(shown, newline=None))


def _listed(text: OpenText, found: _Recognised) -> Iterator[ListedTrack | Refusal]:
    for line, items in _rows(text, found):
        text.given += 1
        yield from _told(line, items)


def _told(line: int, items: Sequence[Item]) -> Iterator[ListedTrack | Refusal]:
    """Yield what stands in one line, for matching."""
    entry = next((item for item in items if isinstance(item, PlaylistEntry)), None)
    for item in items:
        if isinstance(item, Track):
            artists = tuple(artist.name for artist in item.artists)
            playlist = (entry.playlist_id, entry.playlist_name) if entry else ("", "")
            yield ListedTrack(line, item.id, item.isrc, item.title, artists, *playlist)
        elif not isinstance(item, PlaylistEntry):
            yield item


def _rows(text: OpenText, found: _Recognised) -> Rows:
    """Yield what the lines of a file give, reading no further ahead than a small piece."""
    with plain_errors(text.name):
        if not found.table:
            yield from found.rows
            return
        cut = pieces(text.chunks_from(found.begins), found.begins, SMALL_PIECE)
        for rows in read_here(found.table, cut, lambda read: read):
            yield from rows.items()


def _recognised(
    text: OpenText, file_name: str, *, ids_suffice: bool = False, words_suffice: bool = False
) -> _Recognised:
    if _is_json(text.head):
        format_name = JSPF if '"playlist"' in text.head else MPD
        listing = _listing(file_name, format_name)
        return _Recognised(
            format_name, read_playlists(JsonStream(text.chunks(), text.name), listing)
        )
    if text.head.startswith(HEADER) or file_name.lower().endswith((".m3u", ".m3u8")):
        return _Recognised(M3U, read_m3u(text.lines(), _listing(file_name, M3U)))
    found = _table(text, file_name, ids_suffice=ids_suffice)
    return found or _list(text, file_name, ids_suffice=ids_suffice, words_suffice=words_suffice)


def _is_json(head: str) -> bool:
    return head.lstrip()[:1] == "{"


def _table(text: OpenText, file_name: str, *, ids_suffice: bool) -> _Recognised | None:
    lines = text.lines()
    header = next(lines)
    begins = 2
    if header.lower().startswith("sep="):
        # Excel's own line, which names the separator.
        header = next(lines, "")
        begins = 3
    for delimiter in _DELIMITERS:
        columns = _fields(header, delimiter)
        if layout := lookup(columns, ids_suffice=ids_suffice):
            if len(columns) > MOST_COLUMNS:
                raise FormatError(
                    f"{text.name} has {len(columns):,} columns, more than {MOST_COLUMNS:,}. Keep "
                    "those that SpotAI knows (docs/formats.md)."
                )
            listing = _listing(file_name, layout.name)
            if layout.playlist != "file":
                listing = listing._replace(source=_source(file_name))
            table = TableText(layout, columns, listing, delimiter)
            return _Recognised(
                layout.name, table=table, begins=begins, unused=layout.unused(columns)
            )
    return None


def _list(text: OpenText, file_name: str, *, ids_suffice: bool, words_suffice: bool) -> _Recognised:
    kind = list_format(text.head, ids_suffice=ids_suffice)
    if kind is not None:
        read = read_markdown if kind == MARKDOWN else read_list
    elif words_suffice and not _is_other_data(text.head):
        kind, read = LINKS, read_words
    else:
        raise FormatError(_unknown(text))
    return _Recognised(kind, read(text.lines(), _listing(file_name, kind)))


def _is_other_data(head: str) -> bool:
    """Return whether a text is no prose: an array of JSON, or a table with columns of songs."""
    if _ARRAY.match(head):
        return True
    columns = _columns(head)
    near = nearest(columns)
    return len(near.needed) - len(near.lacks(columns)) >= 2


def _source(file_name: str) -> str:
    """Return the source that a file's name makes."""
    # A name that is no UTF-8 must be one where it is kept; MariaDB tells no blank at the end.
    name = cells.name(file_name.encode(errors="replace").decode()[: cells.NAME_LENGTH])
    return name.partition(".")[0].strip() or name or UNNAMED_SOURCE


def _listing(file_name: str, format_name: str) -> Listing:
    """Return the playlist a file is: loading it again replaces the one of that name."""
    name = file_name
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    name = cells.name(name[: cells.NAME_LENGTH]) or UNNAMED_SOURCE
    return Listing(cells.local_id("playlist", format_name, name), name, UNNAMED_SOURCE)


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return [column.strip() for column in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _columns(head: str) -> list[str]:
    """Return what may be the columns of a table that no format knows."""
    first = head.splitlines()[0]
    columns = _fields(first, _delimiter(first))[:MOST_COLUMNS]
    return [column for column in columns if column]


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def _unknown(text: OpenText) -> str:
    first = text.head.splitlines()[0]
    delimiter = _delimiter(first)
    columns = _columns(text.head)
    if len(columns) < 2:
        return (
            f"{text.name} is neither a table with a header nor a list of Spotify links. Its first "
            f"line is {first[:_SHOWN]!r}. Save a playlist as CSV with its header, or write one "
            "track id or link a line."
        )
    what = f"{text.name} is no table of songs SpotAI knows"
    if delimiter != ",":
        what += f" (its fields are parted by {_DELIMITERS[delimiter]})"
    near = nearest(columns)
    strange = ", ".join(column[:40] for column in near.unused(columns)[:40])
    return (
        f"{what}. Nearest is the format {near.name!r}: it lacks {', '.join(near.lacks(columns))}"
        + (f"; not known to it: {strange}." if strange else ".")
    )
