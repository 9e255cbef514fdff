"""One sentence on a song: what it is beside the nearest seed, in natural units.

"same key, 3 BPM faster, a bit less acoustic": first what is heard at once, the key where it is the
same, and the tempo, counted or not. Then of the features that count and are known of both those
with most influence on the list; popularity, which is neither heard nor counted, comes last. What
differs is said before what is the same: of that one thing at most ends the sentence, when it has
influence and less than half the catalog shares it, or there is room. Without seeds the song is
compared with the listener's aims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import BY_NAME, INTERVALS, Feature, key_words
from spotai.recommend.influence import influences
from spotai.recommend.nearest import nearest_seeds, octave
from spotai.recommend.targets import OCTAVES, Model
from spotai.recommend.words import alike, more_or_less
from spotai.search import Snapshot
from spotai.search.generation import Song

CLAUSES: Final = 3
KEY: Final = BY_NAME["key"]
TEMPO: Final = BY_NAME["tempo"]
# What so large a share of the catalog has in common says nothing of two songs.
COMMON: Final = 0.5
NOTHING_KNOWN: Final = "nothing that counts is known of both"
MUCH_ALIKE: Final = "much alike"
ITSELF: Final = "one of the songs you started from"

Values = Mapping[str, float | None]


def summarise(
    snapshot: Snapshot, model: Model, songs: Sequence[Song], seeds: NDArray[np.intp]
) -> list[tuple[Song | None, str]]:
    """Return for each song the nearest seed and what the song is beside it.

    A seed is nearest to itself. Without seeds it is None, and the sentence is about the aims.
    """
    told = features_told(snapshot, model)
    if len(seeds) == 0:
        return [(None, compared(snapshot, model, told, s.values, model.aims)) for s in songs]
    rows = np.array([song.row for song in songs], dtype=np.intp)
    nearest = nearest_seeds(snapshot, rows, seeds, octaves=TEMPO.name in model.octaves).tolist()
    distinct = sorted(set(nearest))
    by_row = dict(zip(distinct, snapshot.songs(distinct), strict=True))
    beside: list[tuple[Song | None, str]] = []
    for song, row in zip(songs, nearest, strict=True):
        seed = by_row[row]
        if song.row == row:
            beside.append((seed, ITSELF))
        else:
            beside.append((seed, compared(snapshot, model, told, song.values, seed.values)))
    return beside


def features_told(snapshot: Snapshot, model: Model) -> list[Feature]:
    """Return the features that count in the order they are told, most influence first.

    One that completes another goes in it. What is neither heard nor counted comes last.
    """
    influence = influences(snapshot, model)
    counted = [BY_NAME[name] for name in model.aims]
    completing = {feature.completed_by for feature in counted}
    first = sorted(
        (feature for feature in counted if feature.name not in completing),
        key=lambda feature: -influence[feature.name] - influence.get(feature.completed_by, 0.0),
    )
    return sorted(first, key=lambda feature: not (feature.heard or feature.counted_in))


def compared(
    snapshot: Snapshot, model: Model, told: Sequence[Feature], song: Values, other: Values
) -> str:
    """Return the sentence that compares a song with another, or with aims, by their values."""

    def clauses_of(features: Iterable[Feature]) -> list[_Clause]:
        found = (_clause(snapshot, model, feature, song, other) for feature in features)
        return [clause for clause in found if clause is not None]

    key = [clause for clause in clauses_of((KEY,)) if clause.same]
    first = key + clauses_of((TEMPO,))
    said = {TEMPO.name} | ({KEY.name, KEY.completed_by} if key else set())
    rest = clauses_of(feature for feature in told if feature.name not in said)
    if all(clause.same for clause in first + rest):
        shared = [clause.text for clause in first + rest][:CLAUSES] or [NOTHING_KNOWN]
        return f"{MUCH_ALIKE}: {', '.join(shared)}" if len(shared) > 1 else shared[0]
    room = CLAUSES - len(first)
    differing = [clause for clause in rest if not clause.same]
    same = [clause for clause in rest if clause.same]
    telling = [clause for clause in rest[:room] if clause.same and not clause.common]
    last = (telling or (same if len(differing) < room else []))[:1]
    clauses = first + differing[: room - len(last)] + last
    return ", ".join(clause.text for clause in clauses)


@dataclass(frozen=True, slots=True)
class _Clause:
    """``same``: both songs have it; ``common``: much of the catalog has it too."""

    text: str
    same: bool
    common: bool


def _clause(
    snapshot: Snapshot, model: Model, feature: Feature, song: Values, other: Values
) -> _Clause | None:
    """Return what a song is beside another in one feature, None where it is not known of both."""
    value, base = song[feature.name], other.get(feature.name)
    if value is None or base is None:
        return None
    if feature.kind == "circular":
        completing = feature.completed_by
        same = INTERVALS[0]
        text = key_words(value, song[completing], base, other.get(completing))
    elif feature.kind == "category":
        shown = feature.show(value)
        same = f"also {shown}"
        text = same if value == base else f"{shown} instead of {feature.show(base)}"
    else:
        same = feature.as_much(value)
        text = _numbers(snapshot, model, feature, value, base)
    is_same = text == same
    common = is_same and snapshot.spreads[feature.name].share_at(value) >= COMMON
    return _Clause(text, is_same, common)


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
