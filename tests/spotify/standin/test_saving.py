"""Playlists made and changed with spotipy's own client."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from spotipy import Spotify, SpotifyException

from spotai.spotify.standin import Standin
from tests.servers.spotify import READ, SONGS, client, playlist_id

URIS = [song.uri for song in SONGS]


@pytest.fixture
def standin(shared_standin: Standin) -> Standin:
    return shared_standin


def listed(spotify: Spotify, id_: str) -> list[str]:
    page = spotify.playlist_items(id_, limit=50)
    found = [row["item"]["uri"] for row in page["items"]]
    while page["next"]:
        page = spotify.next(page)
        found += [row["item"]["uri"] for row in page["items"]]
    return found


def snapshot(spotify: Spotify, id_: str) -> str:
    return str(spotify.playlist(id_, fields="snapshot_id")["snapshot_id"])


def made(spotify: Spotify, **how: Any) -> str:
    return str(spotify.current_user_playlist_create("New", **{"public": False, **how})["id"])


def call(spotify: Spotify, method: str, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    answer = requests.request(
        method,
        spotify.prefix + path,
        json=body,
        headers={"Authorization": f"Bearer {spotify._auth}"},
        timeout=10,
    )
    return answer.status_code, answer.json() if answer.content else {}


def test_three_hundred_songs_are_saved_in_chunks(standin: Standin) -> None:
    spotify = client(standin)
    new = spotify.current_user_playlist_create(
        "Made", public=False, description="From https://example.org/?recipe=1"
    )
    assert new["owner"]["id"] == "ada"
    assert new["public"] is False
    assert new["items"]["total"] == 0
    assert new["description"] == "From https:&#x2F;&#x2F;example.org&#x2F;?recipe=1"
    seen = {new["snapshot_id"]}
    for start in range(0, 300, 100):
        seen.add(spotify.playlist_add_items(new["id"], URIS[start : start + 100])["snapshot_id"])
    assert len(seen) == 4
    assert snapshot(spotify, new["id"]) in seen
    assert listed(spotify, new["id"]) == URIS
    assert spotify.current_user_playlists()["items"][0]["id"] == new["id"]


def test_both_bodies_add_at_a_position(standin: Standin) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    path = f"playlists/{id_}/items"
    assert call(spotify, "POST", path, {"uris": URIS[:2]})[0] == 201
    status, said = call(spotify, "POST", path, {"uris": URIS[2:4], "position": 0})
    assert (status, list(said)) == (201, ["snapshot_id"])
    spotify.playlist_add_items(id_, URIS[4:5], position=1)  # a bare array
    assert listed(spotify, id_) == [URIS[n] for n in (2, 4, 3, 0, 1)]


def test_the_same_song_may_be_added_twice_and_songs_nobody_knows_too(standin: Standin) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    unknown = "spotify:track:" + "z" * 22
    spotify.playlist_add_items(id_, [URIS[0], unknown, URIS[0]])
    assert listed(spotify, id_) == [URIS[0], unknown, URIS[0]]


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("POST", {"uris": URIS[:101]}),
        ("POST", URIS[:101]),
        ("PUT", {"uris": URIS[:101]}),
        ("DELETE", {"items": [{"uri": uri} for uri in URIS[:101]]}),
        ("POST", {}),
        ("POST", {"uris": "spotify:track:x"}),
        ("POST", {"uris": [7]}),
        ("POST", {"uris": ["spotify:track:short"]}),
        ("POST", {"uris": [f"spotify:album:{'x' * 22}"]}),
        ("POST", {"uris": URIS[:1], "position": 1}),
        ("POST", {"uris": URIS[:1], "position": -1}),
        ("POST", {"uris": URIS[:1], "position": "0"}),
        ("POST", "a text"),
        ("PUT", {"range_start": 0, "insert_before": 0}),
        ("PUT", {"range_start": 0}),
        ("DELETE", {"items": ["x"]}),
    ],
)
def test_what_cannot_be_done_changes_nothing(standin: Standin, method: str, body: object) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    before = snapshot(spotify, id_)
    status, said = call(spotify, method, f"playlists/{id_}/items", body)
    assert (status, said["error"]["status"]) == (400, 400)
    assert snapshot(spotify, id_) == before
    assert listed(spotify, id_) == []


def test_a_result_is_replaced_in_place(standin: Standin) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    spotify.playlist_add_items(id_, URIS[:90])
    before = snapshot(spotify, id_)
    assert spotify.playlist_replace_items(id_, URIS[100:200])["snapshot_id"] != before
    assert listed(spotify, id_) == URIS[100:200]
    spotify.playlist_replace_items(id_, [])
    assert listed(spotify, id_) == []


def test_details_change(standin: Standin) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    before = snapshot(spotify, id_)
    spotify.playlist_change_details(id_, name="Renamed", description="a < b", public=True)
    shape = spotify.playlist(id_)
    assert (shape["name"], shape["description"], shape["public"]) == ("Renamed", "a &lt; b", True)
    assert shape["snapshot_id"] != before
    assert call(spotify, "PUT", f"playlists/{id_}", {"name": ""})[0] == 400


@pytest.mark.parametrize(
    ("start", "before", "length", "order"),
    [(0, 3, 1, "12034"), (4, 0, 1, "40123"), (1, 5, 2, "03412"), (1, 2, 2, "01234")],
)
def test_entries_are_moved(
    standin: Standin, start: int, before: int, length: int, order: str
) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    spotify.playlist_add_items(id_, URIS[:5])
    spotify.playlist_reorder_items(id_, start, before, range_length=length)
    assert listed(spotify, id_) == [URIS[int(n)] for n in order]


def test_every_occurrence_is_removed(standin: Standin) -> None:
    spotify = client(standin)
    id_ = made(spotify)
    spotify.playlist_add_items(id_, [URIS[0], URIS[1], URIS[0]])
    assert (
        call(spotify, "DELETE", f"playlists/{id_}/items", {"items": [{"uri": URIS[0]}]})[0] == 200
    )
    assert listed(spotify, id_) == [URIS[1]]


@pytest.mark.parametrize(
    ("scope", "public", "status"),
    [
        ("playlist-modify-private", False, 201),
        ("playlist-modify-private", True, 403),
        ("playlist-modify-public", True, 201),
        ("playlist-modify-public", False, 403),
        (READ, False, 403),
        (READ, None, 403),
        ("playlist-modify-public", None, 201),  # public unless said otherwise
    ],
)
def test_writing_needs_its_scope(
    standin: Standin, scope: str, public: bool | None, status: int
) -> None:
    spotify = client(standin, scope)
    body = {"name": "New"} | ({} if public is None else {"public": public})
    got, said = call(spotify, "POST", "me/playlists", body)
    assert got == status
    if status == 403:
        assert said["error"]["message"] == "Insufficient client scope"
    path = f"playlists/{playlist_id('private')}/items"
    wanted = 201 if "modify-private" in scope else 403
    assert call(spotify, "POST", path, {"uris": URIS[:1]})[0] == wanted


def test_playlists_of_others_stay_as_they_are(standin: Standin) -> None:
    spotify = client(standin)
    with pytest.raises(SpotifyException, match="you don't own"):
        spotify.playlist_add_items(playlist_id("others"), URIS[:1])
    spotify.playlist_add_items(playlist_id("shared"), URIS[50:51])  # a collaborator
    assert listed(client(standin, listener="ben"), playlist_id("shared"))[-1] == URIS[50]


def test_a_playlist_needs_a_name(standin: Standin) -> None:
    spotify = client(standin)
    assert call(spotify, "POST", "me/playlists", {"public": False})[0] == 400
    assert call(spotify, "POST", "me/playlists", {"name": 7})[0] == 400
    both = {"name": "x", "public": True, "collaborative": True}
    assert call(spotify, "POST", "me/playlists", both)[0] == 400
