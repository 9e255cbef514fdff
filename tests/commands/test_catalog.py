"""``load``, ``snapshot`` and ``demo``."""

from __future__ import annotations

import json
import os
from pathlib import Path

from spotai.commands.catalog import demo
from spotai.search import Snapshot
from tests.commands.conftest import PRODUCTION, Run


def test_load_then_snapshot_makes_songs_searchable(
    run: Run, songs_csv: Path, tmp_path: Path
) -> None:
    loaded = run("load", str(songs_csv))
    assert loaded.exit_code == 0
    assert "40" in loaded.stdout
    assert "spotai snapshot" in loaded.stdout
    assert loaded.stderr == ""

    built = run("snapshot")
    assert built.exit_code == 0
    assert str(tmp_path / "data/snapshots/generation-00000001") in built.stdout
    assert len(Snapshot.open(tmp_path / "data/snapshots")) == 40


def test_loading_twice_adds_nothing(run: Run, songs_csv: Path) -> None:
    run("load", str(songs_csv))
    again = json.loads(run("load", str(songs_csv), "--json").stdout)["files"][0]
    assert (again["read"], again["added"], again["merged"]) == (40, 0, 40)


def test_refused_rows_are_named_and_are_no_failure(run: Run, songs_csv: Path) -> None:
    lines = songs_csv.read_text().splitlines()
    broken = [f"bad{n}{line[22:]}" for n, line in enumerate(lines[1:26])]
    songs_csv.write_text("\n".join([lines[0], *broken, *lines[26:]]))
    result = run("load", str(songs_csv))
    assert result.exit_code == 0
    assert "'bad0'" in result.stdout
    assert "'bad19'" in result.stdout
    assert "'bad20'" not in result.stdout
    assert "and 5 more refused rows" in result.stdout

    answer = json.loads(run("load", str(songs_csv), "--json").stdout)["files"][0]
    assert answer["refused"] == len(answer["refusals"]) == 25
    assert answer["refusals"][0]["line"] == 2


def test_a_bad_file_does_not_stop_the_others(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    binary = tmp_path / "binary.csv"
    binary.write_bytes(bytes(range(256)) * 40)
    empty = tmp_path / "empty.csv"
    empty.touch()
    result = run("load", str(binary), str(empty), str(tmp_path / "none.csv"), str(songs_csv))
    assert result.exit_code == 3
    errors = result.stderr.splitlines()
    assert len(errors) == 3
    for line, name in zip(errors, ("binary.csv", "empty.csv", "none.csv"), strict=True):
        assert line.startswith("Error: ")
        assert name in line
    assert "40" in result.stdout

    answer = json.loads(run("load", str(empty), str(songs_csv), "--json").stdout)
    assert [file["error"] is None for file in answer["files"]] == [False, True]


def test_load_without_a_file_is_wrong_usage(run: Run) -> None:
    assert run("load").exit_code == 2


def test_a_snapshot_of_nothing_says_what_to_load(run: Run, tmp_path: Path) -> None:
    result = run("snapshot")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "spotai load FILE" in result.stderr


def test_the_snapshot_says_how_many_songs_it_skipped(run: Run, songs_csv: Path) -> None:
    lines = songs_csv.read_text().splitlines()
    header = lines[0].split(",")
    cells = lines[1].split(",")
    cells[header.index("tempo")] = "0"
    songs_csv.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]))
    run("load", str(songs_csv))
    answer = json.loads(run("snapshot", "--json").stdout)
    assert (answer["songs"], answer["skipped"], answer["generation"]) == (39, 1, 1)
    shown = run("snapshot").stdout
    assert "needs all of acousticness" in shown


def test_demo_songs_replace_demo_songs(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--songs", "300")
    assert first.exit_code == 0
    assert "made up" in first.stdout
    answer = json.loads(run("demo", "--songs", "100", "--seed", "2", "--json").stdout)
    assert (answer["added"], answer["playlists"]) == (100, 12)
    run("snapshot")
    assert len(Snapshot.open(tmp_path / "data/snapshots")) == 100


def test_demo_songs_never_mix_with_real_ones(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    run("demo", "--songs", "100")
    run("load", str(songs_csv))
    refused = run("demo", "--songs", "100")
    assert refused.exit_code == 3
    assert "real songs" in refused.stderr
    run("snapshot")
    snapshot = Snapshot.open(tmp_path / "data/snapshots")
    assert len(snapshot) == 40
    assert not any(id_.startswith(b"demo") for id_ in snapshot.ids)


def test_demo_songs_are_refused_in_production(run: Run, tmp_path: Path) -> None:
    result = run("demo", **PRODUCTION)
    assert result.exit_code == 2
    assert "production" in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_made_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for command in (["demo"], ["snapshot"], ["load", "songs.csv"]):
        for folder in ("file", "file/below"):
            result = run(*command, SPOTAI_DATA_DIR=str(tmp_path / folder))
            assert result.exit_code == 1, result.output
            assert result.stdout == ""
            assert result.stderr.startswith("Error: ")
            assert len(result.stderr.splitlines()) == 1


def test_the_next_step_is_told_when_there_is_one(run: Run, songs_csv: Path) -> None:
    assert "spotai snapshot" in run("load", str(songs_csv)).stdout
    assert "spotai snapshot" not in run("load", str(songs_csv)).stdout


def test_a_table_without_rows_is_bad_input(run: Run, songs_csv: Path) -> None:
    songs_csv.write_text(songs_csv.read_text().splitlines()[0])
    result = run("load", str(songs_csv))
    assert result.exit_code == 3
    assert "no rows" in result.stderr


def test_a_file_name_that_is_no_utf8_is_shown_as_well_as_can_be(run: Run, songs_csv: Path) -> None:
    strange = songs_csv.rename(songs_csv.with_name(os.fsdecode(b"caf\xe9.csv")))
    answer = json.loads(run("load", str(strange), str(strange) + "x", "--json").stdout)
    loaded, missing = answer["files"]
    assert loaded["added"] == 40
    assert loaded["file"].endswith("caf\N{REPLACEMENT CHARACTER}.csv")
    assert "no file" in missing["error"]


def test_any_number_of_songs_can_be_asked_for() -> None:
    (songs,) = [option for option in demo.params if option.name == "songs"]
    assert songs.type.convert("15000000", songs, None) == 15_000_000


def test_a_fault_in_a_table_names_the_table(run: Run, songs_csv: Path) -> None:
    broken = songs_csv.with_name("broken.csv")
    broken.write_text(songs_csv.read_text() + '"never closed\n')
    result = run("load", str(songs_csv), str(broken))
    assert result.exit_code == 3
    assert f"Error: {broken}: Line 42 cannot be read as CSV" in result.stderr


def test_columns_nobody_reads_are_told_once(run: Run, songs_csv: Path) -> None:
    header, *rows = songs_csv.read_text().splitlines()
    songs_csv.write_text("\n".join([f"{header},Mood,shelf", *(f"{row},calm,3" for row in rows)]))
    result = run("load", str(songs_csv), "--json")
    assert result.stderr == f"Warning: {songs_csv}: columns not used: Mood, shelf\n"
    (loaded,) = json.loads(result.stdout)["files"]
    assert (loaded["unused"], loaded["added"]) == (["Mood", "shelf"], 40)
