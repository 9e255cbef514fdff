"""One source of pins: pyproject.toml asks, the requirement files hold what was found for it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME: Final = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV: Final = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]
BENCH: Final = [Requirement(line) for line in PROJECT["dependency-groups"]["bench"]]
PYTHONS: Final = ("3.11", "3.12", "3.13")

# docs/decisions/0001-requested-packages.md
REQUESTED: Final = frozenset(
    {
        "flask", "flasgger", "pymysql", "spotipy", "python-dotenv", "numpy", "scikit-learn",
        "prometheus-flask-exporter",
    }
)  # fmt: skip
REPLACED: Final = frozenset({"flask-mysqldb", "mysqlclient", "pymysql-pool"})


def pins(file: str) -> list[Requirement]:
    return [Requirement(line) for line in (ROOT / file).read_text("utf-8").splitlines()]


def pinned(file: str, python: str) -> dict[str, str]:
    """Return ``{package: version}`` as pip reads the file on Linux under ``python``."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": "linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    return {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for pin in pins(file)
        if pin.marker is None or pin.marker.evaluate(environment)
    }


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("wanted", RUNTIME, ids=lambda wanted: wanted.name)
def test_each_dependency_is_pinned_within_its_range(wanted: Requirement, python: str) -> None:
    version = pinned("requirements.txt", python)[canonicalize_name(wanted.name)]
    assert version in wanted.specifier


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("wanted", DEV, ids=lambda wanted: wanted.name)
def test_each_tool_is_pinned_within_its_range(wanted: Requirement, python: str) -> None:
    version = pinned("requirements-dev.txt", python)[canonicalize_name(wanted.name)]
    assert version in wanted.specifier


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("wanted", BENCH, ids=lambda wanted: wanted.name)
def test_each_rival_is_pinned_within_its_range(wanted: Requirement, python: str) -> None:
    version = pinned("requirements-bench.txt", python)[canonicalize_name(wanted.name)]
    assert version in wanted.specifier


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]
)
def test_a_pin_is_one_exact_version_and_no_address(file: str) -> None:
    for pin in pins(file):
        (specifier,) = pin.specifier
        assert specifier.operator == "=="
        assert pin.url is None


@pytest.mark.parametrize("file", ["requirements-dev.txt", "requirements-bench.txt"])
def test_development_and_benchmarks_install_what_runs(file: str) -> None:
    runtime = {str(pin) for pin in pins("requirements.txt")}
    assert runtime <= {str(pin) for pin in pins(file)}


def test_the_requested_packages_are_there_and_the_replaced_ones_are_not() -> None:
    asked = {canonicalize_name(wanted.name) for wanted in RUNTIME}
    installed = {canonicalize_name(pin.name) for pin in pins("requirements-dev.txt")}
    assert asked >= REQUESTED
    assert "pytest" in installed
    assert not REPLACED & installed


def test_conda_installs_the_same_pins_on_the_same_pythons() -> None:
    lines = (ROOT / "ENV.yml").read_text("utf-8").splitlines()
    entries = [line.strip().removeprefix("- ") for line in lines]
    assert "-r requirements.txt" in entries
    (python,) = (Requirement(entry) for entry in entries if entry.startswith("python"))
    assert python.specifier == SpecifierSet(PROJECT["project"]["requires-python"])


def test_make_looks_for_the_pythons_the_package_allows() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    allowed = SpecifierSet(PROJECT["project"]["requires-python"])
    bounds = re.search(r"\((\d+), (\d+)\) <= sys\.version_info < \((\d+), (\d+)\)", makefile)
    assert bounds
    low, high = bounds.expand(r"\1.\2"), bounds.expand(r"\3.\4")
    assert SpecifierSet(f">={low},<{high}") == allowed
    assert re.findall(r"python(3\.\d+) ", makefile) == sorted(PYTHONS, reverse=True)
    assert all(python in allowed for python in PYTHONS)
