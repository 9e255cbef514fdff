"""Fit the demo catalog's figures: ``python -m spotai.catalog.demo.fit DISTRIBUTION.json``.

Reads the summary figures of a real catalog (quantiles, correlations, genre medians; no songs) and
writes ``fitted.json`` beside this module. Needed only when those figures change.

The model is a Gaussian copula with a mixture of genres inside: a song's fifteen latent scores are
its genre's means plus correlated normal noise, together with the measured correlation of normal
scores. A feature's curve maps its latent score to the natural value: the inverse of the mixture's
own distribution function, followed by the measured quantiles, so that marginals come out exactly.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from spotai.catalog.demo.model import FITTED, Array
from spotai.features import FEATURES, NAMES, Feature

SPIKED: Final = ("duration_ms", "loudness", "tempo")
TAIL_SHARES: Final = (0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00005, 0.00002)
EXTREME_RANK: Final = 0.002
SCORE_GRID: Final = np.linspace(-8.0, 8.0, 16_001)
NORMAL_CDF: Final = np.array([NormalDist().cdf(z) for z in SCORE_GRID])


def fit(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of fitted.json for the figures of distribution.json."""
    order = [figures["features"].index(name) for name in NAMES]
    correlation = np.array(figures["correlation"]["copula_normal_scores"])[np.ix_(order, order)]
    genres = figures["genre_medians"]
    shares = np.array([genre["n"] for genre in genres.values()], dtype=float)
    shares /= shares.sum()
    means = _genre_means(figures, shares)
    spread = np.sqrt(np.diag(correlation) - shares @ means**2)
    return {
        "correlation": _rounded(correlation),
        "genres": {
            "names": list(genres),
            "shares": _rounded(shares),
            "means": _rounded(means),
        },
        "curves": {
            feature.name: _curve(feature, figures, shares, means[:, i], float(spread[i]))
            for i, feature in enumerate(FEATURES)
        },
        "missing": {f.name: round(share, 5) for f in FEATURES if (share := _missing(f, figures))},
        "duplicates": _duplicates(figures),
        "text": _text_shares(figures),
    }


def _genre_means(figures: Mapping[str, Any], shares: Array) -> Array:
    """Mean latent scores (genres, 15): the normal score of each genre's median, centred.

    A category's median says too little about its distribution, so categories, and medians that
    are not known, get the catalog's mean.
    """
    means = np.zeros((len(shares), len(FEATURES)))
    for row, medians in enumerate(figures["genre_medians"].values()):
        for column, feature in enumerate(FEATURES):
            median = medians[feature.name]
            if feature.kind == "numeric" and median is not None:
                rank = _mid_rank(feature.name, median, figures)
                rank = min(max(rank, EXTREME_RANK), 1 - EXTREME_RANK)
                means[row, column] = NormalDist().inv_cdf(rank)
    return means - shares @ means


def _mid_rank(name: str, value: float, figures: Mapping[str, Any]) -> float:
    """Share of songs below ``value`` plus half the share of songs at it."""
    if pmf := figures["discrete_pmf"].get(name):
        below = sum(share for known, share in pmf.items() if float(known) < value)
        return float(below + pmf.get(str(int(value)), 0.0) / 2)
    if value == 0.0 and name in figures["zero_inflation"]:
        return float(figures["zero_inflation"][name]["p_zero"]) / 2
    quantiles = figures["quantiles_101"][name]
    return float(np.interp(value, quantiles, np.linspace(0.0, 1.0, len(quantiles))))


def _curve(
    feature: Feature, figures: Mapping[str, Any], shares: Array, means: Array, spread: float
) -> dict[str, Any]:
    """The feature's knots: cumulative share ``p``, latent score ``z``, natural ``value``.

    Between knots a numeric curve is linear; a stepped one takes the value of the next knot.
    ``below`` is the value under the first knot.
    """
    if feature.name in figures["discrete_pmf"]:
        p, value = _step_knots(feature, figures["discrete_pmf"][feature.name])
        below, stepped = value[0], True
    else:
        p, value, below = _quantile_knots(feature, figures)
        stepped = False
    cdf = np.zeros_like(SCORE_GRID)
    for share, mean in zip(shares, means, strict=True):
        cdf += share * np.interp((SCORE_GRID - mean) / spread, SCORE_GRID, NORMAL_CDF)
    return {
        "stepped": stepped,
        "below": float(below),
        "p": _rounded(p, 7),
        "z": _rounded(np.interp(p, cdf, SCORE_GRID)),
        "value": [float(f"{v:.6g}") for v in value],
    }


def _step_knots(feature: Feature, pmf: Mapping[str, float]) -> tuple[Array, Array]:
    shares = {
        float(value): share
        for value, share in pmf.items()
        if share > 0 and feature.clean(float(value)) is not None
    }
    values = np.array(sorted(shares))
    cumulative = np.cumsum([shares[value] for value in values])
    return cumulative / cumulative[-1], values


def _quantile_knots(feature: Feature, figures: Mapping[str, Any]) -> tuple[Array, Array, float]:
    described = figures["descriptives"][feature.name]
    p = np.arange(1, 100) / 100
    value = np.array(figures["quantiles_101"][feature.name][1:-1], dtype=float)
    below = math.nan
    rarest = 1 / described["n"]
    if zeros := figures["zero_inflation"].get(feature.name):
        positive = np.array(zeros["positive_quantiles_101"], dtype=float)
        p = zeros["p_zero"] + (1 - zeros["p_zero"]) * np.linspace(0.0, 1.0, len(positive))[:-1]
        value, below = positive[:-1], 0.0
    else:
        lowest = described["min"]
        if lowest == feature.missing:
            lowest = value[0] / 2
        tail_p, tail_value = _tail(p[0], value[0], lowest, rarest)
        p, value = np.append(tail_p[::-1], p), np.append(tail_value[::-1], value)
    tail_p, tail_value = _tail(1 - p[-1], value[-1], described["max"], rarest)
    p, value = np.append(p, 1 - tail_p), np.append(value, tail_value)
    if feature.name in SPIKED:
        spikes = [(v, share) for v, share in described["top_values"] if v != feature.missing]
        p, value = _with_spikes(p, value, spikes)
    value = np.clip(value, feature.minimum, feature.maximum)
    return p, value, value[0] if math.isnan(below) else below


def _tail(share: float, value: float, extreme: float, rarest: float) -> tuple[Array, Array]:
    """Knots beyond the last percentile, outwards: linear in the logarithm of the share left.

    ``extreme`` is reached at ``rarest``, the share of a single song; positive values get there
    by equal factors. A straight line from the 99th percentile to the longest song would make
    every hundredth song last half an hour.
    """
    p = np.array([*(s for s in TAIL_SHARES if rarest < s < share), rarest])
    reached = np.log(p / share) / math.log(rarest / share)
    if value > 0 and extreme > 0:
        return p, value * (extreme / value) ** reached
    return p, value + (extreme - value) * reached


def _with_spikes(p: Array, value: Array, spikes: list[tuple[float, float]]) -> tuple[Array, Array]:
    """Put a flat step of its measured share at each of the most frequent values."""
    end = 0.0
    for spike, share in sorted(spikes):
        start = max(end, float(np.interp(spike, value, p)) - share / 2)
        end = start + share
        outside = (p < start) & (value < spike) | (p > end) & (value > spike)
        p = np.append(p[outside], [start, end])
        value = np.append(value[outside], [spike, spike])
        order = np.lexsort((value, p))
        p, value = p[order], value[order]
    return p, value


def _missing(feature: Feature, figures: Mapping[str, Any]) -> float:
    if feature.required:
        return 0.0
    absent = float(figures["descriptives"][feature.name]["missing_share"])
    placeholder = 0.0
    if feature.missing is not None:
        pmf = figures["discrete_pmf"][feature.name]
        placeholder = float(pmf.get(str(int(feature.missing)), 0.0))
    return absent + (1 - absent) * placeholder


def _duplicates(figures: Mapping[str, Any]) -> dict[str, float]:
    """Shares of rows that repeat an earlier song, by how, and the share of songs repeated.

    With originals o and repeats r spread over a part s of the originals, s*(1 - exp(-r/(o*s)))
    of the originals are expected to be repeated at least once; s solves that for the measured
    number of groups.
    """
    found, rows = figures["duplicates"], figures["catalogue"]["rows"]
    identical = found["identical_vector_extra_rows"] / rows
    same_title = found["extra_rows"] / rows - identical
    versions_per_row = (
        found["same_base_title_first_artist_share"]
        - (found["same_name_first_artist_diff_id_share_of_rows"])
    )
    version = versions_per_row * found["extra_rows"] / found["rows"]
    groups = found["groups"] / rows * (1 + versions_per_row * rows / found["rows"])
    repeats = identical + same_title + version
    originals = 1 - repeats
    low, high = 1e-3, 1.0
    while high - low > 1e-6:
        part = (low + high) / 2
        repeated = originals * part * (1 - math.exp(-repeats / (originals * part)))
        low, high = (part, high) if repeated < groups else (low, part)
    return {
        "identical": round(identical, 5),
        "same_title": round(same_title, 5),
        "version": round(version, 5),
        "repeated_part": round(low, 4),
    }


def _text_shares(figures: Mapping[str, Any]) -> dict[str, float]:
    quirks, rows = figures["quirks"]["songs_csv"], figures["catalogue"]["rows"]
    full = sum(quirks[f"release_date_{form}"] for form in ("full", "US_M/D/YYYY", "DD-MM-YYYY"))
    dated = full + quirks["release_date_YYYY"] + quirks["release_date_YYYY-MM"]
    return {
        "several_artists": round(quirks["artists_contains_semicolon"] / rows, 5),
        "explicit_unknown": round(quirks["explicit_blank"] / rows, 5),
        "date_year_only": round(quirks["release_date_YYYY"] / dated, 5),
        "date_month_only": round(quirks["release_date_YYYY-MM"] / dated, 5),
        "date_first_of_january": round(quirks["release_date_01-01"] / dated, 5),
    }


def _rounded(values: Array, digits: int = 5) -> Any:
    return np.round(values, digits).tolist()


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python -m spotai.catalog.demo.fit DISTRIBUTION.json")
    figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    FITTED.write_text(json.dumps(fit(figures), separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stderr.write(f"wrote {FITTED}\n")


if __name__ == "__main__":
    main()
