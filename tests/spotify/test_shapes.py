"""Both shapes of playlists, and everything odd that occurs in them."""

from __future__ import annotations

from typing import Any

import pytest

from spotai.errors import SpotifyUnavailableError
from spotai.spotify.shapes import (
    Entry,
    Listed,
    Me,
    read_entry,
    read_listed,
    read_me,
    read_part,
    read_song,
)

SONG: dict[str, Any] = {
    "id": "6rqhFgbbKwnb9MLmUQDhG6",
    "type": "track",
    "name": "Song",
    "artists": [{"name": "One"}, {"name": None}, None, {"name": "Two"}],
    "album": {
        "name": "Album",
        "release_date": "1981-12",
        "release_date_precision": "month",
        "images": [
            {"url": "https://i.test/640", "width": 640},
            {"url": "https://i.test/300", "width": 300},
            {"url": "https://i.test/64", "width": 64},
        ],
    },
    "duration_ms": 207_959,
    "explicit": False,
    "external_ids": {"isrc": "XXTST0000001"},
}
READ = Entry(
    kind="song",
    id="6rqhFgbbKwnb9MLmUQDhG6",
    title="Song",
    artists=("One", "Two"),
    album="Album",
    release_date="1981-12",
    duration_ms=207_959,
    explicit=False,
    isrc="XXTST0000001",
    artwork="https://i.test/300",
)


@pytest.mark.parametrize("name", ["item", "track"])
def test_a_song_is_read_in_both_shapes(name: str) -> None:
    assert read_entry({"is_local": False, "added_at": None, name: SONG}) == READ
    assert read_song(SONG) == READ


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        pytest.param(None, "removed", id="no entry"),
        pytest.param({"item": None}, "removed", id="null"),
        pytest.param({"is_local": False}, "removed", id="nothing"),
        pytest.param({"item": SONG | {"id": None}}, "removed", id="no id"),
        pytest.param({"item": SONG | {"id": "../me"}}, "removed", id="no id of Spotify's"),
        pytest.param({"is_local": True, "item": SONG | {"id": None}}, "local", id="local"),
        pytest.param({"track": SONG | {"is_local": True}}, "local", id="local song"),
        pytest.param({"item": SONG | {"type": "episode"}}, "episode", id="episode"),
        pytest.param({"track": SONG | {"episode": True}}, "episode", id="older episode"),
    ],
)
def test_what_is_no_song_says_what_it_is(entry: object, kind: str) -> None:
    read = read_entry(entry)
    assert (read.kind, read.id) == (kind, "")


@pytest.mark.parametrize(
    ("said", "read"),
    [("1981", "1981"), ("1981-12-15", "1981-12-15"), ("0000", ""), (None, ""), ("soon", "")],
)
def test_a_date_that_is_none_is_left_out(said: str | None, read: str) -> None:
    assert read_song(SONG | {"album": {"release_date": said}}).release_date == read


def test_missing_fields_are_empty() -> None:
    bare = {"id": "a1", "artists": None, "album": None, "duration_ms": None, "explicit": None}
    assert read_song(bare) == Entry("song", "a1")


PLAYLIST: dict[str, Any] = {
    "id": "37i9dQZF1DXcBWIGoYBM5M",
    "name": "Morning",
    "description": "Rock &amp; roll",
    "owner": {"id": "ann", "display_name": "Ann"},
    "collaborative": True,
    "snapshot_id": "MTYs",
    "images": [{"url": "https://i.test/p", "width": None}],
}


@pytest.mark.parametrize("name", ["items", "tracks"])
def test_a_playlist_is_read_in_both_shapes(name: str) -> None:
    assert read_listed(PLAYLIST | {name: {"href": "", "total": 12}}) == Listed(
        id="37i9dQZF1DXcBWIGoYBM5M",
        name="Morning",
        description="Rock & roll",
        owner_id="ann",
        owner="Ann",
        collaborative=True,
        snapshot_id="MTYs",
        tracks=12,
        artwork="https://i.test/p",
        open_to_app=name == "tracks",
    )


def test_playlists_that_are_gone_are_left_out_of_their_page() -> None:
    page = read_part({"items": [None, PLAYLIST, {"id": None}], "total": 3}, read_listed)
    assert [row.name for row in page.rows] == ["Morning"]
    assert (page.count, page.total, page.more) == (3, 3, False)


def test_the_mark_of_liked_songs_changes_with_them() -> None:
    def mark(total: int, *added: str) -> str:
        entries = [{"added_at": time, "track": SONG} for time in added]
        return read_part({"items": entries, "total": total}, read_entry).mark

    marks = [mark(2, "b", "a"), mark(3, "c", "b"), mark(2, "c", "b"), mark(0)]
    assert len(set(marks)) == 4
    assert marks[0] == mark(2, "b", "a")


def test_a_listener_is_known_by_every_id() -> None:
    me = {"id": "ann", "account_id": "aB3", "display_name": None}
    assert read_me(me) == Me("", frozenset({"ann", "aB3"}))


@pytest.mark.parametrize("answer", [None, [], "", {}, {"items": None}, {"items": {}}])
def test_what_is_no_page_is_no_answer(answer: object) -> None:
    with pytest.raises(SpotifyUnavailableError, match="do not understand"):
        read_part(answer, read_entry)


@pytest.mark.parametrize("answer", [None, [], {"id": None}])
def test_what_is_no_account_is_no_answer(answer: object) -> None:
    with pytest.raises(SpotifyUnavailableError, match="do not understand"):
        read_me(answer)


def test_half_a_character_is_no_reason_to_fail() -> None:
    assert read_song(SONG | {"name": "\ud83c"}).title == "?"
