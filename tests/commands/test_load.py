"""``load`` of addresses and public sets: real processes, a real https server."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from spotai.ingest.public_sets import PUBLIC_SETS
from tests.commands.conftest import Run, write_songs
from tests.servers.https_files import Files, Served

ROOT = Path(__file__).parents[2]
LOAD: Final = (sys.executable, "-m", "spotai", "load")
SECONDS: Final = 60


@pytest.fixture
def songs(songs_csv: Path) -> bytes:
    return songs_csv.read_bytes()


@pytest.fixture
def slow(files: Files, tmp_path: Path) -> Served:
    """A table of 4,000 songs that takes two seconds to come, at /slow.csv."""
    data = write_songs(tmp_path / "slow.csv", 4_000).read_bytes()
    served = Served(data, pause=2 * 16_384 / len(data))
    files.put("/slow.csv", served)
    return served


def start(address: str, data_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*LOAD, address],
        env={**os.environ, "SPOTAI_DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_some_is_here(process: subprocess.Popen[str], data_dir: Path) -> None:
    until = time.monotonic() + SECONDS
    while sum(p.stat().st_size for p in data_dir.glob("downloads/*/slow.csv")) < 50_000:
        assert time.monotonic() < until, "nothing was downloaded"
        assert process.poll() is None
        time.sleep(0.01)


def stored(data_dir: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(data_dir / "spotai.sqlite3")
    try:
        return connection.execute("SELECT id, title, tempo, release_date FROM track").fetchall()
    finally:
        connection.close()


def files_in_the_books(data_dir: Path) -> list[str]:
    connection = sqlite3.connect(data_dir / "spotai.sqlite3")
    try:
        return [file for (file,) in connection.execute("SELECT file FROM load ORDER BY id")]
    finally:
        connection.close()


def test_files_and_addresses_may_be_mixed(
    run: Run, files: Files, songs_csv: Path, tmp_path: Path
) -> None:
    address = files.put("/more.csv", Served(write_songs(tmp_path / "more.csv", 60).read_bytes()))
    gone = f"{files.root}/gone.csv"
    result = run("load", str(songs_csv), gone, f"{address}?token=hush", "--json")
    assert result.exit_code == 3
    first, missing, second = json.loads(result.stdout)["files"]
    assert (first["file"], first["added"]) == (str(songs_csv), 40)
    assert (missing["file"], missing["read"]) == (gone, 0)
    assert "no such file (404)" in missing["error"]
    assert (second["file"], second["added"], second["merged"]) == (f"{address}?…", 20, 40)
    assert "hush" not in result.output
    assert f"Downloading {address}?…: 0.0 MB\n" in result.stderr
    assert files_in_the_books(tmp_path / "data") == ["songs.csv", f"{address}?…"]
    assert list((tmp_path / "data/downloads").iterdir()) == []


def test_a_server_that_lies_does_not_stop_other_files(run: Run, files: Files, songs: bytes) -> None:
    said = (b"Location: https://[::1", b"Location: https://.a..b/")
    moved = [b"HTTP/1.1 302 Found\r\n" + location + b"\r\n\r\n" for location in said]
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"
    bad = files.put("/bad.csv", Served(b"", answers=[*moved, endless]))
    good = files.put("/good.csv", Served(songs))
    result = run("load", bad, bad, bad, good, "--json")
    assert result.exit_code == 3
    *refused, loaded = json.loads(result.stdout)["files"]
    assert [answer["error"].startswith(bad) for answer in refused] == [True] * 3
    assert (loaded["file"], loaded["added"], loaded["error"]) == (good, 40, None)
    assert result.stderr.count("Error: ") == 3
    assert "Traceback" not in result.stderr


def test_quiet_says_nothing_of_downloads(run: Run, files: Files, songs: bytes) -> None:
    result = run("load", files.put("/songs.csv", Served(songs)), "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")


def test_plain_http_is_refused(run: Run) -> None:
    result = run("load", "http://me:hush@example.org/songs.csv")
    assert result.exit_code == 3
    assert "Use the https:// address" in result.stderr
    assert "hush" not in result.stderr


def test_a_web_page_is_not_kept(run: Run, files: Files, songs: bytes, tmp_path: Path) -> None:
    served = Served(b"<!doctype html><title>Log in</title>")
    address = files.put("/songs.csv", served)
    refused = run("load", address, "--keep")
    assert refused.exit_code == 3
    assert f"Error: {address} is a web page" in refused.stderr
    assert list((tmp_path / "data/downloads").iterdir()) == []


def test_a_kept_download_is_not_sent_again(run: Run, files: Files, songs: bytes) -> None:
    served = Served(songs)
    address = files.put("/songs.csv", served)
    assert run("load", address, "--keep").exit_code == 0
    again = run("load", address, "--json")
    assert json.loads(again.stdout)["files"][0]["merged"] == 40
    assert served.sent == len(songs)


def test_a_killed_download_goes_on(files: Files, slow: Served, tmp_path: Path) -> None:
    address = f"{files.root}/slow.csv"
    with start(address, tmp_path / "killed") as process:
        wait_until_some_is_here(process, tmp_path / "killed")
        process.kill()
    slow.pause = 0
    with start(address, tmp_path / "killed") as process:
        out, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert address in out
    assert slow.requests[1]["Range"].startswith("bytes=")
    assert slow.sent < 2 * len(slow.data)
    with start(address, tmp_path / "clean") as process:
        process.communicate(timeout=SECONDS)
    assert len(stored(tmp_path / "killed")) == 4_000
    assert stored(tmp_path / "killed") == stored(tmp_path / "clean")


def test_ctrl_c_is_one_calm_line(files: Files, slow: Served, tmp_path: Path) -> None:
    with start(f"{files.root}/slow.csv", tmp_path) as process:
        wait_until_some_is_here(process, tmp_path)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert out == ""
    announced, said = err.splitlines()
    assert announced.startswith("Downloading ")
    assert said.startswith("Interrupted. ")


def test_two_at_once_do_not_disturb_each_other(files: Files, slow: Served, tmp_path: Path) -> None:
    with start(f"{files.root}/slow.csv", tmp_path) as first:
        wait_until_some_is_here(first, tmp_path)
        with start(f"{files.root}/slow.csv", tmp_path) as second:
            _, err = second.communicate(timeout=SECONDS)
        first.communicate(timeout=SECONDS)
    assert (first.returncode, second.returncode) == (0, 1)
    assert "another process" in err
    assert slow.sent == len(slow.data)
    assert len(stored(tmp_path)) == 4_000


def test_a_set_is_downloaded_by_its_name(
    run: Run, files: Files, songs: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = PUBLIC_SETS["hf-114k"]
    here = files.put("/dataset.csv", Served(songs))
    monkeypatch.setitem(PUBLIC_SETS, "hf-114k", replace(known, address=here, format="songs"))
    result = run("load", "hf-114k", "--json")
    assert result.exit_code == 0
    (answer,) = json.loads(result.stdout)["files"]
    assert (answer["file"], answer["added"]) == ("hf-114k", 40)
    assert "Not in it: release year" in result.stderr
    assert f"Licence: {known.licence}" in result.stderr
    assert files_in_the_books(tmp_path / "data") == ["hf-114k"]


def test_a_set_must_be_what_it_is_called(run: Run, songs_csv: Path) -> None:
    result = run("load", "kaggle-1.2m", str(songs_csv))
    assert result.exit_code == 3
    assert f"Error: {songs_csv} is not kaggle-1.2m: it has the format 'songs'" in result.stderr


def test_a_set_behind_a_login_says_where_to_get_it(run: Run, songs_csv: Path) -> None:
    result = run("load", str(songs_csv), "kaggle-600k")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert PUBLIC_SETS["kaggle-600k"].page in result.stderr


def test_the_sets_are_listed(run: Run, songs_csv: Path) -> None:
    shown = run("load", "--list")
    assert shown.exit_code == 0
    answer = json.loads(run("load", "--list", "--json").stdout)
    assert [known["name"] for known in answer["sets"]] == list(PUBLIC_SETS)
    for name, known in PUBLIC_SETS.items():
        assert name in shown.stdout
        assert known.lacks in shown.stdout
    assert run("load", "--list", str(songs_csv)).exit_code == 2


def test_the_script_is_the_same_command(songs_csv: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, ROOT / "ingest/load_dataset.py", songs_csv, "missing.csv"],
        env={**os.environ, "SPOTAI_DATA_DIR": str(tmp_path / "data")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 3
    assert "Error: There is no file missing.csv" in result.stderr
    assert len(stored(tmp_path / "data")) == 40
