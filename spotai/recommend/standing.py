"""Where a set of songs stands in the catalog, feature by feature, in words people use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spotai.features import Feature
from spotai.recommend.comparison import Comparison
from spotai.recommend.profile import FeatureProfile
from spotai.search import Query, Snapshot, Where

# Beyond the centre of a set lies at least this share of the catalog, or it is like most songs.
TELLING_SHARE: Final = 0.55


@dataclass(frozen=True, slots=True)
class Standing:
    """``percentile``: the share of the catalog's known values below a numeric feature's centre,
    those equal to it counted half, in percent; None for the others. ``text`` says it to people.
    """

    percentile: float | None
    text: str


def standing_of(
    snapshot: Snapshot, seen: FeatureProfile, compared: Comparison | None
) -> Standing | None:
    """Say where the songs stand in a feature; None where they, or the catalog, have no value."""
    if seen.centre is None or compared is None:
        return None
    if seen.feature.kind != "numeric":
        place = compared.points.index(seen.centre)
        shares = compared.seeds[place], compared.catalog[place]
        return Standing(None, _among(seen.feature, seen.centre, *shares))
    below, above = _shares_beyond(snapshot, seen.feature, seen.centre)
    return Standing(100 * (below + 1 - above) / 2, _than(seen.feature, below, above))


def _shares_beyond(snapshot: Snapshot, feature: Feature, centre: float) -> tuple[float, float]:
    """Return which shares of the catalog's known values are less and more than ``centre``."""

    def songs(low: float | None, high: float | None) -> int:
        return snapshot.count(Query(where=Where(ranges={feature.name: (low, high)})))

    known = songs(feature.minimum, None)
    return 1 - songs(centre, None) / known, 1 - songs(None, centre) / known


def _than(feature: Feature, below: float, above: float) -> str:
    if max(below, above) < TELLING_SHARE:
        return "like most songs"
    # All but a few are not all.
    share = min(round(100 * max(below, above)), 99)
    return f"{feature.more if below > above else feature.less} than {share} % of songs"


def _among(feature: Feature, value: float, seeds: float, catalog: float) -> str:
    shown = feature.among.format(feature.show(value))
    return f"{100 * seeds:.0f} % {shown}, {100 * catalog:.0f} % of the catalog"
