"""By how much songs fail that fail few conditions: one pass over the catalog, region by region."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from spotai.search.arrays import DISTANCE, GENRES, Asked, Blocks, Columns, Ledger, Scales
from spotai.search.blocks import REGION
from spotai.search.compiled import Array, compiled, inlined
from spotai.search.regions import settle
from spotai.search.zones import far_bounds, near_bounds

# The gauges a row fails are kept as one number, five bits for each: the last twelve of them, which
# is enough to tell none, one, two and more apart.
BITS: Final = 5
ONE: Final = 1 << BITS
TWO: Final = 1 << 2 * BITS
ALL: Final = (1 << 12 * BITS) - 1
# A number in an array's type, not a literal: literals are compiled for one by one.
FIRST: Final[Any] = np.int64(0)


@compiled
def count_misses(
    songs: Blocks, asked: Asked, scales: Scales, one: Array, two: Array, cheapest: Array
) -> float:
    """Add to ``one`` and ``two`` the rows that fail one gauge and two (gauges.py), and write to
    ``cheapest`` the cells of the row that costs least. Return its price, infinite where none fails.
    """
    regions, columns, gauges = songs.regions, songs.columns, scales.columns.size
    near, far = np.empty(regions.begins.size - 1), np.empty(regions.begins.size - 1)
    near_bounds(regions, asked, FIRST, near.size, near)
    far_bounds(regions, asked, FIRST, far.size, far)
    spans = np.empty((gauges, 2), dtype=np.int64)
    ledger = Ledger(
        np.empty((gauges, REGION), dtype=np.uint8),
        np.empty(REGION, dtype=np.int64),
        np.empty(REGION),
        np.empty(REGION),
        np.empty(REGION + 1, dtype=np.int64),
    )
    best, best_rank = np.inf, FIRST
    for region in range(near.size):
        sure, price = _spans(songs, scales, region, near[region], far[region], spans)
        if sure > 2 and price > best:
            continue
        start, stop = regions.begins[region], regions.begins[region + 1]
        _measure(columns, asked, scales, start, stop, spans, best, ledger)
        best, best_rank = _tally(
            columns.rank[start:stop], ledger, one, two, cheapest, best, best_rank
        )
    return best


@inlined
def _spans(
    songs: Blocks, scales: Scales, region: int, near: float, far: float, spans: Array
) -> tuple[int, float]:
    """Write the first and last cell that rows of a region lie in, for each gauge. Return how many
    gauges all of them fail, and what these cost at least.
    """
    zones, sure, price = songs.regions, 0, 0.0
    for n in range(scales.columns.size):
        column, cuts = scales.columns[n], scales.cuts[n, : scales.sizes[n]]
        if column == GENRES:
            first, last = 0, cuts.size
        elif column == DISTANCE:
            first, last = _cell(cuts, near), _cell(cuts, far)
        else:
            last = _cell(cuts, zones.value_high[column, region])
            unknown = zones.value_unknown[column, region]
            first = 0 if unknown else _cell(cuts, zones.value_low[column, region])
        spans[n] = first, last
        least = scales.prices[n, first : last + 1].min()
        sure += least > 0
        price += least
    return sure, price


@inlined
def _cell(cuts: Array, value: float) -> int:
    cell = 0
    for cut in cuts:
        cell += cut <= value
    return cell


@inlined
def _measure(
    columns: Columns,
    asked: Asked,
    scales: Scales,
    start: int,
    stop: int,
    spans: Array,
    best: float,
    ledger: Ledger,
) -> None:
    """Write for rows in which cells they lie, what they fail and what that costs.

    The distance comes last, and only of rows that may matter: computing it takes longest.
    """
    size, distances = stop - start, -1
    _open(asked.excluded, start, size, ledger)
    for n in range(scales.columns.size):
        column, cells, prices = scales.columns[n], ledger.cells[n, :size], scales.prices[n]
        first, last = spans[n]
        cells[:] = first
        if first == last:
            if prices[first] > 0:
                _mark(cells, prices, n, ledger)
        elif column == DISTANCE:
            distances = n
        elif column == GENRES:
            _place_genres(columns, asked.conditions.allowed_genres, start, cells)
            _mark(cells, prices, n, ledger)
        else:
            _place(columns.values[column, start:stop], scales.cuts[n], first, last, cells)
            _mark(cells, prices, n, ledger)
    if distances >= 0:
        _measure_distances(columns, asked, scales, distances, start, stop, best, ledger)


@inlined
def _open(excluded: Array, start: int, size: int, ledger: Ledger) -> None:
    ledger.failed[:size] = 0
    ledger.price[:size] = 0.0
    if excluded.size:
        for n in range(size):
            row = start + n
            if (excluded[row >> 3] >> (row & 7)) & 1:
                ledger.failed[n], ledger.price[n] = ALL, np.inf


@inlined
def _place(values: Array, cuts: Array, first: int, last: int, cells: Array) -> None:
    for c in range(first, last):
        cut = cuts[c]
        for n in range(values.size):
            cells[n] += values[n] >= cut


@inlined
def _place_genres(columns: Columns, allowed: Array, start: int, cells: Array) -> None:
    begins, genres = columns.genre_begins, columns.genres
    for n in range(cells.size):
        has = False
        for listed in range(begins[start + n], begins[start + n + 1]):
            has |= allowed[genres[listed]]
        cells[n] = has


@inlined
def _mark(cells: Array, prices: Array, gauge: int, ledger: Ledger) -> None:
    failed, price = ledger.failed, ledger.price
    for n in range(cells.size):
        costs = prices[cells[n]]
        price[n] += costs
        failed[n] = ((failed[n] << BITS) | (gauge + 1)) & ALL if costs > 0 else failed[n]


@inlined
def _measure_distances(
    columns: Columns,
    asked: Asked,
    scales: Scales,
    gauge: int,
    start: int,
    stop: int,
    best: float,
    ledger: Ledger,
) -> None:
    """Do the same by their distance for rows that fail two others at most, or may cost least."""
    rows, exact, found = ledger.rows, ledger.exact, 0
    for n in range(stop - start):
        rows[found] = start + n
        found += (ledger.failed[n] < TWO) | (ledger.price[n] <= best)
    settle(columns.coordinates, columns.missing, asked.aim, rows, found, np.inf, exact)
    cuts, prices = scales.cuts[gauge, : scales.sizes[gauge]], scales.prices[gauge]
    failed, price, cells = ledger.failed, ledger.price, ledger.cells[gauge]
    for place in range(found):
        n = rows[place] - start
        cell = _cell(cuts, exact[place])
        cells[n] = cell
        price[n] += prices[cell]
        if prices[cell] > 0:
            failed[n] = ((failed[n] << BITS) | (gauge + 1)) & ALL


@inlined
def _tally(
    rank: Array,
    ledger: Ledger,
    one: Array,
    two: Array,
    cheapest: Array,
    best: float,
    best_rank: int,
) -> tuple[float, int]:
    """Count the rows of a region that fail one gauge or two; keep the cells of the cheapest."""
    failed, price, cells = ledger.failed, ledger.price, ledger.cells
    for n in range(rank.size):
        fails = failed[n]
        if fails == 0:
            continue
        if price[n] < best or (price[n] == best < np.inf and rank[n] < best_rank):
            best, best_rank = price[n], rank[n]
            cheapest[:] = cells[:, n]
        if fails < ONE:
            one[fails - 1, cells[fails - 1, n]] += 1
        elif fails < TWO:
            t, u = (fails >> BITS) - 1, (fails & (ONE - 1)) - 1
            # Distances are measured last, whatever their place among the gauges.
            t, u = min(t, u), max(t, u)
            two[t, u, cells[t, n], cells[u, n]] += 1
    return best, best_rank
