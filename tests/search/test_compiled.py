"""Where machine code is kept, and what happens where it cannot be; in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 300
WARM_UP = "from spotai.search import warm_up; warm_up(); print('warm')"

KERNELS = """
from spotai.search.compiled import compiled


@compiled
def once(number):
    return number


@compiled
def twice(number):
    return once(number) + once(number)
"""


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


def cut_code(kept: Path) -> None:
    for code in kept.rglob("*.nbc"):
        os.truncate(code, code.stat().st_size // 2)


def empty_one_index(kept: Path) -> None:
    os.truncate(min(kept.rglob("*.nbi")), 0)


def cut_code_of_what_is_called(kept: Path) -> None:
    for index in kept.rglob("*twice*"):
        index.unlink()
    cut_code(kept)


@pytest.mark.parametrize("damage", [cut_code, empty_one_index, cut_code_of_what_is_called])
def test_kept_code_that_is_damaged_is_compiled_anew_once(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    (tmp_path / "kernels.py").write_text(KERNELS)
    program = "import kernels\nfrom spotai.search.compiled import first_calls\n"
    program += "print(first_calls(lambda: kernels.twice(2) + kernels.once(1)))"
    env = {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT}:{tmp_path}"}

    def calls() -> tuple[str, str]:
        return start(program, tmp_path, **env).communicate(timeout=SECONDS)

    assert calls() == ("5\n", "")
    (kept,) = tmp_path.glob("kernels-*")
    files = {path.name for path in kept.rglob("*.nb?")}
    damage(kept)
    out, said = calls()
    assert out == "5\n", said
    assert said.count("is damaged") == len(said.splitlines()) == 1
    assert {path.name for path in kept.rglob("*.nb?")} == files
    assert calls() == ("5\n", "")


def test_errors_of_the_calls_themselves_delete_nothing_that_is_kept(tmp_path: Path) -> None:
    (tmp_path / "kernels.py").write_text(KERNELS)
    program = "import kernels\nfrom spotai.search.compiled import first_calls\n"
    env = {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    failing = "first_calls(lambda: [][kernels.once(1)])"
    _, said = start(program + failing, tmp_path, **env).communicate(timeout=SECONDS)
    assert "IndexError" in said
    assert "is damaged" not in said
    assert list(tmp_path.rglob("*.nbc"))


def test_of_older_kernels_the_last_few_stay_and_always_those_in_use(tmp_path: Path) -> None:
    (tmp_path / "kernels.py").write_text(KERNELS)
    program = "import kernels\nfrom spotai.search.compiled import first_calls\n"
    program += "first_calls(lambda: kernels.once(1))"
    env = {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    start(program, tmp_path, **env).communicate(timeout=SECONDS)
    (used,) = tmp_path.glob("kernels-*")
    later = time.time() + 1_000
    for n in range(5):
        (tmp_path / f"kernels-{n}").mkdir()
        os.utime(tmp_path / f"kernels-{n}", (later + n, later + n))
    process = start(program, tmp_path, **env)
    process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    kept = {path.name for path in tmp_path.glob("kernels-*")}
    assert kept == {used.name, "kernels-2", "kernels-3", "kernels-4"}
