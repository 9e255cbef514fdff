"""Why a song came: what each feature added to its match, and a sentence in natural units.

A feature's contribution is the sum over its axes of w*((1 + t^2) - (x - t)^2 - missing): what a
typical song of the catalog would be away, less what this one is. Positive speaks for the song.
The words compare the song's value with the aim shown to the listener, not with the search target,
which lies beyond it. A song that speaks for itself by lying beyond the playlist, away from the
catalog, is therefore compared with what is typical of the catalog; and of a choice that most songs
of the playlist share, but fewer than of the catalog, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spotai.features import AXES, BY_NAME, Feature, fifths
from spotai.recommend.targets import OCTAVES, Model
from spotai.recommend.words import SAME, alike, level, more_or_less
from spotai.search import Snapshot
from spotai.search.axes import RANK_CLIP
from spotai.search.generation import Song


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's part: natural ``value`` and ``aim`` (None where not known), in distance."""

    feature: Feature
    value: float | None
    aim: float | None
    contribution: float
    text: str


def explain(snapshot: Snapshot, model: Model, songs: Sequence[Song]) -> list[tuple[Reason, ...]]:
    """Return for each song a reason for each feature that counts, what speaks most for it first."""
    centres = {
        name: snapshot.maps[name].coordinate(aim)
        for name, aim in model.aims.items()
        if aim is not None and BY_NAME[name].kind == "numeric"
    }
    typical = {name: snapshot.maps[name].natural_of(0.0) for name in centres}
    return [_reasons(_Compared(snapshot, model, centres, typical, song)) for song in songs]


@dataclass(frozen=True, slots=True)
class _Compared:
    """A song and what it is compared with: for numeric features the coordinates of the aims,
    ``centres``, and what is ``typical`` of the catalog.
    """

    snapshot: Snapshot
    model: Model
    centres: Mapping[str, float]
    typical: Mapping[str, float]
    song: Song

    def coordinate(self, axis: str) -> float:
        return float(self.snapshot.coordinates()[self.song.row, AXES.index(axis)])


def _reasons(one: _Compared) -> tuple[Reason, ...]:
    reasons = [_reason(one, BY_NAME[name]) for name in one.model.aims]
    return tuple(sorted(reasons, key=lambda reason: -reason.contribution))


def _reason(one: _Compared, feature: Feature) -> Reason:
    value, contribution = one.song.values[feature.name], _contribution(one, feature)
    apart = _beyond if contribution > 0 else _hardly_apart
    return Reason(
        feature=feature,
        value=value,
        aim=one.model.aims[feature.name],
        contribution=contribution,
        text=apart(one, feature, value) or _words(one, feature, value),
    )


def _contribution(one: _Compared, feature: Feature) -> float:
    total, missing = 0.0, one.song.values[feature.name] is None
    for axis in feature.axes:
        if axis not in one.model.weight:
            continue
        x, targets = one.coordinate(axis), one.model.targets(axis)
        typical = min(1 + t * t for t in targets)
        away = min((x - t) ** 2 for t in targets) + missing
        total += one.model.weight[axis] * (typical - away)
    return total


def _words(one: _Compared, feature: Feature, value: float | None) -> str:
    aim = one.model.aims[feature.name]
    label = feature.label.lower()
    if value is None:
        return f"{label} unknown"
    shown = f"{label} {feature.show(value)}"
    if aim is None:
        return shown
    if feature.kind == "numeric":
        return f"{shown}, {_degree(one, feature, value, aim)}"
    return f"{shown}, {_choice(one, feature, value, aim)}"


def _choice(one: _Compared, feature: Feature, value: float, aim: float) -> str:
    """Compare a value of a few with the aim."""
    if feature.name in one.model.edited and value == aim:
        return "as aimed"
    rarer = feature.kind == "category" and _rarer_than_in_the_catalog(one, feature, value, aim)
    if value == aim:
        but = ", but less so than in the catalog" if rarer else ""
        return f"the most common in the playlist{but}"
    if rarer:
        aimed = feature.among.format(feature.show(aim))
        return f"as the playlist is {aimed} less often than the catalog"
    return _other_choice(feature, value, aim)


def _rarer_than_in_the_catalog(one: _Compared, feature: Feature, value: float, aim: float) -> bool:
    """Say whether a song is compared for the better or the worse with a target on the other side
    of the catalog than the choice that is most common in the playlist.
    """
    (axis,) = feature.axes
    if feature.name in one.model.edited or axis not in one.model.weight:
        return False
    common = one.snapshot.maps[axis].coordinate(aim)
    against = _contribution(one, feature) < 0
    return common * one.model.target[axis] < 0 and against == (value == aim)


def _other_choice(feature: Feature, value: float, aim: float) -> str:
    """Compare a value of a few with another one."""
    if feature.kind == "circular":
        return f"{_away_in_fifths(value, aim)} from {feature.show(aim)}"
    asked = feature.asks_for
    if asked is not None and asked not in {value, aim}:
        return f"like {feature.show(aim)} not {feature.show(asked)}"
    return f"not {feature.show(aim)}"


def _beyond(one: _Compared, feature: Feature, value: float | None) -> str | None:
    """Compare a numeric value that lies well beyond the playlist's, away from the catalog's."""
    name, aim = feature.name, one.model.aims[feature.name]
    if value is None or aim is None or feature.kind != "numeric" or name in one.model.edited:
        return None
    x, centre = one.coordinate(name), one.centres[name]
    away = 1 if centre > 0 else -1
    if _nearest_octave(one.model, name, x) != 1 or centre * away < SAME or (x - centre) * away <= 0:
        return None
    if alike(feature, value, aim, x - centre) or level(feature, value, aim, x - centre) == 0:
        return None
    typical, meant = feature.show_apart(one.typical[name], aim)
    if typical == meant:
        return None
    return (
        f"{feature.label.lower()} {feature.show(value)}, "
        f"{feature.more if away > 0 else feature.less} than a typical song "
        f"({typical}), as is the playlist ({meant})"
    )


def _hardly_apart(one: _Compared, feature: Feature, value: float | None) -> str | None:
    """Tell a value that speaks against the song from an aim that shows alike.

    Where ranks lie dense, as among songs that are hardly instrumental, it may be far from it.
    """
    name, aim = feature.name, one.model.aims[feature.name]
    if value is None or aim is None or feature.kind != "numeric":
        return None
    x, centre = one.coordinate(name), one.centres[name]
    shown, meant = feature.show_apart(value, aim)
    beside_octave = _nearest_octave(one.model, name, x) != 1
    if beside_octave or abs(x - centre) < SAME or feature.show(value) != feature.show(aim):
        return None
    compared = more_or_less(feature, value, aim, x - centre)
    return f"{feature.label.lower()} {shown}, {compared} than {_whose(one, feature)} ({meant})"


def _whose(one: _Compared, feature: Feature) -> str:
    return "your aim" if feature.name in one.model.edited else "the playlist"


def _degree(one: _Compared, feature: Feature, value: float, aim: float) -> str:
    """Compare a numeric value with the aim, or with the octave of it that the song is near to."""
    name, x = feature.name, one.coordinate(feature.name)
    octave = _nearest_octave(one.model, name, x)
    meant = one.centres[name] if octave == 1 else one.snapshot.maps[name].coordinate(aim * octave)
    whose = _whose(one, feature)
    whom = whose if octave == 1 else f"{OCTAVES[octave]} of {whose}"
    if octave == 1 and feature.show(value) == feature.show(aim):
        return f"like {whom}"
    words = f"{whom} ({feature.show(aim)})"
    if octave == 1 and abs(value - aim) >= feature.notable and (end := _end(one, name, x, meant)):
        return f"among the {end} {100 * RANK_CLIP:g} %, as is {words}"
    if alike(feature, value, aim * octave, x - meant):
        return f"like {words}"
    return f"{more_or_less(feature, value, aim * octave, x - meant)} than {words}"


def _end(one: _Compared, axis: str, x: float, meant: float) -> str:
    """Return at which end of an axis both coordinates lie; nothing where they do not."""
    line = one.snapshot.maps[axis]
    return {line.high: "highest", line.low: "lowest"}.get(x, "") if x == meant else ""


def _nearest_octave(model: Model, axis: str, x: float) -> float:
    """Return the factor of the target the song is nearest to; 1 is the target itself."""
    factors = (1.0, *model.octaves.get(axis, ()))
    away = [(x - target) ** 2 for target in model.targets(axis)]
    return factors[away.index(min(away))]


def _away_in_fifths(key: float, aim: float) -> str:
    """Name the distance of two keys on the circle of fifths."""
    steps = round(abs(fifths(key) - fifths(aim)))
    away = min(steps, 12 - steps)
    return "a fifth" if away == 1 else f"{away} fifths"
