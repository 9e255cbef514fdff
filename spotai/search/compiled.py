"""How the kernels are compiled: once a machine, for one thread, without the interpreter's lock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final, TypeVar

from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]
Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# No fast-math and no fused multiply-add: distances are compared bit for bit.
_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "boundscheck": False}

log = logging.getLogger(__name__)


def compiled(kernel: Kernel) -> Kernel:
    """Compile a function when it is first called, and keep the machine code on disk.

    Beside the source, or in the user's cache folder, or in NUMBA_CACHE_DIR. Where none of them
    can be written every process compiles anew.
    """
    try:
        return njit(cache=True, **_OPTIONS)(kernel)  # type: ignore[no-any-return]
    except RuntimeError as error:
        log.warning("compiled searches cannot be kept: %s; set NUMBA_CACHE_DIR", error)
        return njit(**_OPTIONS)(kernel)  # type: ignore[no-any-return]
