"""Files of ``--tracks``."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from spotai.commands import seeds
from spotai.commands.seeds import read_seeds
from spotai.errors import FormatError, SpotAIError, TooLargeError

ONE, TWO, THREE = "1" * 22, "2" * 22, "3" * 22
PLAYLISTS = (
    "playlist_id,playlist_name,position,track_id\n"
    f'a,"Songs, quiet",0,{ONE}\na,"Songs, quiet",1,{TWO}\nb,Loud,0,{THREE}\n'
)


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"# mine\n\nspotify:track:{ONE}\r\nhttps://open.spotify.com/intl-de/track/{TWO}?si=x\r\n",
        f"\ufeff{ONE}, {TWO}, {ONE}",
        f"track_id\n{ONE}\n{TWO}\n",
        f'name,track_id\n"a, b",{ONE}\nc,spotify:track:{TWO}\n',
        f"playlist_id,track_id\na,{ONE}\na,{TWO}\n",
        f"track_id\r{ONE}\r{TWO}\r",
        f"name,track_id\ra,{ONE}\rb,{TWO}\r",
        f"track_id , name\n{ONE}, a\n{TWO} , b\n",
        f"{ONE}{' ' * 300_000}{TWO}",
        f"{ONE}," * 15_000 + TWO,
        f"Track_ID,energy,tempo\nopen.spotify.com/embed/track/{ONE}/,7,x\n{TWO},8,y\n",
    ],
    ids=[
        "ids",
        "links",
        "one line",
        "column",
        "table",
        "one playlist",
        "old Mac column",
        "old Mac table",
        "blanks",
        "long line",
        "many in one line",
        "some features",
    ],
)
def test_ids_are_read_in_order_and_once(tmp_path: Path, text: str) -> None:
    file = tmp_path / "list"
    file.write_bytes(text.encode())
    packed = tmp_path / "list.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    for path in (file, packed):
        found = read_seeds(str(path))
        assert found.track_ids == [ONE, TWO]
        assert found.not_understood == []


def test_lines_that_are_no_track_are_named(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"{ONE}\nHello there\nhttps://open.spotify.com/album/{TWO}\n")
    found = read_seeds(str(file))
    assert found.track_ids == [ONE]
    first, second = found.not_understood
    assert first.startswith(f"{file}, line 2: 'Hello'")
    assert first.endswith("(and 1 more in this line)")
    assert "line 3" in second


def test_one_of_several_playlists_is_chosen_by_id(tmp_path: Path) -> None:
    file = tmp_path / "playlists.csv"
    file.write_text(PLAYLISTS)
    assert read_seeds(str(file), "a").track_ids == [ONE, TWO]
    assert read_seeds(str(file), "b").track_ids == [THREE]
    with pytest.raises(FormatError, match=r"2 playlists.*--playlist ID: a \(Songs, quiet\), b"):
        read_seeds(str(file))
    with pytest.raises(FormatError, match="has no playlist c; it has a"):
        read_seeds(str(file), "c")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\x00\x01\xff\xfe" * 50, "is no UTF-8 text"),
        ("11\n".encode("utf-16"), "is in UTF-16; save it in UTF-8"),
        (gzip.compress(b"1" * 5000)[:-9], "ends too early"),
        (b"hello\nworld\n", "first line is 'hello'.*one track id or link a line"),
        (b"# only a comment\n", "one track id or link a line"),
        (b"track_id\n1\n", "line 2: track id '1' is not 22 letters and digits"),
        (b"track_id\n", "has no songs"),
        (b'track_id,name\n1,"never closed\n' + b"x\n" * 70_000, "never closed"),
        (b'track_id,name\n1,"never closed\n2,x\n', "list.csv: Line 2.*never closed"),
    ],
    ids=[
        "empty",
        "blank",
        "binary",
        "utf-16",
        "cut",
        "words",
        "comment",
        "no id",
        "header",
        "quote",
        "short quote",
    ],
)
def test_what_holds_no_track_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(SpotAIError, match=says):
        read_seeds(str(file))


def test_what_a_file_unpacks_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "LARGEST_FILE", 2**20)
    file = tmp_path / "list.gz"
    file.write_bytes(gzip.compress(f"{ONE}\n".encode() * 50_000))
    with pytest.raises(TooLargeError, match="larger than 1 MiB"):
        read_seeds(str(file))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"no file .*none\.txt"):
        read_seeds(str(tmp_path / "none.txt"))
    with pytest.raises(FormatError, match="is a folder"):
        read_seeds(str(tmp_path))


def test_playlist_needs_a_file_that_names_playlists(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(ONE)
    with pytest.raises(FormatError, match="names no playlists"):
        read_seeds(str(file), "a")
    named = tmp_path / "nameless.csv"
    named.write_text(f"playlist_id,track_id\na,{ONE}\nb,{TWO}\n")
    assert read_seeds(str(named), "b").track_ids == [TWO]


def test_real_playlists_and_songs_are_read(real_data: Path) -> None:
    playlists = real_data / "playlists_dev.csv.gz"
    with gzip.open(playlists, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    chosen = rows[0]["playlist_id"]
    found = read_seeds(str(playlists), chosen)
    assert found.track_ids == [row["track_id"] for row in rows if row["playlist_id"] == chosen]
    assert found.not_understood == []
    with pytest.raises(FormatError, match="725 playlists"):
        read_seeds(str(playlists))
    assert len(read_seeds(str(real_data / "sample_4000.csv")).track_ids) == 4_000
    assert read_seeds(str(real_data / "raw/track_uri_list_harisekhon.txt")).not_understood == []


def test_an_export_is_read_like_any_playlist(tmp_path: Path) -> None:
    file = tmp_path / "Morning.csv"
    file.write_text(
        "Track URI,Track Name,Album Name,Artist Name(s),Release Date\n"
        f"spotify:track:{'1' * 22},One,First,Ann,2001\n"
        "spotify:local:Ann::Two:200,Two,,Ann,\n"
    )
    found = read_seeds(str(file))
    assert found.track_ids == ["1" * 22]
    assert len(found.not_understood) == 1
    assert "line 3" in found.not_understood[0]


def test_an_m3u_with_links_is_read(tmp_path: Path) -> None:
    file = tmp_path / "Evening.m3u8"
    link = f"https://open.spotify.com/track/{'2' * 22}"
    file.write_text(f"#EXTM3U\n#EXTINF:200,Ann - Two\n{link}\n")
    assert read_seeds(str(file)).track_ids == ["2" * 22]
