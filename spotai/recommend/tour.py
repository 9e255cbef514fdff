"""A short path through all points: exact for a few, good for some hundreds.

Costs are whole numbers, so that sums are exact and a path is the same wherever it is computed.
Beyond ``EXACT`` points: the best of several nearest-neighbour paths, then 2-opt (Croes 1958) and
or-opt (Or 1976) until neither gains. A path is handled as a round trip through one more point that
costs nothing to reach, so that both ends move as freely as the rest. A round trip that 2-opt cannot
shorten is at most as long as the mean of all (Grover 1992): never longer than a typical shuffle.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Points up to which all paths are compared, by dynamic programming over sets of points.
EXACT: Final = 9
STARTS: Final = 16
LONGEST_MOVED: Final = 3

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
    trip = np.append(np.intp(n), path)
    while _reverse_parts(closed, trip) or _move_parts(closed, trip):
        pass
    return trip[1:]


def _reverse_parts(costs: Costs, trip: Path) -> bool:
    """Turn parts of a round trip around, in place, where that gains (2-opt); say whether any did.

    The first point keeps its place.
    """
    gained = False
    for first in range(1, len(trip) - 1):
        before, start = trip[first - 1], trip[first]
        ends, after = trip[first:], np.append(trip[first + 1 :], trip[0])
        change = costs[before, ends] - costs[before, start]
        change += costs[start, after] - costs[ends, after]
        best = int(change.argmin())
        if change[best] < 0:
            trip[first : first + best + 1] = ends[: best + 1][::-1].copy()
            gained = True
    return gained


def _move_parts(costs: Costs, trip: Path) -> bool:
    """Move up to three points on end elsewhere, in place, where that gains (or-opt).

    Either way round; says whether any move gained. The first point keeps its place.
    """
    gained = False
    for length in range(1, LONGEST_MOVED + 1):
        for first in range(1, len(trip) - length + 1):
            part = trip[first : first + length].copy()
            rest = np.concatenate((trip[:first], trip[first + length :]))
            after = np.append(rest[1:], rest[0])
            gap = costs[rest, after]
            forward = costs[rest, part[0]] + costs[part[-1], after] - gap
            backward = costs[rest, part[-1]] + costs[part[0], after] - gap
            added = np.minimum(forward, backward)
            best = int(added.argmin())
            if added[best] < forward[first - 1]:
                if backward[best] < forward[best]:
                    part = part[::-1]
                trip[:] = np.concatenate((rest[: best + 1], part, rest[best + 1 :]))
                gained = True
    return gained
