"""The Makefile on a bare machine: set up from nothing, quick again, plain words on failure."""

from __future__ import annotations

import json
import os
import re
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


def program_at(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of what the Makefile calls beside Node and npm."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sed", "find", "awk", "make", "test", "rm", "touch"):
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    return folder


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        *((version, False) for version in ("8.17.0", "20.0.0", "20.18.3", "21.7.3", "22.11.0")),
        *((version, True) for version in ("20.19.0", "20.20.2", "22.12.0", "23.0.0", "24.1.0")),
    ],
)
def test_a_page_that_cannot_be_built_leaves_the_api(
    clone: Path, programs: Path, version: str, fits: bool
) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    claim = programs / "claim.cjs"
    claim.write_text(f'Object.defineProperty(process.versions, "node", {{value: "{version}"}});')
    program_at(programs / "node", f'exec {node} --require {claim} "$@"')
    program_at(programs / "npm", "echo 'npm is broken' >&2; exit 1")
    result = make("page", clone, PATH=str(programs))
    assert result.returncode == 0, result.stderr
    assert ("npm is broken" in result.stderr) == fits
    assert ("The page could not be built" in result.stderr) == fits
    assert ("No Node that builds the page" in result.stderr) == (not fits)
    assert "the API is served without it" in result.stderr


def test_without_node_the_versions_that_build_the_page_are_named(
    clone: Path, programs: Path
) -> None:
    needed = json.loads((clone / "client/package.json").read_text())["engines"]["node"]
    result = make("page", clone, PATH=str(programs))
    assert result.returncode == 0
    assert needed in result.stderr
    for text in ("README.md", "spotai/api/page.py"):
        for least in re.findall(r"\d+\.\d+", needed.replace(".0 ", " ")):
            assert least in (clone / text).read_text("utf-8"), (text, least)


@pytest.mark.alone
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
