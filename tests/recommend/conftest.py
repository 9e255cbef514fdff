"""A catalog of varied songs for recommendation tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.catalog.demo import demo_columns
from spotai.search import Snapshot, build_snapshot


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The made-up catalog everyone starts with, as a snapshot."""
    folder: Path = tmp_path_factory.mktemp("snapshots")
    build_snapshot(demo_columns(4_000), folder, source="demo")
    return Snapshot.open(folder)
