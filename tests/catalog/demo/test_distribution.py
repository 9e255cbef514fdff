"""Made-up songs against the figures they were fitted to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from spotai.catalog.demo import demo_columns
from spotai.catalog.demo.fit import fit
from spotai.catalog.demo.model import FITTED, Array, Curve, fitted_model
from spotai.catalog.demo.songs import VERSIONS
from spotai.features import FEATURES, NAMES
from spotai.tracks import TrackColumns

NUMERIC = [f.name for f in FEATURES if f.kind == "numeric"]
LARGEST_GAP = 0.02
AUDIO = [f.name for f in FEATURES if f.group == "audio"]


def known(values: Array) -> Array:
    return values[~np.isnan(values)]


def average_ranks(values: Array) -> Array:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Array = (np.cumsum(count) - count / 2)[place]
    return ranks


def largest_gap(values: Array, at: Array, cumulative: Array) -> float:
    """Kolmogorov-Smirnov distance at the knots; a spike may straddle its knot."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, at, side="left") / len(values)
    up_to = np.searchsorted(ordered, at, side="right") / len(values)
    return float(np.maximum(below - cumulative, cumulative - up_to).max())


@pytest.mark.parametrize("curve", fitted_model().curves, ids=lambda curve: curve.feature.name)
def test_marginals_follow_the_fitted_curves(songs: TrackColumns, curve: Curve) -> None:
    values = known(songs.features[curve.feature.name])
    # Rounding moves values over knots that lie closer together than the last decimal.
    inner = (curve.p > 0.005) & (curve.p < 0.995) if not curve.stepped else curve.p > 0
    assert largest_gap(values, curve.value[inner], curve.p[inner]) < LARGEST_GAP


def test_a_distribution_that_is_off_would_be_noticed(songs: TrackColumns) -> None:
    curve = fitted_model().curves[NAMES.index("energy")]
    assert largest_gap(songs.features["energy"] * 0.95, curve.value, curve.p) > LARGEST_GAP


def test_missing_values_have_their_measured_shares(songs: TrackColumns) -> None:
    missing = fitted_model().missing
    assert set(missing) == {"time_signature", "popularity", "release_year"}
    for name in NAMES:
        share = np.isnan(songs.features[name]).mean()
        assert share == pytest.approx(missing.get(name, 0.0), abs=0.01)


def test_genres_are_neighbourhoods(songs: TrackColumns) -> None:
    """Songs that share their artist's genres lie closer together than any two songs."""
    energy = songs.features["energy"]
    by_genre: dict[tuple[str, ...], list[float]] = {}
    for genres, value in zip(songs.genres, energy, strict=True):
        by_genre.setdefault(tuple(genres), []).append(value)
    within = sum(np.var(v) * len(v) for v in by_genre.values()) / len(energy)
    assert within < 0.75 * np.var(energy)
    assert np.median(by_genre[("classical",)]) < 0.15
    assert np.median(by_genre[("edm",)]) > 0.75


def versions_share(titles: Sequence[str]) -> float:
    return sum(title.endswith(tuple(v.suffix for v in VERSIONS)) for title in titles) / len(titles)


def test_songs_come_again_in_their_measured_shares(songs: TrackColumns) -> None:
    shares = fitted_model().duplicates
    sounds = Counter(zip(*(songs.features[n].tolist() for n in AUDIO), strict=True))
    names = Counter((t, a[0].id) for t, a in zip(songs.titles, songs.artists, strict=True))
    again = (len(songs) - len(sounds)) / len(songs)
    same_title = (len(songs) - len(names)) / len(songs)
    assert again == pytest.approx(shares["identical"], abs=0.006)
    assert same_title == pytest.approx(shares["identical"] + shares["same_title"], abs=0.012)
    assert versions_share(songs.titles) == pytest.approx(shares["version"], abs=0.006)


def test_a_version_has_the_title_and_artist_of_its_original(songs: TrackColumns) -> None:
    originals = {(t, a[0]) for t, a in zip(songs.titles, songs.artists, strict=True)}
    live = [
        (title.removesuffix(" (Live)"), artists[0], liveness)
        for title, artists, liveness in zip(
            songs.titles, songs.artists, songs.features["liveness"], strict=True
        )
        if title.endswith(" (Live)")
    ]
    assert len(live) > 100
    found = sum((title, artist) in originals for title, artist, _ in live)
    assert found > 0.95 * len(live)
    assert np.median([liveness for *_, liveness in live]) > 0.4


def test_fitted_figures_are_those_of_the_measured_distribution(
    distribution: dict[str, Any],
) -> None:
    assert fit(distribution) == json.loads(FITTED.read_text(encoding="utf-8"))
    assert FITTED.stat().st_size < 150_000


def test_marginals_follow_the_measured_quantiles(
    songs: TrackColumns, distribution: dict[str, Any]
) -> None:
    for name in NUMERIC:
        quantiles = np.array(distribution["quantiles_101"][name][1:-1])
        gap = largest_gap(known(songs.features[name]), quantiles, np.arange(1, 100) / 100)
        assert gap < LARGEST_GAP, name


def test_rank_correlations_are_near_the_measured_ones(distribution: dict[str, Any]) -> None:
    """Within 0.08 for every pair, although categories blur what the copula says."""
    (songs,) = demo_columns(100_000, batch_size=100_000)
    table = np.stack([songs.features[name] for name in NAMES])
    table = table[:, ~np.isnan(table).any(axis=0)]
    measured = np.array(distribution["correlation"]["spearman"])
    order = [distribution["correlation"]["features"].index(name) for name in NAMES]
    gap = np.abs(
        np.corrcoef([average_ranks(row) for row in table]) - measured[np.ix_(order, order)]
    )
    numeric = [NAMES.index(name) for name in NUMERIC]
    assert gap.max() < 0.1
    assert gap[np.ix_(numeric, numeric)].max() < 0.08
    assert gap.mean() < 0.02


def test_rank_correlations_are_near_the_copulas(songs: TrackColumns) -> None:
    """Without the measured file: Spearman from the fitted normal scores, (6/pi)*asin(r/2)."""
    numeric = [NAMES.index(name) for name in NUMERIC]
    fitted = fitted_model().correlation[np.ix_(numeric, numeric)]
    table = np.stack([songs.features[name] for name in NUMERIC])
    table = table[:, ~np.isnan(table).any(axis=0)]
    gap = np.abs(
        np.corrcoef([average_ranks(row) for row in table]) - 6 / np.pi * np.arcsin(fitted / 2)
    )
    assert gap.max() < 0.1
    assert gap.mean() < 0.025
