"""Catalogs of varied songs for recommendation tests, made up and real."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.catalog.demo import demo_columns
from spotai.search import Snapshot, build_snapshot
from tests.real_songs import playlists_in, snapshot_of_file


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The made-up catalog everyone starts with, as a snapshot."""
    folder: Path = tmp_path_factory.mktemp("snapshots")
    build_snapshot(demo_columns(4_000), folder, source="demo")
    return Snapshot.open(folder)


@pytest.fixture(scope="session")
def real_sample(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot of 4,000 real songs."""
    return snapshot_of_file(real_data / "sample_4000.csv", tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def real_playlists(real_data: Path, real_sample: Snapshot) -> list[tuple[str, ...]]:
    """The ten playlists with most songs among those, as track ids."""
    every = playlists_in(real_data / "sample_4000_playlists.csv")
    known = {name: int((real_sample.rows_of(ids) >= 0).sum()) for name, ids in every.items()}
    longest = sorted(known, key=lambda name: (-known[name], name))[:10]
    return [tuple(every[name]) for name in longest]
