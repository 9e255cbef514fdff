"""What could be changed of each condition of a recipe, by how much, and what that costs.

Costs are in standard deviations of the catalog, so that they compare over features: the end of a
range costs as far as it moves. docs/recipe.md has the formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spotai.features import BY_NAME, Feature, fifths
from spotai.recommend.recipe import Change, Recipe
from spotai.search import Gauge, Snapshot, Where
from spotai.search.axes import AxisMap

# How far an end of a range is moved, before that the parts of the way to the first of these, and
# how much strictness is taken back.
MOVES: Final = (0.25, 0.5, 1.0, 2.0)
PARTS: Final = (0.25, 0.5)
STRICTNESS_MOVES: Final = (0.05, 0.1, 0.2, 0.4)
FEWER_FOLLOWERS: Final = (2, 5, 10)
# Keys next to each other on the circle of fifths lie .73 apart, minor and major 2.0.
FIFTHS: Final = (1, 2, 3)
A_FIFTH: Final = 0.75
ANOTHER_CHOICE: Final = 2.0
# Strictness is lowered to multiples of .05, each of which costs a quarter.
FINEST_STRICTNESS: Final = 0.05
ALL_STRICTNESS: Final = 5.0
ONE_END: Final = 3.0
EVERYTHING: Final = 4.0
# Distinct at least in the two digits that are shown.
LEAST: Final = 0.01


@dataclass(frozen=True, slots=True)
class Step:
    """One way to loosen a condition: ``changes`` let the songs in ``cells`` of its gauge in too.

    ``text`` says in words what the condition is then, in lower case.
    """

    changes: tuple[Change, ...]
    text: str
    cost: float
    cells: frozenset[int]

    def apart_from(self, other: Step) -> bool:
        """Return whether both can be taken at once: they change different fields."""
        return all(one.field != two.field for one in self.changes for two in other.changes)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a recipe as a gauge, and its steps, the last of which gives it up."""

    gauge: Gauge
    steps: tuple[Step, ...]

    def cheapest(self, cell: int) -> Step:
        """Return the cheapest step that lets a cell in which does not pass."""
        return min((s for s in self.steps if cell in s.cells), key=lambda step: step.cost)


def conditions_of(
    snapshot: Snapshot, recipe: Recipe, radius: Callable[[float], float | None]
) -> tuple[Condition, ...]:
    """Return what could be changed of a recipe; ``radius`` is the distance of a strictness."""
    found = [_condition(snapshot, path, where) for path, where in recipe.conditions().items()]
    if recipe.strictness > 0:
        found.append(_strictness(recipe.strictness, radius))
    return tuple(found)


def _condition(snapshot: Snapshot, path: str, where: Where) -> Condition:
    for name, (low, high) in where.ranges.items():
        return _range(snapshot, path, BY_NAME[name], low, high)
    for name, allowed in where.sets.items():
        return _set(path, BY_NAME[name], frozenset(map(int, allowed)))
    if where.explicit is not None:
        return _explicit(path, explicit=where.explicit)
    if where.genres:
        drop = Step((Change(path, ()),), "any genre", EVERYTHING, frozenset({0}))
        return _gauged("genres", (1.0,), [drop])
    return _followers(snapshot, path, where.min_playlist_followers)


def _gauged(of: str, cuts: Sequence[float], steps: Sequence[Step]) -> Condition:
    """Make a condition whose cells cost what the cheapest step costs that lets them in."""
    prices = [
        min((step.cost for step in steps if cell in step.cells), default=0.0)
        for cell in range(len(cuts) + 1)
    ]
    return Condition(Gauge(of, tuple(cuts), tuple(prices)), tuple(steps))


def _range(
    snapshot: Snapshot, path: str, feature: Feature, low: float | None, high: float | None
) -> Condition:
    """The cells are, by value: not known, below the lowest step, between the steps, what passes,
    between the steps above, above the highest.
    """
    name = feature.label.lower()
    lows = [] if low is None else list(_moved(snapshot, feature, low, -1))
    highs = [] if high is None else list(_moved(snapshot, feature, high, 1))
    cuts = [-math.inf, *(value for _, value in reversed(lows)), *([] if low is None else [low])]
    passing = len(cuts)
    most = [*([] if high is None else [high]), *(value for _, value in highs)]
    cuts += [math.nextafter(value, math.inf) for value in most]
    below, above = frozenset(range(1, passing)), frozenset(range(passing + 1, len(cuts) + 1))
    steps = []
    for n, (cost, value) in enumerate(lows, start=1):
        cells = frozenset(range(passing - n, passing))
        text = f"{name} from {feature.show(value)}"
        steps.append(Step((Change(f"{path}.min", value),), text, cost, cells))
    for n, (cost, value) in enumerate(highs, start=1):
        cells = frozenset(range(passing + 1, passing + 1 + n))
        text = f"{name} up to {feature.show(value)}"
        steps.append(Step((Change(f"{path}.max", value),), text, cost, cells))
    no_low, no_high = Change(f"{path}.min", None), Change(f"{path}.max", None)
    given = tuple(c for c, end in ((no_low, low), (no_high, high)) if end is not None)
    if len(given) > 1:
        steps.append(Step((no_low,), f"{name} without a lower limit", ONE_END, below))
        steps.append(Step((no_high,), f"{name} without an upper limit", ONE_END, above))
    steps.append(Step(given, f"any {name}", EVERYTHING, below | above | {0}))
    return _gauged(feature.name, cuts, steps)


def _moved(
    snapshot: Snapshot, feature: Feature, end: float, side: int
) -> Iterator[tuple[float, float]]:
    """Yield (cost, value) of an end of a range moved outwards, to numbers people would choose.

    An end beyond all songs starts where they begin. Costs ascend also where the axis is flat.
    """
    (axis,) = feature.axes
    line = snapshot.maps[axis]
    if not line.available:
        return
    coordinate, last, cost = line.coordinate(end), end, 0.0
    start = min(max(end, line.knots[0]), line.knots[-1])
    for natural in _outwards(line, start, side):
        value = feature.round_beyond(start, natural)
        if (value - last) * side > 0:
            moved = abs(line.coordinate(value) - coordinate)
            cost, last = max(round(moved, 2), round(cost + LEAST, 2)), value
            yield cost, value


def _outwards(line: AxisMap, start: float, side: int) -> Iterator[float]:
    """Yield the values to move an end to, further and further from ``start``, in natural units.

    Beyond the part of the axis that rises there are songs as well, up to its last knot.
    """
    extreme = line.knots[-1 if side > 0 else 0]
    furthest = line.high if side > 0 else line.low
    coordinate, first = line.coordinate(start), True
    for move in MOVES:
        moved = coordinate + side * move
        natural = line.natural_of(moved) if (furthest - moved) * side > 0 else extreme
        if (natural - start) * side > 0:
            parts = (*PARTS, 1.0) if first else (1.0,)
            yield from (start + part * (natural - start) for part in parts)
            first = False


def _set(path: str, feature: Feature, allowed: frozenset[int]) -> Condition:
    """The cells are: not known, and the feature's choices in ascending order."""
    name, field, choices = feature.label.lower(), f"{path}.only", sorted(feature.choices)
    cells = {choice: n for n, choice in enumerate(choices, start=1)}
    others = [choice for choice in choices if choice not in allowed]
    steps = []
    for cost, more in _further(feature, allowed, others):
        shown = ", ".join(map(feature.show, more))
        change = Change(field, tuple(sorted({*allowed, *more})))
        let_in = frozenset(cells[choice] for choice in more)
        steps.append(Step((change,), f"{name} also {shown}", cost, let_in))
    rest = frozenset({0, *(cells[choice] for choice in others)})
    steps.append(Step((Change(field, None),), f"any {name}", EVERYTHING, rest))
    return _gauged(feature.name, choices, steps)


def _further(
    feature: Feature, allowed: frozenset[int], others: Sequence[int]
) -> Iterator[tuple[float, Sequence[int]]]:
    """Yield (cost, values) that could be allowed as well: neighbours on a circle, else each."""
    if feature.kind != "circular":
        yield from ((ANOTHER_CHOICE, [choice]) for choice in others)
        return
    away = {c: min(_fifths_between(c, each) for each in allowed) for c in others}
    last: list[int] = []
    for steps in FIFTHS:
        near = [choice for choice in others if away[choice] <= steps]
        if near != last:
            yield steps * A_FIFTH, near
            last = near


def _fifths_between(one: float, other: float) -> float:
    up = (fifths(one) - fifths(other)) % 12
    return min(up, 12 - up)


def _explicit(path: str, *, explicit: bool) -> Condition:
    drop = Step(
        (Change(path, None),),
        "explicit or not",
        EVERYTHING,
        frozenset({0, 1 if explicit else 2}),
    )
    return _gauged("explicit", (0.0, 1.0), [drop])


def _followers(snapshot: Snapshot, path: str, least: int) -> Condition:
    """The cells are, by number: not enough for any step, between the steps, what passes.

    A number that no song has gives way to the first digit of the largest there is, and costs what
    that largest would.
    """
    most = int(snapshot.largest("playlist_followers"))
    start = least if least <= most else most // (digit := 10 ** (len(str(most)) - 1)) * digit
    lower = [start, *(start // factor for factor in FEWER_FOLLOWERS)]
    fewer = [followers for followers in dict.fromkeys(lower) if 0 < followers < least]
    cuts = [-math.inf, *map(float, reversed(fewer)), float(least)]
    passing = len(cuts)
    steps = [
        Step(
            (Change(path, value),),
            f"from {value:,} playlist followers",
            max(round(math.log10(min(least, most) / value), 2), LEAST),
            frozenset(range(passing - n, passing)),
        )
        for n, value in enumerate(fewer, start=1)
    ]
    rest = frozenset(range(passing))
    steps.append(Step((Change(path, 0),), "any number of playlist followers", EVERYTHING, rest))
    return _gauged("playlist_followers", cuts, steps)


def _strictness(strictness: float, radius: Callable[[float], float | None]) -> Condition:
    """The cells are: within the radius, and between it and those of the steps."""
    lower: list[float] = []
    for move in STRICTNESS_MOVES:
        value = round(round((strictness - move) / FINEST_STRICTNESS) * FINEST_STRICTNESS, 2)
        if 0 < value < min(lower, default=strictness):
            lower.append(value)
    radii = [radius(each) for each in (strictness, *lower)]
    cuts = [math.nextafter(each, math.inf) for each in radii if each is not None]
    steps = [
        Step(
            (Change("strictness", value),),
            f"strictness {value:.2f}",
            _strictness_cost(strictness - value),
            frozenset(range(1, n + 1)),
        )
        for n, value in enumerate(lower, start=1)
    ]
    rest = frozenset(range(1, len(cuts) + 1))
    cost = min(_strictness_cost(strictness), EVERYTHING)
    steps.append(Step((Change("strictness", 0.0),), "strictness 0", cost, rest))
    return _gauged("distance", cuts, steps)


def _strictness_cost(less: float) -> float:
    return max(round(less * ALL_STRICTNESS, 2), LEAST)
