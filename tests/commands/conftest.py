"""The command line as people run it: their own data folder, no settings but those named."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.commands import cli
from spotai.features import FEATURES
from spotai.settings import Settings, load_settings

Run = Callable[..., Result]
PRODUCTION: Final = {"SPOTAI_ENV": "production", "SPOTAI_SECRET_KEY": "k" * 32}

DEMO_SONGS = 600


def run_cli(arguments: Sequence[str], data_dir: Path, *, stdin: str = "", **env: str) -> Result:
    load_settings.cache_clear()
    try:
        return CliRunner().invoke(
            cli,
            list(arguments),
            input=stdin,
            env={"SPOTAI_DATA_DIR": str(data_dir), **env},
            prog_name="spotai",
        )
    finally:
        load_settings.cache_clear()


@pytest.fixture(autouse=True)
def _no_other_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in an empty data folder of its own."""

    def command(*arguments: str, stdin: str = "", **env: str) -> Result:
        return run_cli(arguments, tmp_path / "data", stdin=stdin, **env)

    return command


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with made-up songs and a snapshot; for tests that change nothing in it."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    for arguments in (["demo", "--songs", str(DEMO_SONGS)], ["snapshot"]):
        result = run_cli(arguments, folder)
        assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def ask(demo_data: Path) -> Run:
    """Run a command on the made-up songs."""

    def command(*arguments: str, stdin: str = "", **env: str) -> Result:
        return run_cli(arguments, demo_data, stdin=stdin, **env)

    return command


@pytest.fixture
def sleepy(tmp_path: Path) -> Path:
    """The first made-up playlist as a file of URIs."""
    playlist = demo_playlists(DEMO_SONGS)[0]
    file = tmp_path / "sleepy.txt"
    file.write_text("\n".join(f"spotify:track:{track}" for track in playlist.track_ids))
    return file


@pytest.fixture
def songs_csv(tmp_path: Path) -> Path:
    """A table of 40 songs that pass for real."""
    return write_songs(tmp_path / "songs.csv", 40)


def write_songs(file: Path, count: int) -> Path:
    """Write a table of songs that pass for real: made up, under ids that do not say so."""
    names = [f.name for f in FEATURES if f.name != "release_year"]
    with file.open("w", newline="", encoding="utf-8") as opened:
        table = csv.writer(opened)
        table.writerow(["track_id", "name", "artists", "release_date", "source", *names])
        for number, track in enumerate(demo_tracks(count, seed=7)):
            artists = "; ".join(artist.name for artist in track.artists)
            values = [track.features.get(name, "") for name in names]
            row = [f"{number:022d}", track.title, artists, track.release_date, "made"]
            table.writerow(row + values)
    return file
