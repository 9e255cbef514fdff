"""Loosening: which changes of a recipe, the smallest first, bring how many more songs.

One pass over the catalog counts the songs that fail one condition or two, by how much they fail
(spotai/search/gauges.py). From that the gain of every step, and of every two steps, follows
exactly. docs/recipe.md says which of them are offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.recommend.changes import EVERYTHING, Condition, Step, conditions_of
from spotai.recommend.recipe import FAMILIAR, Change, Recipe, all_of
from spotai.search import Misses, Query, Snapshot

MOST: Final = 6
MOST_ON_FRONT: Final = 4
# What a further change costs beside its size: it is one more thing to weigh.
FURTHER_CHANGE: Final = 0.25
# Two changes have to bring so many times what one brings that costs no more; and what costs more
# so many times what costs less.
BETTER_PAIR: Final = 2.0
BETTER: Final = 1.5

Radius = Callable[[float], float | None]


@dataclass(frozen=True, slots=True)
class Loosening:
    """``changes`` of the recipe bring exactly ``gain`` more songs, ``matches`` in all."""

    changes: tuple[Change, ...]
    text: str
    gain: int
    matches: int
    cost: float


class _Options(NamedTuple):
    """K ways to loosen: steps (K, 4) as condition and step of it twice, the second -1 where there
    is one change alone; their ``costs`` and ``gains`` (K,).
    """

    steps: NDArray[np.int64]
    costs: NDArray[np.float64]
    gains: NDArray[np.int64]


def loosenings(
    snapshot: Snapshot,
    recipe: Recipe,
    query: Query,
    radius: Radius,
    matches: int,
    with_known: Query | None = None,
) -> tuple[Loosening, ...]:
    """Return what to change so that more songs match than the ``matches`` of ``query``.

    Those come first that reach the size asked for, the cheapest at the head; then those that bring
    most. Where no two changes bring anything, it is what lets the nearest song in. ``radius`` is
    the distance of a strictness, ``with_known`` the query that leaves no known song out, None
    where this one does not.
    """
    found = _of_conditions(snapshot, recipe, query, radius, matches)
    if with_known is not None and (gain := snapshot.count(with_known) - matches):
        allowed = Step((Change(FAMILIAR, "allow"),), "songs you know too", EVERYTHING, frozenset())
        found.append(_loosening((allowed,), gain, matches))
    needed = recipe.size - matches
    return tuple(sorted(found, key=lambda each: _place(each, needed))[:MOST])


def _of_conditions(
    snapshot: Snapshot, recipe: Recipe, query: Query, radius: Radius, matches: int
) -> list[Loosening]:
    conditions = conditions_of(snapshot, recipe, radius)
    if not conditions:
        return []
    misses = snapshot.near_misses(query, [condition.gauge for condition in conditions])
    options, needed = _options(conditions, misses), recipe.size - matches
    found = [
        _loosening(_steps(conditions, options.steps[n]), int(options.gains[n]), matches)
        for n in _chosen(options, needed)
    ]
    if not found and misses.cheapest is not None:
        cells = zip(conditions, misses.cheapest, strict=True)
        steps = [each.cheapest(cell) for each, cell in cells if each.gauge.prices[cell] > 0]
        found = [_nearest(snapshot, recipe, query, radius, matches, steps)]
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
    for t, condition in enumerate(conditions):
        apart = np.array(
            [[not s.fields & r.fields for r in condition.steps] for s in condition.steps]
        )
        sums = single[t][:, None] + single[t][None, :]
        parts.append(_part(t, t, _both(costs[t], costs[t]), np.where(np.triu(apart), sums, 0)))
    for t, u in combinations(range(len(conditions)), 2):
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


def _nearest(
    snapshot: Snapshot,
    recipe: Recipe,
    query: Query,
    radius: Radius,
    matches: int,
    steps: Iterable[Step],
) -> Loosening:
    """Return what lets the song in that is cheapest to let in: of any number of conditions."""
    found = _loosening(tuple(steps), 0, matches)
    looser = recipe.changed(found.changes)
    where, within = all_of(looser.conditions()), radius(looser.strictness)
    total = snapshot.count(replace(query, where=where, radius=within))
    return replace(found, gain=total - matches, matches=total)


def _loosening(steps: Sequence[Step], gain: int, matches: int) -> Loosening:
    text = " and ".join(step.text for step in steps)
    return Loosening(
        changes=tuple(change for step in steps for change in step.changes),
        text=text[0].upper() + text[1:],
        gain=gain,
        matches=matches + gain,
        cost=round(sum(step.cost for step in steps) + FURTHER_CHANGE * (len(steps) - 1), 2),
    )
