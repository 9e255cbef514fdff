"""A snapshot and a query as arrays: what the compiled functions take.

Small tuples, because handing a compiled function an array it does not need costs time as well.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

# What a gauge measures, where it is no column of values.
GENRES: Final = -1
DISTANCE: Final = -2


class Zones(NamedTuple):
    """What is known of P parts of the rows, regions or blocks, for A axes and V value columns.

    ``begins`` (P+1,) rows; extremes (A, P) and (V, P) of known values; ``all_missing`` and
    ``any_missing`` hold a bit for each axis; ``first_rank`` is the smallest rank of a part.
    """

    begins: NDArray[np.int64]
    axis_low: NDArray[np.float32]
    axis_high: NDArray[np.float32]
    value_low: NDArray[np.float64]
    value_high: NDArray[np.float64]
    value_unknown: NDArray[np.bool_]
    all_missing: NDArray[np.uint16]
    any_missing: NDArray[np.uint16]
    first_rank: NDArray[np.int32]


class Columns(NamedTuple):
    """N rows: ``coordinates`` (N, A), ``values`` (V, N), ``missing`` a bit for each axis.

    ``codes`` (N*A,) are the coordinates in a byte each (codes.py). ``rank`` is a row's place in
    order of id. ``genres`` are numbers, those of a row from ``genre_begins`` (N+1,) on.
    """

    coordinates: NDArray[np.float32]
    codes: NDArray[np.uint8]
    values: NDArray[np.float64]
    missing: NDArray[np.uint16]
    rank: NDArray[np.int32]
    genre_begins: NDArray[np.int64]
    genres: NDArray[np.int32]


class Blocks(NamedTuple):
    """A snapshot; ``region_begins`` (R+1,) are blocks."""

    regions: Zones
    blocks: Zones
    region_begins: NDArray[np.int64]
    columns: Columns


class Spot(NamedTuple):
    """Rows ``start`` to ``stop`` of one region, and where their codes are: those of the first axis
    from ``at`` on, those of each further axis ``stride`` after the one before.
    """

    start: int
    stop: int
    at: int
    stride: int


class Aim(NamedTuple):
    """m weighted axes in ascending order, with T targets each, (m, T). ``two_valued`` tells which
    of them know no more than two values.
    """

    axes: NDArray[np.int64]
    targets: NDArray[np.float64]
    weights: NDArray[np.float64]
    two_valued: NDArray[np.bool_]


class Quick(NamedTuple):
    """What is looked at first: axes with one target, those that tell rows apart most in front,
    filled up to a multiple of four with axes of no weight; none where float32 cannot be trusted.
    ``roots`` are the roots of their weights.
    """

    axes: NDArray[np.int64]
    targets: NDArray[np.float64]
    roots: NDArray[np.float64]


class Conditions(NamedTuple):
    """Bounds of coordinates, ranges and sets of values, all inclusive, and genres.

    ``members`` of a set lie in ``members`` from ``set_begins`` on, ascending. ``allowed_genres``
    has an entry for each genre, or none where genres do not matter.
    """

    bound_axes: NDArray[np.int64]
    bound_low: NDArray[np.float64]
    bound_high: NDArray[np.float64]
    range_columns: NDArray[np.int64]
    range_low: NDArray[np.float64]
    range_high: NDArray[np.float64]
    set_columns: NDArray[np.int64]
    set_begins: NDArray[np.int64]
    members: NDArray[np.float64]
    allowed_genres: NDArray[np.bool_]


class Windows(NamedTuple):
    """Bounds and ranges once more, with their ends in coordinates: what codes can tell of them.

    ``columns`` are the values that a range from ``least`` to ``most`` is about, -1 for a bound,
    which is blind to what is missing. ``decisive`` tells that there is no condition that codes say
    nothing of.
    """

    axes: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    columns: NDArray[np.int64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    decisive: bool


class Asked(NamedTuple):
    """A query. ``excluded`` has a bit for each row, or nothing where none is.

    ``complete`` tells that quick looks see every term but what is missing, ``free`` that there are
    no conditions. ``levels`` are all distances that a row may have, ascending, where they are few;
    else there are none.
    """

    aim: Aim
    quick: Quick
    conditions: Conditions
    windows: Windows
    free: bool
    excluded: NDArray[np.uint8]
    radius: float
    complete: bool
    levels: NDArray[np.float64]


class Desk(NamedTuple):
    """Room to work in, for one query: ``slopes`` and ``offsets`` of quick terms, ``edges`` of the
    windows, ``bounds`` of a region's blocks, ``states`` and ``rows`` for those of a region, the
    others for those of a block.
    """

    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    edges: NDArray[np.uint8]
    bounds: NDArray[np.float64]
    totals: NDArray[np.float32]
    states: NDArray[np.uint8]
    rows: NDArray[np.int64]
    exact: NDArray[np.float64]


class Held(NamedTuple):
    """The k nearest so far; once there are k, a heap with the farthest at its top."""

    distances: NDArray[np.float64]
    rows: NDArray[np.int64]


class Scales(NamedTuple):
    """T gauges (gauges.py): ``columns`` of values, or GENRES or DISTANCE; ``sizes`` are how many
    cuts each has, (T, C), filled up with infinity, and ``prices`` those of their cells, (T, C).
    """

    columns: NDArray[np.int64]
    sizes: NDArray[np.int64]
    cuts: NDArray[np.float64]
    prices: NDArray[np.float64]


class Ledger(NamedTuple):
    """What is known of the rows of a region: ``cells`` (T, rows) they lie in, which gauges they
    ``failed`` (misses.py), the ``price`` of these; ``exact`` and ``rows`` are room to work in.
    """

    cells: NDArray[np.uint8]
    failed: NDArray[np.int64]
    price: NDArray[np.float64]
    exact: NDArray[np.float64]
    rows: NDArray[np.int64]
