"""How people write how long something is."""

from __future__ import annotations

from typing import Final

MS_PER_SECOND: Final = 1000
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE


def clock(ms: float) -> str:
    """Return milliseconds to the second: ``3:25``, ``1:03:25``."""
    seconds = round(ms / MS_PER_SECOND)
    return f"{_minutes_of(seconds // _MINUTE)}:{seconds % _MINUTE:02}"


def exact_clock(ms: int) -> str:
    """Return milliseconds in all their digits: ``3:25``, ``3:25.5``, ``1:03:25``."""
    seconds, part = divmod(ms, MS_PER_SECOND)
    fraction = f".{part:03}".rstrip("0") if part else ""
    return f"{_minutes_of(seconds // _MINUTE)}:{seconds % _MINUTE:02}{fraction}"


def counted(seconds: int) -> str:
    """Return how long that is in words: ``20 s``, ``1 min 5 s``, ``2 h``; nothing of nothing."""
    parts = (seconds // _HOUR, "h"), (seconds % _HOUR // _MINUTE, "min"), (seconds % _MINUTE, "s")
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _minutes_of(minutes: int) -> str:
    hours = minutes * _MINUTE // _HOUR
    return f"{hours}:{minutes % _MINUTE:02}" if hours else f"{minutes}"
