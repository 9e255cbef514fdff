"""Where songs stand in the catalog, in words."""

from __future__ import annotations

import numpy as np
import pytest

from spotai.features import FEATURES
from spotai.recommend import build_profile, compare
from spotai.recommend.standing import Standing, standing_of
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot


def standing(snapshot: Snapshot, rows: list[int], name: str) -> Standing | None:
    songs = np.array(rows)
    seen = build_profile(snapshot, songs).features[name]
    return standing_of(snapshot, seen, compare(snapshot, songs).get(name))


@pytest.mark.parametrize(
    ("song", "percentile", "text"),
    [
        (0, 2.5, "quieter than 95 % of songs"),
        (3, 17.5, "quieter than 80 % of songs"),
        (10, 52.5, "like most songs"),
        (19, 97.5, "louder than 95 % of songs"),
    ],
)
def test_a_number_is_compared_with_all_songs(
    make_snapshot: MakeSnapshot, song: int, percentile: float, text: str
) -> None:
    snapshot = make_snapshot([{"loudness": -40.0 + n} for n in range(20)])
    row = int(np.argsort(snapshot.values("loudness"))[song])
    found = standing(snapshot, [row], "loudness")
    assert found is not None
    assert found.percentile == pytest.approx(percentile)
    assert found.text == text


def test_what_most_songs_share_is_like_most(make_snapshot: MakeSnapshot) -> None:
    values = [0.0] * 12 + [0.5 + n / 100 for n in range(8)]
    snapshot = make_snapshot([{"instrumentalness": value} for value in values])
    row = int(np.argmin(snapshot.values("instrumentalness")))
    found = standing(snapshot, [row], "instrumentalness")
    assert found == Standing(30.0, "like most songs")


def test_unknown_values_are_no_songs_to_compare_with(make_snapshot: MakeSnapshot) -> None:
    years = [1990, 2000, 2010, 2020, *[None] * 16]
    snapshot = make_snapshot([{"release_year": year} for year in years])
    newest = int(np.nanargmax(snapshot.values("release_year")))
    found = standing(snapshot, [newest], "release_year")
    assert found == Standing(87.5, "newer than 75 % of songs")
    unknown = int(np.flatnonzero(np.isnan(snapshot.values("release_year")))[0])
    assert standing(snapshot, [unknown], "release_year") is None


def test_a_choice_is_said_as_shares(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        [{"mode": int(n < 6), "key": 7, "time_signature": 4} for n in range(8)]
    )
    major = np.flatnonzero(snapshot.values("mode") == 1)
    minor = np.flatnonzero(snapshot.values("mode") == 0)
    rows = [*major[:3].tolist(), *minor[:1].tolist()]
    texts = {name: standing(snapshot, rows, name) for name in ("mode", "key", "time_signature")}
    assert {name: found and found.text for name, found in texts.items()} == {
        "mode": "75 % in a major key, 75 % of the catalog",
        "key": "100 % in G, 100 % of the catalog",
        "time_signature": "100 % in 4/4, 100 % of the catalog",
    }


def test_every_number_has_adjectives() -> None:
    numeric = [feature for feature in FEATURES if feature.kind == "numeric"]
    assert all(feature.high for feature in numeric)
    words = [word for feature in numeric for word in (feature.high, feature.low) if word]
    assert len(set(words)) == len(words)
