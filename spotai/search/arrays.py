"""A snapshot and a query as arrays: what the compiled functions take.

Small tuples, because handing a compiled function an array it does not need costs time as well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


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
    """N rows: ``coordinates`` (A, N), ``values`` (V, N), ``missing`` a bit for each axis.

    ``rank`` is a row's place in order of id. ``genres`` are codes, those of a row from
    ``genre_begins`` (N+1,) on.
    """

    coordinates: NDArray[np.float32]
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


class Aim(NamedTuple):
    """m weighted axes in ascending order, with T targets each, (m, T).

    The quick ones are what is looked at first, in float32: axes with one target, those that tell
    rows apart most in front, filled up to a multiple of four with axes of no weight.
    """

    axes: NDArray[np.int64]
    targets: NDArray[np.float64]
    weights: NDArray[np.float64]
    quick_axes: NDArray[np.int64]
    quick_targets: NDArray[np.float32]
    quick_weights: NDArray[np.float32]


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


class Asked(NamedTuple):
    """A query. ``excluded`` has a bit for each row, or nothing where none is.

    ``slack`` is what the root of a quick distance may be off by, +inf where quick distances say
    nothing. ``free`` tells that there are no conditions.
    """

    aim: Aim
    conditions: Conditions
    free: bool
    excluded: NDArray[np.uint8]
    radius: float
    slack: float
