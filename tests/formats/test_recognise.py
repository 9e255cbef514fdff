"""Files that are what they should be, and those that are not."""

from __future__ import annotations

import gzip
import os
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from spotai.errors import FormatError
from spotai.formats.layouts import LAYOUTS
from spotai.formats.links import read_links
from spotai.formats.recognise import open_rows, read_playlist
from spotai.formats.rows import ListedTrack, PlaylistEntry, Refusal
from spotai.formats.table import Layout
from spotai.tracks import Track
from tests.formats.tables import SONG, SONG_ID, csv_text, header_of, write_csv


def read(path: Path) -> int:
    with open_rows(path) as file:
        return sum(1 for _ in file.items)


def song_lines(changes: dict[str, str], rest: str = "Song") -> bytes:
    """Two good rows, one with these cells as they stand, unquoted, and two more named ``rest``."""
    rows = [SONG | {"name": "Song"}] * 2 + [SONG | changes] + [SONG | {"name": rest}] * 2
    return "\n".join([",".join(SONG), *(",".join(row.values()) for row in rows), ""]).encode()


def header_without(*columns: str) -> bytes:
    return ",".join(name for name in LAYOUTS[0].needed if name not in columns).encode()


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
        (
            b"nr,song\n1,x\n",
            "'songs': it lacks track_id, name, artists.*not known to it: nr, song",
        ),
        (header_without("energy", "tempo"), "lacks energy, tempo.$"),
        (b"track_id;name;energy\n", "semicolons"),
        (b"x" * 200_000, "neither a table .* nor a list"),
        (b"Dear diary,\nnothing today.\n", "neither a table .* nor a list"),
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
        (song_lines({"name": '"Heroes'}), "Line 4.*never closed"),
        (song_lines({"name": '"Heroes'}, rest="x"), "Line 4.*never closed"),
        (song_lines({"name": '"Heroes'}, rest='Heroes"'), "Line 4.*never closed"),
        (b"track_id,track_id," + b",".join(k.encode() for k in SONG) + b"\n", "'track_id' twice"),
        (csv_text([SONG] * 3000).encode() + b"\xff\xfe", "UTF-8"),
    ],
)
def test_other_files_are_refused_with_a_reason(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=says):
        read(path)


def test_a_table_of_ids_is_a_playlist_like_a_list_of_them(tmp_path: Path) -> None:
    path = tmp_path / "Mine.csv"
    path.write_text(f"nr,track_id\n1,spotify:track:{SONG_ID}\n2,\n")
    with open_rows(path) as file:
        track, entry, refusal = file.items
    assert file.format == "track-ids"
    assert track == Track(SONG_ID, "playlist")
    assert isinstance(entry, PlaylistEntry)
    assert (entry.playlist_name, entry.track_id) == ("Mine", SONG_ID)
    assert refusal == Refusal(3, "names no track: neither Spotify id, nor ISRC, nor title")


@pytest.mark.parametrize(
    "text",
    [
        f"track_id,energy\n{SONG_ID},7\n",
        f"nr,link\n1,spotify:track:{SONG_ID}\n",
        f"{SONG_ID},A title without header\n",
        f"Hear this: open.spotify.com/track/{SONG_ID}\n",
    ],
    ids=["half a table", "other table", "no header", "prose"],
)
def test_where_songs_are_only_looked_for_their_ids_suffice(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text)
    found = [item for item in read_playlist(path) if isinstance(item, ListedTrack)]
    assert [item.track_id for item in found] == [SONG_ID]
    with pytest.raises(FormatError, match=r"lacks|neither a table"):
        read(path)


def test_a_spreadsheet_named_csv(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sheet.xml", "<x/>")
    with pytest.raises(FormatError, match="zip archive"):
        read(path)


def test_a_packed_file_with_a_flipped_bit_may_be_damaged(tmp_path: Path) -> None:
    rows = [{**SONG, "name": f"Chanson d'été {number}"} for number in range(300)]
    packed = bytearray(gzip.compress(csv_text(rows).encode()))
    path = tmp_path / "songs.csv.gz"
    for place in range(40, len(packed) - 8, 97):
        damaged = packed.copy()
        damaged[place] ^= 4
        path.write_bytes(damaged)
        with pytest.raises(FormatError, match=r"damaged|too early|Line \d+ cannot|no table"):
            read(path)


@pytest.mark.parametrize("endless", [b"x", b'"x","y\n', b'"x","y",'], ids=["line", "rows", "row"])
def test_a_record_without_an_end_is_not_kept(tmp_path: Path, endless: bytes) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(csv_text([SONG]).encode() + endless * (2**26 // len(endless))))
    tracemalloc.start()
    try:
        with pytest.raises(
            FormatError, match=r"Line 3 cannot be read|a line of more than a million"
        ):
            read(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 64 * 2**20


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    for name, text in (("plain", csv_text([SONG] * 5000)), ("none", "id,title\n1,x\n")):
        pipe = tmp_path / f"{name}.csv"
        os.mkfifo(pipe)
        for data in (text.encode(), gzip.compress(text.encode())):
            writer = threading.Thread(target=pipe.write_bytes, args=[data])
            writer.start()
            if name == "none":
                with pytest.raises(FormatError, match="no table of songs"):
                    read(pipe)
            else:
                with open_rows(pipe) as file:
                    assert sum(1 for _ in file.items) == 5000
                    assert (file.bytes_read(), file.size) == (0, 0)
            writer.join()


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no file"):
        read(tmp_path / "missing.csv")
    with pytest.raises(FormatError, match="a folder"):
        read(tmp_path)


def test_real_files(real_data: Path) -> None:
    with open_rows(real_data / "sample_4000.csv") as file:
        assert all(isinstance(item, Track) for item in file.items)
    list_of_uris = real_data / "raw" / "track_uri_list_harisekhon.txt"
    uris = list(read_links(list_of_uris.read_text("utf-8").splitlines()))
    assert len(uris) > 100
    assert not [item for item in uris if isinstance(item, Refusal)]
    with pytest.raises(FormatError, match="Git LFS pointer"):
        read(real_data / "raw" / "git_lfs_pointer_named_spotify_songs.csv")


def test_commas_and_line_breaks_may_stand_between_quotes(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "songs.csv", {**SONG, "name": 'A, b\nand "c", d'}, SONG)
    with open_rows(path) as file:
        first, _ = file.items
    assert isinstance(first, Track)
    assert first.title == 'A, b and "c", d'


def test_a_file_name_that_is_no_utf8_still_names_the_source(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9 .csv")
    write_csv(path, {**SONG, "source": ""})
    with open_rows(path) as file:
        (track,) = file.items
    assert isinstance(track, Track)
    assert track.source == "caf?"
