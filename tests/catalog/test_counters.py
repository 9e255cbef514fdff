"""Counters that processes share: no hit is lost, and a window ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from spotai.catalog.counters import Count, Counters
from spotai.errors import DatabaseUnavailableError
from tests.forked import run_forked

NOW = 1_800_000_000


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[Counters]:
    made = Counters(tmp_path / "data" / "counters.sqlite3")
    yield made
    made.close()


def test_each_name_has_a_window_of_its_own(counters: Counters) -> None:
    assert counters.hit("a", 60, NOW) == Count(1, NOW + 60)
    assert counters.hit("a", 60, NOW + 59) == Count(2, NOW + 60)
    assert counters.hit("b", 60, NOW + 59) == Count(1, NOW + 119)
    assert counters.hit("a", 60, NOW + 60) == Count(1, NOW + 120)


def test_windows_that_are_over_are_forgotten(counters: Counters) -> None:
    for n in range(100):
        counters.hit(f"name {n}", 60, NOW)
    counters.hit("later", 60, NOW + 61)
    connection = counters._connection
    assert connection is not None
    assert connection.execute("SELECT name FROM counter").fetchall() == [("later",)]


def _hit(counters: Counters, times: int) -> None:
    for _ in range(times):
        counters.hit("shared", 60, NOW)


def test_processes_count_together(counters: Counters) -> None:
    counters.hit("shared", 60, NOW)  # an open file is not used on the other side of a fork
    assert run_forked(_hit, counters, 250, times=3) == [0, 0, 0]
    assert counters.hit("shared", 60, NOW).hits == 752


def test_a_file_that_is_none_is_said_and_a_new_one_is_used(tmp_path: Path) -> None:
    file = tmp_path / "counters.sqlite3"
    file.write_text("no database, but long enough to be taken for one" * 100)
    counters = Counters(file)
    with pytest.raises(DatabaseUnavailableError, match="stop the server and delete the file"):
        counters.hit("a", 60, NOW)
    file.unlink()
    assert counters.hit("a", 60, NOW).hits == 1
    counters.close()
