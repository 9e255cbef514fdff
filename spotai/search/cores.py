"""Two things at once: what a build does on two cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

# More would hold more columns in memory at a time.
THREADS: Final = 2

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def for_each(job: Callable[[Thing], Answer], things: Iterable[Thing]) -> list[Answer]:
    """Return what a job answers for each thing, in order; raises what the first to fail raised.

    It gains where jobs free the interpreter's lock: kernels, numpy, checksums, reading, writing.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(job, things))
