"""Compiling everything before anybody waits for it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from spotai.features import FEATURES
from spotai.search.build import build_snapshot
from spotai.search.compiled import first_calls
from spotai.search.snapshot import Snapshot
from spotai.tracks import ID_DTYPE, ID_LENGTH, TrackColumns

# Values that every feature may have.
_VALUE = 1.0


@cache
def warm_up() -> None:
    """Make this process ready to build and to search: a snapshot of one song is built and searched.

    Kernels compile as a whole and for the types of what they are given, which are those of any
    snapshot. The first call on a machine takes about a minute.
    """
    with tempfile.TemporaryDirectory(prefix="spotai-") as folder:
        built = first_calls(lambda: build_snapshot([_one_song()], Path(folder), source="warm-up"))
        Snapshot(built).warm_up()


def _one_song() -> TrackColumns:
    return TrackColumns(
        ids=np.array([b"0" * ID_LENGTH], dtype=ID_DTYPE),
        features={feature.name: np.array([_VALUE]) for feature in FEATURES},
        explicit=np.zeros(1, dtype=np.int8),
        playlist_followers=np.zeros(1, dtype=np.int64),
        titles=[""],
        artists=[()],
        albums=[""],
        artwork=[""],
        release_dates=[""],
        genres=[()],
    )
