"""The made-up songs and playlists as something to evaluate."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.evaluation.songs import SongTable, table_of
from spotai.evaluation.split import Split, split_playlists
from spotai.search import Snapshot, build_snapshot

SONGS = 4_000


def playlists_of(songs: int) -> dict[str, tuple[str, ...]]:
    return {made.id: tuple(made.track_ids) for made in demo_playlists(songs)}


@pytest.fixture(scope="session")
def made_table() -> SongTable:
    return table_of(list(demo_tracks(SONGS)))


@pytest.fixture(scope="session")
def made(made_table: SongTable, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("snapshots")
    build_snapshot([made_table.columns()], folder, source="test")
    return Snapshot.open(folder)


@pytest.fixture(scope="session")
def splits(made: Snapshot) -> list[Split]:
    rows = {track.decode(): row for row, track in enumerate(made.ids.tolist())}
    return split_playlists(playlists_of(SONGS), rows)
