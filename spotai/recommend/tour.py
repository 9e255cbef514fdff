"""A short path through all points: exact for a few, good for some hundreds.

Costs are whole numbers, so that sums are exact and a path is the same wherever it is computed.
Beyond ``EXACT`` points: the best of several nearest-neighbour paths, then 2-opt (Croes 1958) and
or-opt (Or 1976) until neither gains, and again after each of some swaps of neighbouring parts, kept
where that gains (Martin, Otto, Felten 1991). A path is handled as a round trip through one
more point that costs nothing to reach, so that both ends move as freely as the rest. A round trip
that 2-opt cannot shorten is at most as long as the mean of all (Grover 1992): never longer than a
typical shuffle.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Points up to which all paths are compared, by dynamic programming over sets of points.
EXACT: Final = 9
STARTS: Final = 8
LONGEST_MOVED: Final = 3
# The points that are tried as new neighbours of one.
NEAR: Final = 40
SWAPS: Final = 10
SWAPPED: Final = 10

Costs = NDArray[np.int64]
Path = NDArray[np.intp]


def shortest_path(costs: Costs) -> Path:
    """Return all points of a symmetric (n, n) matrix of costs in an order of little total cost.

    It costs no more than ``nearest_neighbour_paths`` from any of the first ``STARTS`` points.
    """
    if len(costs) <= EXACT:
        return _exact(costs)
    paths = nearest_neighbour_paths(costs, min(STARTS, len(costs)))
    best = paths[int(np.argmin([path_cost(costs, path) for path in paths]))]
    return _improved(costs, best)


def path_cost(costs: Costs, path: Path) -> int:
    """Return the sum of the costs from each point of a path to the next."""
    return int(costs[path[:-1], path[1:]].sum())


def nearest_neighbour_paths(costs: Costs, starts: int) -> NDArray[np.intp]:
    """Return the greedy path from each of the first points, (starts, n): the nearest comes next.

    Of points equally near the first comes next.
    """
    every = np.arange(starts)
    paths = np.empty((starts, len(costs)), dtype=np.intp)
    left = np.ones((starts, len(costs)), dtype=bool)
    here = every
    for step in range(len(costs)):
        if step:
            here = np.where(left, costs[here], np.iinfo(np.int64).max).argmin(axis=1)
        paths[:, step] = here
        left[every, here] = False
    return paths


def _exact(costs: Costs) -> Path:
    """Return a cheapest path (Held and Karp 1962).

    ``cheapest[s, j]`` is the cost of the best path through the set of points s that ends in j.
    """
    n = len(costs)
    if n == 0:
        return np.empty(0, dtype=np.intp)
    impossible = int(costs.sum()) + 1
    cheapest = np.full((1 << n, n), impossible, dtype=np.int64)
    for point in range(n):
        cheapest[1 << point, point] = 0
    for visited in range(1, 1 << n):
        reached = (cheapest[visited][:, None] + costs).min(axis=0)
        for point in range(n):
            if not visited >> point & 1:
                cheapest[visited | 1 << point, point] = reached[point]
    visited = (1 << n) - 1
    path = [int(cheapest[visited].argmin())]
    while len(path) < n:
        visited ^= 1 << path[-1]
        path.append(int((cheapest[visited] + costs[path[-1]]).argmin()))
    return np.array(path, dtype=np.intp)


def _improved(costs: Costs, path: Path) -> Path:
    n = len(costs)
    closed = np.zeros((n + 1, n + 1), dtype=np.int64)
    closed[:n, :n] = costs
    trip = _Trip(closed, [n, *path.tolist()])
    trip.settle(trip.points)
    for begin in range(1, n - 2 * SWAPPED + 2, -(-n // SWAPS)):
        trip.try_swap(begin)
    while touched := trip.turn_anywhere():
        trip.settle(touched)
    return np.array(trip.points[1:], dtype=np.intp)


class _Trip:
    """A round trip through ``points``, improved in place; the first one keeps its place.

    A move is looked for from a point whose step is to get shorter; the points near it are tried as
    its new neighbours, the nearest first, until they are as far as the old one (Bentley 1992).
    Plain lists, because single numbers in them are read much faster than in arrays.
    """

    def __init__(self, costs: Costs, points: list[int]) -> None:
        self.points = points
        self._all_costs = costs
        self._costs: list[list[int]] = costs.tolist()
        self._nearest: list[list[int]] = _nearest_first(costs).tolist()
        self._places = [0] * len(points)
        self._put(0, points)

    def settle(self, points: Iterable[int]) -> None:
        """Make moves until none gains, looked for from some points and from what moves touch."""
        waiting = deque(points)
        waits = set(waiting)
        while waiting:
            point = waiting.popleft()
            waits.discard(point)
            while touched := self._move(point) or self._turn(point):
                waiting.extend(other for other in touched if other not in waits)
                waits.update(touched)

    def try_swap(self, begin: int) -> None:
        """Swap two neighbouring parts, which no single move does, and settle; keep what gains."""
        before, cost = self.points.copy(), self._cost()
        middle, end = begin + SWAPPED, begin + 2 * SWAPPED
        self._put(begin, self.points[middle:end] + self.points[begin:middle])
        joints = (begin - 1, begin, middle - 1, middle, end - 1, end % len(before))
        self.settle([self.points[place] for place in joints])
        if self._cost() >= cost:
            self._put(0, before)

    def turn_anywhere(self) -> tuple[int, ...]:
        """Make the turn that gains most of all there are, in place of those between near points.

        Return the points that have another step then, none where nothing gains.
        """
        trip = np.array(self.points)
        between = self._all_costs[trip[:, None], trip]
        steps = np.append(between.diagonal(1), between[-1, 0])
        after = np.roll(between, (-1, -1), (0, 1))
        gains = steps[:, None] + steps - between - after
        np.fill_diagonal(gains, 0)
        low, high = divmod(int(gains.argmax()), len(trip))
        if gains[low, high] <= 0:
            return ()
        ends = [low, high, low + 1, (high + 1) % len(trip)]
        touched = tuple(self.points[place] for place in ends)
        self._turn_between(low, high, 1)
        return touched

    def _cost(self) -> int:
        points = self.points
        return sum(self._costs[a][b] for a, b in zip(points, points[1:] + points[:1], strict=True))

    def _turn(self, a: int) -> tuple[int, ...]:
        """Turn a part around that begins or ends at ``a``, where that gains (2-opt).

        Return the points that have another step then, none where nothing gains.
        """
        points, places, costs, size = self.points, self._places, self._costs, len(self.points)
        from_a, at = costs[a], places[a]
        for ahead in (1, -1):
            b = points[(at + ahead) % size]
            step, from_b = from_a[b], costs[b]
            for c in self._nearest[a]:
                if from_a[c] >= step:
                    break
                d = points[(places[c] + ahead) % size]
                if c != a and step + costs[c][d] > from_a[c] + from_b[d]:
                    self._turn_between(min(at, places[c]), max(at, places[c]), ahead)
                    return a, b, c, d
        return ()

    def _turn_between(self, low: int, high: int, ahead: int) -> None:
        """Turn around what lies between two steps, ahead of or behind two places."""
        if ahead == 1:
            low, high = low + 1, high + 1
        elif low == 0:
            # The other part, so that the first point stays.
            low, high = high, len(self.points)
        self._put(low, self.points[low:high][::-1])

    def _move(self, a: int) -> tuple[int, ...]:
        """Move up to three points on end, ``a`` at an end of them, elsewhere, where that gains,
        either way round (or-opt). Return what ``_turn`` does.
        """
        points, costs, at = self.points, self._costs, self._places[a]
        for away in (1, -1):
            for far in range(at, at + LONGEST_MOVED * away, away):
                low, high = min(at, far), max(at, far)
                if low < 1 or high == len(points):
                    break
                before, after = points[low - 1], points[(high + 1) % len(points)]
                saved = costs[before][points[low]] + costs[points[high]][after]
                gap = self._gap(a, points[far], low, high, saved - costs[before][after])
                if gap:
                    c, side = gap
                    end, d = points[far], points[(self._places[c] + side) % len(points)]
                    self._move_part(low, high, c if side == 1 else d, turned=side != away)
                    return before, after, a, end, c, d
        return ()

    def _gap(self, a: int, end: int, low: int, high: int, saved: int) -> tuple[int, int] | None:
        """Find a step that a part can be put into, ``a`` beside its point c, for less than is
        saved; return c, and on which side of it the step is.
        """
        points, places, costs = self.points, self._places, self._costs
        from_a, from_end = costs[a], costs[end]
        for c in self._nearest[a]:
            if from_a[c] >= saved:
                break
            if low <= places[c] <= high:
                continue
            for side in (1, -1):
                d = points[(places[c] + side) % len(points)]
                inside = low <= places[d] <= high
                if not inside and saved > from_a[c] + from_end[d] - costs[c][d]:
                    return c, side
        return None

    def _move_part(self, low: int, high: int, behind: int, *, turned: bool) -> None:
        """Put what stands from ``low`` to ``high`` behind a point."""
        place, part = self._places[behind], self.points[low : high + 1]
        if turned:
            part.reverse()
        if place < low:
            self._put(place + 1, part + self.points[place + 1 : low])
        else:
            self._put(low, self.points[high + 1 : place + 1] + part)

    def _put(self, begin: int, part: list[int]) -> None:
        """Write points from a place on."""
        self.points[begin : begin + len(part)] = part
        places = self._places
        for place, point in enumerate(part, begin):
            places[point] = place


def _nearest_first(costs: Costs) -> NDArray[np.intp]:
    """Return for each point those near it, the nearest first, of equals the first."""
    n = len(costs)
    # Sorting numbers is much faster than sorting places stably.
    keys = np.partition(costs * n + np.arange(n), min(NEAR, n - 1), axis=1)[:, :NEAR]
    return np.sort(keys, axis=1) % n
