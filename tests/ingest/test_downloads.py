"""Downloads over real https from a server that cuts, errs and lies."""

from __future__ import annotations

import random
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from spotai.errors import AddressError, ConfigurationError, DownloadError, FormatError
from spotai.ingest.downloads import downloaded
from spotai.ingest.partial import RESERVE
from tests.servers.https_files import Files, Served
from tests.servers.ports import free_port

DATA = random.Random(1).randbytes(300_000)
CUT = 100_000
NO_PAUSES = (0.0, 0.0)
MODIFIED = "Sun, 22 Nov 2026 10:00:00 GMT"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "downloads"


def fetch(address: str, folder: Path, *, pauses: tuple[float, ...] = NO_PAUSES) -> bytes:
    with downloaded(address, folder, pauses=pauses) as path:
        return path.read_bytes()


def cut_once(address: str, folder: Path) -> None:
    """Run a download that is given up when it is cut."""
    with pytest.raises(DownloadError, match="Run the command again"):
        fetch(address, folder, pauses=())


def test_a_file_is_fetched_whole_and_removed_afterwards(files: Files, folder: Path) -> None:
    served = Served(DATA)
    told: list[tuple[int, int]] = []
    said: list[str] = []
    address = files.put("/some/songs.csv", served)
    with downloaded(address, folder, progress=lambda *n: told.append(n), say=said.append) as path:
        assert path.name == "songs.csv"
        assert path.read_bytes() == DATA
    assert list(folder.iterdir()) == []
    assert said == [f"Downloading {address}: 0.3 MB"]
    assert told[-1] == (len(DATA), len(DATA))
    assert served.sent == len(DATA)


@pytest.mark.parametrize(
    ("etag", "modified"), [('"one"', ""), ('"one"', MODIFIED), ("", MODIFIED), ('W/"x"', MODIFIED)]
)
def test_a_cut_download_goes_on_at_the_byte_where_it_stopped(
    files: Files, folder: Path, etag: str, modified: str
) -> None:
    served = Served(DATA, etag=etag, modified=modified, cuts=[CUT])
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    assert fetch(address, folder) == DATA
    assert served.requests[1]["Range"] == f"bytes={CUT}-"
    assert served.sent == len(DATA)


def test_a_cut_is_tried_again_by_itself(files: Files, folder: Path) -> None:
    served = Served(DATA, cuts=[CUT, 50_000, 50_000, 50_000, 1])
    said: list[str] = []
    address = files.put("/songs.csv", served)
    with downloaded(address, folder, pauses=(0.0,), say=said.append) as path:
        assert path.read_bytes() == DATA
    assert served.sent == len(DATA)
    assert said[1] == f"{address}: the connection was cut; trying again in 0 s"


def test_without_a_tag_or_date_it_starts_over(files: Files, folder: Path) -> None:
    served = Served(DATA, etag="", cuts=[CUT])
    address = files.put("/songs.csv", served)
    with pytest.raises(DownloadError, match="again later"):
        fetch(address, folder, pauses=())
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA) + CUT


@pytest.mark.parametrize("honours_if_range", [True, False])
def test_a_file_that_changed_starts_over(
    files: Files, folder: Path, *, honours_if_range: bool
) -> None:
    served = Served(DATA, cuts=[CUT], honours_if_range=honours_if_range)
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    served.data = DATA[::-1]
    served.etag = '"two"'
    assert fetch(address, folder) == DATA[::-1]


def test_a_server_without_ranges_starts_over(files: Files, folder: Path) -> None:
    served = Served(DATA, cuts=[CUT], ranges=False)
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA) + CUT


def test_a_server_that_cuts_and_knows_no_ranges_is_given_up(files: Files, folder: Path) -> None:
    served = Served(DATA, cuts=[CUT] * 9, ranges=False)
    with pytest.raises(DownloadError, match="cut, 3 times"):
        fetch(files.put("/songs.csv", served), folder)
    assert len(served.requests) == 3


@pytest.mark.parametrize("honours_if_range", [True, False])
def test_a_partial_longer_than_the_file_starts_over(
    files: Files, folder: Path, *, honours_if_range: bool
) -> None:
    served = Served(DATA, cuts=[CUT], honours_if_range=honours_if_range)
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    served.data = DATA[:1000]
    assert fetch(address, folder) == DATA[:1000]


def test_a_kept_file_is_asked_for_and_not_sent_again(files: Files, folder: Path) -> None:
    served = Served(DATA)
    address = files.put("/songs.csv", served)
    for _ in range(2):
        with downloaded(address, folder, keep=True) as path:
            assert path.read_bytes() == DATA
    assert served.sent == len(DATA)
    served.data, served.etag = DATA[::-1], '"two"'
    assert fetch(address, folder) == DATA[::-1]


def test_a_load_that_failed_for_another_reason_finds_the_file_again(
    files: Files, folder: Path
) -> None:
    served = Served(DATA)
    address = files.put("/songs.csv", served)
    with pytest.raises(KeyboardInterrupt), downloaded(address, folder):
        raise KeyboardInterrupt
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA)


def test_a_file_that_cannot_be_used_is_not_kept(files: Files, folder: Path) -> None:
    address = files.put("/songs.csv", Served(b"<!doctype html>"))
    with pytest.raises(FormatError), downloaded(address, folder, keep=True):
        raise FormatError("a web page")
    assert list(folder.iterdir()) == []


def test_errors_of_the_server_are_waited_out(files: Files, folder: Path) -> None:
    served = Served(DATA, statuses=[503, 429])
    assert fetch(files.put("/songs.csv", served), folder) == DATA


def test_errors_that_last_are_told(files: Files, folder: Path) -> None:
    served = Served(DATA, statuses=[500] * 9)
    with pytest.raises(DownloadError, match="answered 500, 3 times"):
        fetch(files.put("/songs.csv", served), folder)
    assert len(served.requests) == 3
    assert list(folder.iterdir()) == []


def test_the_pause_a_server_asks_for_is_kept(files: Files, folder: Path) -> None:
    served = Served(DATA, statuses=[503], headers={"Retry-After": "1"})
    said: list[str] = []
    with downloaded(
        files.put("/songs.csv", served), folder, pauses=NO_PAUSES, say=said.append
    ) as path:
        assert path.read_bytes() == DATA
    assert said[0].endswith("answered 503; trying again in 1 s")


@pytest.mark.parametrize(
    ("status", "why"), [(404, "no such file"), (401, "login"), (403, "login"), (204, "instead")]
)
def test_a_refusal_is_told_at_once(files: Files, folder: Path, status: int, why: str) -> None:
    served = Served(DATA, statuses=[status])
    with pytest.raises(AddressError, match=why):
        fetch(files.put("/songs.csv", served), folder)
    assert len(served.requests) == 1


def test_a_refusal_keeps_what_is_here(files: Files, folder: Path) -> None:
    served = Served(DATA, cuts=[CUT])
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    served.statuses = [403]
    with pytest.raises(AddressError):
        fetch(address, folder)
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA)


def test_a_file_shorter_than_promised_is_an_error(files: Files, folder: Path) -> None:
    served = Served(DATA, claims=len(DATA) + 5)
    with pytest.raises(DownloadError, match="times"):
        fetch(files.put("/songs.csv", served), folder)


def test_chunks_tell_their_end(files: Files, folder: Path) -> None:
    served = Served(DATA, framing="chunked", cuts=[CUT])
    said: list[str] = []
    address = files.put("/songs.csv", served)
    with downloaded(address, folder, pauses=NO_PAUSES, say=said.append) as path:
        assert path.read_bytes() == DATA
    assert said[0].endswith(": ? MB")
    assert served.sent == len(DATA)


def test_a_body_that_just_stops_is_refused(files: Files, folder: Path) -> None:
    served = Served(DATA, framing="close")
    with pytest.raises(AddressError, match="whether it came whole"):
        fetch(files.put("/songs.csv", served), folder)


def test_redirects_lead_to_https_only(files: Files, folder: Path) -> None:
    files.put("/songs.csv", Served(DATA))
    moved = files.put("/moved", Served(b"", location="/songs.csv"))
    assert fetch(moved, folder) == DATA
    plain = files.put("/plain", Served(b"", location="http://127.0.0.1/songs.csv"))
    with pytest.raises(AddressError, match="not https"):
        fetch(plain, folder)
    circle = Served(b"", location="/circle")
    with pytest.raises(AddressError, match="again and again"):
        fetch(files.put("/circle", circle), folder)
    assert len(circle.requests) == 11


def test_a_certificate_nobody_vouches_for_is_refused(
    files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = files.put("/songs.csv", Served(DATA))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(DownloadError, match="cannot be trusted"):
        fetch(address, folder)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "no/such/file")
    with pytest.raises(ConfigurationError, match="REQUESTS_CA_BUNDLE"):
        fetch(address, folder)


def test_silence_is_given_up(files: Files, folder: Path) -> None:
    served = Served(DATA, pause=5)
    with (
        pytest.raises(DownloadError, match=r"nothing came for 0\.2 s"),
        downloaded(files.put("/songs.csv", served), folder, pauses=(), read_seconds=0.2),
    ):
        pass


def test_a_server_that_is_not_there_is_told(files: Files, folder: Path) -> None:
    with pytest.raises(DownloadError, match="cannot be reached"):
        fetch(f"https://127.0.0.1:{free_port()}/songs.csv", folder)


def test_a_disk_that_cannot_hold_it_is_told_before(
    files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Served(DATA)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(9, 9, RESERVE + len(DATA) - 1))
    with pytest.raises(DownloadError, match=r"0\.3 MB more .* Make room"):
        fetch(files.put("/songs.csv", served), folder)
    assert list(folder.iterdir()) == []


def test_a_body_without_end_leaves_a_reserve_on_the_disk(
    files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")

    def disk_usage(of: Path) -> usage:
        here = sum(file.stat().st_size for file in of.glob("*.csv"))
        return usage(9, 9, RESERVE + CUT - here)

    served = Served(DATA, framing="chunked")
    address = files.put("/songs.csv", served)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", disk_usage)
        with pytest.raises(DownloadError, match="Make room"):
            fetch(address, folder)
    (part,) = folder.glob("*/songs.csv")
    assert 0 < part.stat().st_size <= CUT
    assert fetch(address, folder) == DATA
    assert served.requests[1]["Range"].startswith("bytes=")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_fills_up_is_told(files: Files, folder: Path) -> None:
    address = files.put("/songs.csv", Served(DATA, cuts=[CUT]))
    cut_once(address, folder)
    (part,) = folder.glob("*/songs.csv")
    part.unlink()
    part.symlink_to("/dev/full")
    with pytest.raises(DownloadError, match="Make room"):
        fetch(address, folder)


def test_one_process_at_a_time_has_an_address(files: Files, folder: Path) -> None:
    address = files.put("/songs.csv", Served(DATA))
    with downloaded(address, folder), pytest.raises(DownloadError, match="another process"):
        fetch(address, folder)
    assert fetch(address, folder) == DATA


def test_secrets_of_an_address_are_used_and_not_told(files: Files, folder: Path) -> None:
    served = Served(DATA, login="Basic bWU6aHVzaA==", cuts=[CUT])
    address = files.put("/songs.csv", served).replace("//", "//me:hush@") + "?token=pass123"
    said: list[str] = []
    with (
        pytest.raises(DownloadError) as error,
        downloaded(address, folder, pauses=(), say=said.append),
    ):
        pass
    told = [*said, str(error.value), *map(str, folder.rglob("*"))]
    told += [path.read_text() for path in folder.rglob(".state.json")]
    assert not any("hush" in text or "pass123" in text for text in told)
    assert fetch(address, folder) == DATA


def test_a_damaged_note_means_starting_over(files: Files, folder: Path) -> None:
    served = Served(DATA, cuts=[CUT])
    address = files.put("/songs.csv", served)
    cut_once(address, folder)
    (note,) = folder.glob("*/.state.json")
    note.write_text("{")
    assert fetch(address, folder) == DATA
    assert served.sent == len(DATA) + CUT
