"""The same recipe on the same songs: the same bytes, in every process, from every database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import URL

from spotai.catalog.demo import demo_playlists
from spotai.recommend import Recipe
from tests.servers.mariadb import settings_for

SONGS: Final = 600
SLEEPY, MIXED = (demo_playlists(SONGS)[n] for n in (0, -1))
RECIPES: Final[dict[str, dict[str, Any]]] = {
    "nothing said": {},
    "edited": {
        "features": {
            "tempo": {"target": 128, "weight": "high", "min": 90},
            "key": {"target": 7},
            "mode": {"only": [0, 1]},
            "popularity": {"selected": False},
        },
        "contrast": 0.5,
        "strictness": 0.1,
        "tempo_octaves": True,
        "filters": {"explicit": False},
    },
    "other songs": {"variety": {"random_seed": 7, "artist_cap": 1}, "order": "smooth"},
    "every version": {"variety": {"one_version_per_song": False}, "order": "wave"},
    "pins and bans": {
        "pins": MIXED.track_ids[:2],
        "bans": MIXED.track_ids[2:4],
        "order": "rising",
    },
    "few that match": {"features": {"tempo": {"min": 170}, "energy": {"max": 0.4}}, "size": 500},
}


def run(arguments: list[str], settings: dict[str, str], hash_seed: int = 0) -> bytes:
    """Run SpotAI in a process of its own, in which sets and dicts have an order of their own."""
    known = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-m", "spotai", *arguments],
        env=known | settings | {"PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        check=True,
    )
    return done.stdout


def catalog(folder: Path, database: dict[str, str]) -> dict[str, str]:
    """Make the demo catalog and its snapshot; return the settings that it is found by."""
    settings = {"SPOTAI_DATA_DIR": str(folder), **database}
    for arguments in (["demo", "--songs", str(SONGS)], ["snapshot"]):
        run(arguments, settings)
    return settings


def answers(settings: dict[str, str], folder: Path, hash_seed: int) -> dict[str, bytes]:
    found = {}
    for name, fields in RECIPES.items():
        file = folder / "recipe.json"
        file.write_text(json.dumps({"seed": {"playlist_id": SLEEPY.id}} | fields))
        found[name] = run(["recommend", "--recipe", str(file), "--json"], settings, hash_seed)
    return found


@pytest.mark.long
def test_two_processes_and_two_databases_answer_with_the_same_bytes(
    tmp_path: Path, mariadb_url: URL
) -> None:
    sqlite = catalog(tmp_path / "sqlite", {})
    mysql = catalog(tmp_path / "mysql", settings_for(mariadb_url))
    first = answers(sqlite, tmp_path, hash_seed=1)
    assert answers(sqlite, tmp_path, hash_seed=2) == first
    assert answers(mysql, tmp_path, hash_seed=3) == first
    # Each recipe decides something.
    assert len(set(first.values())) == len(RECIPES)


def test_every_field_is_tried() -> None:
    said = {name for fields in RECIPES.values() for name in ("seed", *fields)}
    assert said | {"version", "facet"} == set(Recipe.model_fields)
