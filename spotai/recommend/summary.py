"""One sentence on a song: what it is beside the nearest seed, in natural units.

"same key, 3 BPM faster, a bit less acoustic" tells of the features that weigh most in the recipe,
of those that are known of both; popularity and release year, which weigh much and are not heard,
do not both stand before what is. Without seeds the song is compared with the listener's aims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FEATURES, Feature, key_words
from spotai.recommend.nearest import nearest_seeds, octave
from spotai.recommend.targets import OCTAVES, Model
from spotai.recommend.words import alike, more_or_less
from spotai.search import Snapshot
from spotai.search.generation import Song

CLAUSES: Final = 3
NOTHING_KNOWN: Final = "nothing that counts is known of both"

ITSELF: Final = "one of the songs you started from"

Values = Mapping[str, float | None]


def summarise(
    snapshot: Snapshot, model: Model, songs: Sequence[Song], seeds: NDArray[np.intp]
) -> list[tuple[Song | None, str]]:
    """Return for each song the nearest seed and what the song is beside it.

    A seed is nearest to itself. Without seeds it is None, and the sentence is about the aims.
    """
    if len(seeds) == 0:
        return [(None, compared(snapshot, model, song.values, model.aims)) for song in songs]
    rows = np.array([song.row for song in songs], dtype=np.intp)
    nearest = nearest_seeds(snapshot, model, rows, seeds).tolist()
    distinct = sorted(set(nearest))
    by_row = dict(zip(distinct, snapshot.songs(distinct), strict=True))
    return [
        (by_row[row], _beside(snapshot, model, song, by_row[row]))
        for song, row in zip(songs, nearest, strict=True)
    ]


def _beside(snapshot: Snapshot, model: Model, song: Song, seed: Song) -> str:
    if song.row == seed.row:
        return ITSELF
    return compared(snapshot, model, song.values, seed.values)


def compared(snapshot: Snapshot, model: Model, song: Values, other: Values) -> str:
    """Return the sentence that compares a song with another, or with aims, by their values."""
    clauses = islice(_clauses(snapshot, model, song, other), CLAUSES)
    return ", ".join(clauses) or NOTHING_KNOWN


def _clauses(snapshot: Snapshot, model: Model, song: Values, other: Values) -> Iterator[str]:
    for feature in _told(model):
        value, base = song[feature.name], other.get(feature.name)
        if value is None or base is None:
            continue
        if feature.kind == "circular":
            completing = feature.completed_by
            yield key_words(value, song[completing], base, other.get(completing))
        elif feature.kind == "category":
            shown = feature.show(value)
            yield f"also {shown}" if value == base else f"{shown} instead of {feature.show(base)}"
        else:
            yield _numbers(snapshot, model, feature, value, base)


def _told(model: Model) -> list[Feature]:
    """Return the features that count in the order they are told: by weight, the heaviest first.

    One that completes another goes in it. Of those that are not heard only the heaviest keeps its
    place; the others come last.
    """
    counted = [feature for feature in FEATURES if feature.name in model.aims]
    completing = {feature.completed_by for feature in counted}
    heaviest = sorted(
        (feature for feature in counted if feature.name not in completing),
        key=lambda feature: -sum(model.weight.get(axis, 0.0) for axis in feature.axes),
    )
    unheard = [feature for feature in heaviest if not feature.heard][1:]
    return [feature for feature in heaviest if feature not in unheard] + unheard


def _numbers(snapshot: Snapshot, model: Model, feature: Feature, value: float, base: float) -> str:
    factor = _octave_of(snapshot, model, feature, value, base)
    if factor != 1:
        part = f"{OCTAVES[1 / factor]} the {feature.label.lower()}"
        difference = _counted(feature, value, base / factor)
        return f"{difference} than {part}" if difference else part
    if feature.counted_in:
        return _counted(feature, value, base) or feature.as_much(value)
    axis = snapshot.maps[feature.name]
    steps = axis.coordinate(value) - axis.coordinate(base)
    if alike(feature, value, base, steps):
        return feature.as_much(value)
    return more_or_less(feature, value, base, steps)


def _counted(feature: Feature, value: float, base: float) -> str:
    """Return ``3 BPM faster`` or the like; nothing where the values show alike."""
    apart = feature.apart(value, base)
    return f"{apart} {feature.more if value > base else feature.less}" if apart else ""


def _octave_of(
    snapshot: Snapshot, model: Model, feature: Feature, value: float, base: float
) -> float:
    """Return the factor, 1 or one of ``OCTAVES``, that brings ``value`` nearest to ``base``."""
    if feature.name not in model.octaves:
        return 1.0
    axis = snapshot.maps[feature.name]
    meant = axis.coordinate(base)
    away = {1.0: abs(axis.coordinate(value) - meant)}
    for factor in OCTAVES:
        coordinate = float(octave(axis, np.array([value]), factor)[0])
        if not np.isnan(coordinate):
            away[factor] = abs(coordinate - meant)
    return min(away, key=away.__getitem__)
