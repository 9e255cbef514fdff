"""How a song's value is compared with another value, in words.

Two values are alike when they show alike, or when their coordinates are less than ``SAME`` apart
and a difference of the values would go unnoticed: at the ends of an axis coordinates are the same.
Else the degree is by the coordinates, so by ranks in the catalog; where ranks are dense, as among
songs that are hardly instrumental, a difference nobody would notice is no more than "a bit".
"""

from __future__ import annotations

from typing import Final

from spotai.features import Feature

SAME: Final = 0.1
A_BIT: Final = 0.5
MUCH: Final = 1.5
MUCH_OF_NOTABLE: Final = 4
DEGREES: Final = ("a bit ", "", "much ")


def alike(feature: Feature, value: float, other: float, steps: float) -> bool:
    """Say whether two numeric values, ``steps`` apart in coordinates, are as good as the same."""
    if feature.show(value) == feature.show(other):
        return True
    noticed = 0 < feature.notable <= abs(value - other)
    return abs(steps) < SAME and not noticed


def level(feature: Feature, value: float, other: float, steps: float) -> int:
    """Return how much two numeric values that are not alike differ: 0 a bit, 1, or 2 much."""
    by_rank = (abs(steps) >= A_BIT) + (abs(steps) > MUCH)
    apart = abs(value - other)
    by_value = (apart >= feature.notable) + (apart >= MUCH_OF_NOTABLE * feature.notable)
    return min(by_rank, by_value)


def more_or_less(feature: Feature, value: float, other: float, steps: float) -> str:
    """Return ``a bit more acoustic`` or the like, for values that are not alike."""
    word = feature.more if steps > 0 else feature.less
    return DEGREES[level(feature, value, other, steps)] + word
