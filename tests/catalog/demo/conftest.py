from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from spotai.catalog.demo import demo_columns
from spotai.tracks import TrackColumns


@pytest.fixture(scope="session")
def songs() -> TrackColumns:
    """Forty thousand made-up songs in one batch."""
    (columns,) = demo_columns(40_000)
    return columns


@pytest.fixture(scope="session")
def distribution() -> dict[str, Any]:
    """The measured figures of real songs, where SPOTAI_TEST_DATA points to them."""
    folder = os.environ.get("SPOTAI_TEST_DATA")
    path = Path(folder or "") / "distribution.json"
    if not folder or not path.is_file():
        if folder and os.environ.get("CI") == "true":
            pytest.fail(f"SPOTAI_TEST_DATA is {folder}, but there is no {path.name} in it")
        pytest.skip("set SPOTAI_TEST_DATA to the folder of real songs to compare with them")
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return figures
