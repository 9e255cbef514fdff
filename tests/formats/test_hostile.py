"""Small uploads that would keep a reader busy, had it no bounds."""

from __future__ import annotations

import gzip
import io
import time

import pytest

from spotai.errors import FormatError, TooLargeError
from spotai.formats.opening import open_text
from spotai.formats.recognise import LARGEST_PLAYLIST, MOST_IDLE_LINES, read_playlist
from spotai.formats.rows import ListedTrack

ID = b"6rqhFgbbKwnb9MLmUQDhG6"
MEBIBYTE = 2**20
# Processor time: several times what the slowest takes, and a tenth of what it took unbounded.
SECONDS = 10.0


def filled(piece: bytes, size: int = LARGEST_PLAYLIST - MEBIBYTE) -> bytes:
    return piece * (size // len(piece))


def lines_of(piece: bytes) -> bytes:
    """Fill an upload with the longest lines that are allowed."""
    return filled(filled(piece, MEBIBYTE - 99) + b"\n")


def jspf(track: bytes) -> bytes:
    """Fill an upload with the largest tracks that are allowed."""
    return b'{"playlist": {"track": [' + filled(track + b",", 40 * MEBIBYTE) + b"{}]}}"


HOSTILE = {
    "blank lines": lambda: ID + b"\n" + filled(b"\n"),
    "comments": lambda: ID + b"\n" + filled(b"#\r\n"),
    "words": lambda: ID + b"\n" + lines_of(b"a "),
    "table of blank lines": lambda: b"track_id\n" + ID + b"\n" + filled(b"\n"),
    "table of old Mac lines": lambda: b"track_id,x\r" + ID + b",\r" + filled(b"\r"),
    "comments in M3U": lambda: b"#EXTM3U\n" + filled(b"#\n"),
    "entries in M3U without a place": lambda: b"#EXTM3U\n" + filled(b"#EXTINF:1,A\n"),
    "prose in Markdown": lambda: b"[a](spotify:track:" + ID + b")\n" + filled(b"a\n"),
    "other links in Markdown": lambda: b"[a](spotify:track:" + ID + b")\n" + lines_of(b"](a)"),
    "artists in Markdown": lambda: (
        b"[a](spotify:track:" + ID + b")\n" + lines_of(b"[a](spotify:artist:" + ID + b")")
    ),
    "numbers in JSON": lambda: b'{"a": [' + filled(b"0,") + b'0], "playlists": []}',
    "objects in JSON": lambda: b'{"playlist": {"a": [' + filled(b"{},") + b"0]}}",
    "names in JSON": lambda: b"{" + filled(b'"": 0,') + b'"playlists": []}',
    "playlists in JSON": lambda: b"{" + filled(b'"playlists": [],') + b'"playlists": []}',
    "identifiers in JSPF": lambda: jspf(b'{"identifier": [' + b'"",' * 340_000 + b'""]}'),
    "no tracks in JSPF": lambda: jspf(b"[" + b"{}," * 300_000 + b"{}]"),
    "no tracks in a member of JSPF": lambda: jspf(b'{"a": [' + b"{}," * 300_000 + b"{}]}"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_gives_nothing_is_refused_soon(kind: str) -> None:
    data = HOSTILE[kind]()
    begun = time.process_time()
    with pytest.raises(TooLargeError, match="more than"):
        for _ in read_playlist(io.BytesIO(data), "mine"):
            pass
    assert time.process_time() - begun < SECONDS


def test_columns_without_end_are_no_table() -> None:
    data = filled(b"artist_name,", MEBIBYTE - 99) + b"\n" + ID + b",\n"
    begun = time.process_time()
    with pytest.raises(FormatError, match="no table of songs"):
        list(read_playlist(io.BytesIO(data), "mine.csv"))
    assert time.process_time() - begun < SECONDS


def test_playlists_without_tracks_are_told_so_that_they_count() -> None:
    data = b'{"playlists": [' + b'{"pid": 1, "tracks": []},' * 3 + b"0]}"
    assert [item[1] for item in read_playlist(io.BytesIO(data), "mine.json")] == [
        *["a playlist has no tracks"] * 3,
        "a playlist has no list of tracks",
    ]


@pytest.mark.parametrize(
    ("header", "row", "other"),
    [(b"", ID + b"\n", b"# a comment\n"), (b"track_id,note\n", ID + b",\n", b"\n")],
    ids=["list", "table"],
)
def test_a_list_may_be_long_and_have_some_other_lines(
    header: bytes, row: bytes, other: bytes
) -> None:
    rows = MOST_IDLE_LINES + 9
    data = header + row * rows + other * (MOST_IDLE_LINES - 9)
    found = list(read_playlist(io.BytesIO(gzip.compress(data, 1)), "mine"))
    assert sum(isinstance(item, ListedTrack) for item in found) == rows


def test_very_many_empty_pieces_of_gzip_are_refused_at_once() -> None:
    packed = gzip.compress(b"") * 400_000
    started = time.process_time()
    with (
        pytest.raises(TooLargeError, match="more than 10,000 pieces"),
        open_text(io.BytesIO(packed), "mine", 50 * 2**20),
    ):
        raise AssertionError("it was opened")
    assert time.process_time() - started < 1


def test_a_file_packed_in_pieces_is_read_whole() -> None:
    lines = [f"line {n}\n" for n in range(5_000)]
    packed = b"".join(gzip.compress(line.encode()) for line in lines) + b"\0" * 512
    with open_text(io.BytesIO(packed), "mine", 50 * 2**20) as text:
        assert list(text.lines()) == lines
