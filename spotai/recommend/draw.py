"""Other songs next time: a draw among the nearest, which nearer songs are likelier to win.

Candidate i, counted from 0 in the exact order of the search, weighs ``exp(-i/size)``. Songs are
drawn one after the other without putting back, each with a chance proportional to its weight. That
is the order of ``log(weight) + Gumbel noise`` (Yellott 1977), the noise from the raw numbers of a
PCG64 that is seeded with the recipe's number and nothing else. The raw numbers of a generator are
the same for every version of numpy; its distributions are not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def draw(rows: NDArray[np.intp], size: int, seed: int | None) -> NDArray[np.intp]:
    """Return candidates, which come nearest first, in the order drawn for a list of ``size``.

    Without a seed they stay as they are.
    """
    if seed is None:
        return rows
    raw = np.random.PCG64(seed).random_raw(len(rows))
    # 53 bits each, strictly between 0 and 1.
    uniform = ((raw >> np.uint64(11)) + 0.5) / 2**53
    gumbel = -np.log(-np.log(uniform))
    return rows[np.argsort(np.arange(len(rows)) / size - gumbel, kind="stable")]
