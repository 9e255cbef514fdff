"""``doctor`` names what is wrong, and nothing else."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from spotai.search.files import generations
from tests.commands.conftest import PRODUCTION, Run
from tests.servers.ports import free_port


def faults(run: Run, **env: str) -> dict[str, str]:
    result = run("doctor", "--json", **{"SPOTAI_PORT": str(free_port()), **env})
    answer = json.loads(result.stdout)
    found = {check["name"]: check["says"] for check in answer["checks"] if not check["ok"]}
    assert answer["ok"] == (not found)
    assert result.exit_code == (1 if found else 0)
    assert result.stderr == ""
    return found


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    """A copy of the made-up songs to do harm to."""
    return shutil.copytree(demo_data, tmp_path / "data")


def test_all_is_well(run: Run, data: Path) -> None:
    assert faults(run) == {}
    shown = run("doctor", SPOTAI_PORT=str(free_port()))
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["ok"] * 7
    assert "600 made-up ones" in shown.stdout


def test_a_fresh_machine_needs_songs_and_nothing_is_made_by_looking(
    run: Run, tmp_path: Path
) -> None:
    assert faults(run).keys() == {"database", "snapshot"}
    assert not (tmp_path / "data").exists()
    assert run("doctor").stdout.count("FIX") >= 2


def test_an_empty_database_is_set_up_by_a_load(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "spotai.sqlite3").touch()
    says = faults(run)["database"]
    assert says.startswith("it is empty")
    assert "spotai load FILE" in says


def test_settings_that_cannot_work(run: Run) -> None:
    found = faults(run, SPOTAI_PORT="many")
    assert found.keys() == {"settings"}
    assert "SPOTAI_PORT" in found["settings"]


def test_a_data_folder_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert "not a folder" in faults(run)["data folder"]


def test_a_database_that_does_not_answer_keeps_its_secret(run: Run, data: Path) -> None:
    url = f"mysql+pymysql://me:hush-hush@127.0.0.1:{free_port()}/spotai"
    found = faults(run, SPOTAI_DATABASE_URL=url)
    assert found.keys() == {"database"}
    assert "hush-hush" not in run("doctor", SPOTAI_DATABASE_URL=url).output


def test_a_password_after_the_question_mark_is_never_shown(run: Run, songs_csv: Path) -> None:
    url = f"mysql+pymysql://me@127.0.0.1:{free_port()}/spotai?password=hush-hush"
    for command in (["doctor"], ["doctor", "--json"], ["snapshot"], ["load", str(songs_csv)]):
        result = run(*command, SPOTAI_DATABASE_URL=url)
        assert result.exit_code == 1
        assert "hush-hush" not in result.output + result.stderr


def test_a_snapshot_older_than_the_last_load(run: Run, data: Path, songs_csv: Path) -> None:
    run("load", str(songs_csv))
    assert "older than the catalog" in faults(run)["snapshot"]
    run("snapshot")
    assert faults(run) == {}


def test_an_altered_snapshot_file(run: Run, data: Path) -> None:
    file = generations(data / "snapshots")[0] / "coordinates.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert "coordinates.npy" in faults(run)["snapshot"]


@pytest.mark.parametrize("name", ["region-begins.npy", "slots.npy"])
def test_an_altered_offset_ends_no_command(run: Run, data: Path, name: str) -> None:
    file = generations(data / "snapshots")[0] / name
    content = bytearray(file.read_bytes())
    for place in range(130, len(content), 4):
        content[place] ^= 0x0F
    file.write_bytes(content)
    assert name in faults(run)["snapshot"]


def test_an_altered_manifest(run: Run, data: Path) -> None:
    manifest = generations(data / "snapshots")[0] / "manifest.json"
    contents = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**contents, "skipped": contents["skipped"] + 1}))
    assert "manifest.json is not as it was written" in faults(run)["snapshot"]


def test_a_newest_snapshot_that_is_cut(run: Run, data: Path) -> None:
    run("snapshot")
    newest = generations(data / "snapshots")[0]
    (newest / "ids.npy").unlink()
    assert newest.name in faults(run)["snapshot"]


def test_a_port_somebody_else_uses(run: Run, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "SPOTAI_PORT" in faults(run, SPOTAI_PORT=str(taken.getsockname()[1]))["port"]


def test_made_up_songs_are_a_fault_in_production(run: Run) -> None:
    run("demo", "--songs", "300")
    run("snapshot")
    result = run("doctor", "--json", **PRODUCTION)
    assert result.exit_code == 1
    faults = [check for check in json.loads(result.stdout)["checks"] if not check["ok"]]
    assert [fault["name"] for fault in faults] == ["songs", "snapshot"]
    assert all("not for production" in fault["says"] for fault in faults)
    refused = run("recommend", "--tracks", "-", stdin="demo" + "0" * 18, **PRODUCTION)
    assert refused.exit_code == 1
    assert "not for production" in refused.stderr
