"""The order of a list: the songs are chosen already, and stay the same.

- **closest**: as they come, by distance, ties by id.
- **smooth**: a path of small steps through all of them (tour.py); of its two ends the closer song
  comes first. The step from one song to the next costs the mean of three parts from 0 to 1:
  tempo ``min(2*d, 1)``, d the least of ``|log2(a/b)|`` and that with one of them halved or doubled
  (1 is half an octave); key ``(s + m)/7``, s the steps between their places on the circle of
  fifths, 0 to 6, a minor key standing at its relative major, m 1 if the modes differ: the Camelot
  wheel of DJs; energy ``min(2*|a - b|, 1)``. Where key or mode is not known of one of the two, the
  key part is 1/2, its mean over all pairs of keys.
- **rising**, **falling**: by energy, ties by id.
- **wave**: up and down in energy, a wave about every ``WAVE`` songs. The songs by rising energy are
  dealt out over twice as many slopes as there are waves, and the slopes are joined, one rising,
  the next falling. So each slope goes through the whole list's energies.

Energy and tempo are known of every song that can be searched.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import fifths
from spotai.recommend.recipe import Order
from spotai.recommend.tour import Costs, shortest_path
from spotai.search import Snapshot

# About an hour of music.
WAVE: Final = 15
# Costs of steps are whole millionths.
UNIT: Final = 1_000_000
FIFTHS: Final = 12
MINOR: Final = 0
# From a minor key to its relative major, in semitones.
RELATIVE: Final = 3

Rows = NDArray[np.intp]
Values = NDArray[np.float64]


def arrange(snapshot: Snapshot, rows: Rows, order: Order) -> Rows:
    """Return ``rows``, which come closest first, in the order asked for."""
    if order == "closest":
        return rows
    if order == "smooth":
        path = shortest_path(transitions(snapshot, rows))
        return rows[path if len(path) == 0 or path[0] <= path[-1] else path[::-1]]
    energy = snapshot.values("energy", rows)
    if order == "falling":
        energy = -energy
    sorted_rows = rows[np.lexsort((snapshot.ids[rows], energy))]
    return _wave(sorted_rows) if order == "wave" else sorted_rows


def transitions(snapshot: Snapshot, rows: Rows) -> Costs:
    """Return what the step between any two of ``rows`` costs, (n, n), in millionths of 1."""
    parts = (
        tempo_steps(snapshot.values("tempo", rows)),
        key_steps(snapshot.values("key", rows), snapshot.values("mode", rows)),
        energy_steps(snapshot.values("energy", rows)),
    )
    return np.rint(sum(parts) / len(parts) * UNIT).astype(np.int64)


def tempo_steps(tempo: Values) -> Values:
    """Return the tempo part of the step between any two songs, (n, n), from their BPM."""
    octaves = np.log2(tempo)
    apart = np.abs(octaves[:, None] - octaves)
    steps: Values = np.minimum(2 * np.minimum(apart, np.abs(apart - 1)), 1)
    return steps


def key_steps(key: Values, mode: Values) -> Values:
    """Return the key part of the step between any two songs, (n, n); NaN where not known."""
    major = np.where(mode == MINOR, key + RELATIVE, key)
    place = np.array([fifths(each) for each in major.tolist()])
    apart = np.abs(place[:, None] - place)
    steps = np.minimum(apart, FIFTHS - apart) + np.abs(mode[:, None] - mode)
    furthest = FIFTHS / 2 + 1
    return np.where(np.isnan(steps), 0.5, steps / furthest)


def energy_steps(energy: Values) -> Values:
    """Return the energy part of the step between any two songs, (n, n)."""
    steps: Values = np.minimum(2 * np.abs(energy[:, None] - energy), 1)
    return steps


def _wave(rising: Rows) -> Rows:
    slopes = 2 * max(1, round(len(rising) / WAVE))
    dealt = [rising[slope::slopes] for slope in range(slopes)]
    return np.concatenate([rows[::-1] if n % 2 else rows for n, rows in enumerate(dealt)])
