"""Files that are what they should be, and those that are not."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from spotai.errors import FormatError
from spotai.formats.layouts import LAYOUTS
from spotai.formats.recognise import open_rows, read_track_ids
from spotai.formats.rows import Refusal
from spotai.formats.table import Layout
from spotai.tracks import Track
from tests.formats.tables import ENTRY, SONG, SONG_ID, csv_text, header_of, write_csv


def read(path: Path) -> int:
    with open_rows(path) as file:
        return sum(1 for _ in file.items)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_format_is_known_by_its_header(tmp_path: Path, layout: Layout) -> None:
    path = tmp_path / "any name"
    path.write_text(header_of(layout))
    with open_rows(path) as file:
        assert (file.format, list(file.items)) == (layout.name, [])


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(b"\xef\xbb\xbf" + csv_text([SONG]).encode())
    assert b"\r\n" in path.read_bytes()
    assert read(path) == 1


def test_packed_files_are_known_by_their_content(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(gzip.compress(csv_text([SONG, SONG]).encode()))
    assert read(path) == 2


def test_progress_counts_the_bytes_on_disk(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "songs.csv.gz", *[SONG] * 2000)
    with open_rows(path) as file:
        assert file.size == path.stat().st_size
        assert 0 < file.bytes_read() <= file.size
        for _ in file.items:
            pass
        assert file.bytes_read() == file.size


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (bytes(range(256)) * 100, "UTF-8"),
        (b"\x7fELF\0\0\0\0", "binary"),
        (b"x" * 200_000, "neither a table .* nor a list"),
        (b"Dear diary,\nnothing today.\n", "neither a table .* nor a list"),
        (header_of(LAYOUTS[0]).replace("tempo,", "").encode(), "'songs', which also needs: tempo"),
        (b"caf\xe9,track_id\n", "0xe9.*Latin-1"),
        (gzip.compress(csv_text([SONG] * 2000).encode())[:-300], "ends too early"),
        (b"\x1f\x8bnot gzip at all", "damaged"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        (b"BZh91AY", "bzip2"),
        (csv_text([SONG]).encode("utf-16"), "UTF-16"),
        (csv_text([SONG]).encode("utf-16-le"), "UTF-16"),
        (b"<!DOCTYPE html>\n<html>", "a web page"),
        (b"-- dump\nCREATE TABLE songs (id INT);\n", "an SQL dump"),
        (SONG_ID.encode() + b"\n" + b"x" * 2_000_000, "more than a million characters"),
        (csv_text([SONG]).encode() + b'"never closed' + b"x" * 200_000, "Line 3.*quote"),
        (b"track_id,track_id," + b",".join(k.encode() for k in SONG) + b"\n", "'track_id' twice"),
        (csv_text([SONG] * 3000).encode() + b"\xff\xfe", "UTF-8"),
    ],
)
def test_other_files_are_refused_with_a_reason(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=says):
        read(path)


def test_a_spreadsheet_named_csv(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sheet.xml", "<x/>")
    with pytest.raises(FormatError, match="zip archive"):
        read(path)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no file"):
        read(tmp_path / "missing.csv")
    with pytest.raises(FormatError, match="a folder"):
        read(tmp_path)


def test_track_ids_of_a_table_and_of_a_list(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "playlist.csv", ENTRY, {**ENTRY, "tempo": "?"}, ENTRY)
    refusal = Refusal(3, "tempo is '?', not a number")
    assert list(read_track_ids(table)) == [SONG_ID, refusal, SONG_ID]
    links = tmp_path / "links.txt"
    links.write_text(f"# mine\nspotify:track:{SONG_ID}\nnonsense\n")
    refusal = Refusal(3, "'nonsense' is no track id or link")
    assert list(read_track_ids(links)) == [SONG_ID, refusal]


def test_real_files(real_data: Path) -> None:
    with open_rows(real_data / "sample_4000.csv") as file:
        assert all(isinstance(item, Track) for item in file.items)
    uris = list(read_track_ids(real_data / "raw" / "track_uri_list_harisekhon.txt"))
    assert len(uris) > 100
    assert not [item for item in uris if isinstance(item, Refusal)]
    with pytest.raises(FormatError, match="Git LFS pointer"):
        read(real_data / "raw" / "git_lfs_pointer_named_spotify_songs.csv")
