"""Where machine code is kept, and what happens where it cannot be; in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 300
WARM_UP = "from spotai.search import warm_up; warm_up(); print('warm')"


def start(program: str, cwd: Path, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=cwd,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("command", [["--help"], ["load", "--help"], ["openapi"]])
def test_commands_that_search_nothing_load_no_compiler(command: list[str]) -> None:
    program = (
        "import sys\nfrom spotai.commands import main\n"
        f"try:\n    main({command!r})\nexcept SystemExit:\n    pass\n"
        "assert 'numba' not in sys.modules and 'llvmlite' not in sys.modules"
    )
    process = start(program, ROOT)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, said


@pytest.mark.long
def test_two_processes_may_start_at_once_without_a_compiler_of_c(tmp_path: Path) -> None:
    env = {"NUMBA_CACHE_DIR": str(tmp_path), "CC": "/bin/false"}
    both = [start(WARM_UP, ROOT, **env) for _ in range(2)]
    for process in both:
        out, said = process.communicate(timeout=SECONDS)
        assert (process.returncode, out) == (0, "warm\n"), said
    (kept,) = tmp_path.glob("kernels-*")
    files = {path: path.stat().st_mtime_ns for path in kept.rglob("*.nb?")}
    assert files
    third = start(WARM_UP, ROOT, **env)
    third.communicate(timeout=SECONDS)
    assert third.returncode == 0
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*.nb?")} == files


@pytest.mark.long
def test_who_may_write_nowhere_searches_all_the_same(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "static")
    shutil.copytree(ROOT / "spotai", tmp_path / "spotai", ignore=ignored)
    blocked = tmp_path / "spotai" / "search" / "__pycache__"
    blocked.write_text("a file where a folder would have to be, which stops root as well")
    nowhere = {"HOME": str(blocked), "XDG_CACHE_HOME": "", "NUMBA_CACHE_DIR": str(blocked / "x")}
    process = start(WARM_UP, tmp_path, **nowhere)
    out, said = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (0, "warm\n"), said
    assert said.count("set NUMBA_CACHE_DIR") == 1
