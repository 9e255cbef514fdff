"""Processes forked from the tests, to run at the same time."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable


def run_forked(target: Callable[..., object], *args: object, times: int) -> list[int | None]:
    """Run ``target(*args)`` in ``times`` processes at once; return their exit codes."""
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=target, args=args) for _ in range(times)]
    with warnings.catch_warnings():
        # Python 3.12 warns of the thread by which a worker of pytest-xdist hears what to run next;
        # it holds no lock that a forked process would wait for.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        for process in processes:
            process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
