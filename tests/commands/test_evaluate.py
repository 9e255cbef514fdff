"""``evaluate``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

import pytest

from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.evaluation.metrics import METRICS
from tests.commands.conftest import Run, write_songs
from tests.made_songs import song_id

SONGS: Final = 600
METHODS: Final = [
    "random",
    "popularity",
    "original",
    "sklearn_standard",
    "spotai",
    "spotai_no_popularity",
    "spotai_audio",
]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The options that name songs which pass for real, and their playlists."""
    numbers = {track.id: n for n, track in enumerate(demo_tracks(SONGS, seed=7))}
    playlists = tmp_path / "playlists.csv"
    with playlists.open("w", newline="", encoding="utf-8") as opened:
        table = csv.writer(opened)
        table.writerow(["playlist_id", "playlist_name", "position", "track_id"])
        for made in demo_playlists(SONGS, seed=7):
            for position, track in enumerate(made.track_ids):
                table.writerow([made.id, made.name, position, song_id(numbers[track])])
    songs = write_songs(tmp_path / "songs.csv", SONGS)
    return ["--songs", str(songs), "--playlists", str(playlists)]


def answer_of(stdout: str) -> Any:
    return json.loads(stdout)


def test_json_alone_is_written_and_always_the_same(run: Run, files: list[str]) -> None:
    result = run("evaluate", *files, "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    answer = answer_of(result.stdout)
    assert answer["source"] == "made"
    assert list(answer["sets"]) == ["A", "U"]
    for among in answer["sets"].values():
        assert set(among) == {"songs", "playlists", "methods"}
        assert list(among["methods"]) == METHODS
        for method in among["methods"].values():
            assert list(method["metrics"]) == list(METRICS)
            for interval in method["metrics"].values():
                assert interval["low"] <= interval["value"] <= interval["high"]
    assert list(answer["guardrails"]) == ["A", "whole_table"]
    assert run("evaluate", *files, "--json").stdout == result.stdout


def test_people_get_a_table_for_each_set(run: Run, files: list[str]) -> None:
    result = run("evaluate", *files)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("Set ")] == ["Set A", "Set U"]
    assert [line.split()[0] for line in lines if line.startswith("spotai")] == METHODS[-3:] * 2
    assert "whole table" in result.stdout


def test_no_catalog_is_made(run: Run, files: list[str], tmp_path: Path) -> None:
    run("evaluate", *files, "--json")
    assert not (tmp_path / "data").exists()


def test_an_unknown_source_is_refused(run: Run, files: list[str]) -> None:
    result = run("evaluate", *files, "--source", "elsewhere")
    assert result.exit_code == 3
    assert "'elsewhere'; there are made" in result.stderr
    assert result.stdout == ""


def test_playlists_of_other_songs_are_refused(run: Run, files: list[str], tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    rows = [f"p,P,{n},{song_id(10_000 + n)}" for n in range(50)]
    other.write_text("\n".join(["playlist_id,playlist_name,position,track_id", *rows]))
    result = run("evaluate", *files[:2], "--playlists", str(other))
    assert result.exit_code == 3
    assert "20 to 1,000 of these songs" in result.stderr


def test_a_missing_file_is_named(run: Run, files: list[str], tmp_path: Path) -> None:
    result = run("evaluate", *files[2:], "--songs", str(tmp_path / "nothing.csv"))
    assert result.exit_code == 3
    assert "nothing.csv" in result.stderr


def test_both_files_are_needed(run: Run, files: list[str]) -> None:
    assert run("evaluate", *files[:2]).exit_code == 2


@pytest.mark.long
def test_the_upper_bound_is_learned_if_asked_for(run: Run, files: list[str]) -> None:
    result = run("evaluate", *files, "--upper-bound", "--json")
    assert result.exit_code == 0
    assert list(answer_of(result.stdout)["sets"]["A"]["methods"]) == [*METHODS, "upper_bound"]


def test_real_songs_of_one_source(run: Run, real_data: Path) -> None:
    songs, playlists = real_data / "sample_4000.csv", real_data / "sample_4000_playlists.csv"
    files = ["--songs", str(songs), "--playlists", str(playlists)]
    result = run("evaluate", *files, "--source", "kaggle600k", "--json")
    assert result.exit_code == 0
    answer = answer_of(result.stdout)
    everything, used = answer["sets"]["A"], answer["sets"]["U"]
    assert everything["playlists"] == used["playlists"] >= 20
    assert used["songs"] < everything["songs"] <= 1_040
    chance, ours = (everything["methods"][name]["metrics"] for name in ("random", "spotai"))
    assert ours["ndcg@500"]["low"] > chance["ndcg@500"]["high"]
    assert answer["guardrails"]["A"]["duplicate_songs"] == 0
