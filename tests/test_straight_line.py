"""The whole line on real songs: load, snapshot, recommend, by command line and over HTTP.

Once on SQLite, once on MariaDB by MYSQL_* settings; every answer must be the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import URL

from tests.real_songs import playlists_in
from tests.servers.mariadb import settings_for
from tests.servers.ports import free_port
from tests.servers.spotai import Start

PLAYLISTS: Final = 3
SIZE: Final = 20
ARRANGED: Final = {"order": "smooth", "variety": {"random_seed": 7}}


class Machine:
    """A data folder with settings of its own, used through the command line."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir()
        self.folder = folder
        self.settings = settings

    def run(self, *arguments: str) -> str:
        others = {k: v for k, v in os.environ.items() if not k.startswith(("SPOTAI_", "MYSQL_"))}
        done = subprocess.run(
            [sys.executable, "-m", "spotai", *arguments],
            cwd=self.folder,
            env=others | {"SPOTAI_DATA_DIR": str(self.folder / "data")} | self.settings,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout


def longest_playlists(path: Path) -> Mapping[str, list[str]]:
    by_length = sorted(playlists_in(path).items(), key=lambda item: (-len(item[1]), item[0]))
    usable = [(name, ids) for name, ids in by_length if len(ids) <= 1_000]
    return dict(usable[:PLAYLISTS])


def without_generation(answer: Any) -> Any:
    return {name: value for name, value in answer.items() if name != "generation"}


def check_songs(answer: Any, seeds: list[str]) -> None:
    tracks = answer["tracks"]
    assert len(tracks) == SIZE
    assert not {track["id"] for track in tracks} & set(seeds)
    assert answer["seeds"]["known"] >= 0.9 * len(set(seeds))
    for track in tracks:
        assert track["name"]
        assert track["url"].endswith(track["id"])
        assert 0.5 < track["match"] <= 1
        assert len(track["reasons"]) == 8
        assert all(reason["text"] for reason in track["reasons"])


@pytest.mark.parametrize(
    ("songs", "playlists"),
    [
        ("sample_4000.csv", "sample_4000_playlists.csv"),
        pytest.param("songs.csv.gz", "playlists_dev.csv.gz", marks=pytest.mark.long),
    ],
)
def test_real_songs_give_the_same_list_everywhere(
    real_data: Path, songs: str, playlists: str, mariadb_url: URL, tmp_path: Path, start: Start
) -> None:
    seeds = list(longest_playlists(real_data / playlists).values())
    asked = [*((ids, {}) for ids in seeds), (seeds[0], ARRANGED)]
    machines = [
        Machine(tmp_path / "sqlite"),
        Machine(tmp_path / "mariadb", **settings_for(mariadb_url)),
    ]
    answers: list[list[Any]] = []
    for machine in machines:
        report = json.loads(machine.run("load", "--json", str(real_data / songs)))["files"][0]
        assert report["added"] == report["read"] - report["refused"] > 3_900
        machine.run("snapshot")
        by_command = []
        for ids, edits in asked:
            tracks, recipe = machine.folder / "tracks.txt", machine.folder / "recipe.json"
            tracks.write_text("\n".join(ids))
            recipe.write_text(json.dumps(edits | {"size": SIZE}))
            arguments = ("recommend", "--tracks", str(tracks), "--recipe", str(recipe), "--json")
            by_command.append(json.loads(machine.run(*arguments)))
            check_songs(by_command[-1], ids)

        data = {"SPOTAI_DATA_DIR": str(machine.folder / "data")}
        server = start(["-m", "spotai", "serve"], free_port(), **data, **machine.settings)
        server.wait_until_it_listens()
        recipes = [{"seed": {"track_ids": ids}, "size": SIZE} | edits for ids, edits in asked]
        by_http = [server.post("/api/recommendations", recipe) for recipe in recipes]
        assert [status for status, _ in by_http] == [200] * len(recipes)
        assert [answer for _, answer in by_http] == by_command
        answers.append([without_generation(answer) for answer in by_command])
    assert answers[0] == answers[1]
