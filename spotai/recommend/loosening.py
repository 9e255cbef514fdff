"""Loosening: which changes of a recipe, the smallest first, let how many more songs match.

One pass over the catalog counts the songs that fail one condition or two, by how much they fail
(spotai/search/gauges.py). From that the gain of every step, and of every two steps, follows
exactly. docs/recipe.md says which of them are offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.recommend.changes import EVERYTHING, Condition, Step, conditions_of
from spotai.recommend.recipe import FAMILIAR, Change, Recipe
from spotai.search import Misses, Query, Snapshot

MOST: Final = 6
MOST_ON_FRONT: Final = 4
# What a further change costs beside its size: it is one more thing to weigh.
FURTHER_CHANGE: Final = 0.25
# Two changes have to bring so many times what one brings that costs no more; and what costs more
# so many times what costs less.
BETTER_PAIR: Final = 2.0
BETTER: Final = 1.5

KNOWN_TOO: Final = Step((Change(FAMILIAR, "allow"),), "songs you know too", EVERYTHING, frozenset())

Radius = Callable[[float], float | None]
# How many songs match a changed recipe.
Count = Callable[[Recipe], int]


@dataclass(frozen=True, slots=True)
class Loosening:
    """With ``changes`` of the recipe exactly ``gain`` more songs match, ``matches`` in all.

    The list then has ``listed`` songs, None where none is made.
    """

    changes: tuple[Change, ...]
    text: str
    gain: int
    matches: int
    cost: float
    listed: int | None = None


class _Options(NamedTuple):
    """K ways to loosen: steps (K, 4) as condition and step of it twice, the second -1 where there
    is one change alone; their ``costs`` and ``gains`` (K,).
    """

    steps: NDArray[np.int64]
    costs: NDArray[np.float64]
    gains: NDArray[np.int64]


def loosenings(
    snapshot: Snapshot, recipe: Recipe, query: Query, radius: Radius, matches: int, count: Count
) -> tuple[Loosening, ...]:
    """Return what to change so that more songs match than the ``matches`` of ``query``.

    First come the ``smallest``; where none of them reaches the size asked for, all limits at once
    come last, if they bring more. ``radius`` is the distance of a strictness.
    """
    conditions = conditions_of(snapshot, recipe, radius)
    found = smallest(snapshot, recipe, query, conditions, matches, count)
    limits, known = every_limit(conditions), known_too(recipe)
    most = max((each.matches for each in found), default=matches)
    wide = widest(recipe, (limits, limits + known), most, count)
    if wide is None:
        return tuple(found[:MOST])
    steps, reached = wide
    return (*found[: MOST - 1], loosened(steps, reached - matches, matches))


def smallest(
    snapshot: Snapshot,
    recipe: Recipe,
    query: Query,
    conditions: Sequence[Condition],
    matches: int,
    count: Count,
) -> list[Loosening]:
    """Return the smallest changes with which more songs match.

    Those come first that reach the size asked for, the cheapest at the head; then those that bring
    most. Where no two changes bring anything, it is what lets the nearest song in.
    """
    found = _of_conditions(snapshot, recipe, query, conditions, matches, count)
    known = known_too(recipe)
    if known and (gain := count(recipe.changed(changes_of(known))) - matches) > 0:
        found.append(loosened(known, gain, matches))
    needed = recipe.size - matches
    return sorted(found, key=lambda each: _place(each, needed))


def known_too(recipe: Recipe) -> tuple[Step, ...]:
    """Return the step that lets songs in that are left out because they are known, if they are."""
    return () if recipe.variety.familiar == "allow" else (KNOWN_TOO,)


def every_limit(conditions: Sequence[Condition]) -> tuple[Step, ...]:
    """Return the steps that give all conditions up."""
    return tuple(condition.steps[-1] for condition in conditions)


def widest(
    recipe: Recipe, bundles: Iterable[tuple[Step, ...]], most: int, reach: Count
) -> tuple[tuple[Step, ...], int] | None:
    """Return the first of the bundles of steps with which ``reach`` is the size asked for, else
    the first with which it is largest, and how far it reaches. None where ``most`` is enough, or
    none reaches more.
    """
    best = None
    for steps in bundles:
        if most >= recipe.size:
            return best
        if (reached := reach(recipe.changed(changes_of(steps)))) > most:
            best, most = (steps, reached), reached
    return best


def _of_conditions(
    snapshot: Snapshot,
    recipe: Recipe,
    query: Query,
    conditions: Sequence[Condition],
    matches: int,
    count: Count,
) -> list[Loosening]:
    if not conditions:
        return []
    misses = snapshot.near_misses(query, [condition.gauge for condition in conditions])
    options, needed = _options(conditions, misses), recipe.size - matches
    found = [
        loosened(_steps(conditions, options.steps[n]), int(options.gains[n]), matches)
        for n in _chosen(options, needed)
    ]
    if not found and misses.cheapest is not None:
        # What lets the song in that is cheapest to let in: of any number of conditions.
        cells = zip(conditions, misses.cheapest, strict=True)
        steps = [each.cheapest(cell) for each, cell in cells if each.gauge.prices[cell] > 0]
        gain = count(recipe.changed(changes_of(steps))) - matches
        found = [loosened(steps, gain, matches)]
    return found


def _place(loosening: Loosening, needed: int) -> tuple[bool, float, float]:
    if loosening.gain >= needed:
        return False, loosening.cost, -loosening.gain
    return True, -loosening.gain, loosening.cost


def _options(conditions: Sequence[Condition], misses: Misses) -> _Options:
    """Return every step that brings songs, and every two of them."""
    admitted = [_admitted(condition, misses.one.shape[1]) for condition in conditions]
    costs = [np.array([step.cost for step in condition.steps]) for condition in conditions]
    single = [lets_in @ misses.one[t] for t, lets_in in enumerate(admitted)]
    parts = [_part(t, -1, costs[t][:, None], single[t][:, None]) for t in range(len(conditions))]
    tells = [bool(gains.any()) for gains in single]
    for t, condition in enumerate(conditions):
        if not tells[t]:
            continue
        apart = np.array([[s.apart_from(r) for r in condition.steps] for s in condition.steps])
        sums = single[t][:, None] + single[t][None, :]
        parts.append(_part(t, t, _both(costs[t], costs[t]), np.where(np.triu(apart), sums, 0)))
    for t, u in combinations(range(len(conditions)), 2):
        if not (tells[t] or tells[u] or misses.two[t, u].any()):
            continue
        together = admitted[t] @ misses.two[t, u] @ admitted[u].T
        gains = single[t][:, None] + single[u][None, :] + together
        parts.append(_part(t, u, _both(costs[t], costs[u]), gains))
    return _Options(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _admitted(condition: Condition, cells: int) -> NDArray[np.int64]:
    """Return which cells each step lets in, (steps, cells)."""
    lets_in = np.zeros((len(condition.steps), cells), dtype=np.int64)
    for n, step in enumerate(condition.steps):
        lets_in[n, list(step.cells)] = 1
    return lets_in


def _both(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    costs: NDArray[np.float64] = one[:, None] + other[None, :] + FURTHER_CHANGE
    return costs


def _part(
    t: int, u: int, costs: NDArray[np.float64], gains: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the options of one table, step of condition t by step of u, that bring songs."""
    a, b = np.nonzero(gains)
    steps = np.stack([np.full_like(a, t), a, np.full_like(a, u), b], axis=1)
    return steps, costs[a, b], gains[a, b]


def _chosen(options: _Options, needed: int) -> list[int]:
    """Return the options worth showing, by number: those on the front, the cheapest single change
    that is enough, and of every condition that these leave alone what it brings by itself.
    """
    singles = options.steps[:, 2] < 0
    order = np.lexsort((*options.steps.T[::-1], ~singles, -options.gains, options.costs))
    front = _front(options.gains, order[_worth(options, order, needed)], needed)
    chosen = front[-MOST_ON_FRONT:]
    single = order[singles[order]]
    chosen += [n for n in _best(options, single, needed, 1) if n not in chosen]
    touched = options.steps[chosen][:, ::2].ravel()
    others = single[~np.isin(options.steps[single, 0], touched)]
    for n in _best(options, others, needed, len(others)):
        if options.steps[n, 0] not in options.steps[chosen][:, 0] and len(chosen) < MOST:
            chosen.append(n)
    return chosen


def _worth(options: _Options, order: NDArray[np.int64], needed: int) -> NDArray[np.bool_]:
    """Return which of the options, in ``order`` of cost, are no two changes where one does."""
    gains, singles = options.gains[order], options.steps[order, 2] < 0
    best_single = np.maximum.accumulate(np.where(singles, gains, 0))
    much_better = gains >= BETTER_PAIR * best_single
    alone_enough = (gains >= needed) & (best_single < needed)
    worth: NDArray[np.bool_] = singles | much_better | alone_enough
    return worth


def _front(gains: NDArray[np.int64], order: NDArray[np.int64], needed: int) -> list[int]:
    """Return, up to the first that is enough, those that bring clearly more than cheaper ones."""
    front: list[int] = []
    most = 0
    for n in order.tolist():
        if gains[n] >= needed:
            return [*front, n]
        if gains[n] > most and gains[n] >= BETTER * most:
            front.append(n)
            most = int(gains[n])
    return front


def _best(options: _Options, order: NDArray[np.int64], needed: int, count: int) -> list[int]:
    """Return the first of the options: by cost those that are enough, then by gain the others."""
    gains = options.gains[order]
    enough = gains >= needed
    others = order[~enough]
    by_gain = others[np.argsort(-options.gains[others], kind="stable")]
    best: list[int] = np.concatenate((order[enough], by_gain))[:count].tolist()
    return best


def _steps(conditions: Sequence[Condition], option: NDArray[np.int64]) -> tuple[Step, ...]:
    t, a, u, b = option.tolist()
    first = conditions[t].steps[a]
    return (first,) if u < 0 else (first, conditions[u].steps[b])


def changes_of(steps: Iterable[Step]) -> tuple[Change, ...]:
    """Return all that steps change."""
    return tuple(change for step in steps for change in step.changes)


def loosened(steps: Sequence[Step], gain: int, matches: int) -> Loosening:
    """Put steps, taken at once, in words, with the ``gain`` they bring to ``matches``."""
    *others, last = (step.text for step in steps)
    text = f"{', '.join(others)} and {last}" if others else last
    return Loosening(
        changes=changes_of(steps),
        text=text[0].upper() + text[1:],
        gain=gain,
        matches=matches + gain,
        cost=round(sum(step.cost for step in steps) + FURTHER_CHANGE * (len(steps) - 1), 2),
    )
