"""What a benchmark ran on, and how much memory it took."""

from __future__ import annotations

import os
import platform
import re
import threading
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

STATUS: Final = Path("/proc/self/status")


def describe_machine(packages: Sequence[str]) -> dict[str, Any]:
    """Return processor, memory, Python, and the versions of those packages that are installed."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_at_start": round(os.getloadavg()[0], 2),
        "versions": {name: found for name in packages if (found := _version(name))},
    }


def is_installed(module: str) -> bool:
    return find_spec(module) is not None


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text())
        if found:
            return found[1]
    return platform.processor() or platform.machine()


def memory_mb(field: str) -> float | None:
    """Return a field of this process' memory: RssAnon, what it holds for itself alone; VmHWM, the
    peak of that and of the mapped files it touched. None where the system does not tell (Linux
    does).
    """
    if not STATUS.exists():
        return None
    found = re.search(rf"{field}:\s*(\d+) kB", STATUS.read_text())
    return int(found[1]) * 1024 / 1e6 if found else None


class PrivatePeak:
    """Watches how much memory this process holds for itself, fifty times a second."""

    def __init__(self) -> None:
        self.peak_mb: float | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            now = memory_mb("RssAnon")
            if now is None:
                return
            self.peak_mb = max(now, self.peak_mb or 0.0)
            if self._done.wait(0.02):
                return
