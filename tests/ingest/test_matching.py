"""Entries of a playlist are matched by id, else by ISRC, else by title and first artist."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from spotai.errors import DatabaseUnavailableError, TooLargeError
from spotai.formats.rows import ListedTrack, Refusal
from spotai.ingest import matching
from spotai.ingest.matching import Listed, Match, Matching, Unmatched, match_entries
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, song_id

CODES = {"XXTST0000001": [song_id(1), song_id(3)], "XXTST0000009": ["z" * 22]}


@pytest.fixture
def songs(make_snapshot: MakeSnapshot) -> Snapshot:
    return make_snapshot(
        [
            {"title": "Halo", "artists": ("Beyonce",), "popularity": 10},
            {"title": "Halo - Live", "artists": ("Beyonce", "Guest"), "popularity": 20},
            {"title": "HALO (Remix)", "artists": ("BEYONCE",), "popularity": 20},
            {"title": "Listen", "artists": ("Beyonce",), "popularity": 70},
            {"title": "Halo", "artists": ("Other",), "popularity": None},
            {"title": "", "artists": ("Beyonce",)},
        ]
    )


def by_code(isrcs: Collection[str]) -> Mapping[str, Sequence[str]]:
    return {isrc: CODES[isrc] for isrc in isrcs if isrc in CODES}


def match(songs: Snapshot, *entries: Listed | Refusal) -> Matching:
    return match_entries(songs, entries, by_code, most=100)


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        pytest.param(ListedTrack(1, song_id(0), "XXTST0000001"), (0, "id"), id="id first"),
        pytest.param(
            ListedTrack(1, "y" * 22, "XXTST0000001", "Halo", ("Other",)), (3, "isrc"), id="isrc"
        ),
        pytest.param(
            ListedTrack(1, "", "XXTST0000009", "Halo", ("Other",)),
            (4, "title"),
            id="isrc of a song that cannot be searched",
        ),
        pytest.param(
            ListedTrack(1, title="halo [2009]", artists=("Beyonce",)),
            (1, "title"),
            id="the most popular, then the smallest id",
        ),
        pytest.param(ListedTrack(1, title="Halo", artists=("Nobody",)), None, id="another artist"),
        pytest.param(ListedTrack(1, title="Halo"), None, id="no artist"),
        pytest.param(ListedTrack(1, title="", artists=("Beyonce",)), None, id="no title"),
        pytest.param(ListedTrack(1), None, id="nothing"),
    ],
)
def test_an_entry_is_matched_in_the_surest_way(
    songs: Snapshot, entry: ListedTrack, found: tuple[int, str] | None
) -> None:
    matches, unmatched, _ = match(songs, entry)
    assert [(row, how) for row, _, how in matches] == ([found] if found else [])
    assert len(unmatched) == (not found)


def test_keys_are_read_in_blocks(songs: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "KEYS_AT_ONCE", 2)
    test_an_entry_is_matched_in_the_surest_way(
        songs, ListedTrack(1, title="Listen", artists=("Beyonce",)), (3, "title")
    )


def test_what_is_not_found_says_where_and_why(songs: Snapshot) -> None:
    entries: list[Listed | Refusal] = [
        ListedTrack(4, "y" * 22, "XXTST9999999", "Unheard", ("Of",)),
        Refusal(2, "no track"),
        ListedTrack(3, title="Halo"),
        ListedTrack(1, song_id(0)),
        ListedTrack(5, title="Halo"),
        ListedTrack(6, song_id(0), title="again"),
    ]
    assert match(songs, *entries) == Matching(
        [Match(0, 1, "id")],
        [
            Unmatched(2, "", "no track"),
            Unmatched(3, "Halo", "it names no artist to look for the title with"),
            Unmatched(
                4,
                "y" * 22,
                "no song of the catalog has this id, this ISRC, this title and artist",
            ),
        ],
        duplicates=2,
    )


def test_without_a_database_the_other_ways_go_on(songs: Snapshot) -> None:
    def broken(_: Collection[str]) -> Mapping[str, Sequence[str]]:
        raise DatabaseUnavailableError("gone")

    entries: list[Listed | Refusal] = [
        ListedTrack(1, "", "XXTST0000001", "Listen", ("Beyonce",)),
        ListedTrack(2, "", "XXTST0000001"),
    ]
    matches, (unmatched,), _ = match_entries(songs, entries, broken, most=9)
    assert matches == [Match(3, 1, "title")]
    assert "could not be looked up" in unmatched.reason


def test_too_many_entries_are_refused(songs: Snapshot) -> None:
    with pytest.raises(TooLargeError, match="at most 2"):
        match_entries(songs, [ListedTrack(n) for n in range(3)], by_code, most=2)
