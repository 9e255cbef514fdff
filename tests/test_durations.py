"""How long something is, as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.durations import clock, counted, exact_clock

DAY = 86_400


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "0:00"),
        (205_000, "3:25"),
        (205_500, "3:25.5"),
        (205_007, "3:25.007"),
        (3_599_999, "59:59.999"),
        (3_600_000, "1:00:00"),
        (80_000_000, "22:13:20"),
    ],
)
def test_limits_are_written_in_all_their_digits(ms: int, shown: str) -> None:
    assert exact_clock(ms) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (20, "20 s"),
        (65, "1 min 5 s"),
        (120, "2 min"),
        (3_600, "1 h"),
        (3_605, "1 h 5 s"),
        (83_696, "23 h 14 min 56 s"),
    ],
)
def test_what_is_counted_has_hours(seconds: int, words: str) -> None:
    assert counted(seconds) == words


@given(st.integers(0, DAY))
def test_clock_and_words_say_the_same(seconds: int) -> None:
    assert clock(seconds * 1000) == exact_clock(seconds * 1000)
    *hours, minutes, rest = map(int, clock(seconds * 1000).split(":"))
    assert sum(hours) * 3600 + minutes * 60 + rest == seconds
    assert len(hours) == (seconds >= 3600)
    units = {"h": 3600, "min": 60, "s": 1}
    words = counted(seconds).split()
    assert sum(int(n) * units[u] for n, u in zip(words[::2], words[1::2], strict=True)) == seconds
