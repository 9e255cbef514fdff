"""The Makefile on a bare machine: set up from nothing, quick again, plain words on failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FIRST_TIME_SECONDS = 120
AGAIN_SECONDS = 5


def make(target: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("make")
    assert program
    return subprocess.run(
        [program, "--no-print-directory", target],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a clone holds of what `make setup` needs, and no .venv."""
    folder = tmp_path / "clone"
    made = shutil.ignore_patterns("__pycache__", "static", "node_modules")
    for part in ("spotai", "client"):
        shutil.copytree(ROOT / part, folder / part, ignore=made)
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


def test_without_a_usable_python_it_says_what_to_install(clone: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    old_python = programs / "python3"
    old_python.write_text("#!/bin/sh\nexit 1\n")
    old_python.chmod(0o755)
    result = make("setup", clone, PATH=str(programs))
    assert result.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in result.stderr
    assert "apt-get install python3 python3-venv" in result.stderr
    assert "brew install python" in result.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.long
def test_setup_needs_no_compiler_and_is_quick_the_second_time(clone: Path) -> None:
    started = time.monotonic()
    first = make("setup", clone, CC="false", CXX="false", FC="false")
    assert first.returncode == 0, first.stderr
    assert time.monotonic() - started <= FIRST_TIME_SECONDS

    installed = subprocess.run(
        [clone / ".venv/bin/python", "-c", "import spotai; print(spotai.__file__)"],
        cwd=clone.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(installed.stdout.strip()).parent == clone / "spotai"

    started = time.monotonic()
    again = make("setup", clone)
    assert again.returncode == 0
    assert time.monotonic() - started <= AGAIN_SECONDS
