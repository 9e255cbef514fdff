"""Downloads from a server that answers what nobody should: each is one error with a message."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from spotai.errors import AddressError, DownloadError
from spotai.ingest.downloads import downloaded
from tests.servers.https_files import Files, Served

DATA = random.Random(1).randbytes(300_000)
CUT = 100_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "downloads"


def fetch(address: str, folder: Path, *, pauses: tuple[float, ...] = (0.0, 0.0)) -> bytes:
    with downloaded(address, folder, pauses=pauses) as path:
        return path.read_bytes()


def cut_once(address: str, folder: Path) -> None:
    """Run a download that is given up when it is cut."""
    with pytest.raises(DownloadError, match="Run the command again"):
        fetch(address, folder, pauses=())


def answer(status: str, *headers: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([f"HTTP/1.1 {status} Said".encode(), *headers, b"", body])


HOSTILE = {
    "a bracket that stays open": answer("302", b"Location: https://[::1"),
    "bytes that are no text": answer("302", b"Location: https://\xff\xfe.example/"),
    "a name with empty parts": answer("302", b"Location: https://.a..b/"),
    "a part of a name that is too long": answer("302", b"Location: https://" + b"a" * 300 + b".b/"),
    "a port that is no number": answer("302", b"Location: https://a:b/"),
    "more bytes than can be counted": answer("200", b"Content-Length: " + b"9" * 5000),
    "more bytes than any disk has": answer("200", b"Content-Length: " + b"9" * 400),
    "more than chunks": answer(
        "200",
        b"Transfer-Encoding: gzip, chunked",
        b"Content-Length: 9",
        body=b"2\r\nab\r\n0\r\n\r\n",
    ),
    "lengths that differ": answer("200", b"Content-Length: 2", b"Content-Length: 3", body=b"ab"),
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_that_makes_no_sense_is_refused_at_once(
    files: Files, folder: Path, said: bytes
) -> None:
    address = files.put("/songs.csv", Served(DATA, answers=[said]))
    with pytest.raises(AddressError) as error:
        fetch(address, folder)
    assert error.value.message.startswith(address)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("size", [b"-5", b"-1", b"x", b"", b"F" * 5000])
def test_chunks_of_a_size_that_cannot_be_are_a_cut(files: Files, folder: Path, size: bytes) -> None:
    headers = (b"Transfer-Encoding: chunked", b"Connection: close")
    said = answer("200", *headers, body=size + b"\r\nhello\r\n0\r\n\r\n")
    served = Served(DATA, answers=[said] * 2)
    address = files.put("/songs.csv", served)
    with pytest.raises(DownloadError, match="the connection was cut, 2 times"):
        fetch(address, folder, pauses=(0.0,))
    assert fetch(address, folder) == DATA


@pytest.mark.parametrize("total", [b"9" * 5000, b"9" * 400, b"x"])
@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_part_of_a_file_of_impossible_length_starts_over(
    files: Files, folder: Path, framing: str, total: bytes
) -> None:
    served = Served(DATA, cuts=[CUT], framing=framing)
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    part = b"Content-Range: bytes %d-%d/%b" % (CUT, len(DATA) - 1, total)
    served.answers = [answer("206", part, b'ETag: "one"', b"Content-Length: 3", body=b"abc")]
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA) + CUT


@pytest.mark.parametrize(
    "headers", [(b"Content-Length: 2, 2",), (b"Content-Length: 2", b"Content-Length: 2")]
)
def test_a_length_may_be_told_twice(files: Files, folder: Path, headers: tuple[bytes, ...]) -> None:
    served = Served(DATA, answers=[answer("200", *headers, body=b"ab")])
    assert fetch(files.put("/songs.csv", served), folder, pauses=()) == b"ab"


def test_the_body_of_a_redirect_is_not_waited_for(files: Files, folder: Path) -> None:
    headers = (b"Location: /songs.csv", b"Transfer-Encoding: chunked")
    files.put("/songs.csv", Served(DATA))
    moved = files.put("/moved", Served(b"", answers=[answer("302", *headers, body=b"9\r\nmore")]))
    assert fetch(moved, folder, pauses=()) == DATA


def test_a_part_longer_than_the_file_is_cut_off(files: Files, folder: Path) -> None:
    served = Served(DATA, cuts=[CUT])
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    part = b"Content-Range: bytes %d-%d/%d" % (CUT, len(DATA) - 1, len(DATA))
    headers = (part, b'ETag: "one"', b"Transfer-Encoding: chunked")
    body = b"%x\r\n%b\r\n" % (len(DATA), DATA)
    served.answers = [answer("206", *headers, body=body)]
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA) + CUT


def test_a_long_name_in_many_bytes_is_stored(files: Files, folder: Path) -> None:
    path = "/" + "%F0%9D%94%B8" * 90
    assert fetch(files.put(path, Served(DATA)), folder) == DATA
