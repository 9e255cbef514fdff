"""Whom the catalog believes."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.catalog.claims import (
    Claim,
    Claims,
    Rank,
    best_spelling,
    better,
    claims_of,
    groups_in,
    merge,
)
from spotai.features import BY_NAME
from spotai.tracks import Track, rows_of
from tests.catalog.songs import complete_song

RANKS = {1: Rank(-90, "good"), 2: Rank(-40, "bad"), 3: Rank(-40, "also bad")}


def year(value: float | None, date: str | None, source: int, time: int = 0) -> Claim:
    return Claim((value, date), source, time)


@pytest.mark.parametrize(
    ("kept", "new", "believed"),
    [
        pytest.param(year(1999, None, 2), year(2001, None, 1), "new", id="higher trust"),
        pytest.param(year(1999, None, 1), year(2001, None, 2), "kept", id="lower trust"),
        pytest.param(year(1999, None, 2), year(2001, None, 3), "new", id="same trust: by name"),
        pytest.param(year(1999, None, 1), year(2001, "2001", 1), "new", id="more values"),
        pytest.param(year(2001, "2001", 1), year(2001, "2001-05", 1), "new", id="longer text"),
        pytest.param(year(2001, "2001", 1), year(1999, "1999", 1), "new", id="smaller value"),
        pytest.param(year(2001, "2001", 1, 5), year(2001, "2001", 1, 9), "kept", id="the same"),
    ],
)
def test_the_better_claim_wins(kept: Claim, new: Claim, believed: str) -> None:
    assert better("release", kept, new, RANKS) is {"kept": kept, "new": new}[believed]


def test_genres_of_one_source_are_united() -> None:
    rock, pop = Claim((("rock",),), 1, 0), Claim((("pop",),), 1, 7)
    assert better("genres", rock, pop, RANKS) == Claim((("pop", "rock"),), 1, 7)
    assert better("genres", rock, Claim((("pop",),), 2, 7), RANKS) == rock


def said(track: Track, source_id: int) -> Claims:
    rows = rows_of([track])
    origins = dict.fromkeys(groups_in(rows.groups[0]), (source_id, 0))
    return claims_of(rows.values[0], rows.artists[0], rows.genres[0], origins)


def test_a_row_claims_only_what_it_knows() -> None:
    row = Track(id="x" * 22, source="s", title="Title", features={"tempo": 120.0})
    assert set(said(row, 1)) == {"text", "audio"}
    assert set(said(complete_song(), 1)) == {
        *(feature.group for feature in BY_NAME.values()),
        *("text", "album", "explicit", "genres", "artwork", "isrc"),
    }


@st.composite
def claims(draw: st.DrawFn) -> Claims:
    row = Track(
        id="x" * 22,
        source="",
        title=draw(st.sampled_from(["", "a", "b", "ab"])),
        release_date=draw(st.sampled_from(["", "1999", "1999-05", "2001"])),
        explicit=draw(st.sampled_from([None, True, False])),
        genres=draw(st.sampled_from([(), ("pop",), ("rock",), ("jazz", "pop")])),
        features=draw(
            st.dictionaries(
                st.sampled_from(["tempo", "energy", "release_year", "popularity"]),
                st.sampled_from([0.0, 0.5, 1.0]),
            )
        ),
    )
    return said(row, draw(st.sampled_from(sorted(RANKS))))


@given(st.lists(claims(), min_size=3, max_size=3))
def test_the_order_of_loading_does_not_matter(told: list[Claims]) -> None:
    outcomes = []
    for order in permutations(told):
        kept: Claims = {}
        for new in order:
            kept = merge(kept, new, RANKS)
        outcomes.append(kept)
    assert all(outcome == outcomes[0] for outcome in outcomes)


@given(claims(), claims())
def test_loading_again_changes_nothing(one: Claims, other: Claims) -> None:
    kept = merge(merge({}, one, RANKS), other, RANKS)
    assert merge(merge(kept, one, RANKS), other, RANKS) == kept


@pytest.mark.parametrize(
    ("spellings", "best"),
    [
        (["QUEEN", "Queen", "queen"], "Queen"),
        (["Beyonc?", "BEYONCÉ"], "BEYONCÉ"),
        (["abba", "ABBA"], "ABBA"),
        (["lost \N{REPLACEMENT CHARACTER}", "LOST É"], "LOST É"),
        (["?"], "?"),
    ],
)
def test_the_best_spelling_is_kept(spellings: list[str], best: str) -> None:
    assert best_spelling(spellings) == best_spelling(spellings[::-1]) == best
