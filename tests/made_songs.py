"""Small catalogs made by hand: songs that are plain but for what a test says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from spotai.features import FEATURES
from spotai.search import Snapshot, build_snapshot
from spotai.tracks import ID_DTYPE, Artist, TrackColumns

PLAIN = {
    "acousticness": 0.5,
    "danceability": 0.5,
    "duration_ms": 200_000,
    "energy": 0.5,
    "instrumentalness": 0.0,
    "key": 0,
    "liveness": 0.1,
    "loudness": -8.0,
    "mode": 1,
    "speechiness": 0.05,
    "tempo": 120.0,
    "time_signature": 4,
    "valence": 0.5,
    "popularity": 50,
    "release_year": 2000,
}

Row = Mapping[str, object]
MakeSnapshot = Callable[[Sequence[Row]], Snapshot]


def columns_of(rows: Sequence[Row]) -> TrackColumns:
    """Columns of songs; a row gives natural values by feature, None for "not known"."""

    def value(row: Row, name: str) -> float:
        given = row.get(name, PLAIN[name])
        return np.nan if given is None else float(given)  # type: ignore[arg-type]

    ids = [str(row.get("id", song_id(n))) for n, row in enumerate(rows)]
    return TrackColumns(
        ids=np.array(ids, dtype=ID_DTYPE),
        features={f.name: np.array([value(row, f.name) for row in rows]) for f in FEATURES},
        explicit=np.array([row.get("explicit", -1) for row in rows], dtype=np.int8),
        playlist_followers=np.array([row.get("followers", 0) for row in rows], dtype=np.int64),
        titles=[str(row.get("title", f"Song {n}")) for n, row in enumerate(rows)],
        artists=[
            [Artist(artist_id(name), name) for name in row.get("artists", (f"Artist {n}",))]  # type: ignore[attr-defined]
            for n, row in enumerate(rows)
        ],
        albums=[str(row.get("album", "")) for row in rows],
        artwork=["" for _ in rows],
        release_dates=[str(row.get("release_date", "")) for row in rows],
        genres=[tuple(row.get("genres", ())) for row in rows],  # type: ignore[arg-type]
    )


def song_id(number: int) -> str:
    """The id of the song at this place of the list."""
    return f"{number:022d}"


def artist_id(name: str) -> str:
    return f"{name:a<22}"[:22]


@pytest.fixture
def make_snapshot(tmp_path: Path) -> MakeSnapshot:
    def make(rows: Sequence[Row]) -> Snapshot:
        build_snapshot([columns_of(rows)], tmp_path / "snapshots", source="test")
        return Snapshot.open(tmp_path / "snapshots")

    return make
