"""What listeners have, read with spotipy's own client."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from spotipy import Spotify, SpotifyException

from spotai.spotify.standin import Standin
from tests.servers.spotify import (
    ADA,
    READ,
    SONGS,
    Login,
    client,
    playlist_id,
    start_standin,
)


@pytest.fixture
def standin(shared_standin: Standin) -> Standin:
    return shared_standin


def every(spotify: Spotify, page: dict[str, Any] | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while page:
        found += page["items"]
        page = spotify.next(page)
    return found


def refusal(error: pytest.ExceptionInfo[SpotifyException]) -> tuple[int, str]:
    return error.value.http_status, error.value.msg.partition("\n ")[2]


def test_the_profile_tells_only_what_is_left_of_it(standin: Standin) -> None:
    me = client(standin).me()
    assert me["id"] == "ada"
    assert me["account_id"] == "account-of-ada"
    assert me["display_name"] == "Ada"
    assert me.keys().isdisjoint({"email", "country", "product", "followers"})
    assert "account_id" not in client(standin, listener="ben").me()


def test_playlists_come_in_pages_with_addresses_of_this_host(standin: Standin) -> None:
    spotify = client(standin)
    page = spotify.current_user_playlists(limit=3)
    assert page["next"].startswith(standin.api_url)
    assert page["previous"] is None
    names = [one["name"] for one in every(spotify, page)]
    assert names == ["Private", "Public", "Odd", "Long", "Empty", "Ben's", "Ours"]
    first = page["items"][0]
    assert first["items"] == {
        "href": f"{standin.api_url}playlists/{first['id']}/items",
        "total": 120,
    }
    assert "tracks" not in first
    assert first["description"] == "Mine &amp; nobody&#x27;s"


def test_scopes_decide_which_playlists_are_listed(standin: Standin) -> None:
    def names(scope: str) -> list[str]:
        return [one["name"] for one in client(standin, scope).current_user_playlists()["items"]]

    assert names("user-top-read") == ["Public", "Ben's"]
    assert "Ours" not in names("playlist-read-private")
    assert len(names(READ)) == 7


def test_a_long_playlist_is_read_whole(standin: Standin) -> None:
    spotify = client(standin)
    standin.clear()
    rows = every(spotify, spotify.playlist_items(playlist_id("long"), limit=50))
    assert [row["item"]["id"] for row in rows] == [SONGS[n % 300].id for n in range(10_000)]
    assert len(standin.calls()) == 200


def test_what_is_no_song_looks_as_at_spotify(standin: Standin) -> None:
    rows = client(standin).playlist_items(playlist_id("odd"))["items"]
    song, gone, local, episode, twice, _ = (row["item"] for row in rows)
    assert song == twice
    assert gone is None
    assert [row["is_local"] for row in rows] == [False, False, True, False, False, False]
    assert local["id"] is None
    assert local["album"]["release_date"] is None
    assert local["uri"] == "spotify:local:Somebody:Tape+3:A+tape:221"
    assert episode["type"] == "episode"
    assert song["album"]["release_date_precision"] == "year"
    assert song["external_ids"]["isrc"] == SONGS[0].isrc
    assert song.keys().isdisjoint({"popularity", "available_markets", "linked_from"})


@pytest.mark.parametrize(
    ("call", "most"),
    [
        ("me/playlists", 50),
        (f"playlists/{playlist_id('private')}/items", 50),
        ("me/tracks", 50),
        ("me/top/tracks", 50),
        ("me/top/artists", 50),
        ("me/player/recently-played", 50),
        ("search?q=song&type=track", 10),
    ],
)
def test_pages_have_limits(standin: Standin, call: str, most: int) -> None:
    spotify = client(standin)

    def limit(number: int) -> Any:
        answer = spotify._get(call, limit=number)
        return answer.get("tracks", answer)["limit"]

    assert limit(most) == most
    for number in (0, most + 1):
        with pytest.raises(SpotifyException) as refused:
            limit(number)
        assert refusal(refused) == (400, "Invalid limit")


def test_playlists_of_others_are_names_only(standin: Standin) -> None:
    spotify = client(standin)
    shape = spotify.playlist(playlist_id("others"))
    assert shape["name"] == "Ben's"
    assert shape["owner"]["id"] == "ben"
    assert shape.keys().isdisjoint({"items", "tracks"})
    with pytest.raises(SpotifyException) as refused:
        spotify.playlist_items(playlist_id("others"))
    assert refusal(refused) == (403, "Forbidden")


def test_who_collaborates_reads_and_the_owner_too(standin: Standin) -> None:
    for listener in ("ada", "ben"):
        spotify = client(standin, listener=listener)
        assert spotify.playlist_items(playlist_id("shared"))["total"] == 3


def test_a_playlist_has_its_first_entries_with_it(standin: Standin) -> None:
    spotify = client(standin)
    shape = spotify.playlist(playlist_id("private"))
    assert len(shape["items"]["items"]) == 100
    assert shape["items"]["total"] == 120
    few = spotify.playlist(playlist_id("private"), fields="snapshot_id,items(total)")
    assert few == {"snapshot_id": shape["snapshot_id"], "items": {"total": 120}}


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ("total", {"total": 6}),
        ("items(is_local)", {"items": [{"is_local": n == 2} for n in range(6)]}),
        ("items.item.name,total", None),
        ("items(item(!album,artists)),limit", None),
    ],
)
def test_fields_choose_parts(standin: Standin, fields: str, answer: dict[str, Any] | None) -> None:
    got = client(standin).playlist_items(playlist_id("odd"), fields=fields)
    if answer is not None:
        assert got == answer
    elif "name" in fields:
        assert got["items"][0] == {"item": {"name": "Song 0"}}
        assert got["items"][1] == {"item": None}
    else:
        assert got["items"][0].keys() == {"item"}
        assert "artists" in got["items"][0]["item"]


@pytest.mark.parametrize("fields", ["a(", "a)b", "(a)", "a,,b", "a..b", "!", "a b", "a[0]"])
def test_fields_that_cannot_be_read_are_refused(standin: Standin, fields: str) -> None:
    with pytest.raises(SpotifyException) as refused:
        client(standin).playlist_items(playlist_id("odd"), fields=fields)
    assert refusal(refused) == (400, "Invalid fields")


def test_liked_songs_top_and_recent(standin: Standin) -> None:
    spotify = client(standin)
    liked = every(spotify, spotify.current_user_saved_tracks(limit=50))
    assert [row["track"]["id"] for row in liked] == [song.id for song in ADA.liked]
    top = every(spotify, spotify.current_user_top_tracks(limit=50, time_range="long_term"))
    assert [row["id"] for row in top] == [song.id for song in ADA.top]
    artists = spotify.current_user_top_artists(limit=50)["items"]
    assert [row["name"] for row in artists] == [f"Artist {n % 7}" for n in range(10, 17)]
    with pytest.raises(SpotifyException, match="Invalid time range"):
        spotify.current_user_top_tracks(time_range="forever")


def test_recently_played_goes_back_fifty_songs_by_cursors(standin: Standin) -> None:
    spotify = client(standin)
    page = spotify.current_user_recently_played(limit=20)
    seen = [row["track"]["id"] for row in page["items"]]
    while page["next"]:
        page = spotify.next(page)
        seen += [row["track"]["id"] for row in page["items"]]
    assert seen == [song.id for song in ADA.recent[:50]]
    assert spotify.current_user_recently_played(after=4 * 10**12)["items"] == []


def test_songs_albums_and_search_come_one_at_a_time(standin: Standin) -> None:
    spotify = client(standin)
    assert spotify.track(SONGS[5].id)["name"] == "Song 5"
    album = spotify.album(SONGS[5].album.id)
    assert {row["name"] for row in album["tracks"]["items"]} >= {"Song 5", "Song 45"}
    hits = spotify.search("song 299", type="track", limit=5)["tracks"]
    assert [row["name"] for row in hits["items"]] == ["Song 299"]
    with pytest.raises(SpotifyException) as refused:
        spotify.track("x" * 22)
    assert refusal(refused) == (404, "Resource not found")


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("user-top-read", "current_user_saved_tracks"),
        ("user-library-read", "current_user_top_tracks"),
        ("user-library-read", "current_user_top_artists"),
        ("user-library-read", "current_user_recently_played"),
    ],
)
def test_scopes_are_checked(standin: Standin, scope: str, call: str) -> None:
    with pytest.raises(SpotifyException) as refused:
        getattr(client(standin, scope), call)()
    assert refusal(refused) == (403, "Insufficient client scope")


def test_a_private_playlist_needs_its_scope(standin: Standin) -> None:
    spotify = client(standin, "user-top-read")
    with pytest.raises(SpotifyException) as refused:
        spotify.playlist_items(playlist_id("private"))
    assert refusal(refused) == (403, "Insufficient client scope")
    assert spotify.playlist_items(playlist_id("public"))["total"] == 5


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"audio-features/{SONGS[0].id}", 403),
        ("GET", f"audio-features?ids={SONGS[0].id}", 403),
        ("GET", f"audio-analysis/{SONGS[0].id}", 403),
        ("GET", f"recommendations?seed_tracks={SONGS[0].id}", 404),
        ("GET", f"tracks?ids={SONGS[0].id}", 403),
        ("GET", f"albums?ids={SONGS[0].album.id}", 403),
        ("GET", "artists?ids=x", 403),
        ("GET", "artists/x/related-artists", 404),
        ("GET", "browse/featured-playlists", 404),
        ("POST", "users/ada/playlists", 403),
        ("GET", f"playlists/{playlist_id('private')}/tracks", 403),
        ("POST", f"playlists/{playlist_id('private')}/tracks", 403),
        ("DELETE", f"playlists/{playlist_id('private')}/followers", 403),
        ("GET", "no/such/call", 404),
    ],
)
def test_closed_calls_are_closed(standin: Standin, method: str, path: str, status: int) -> None:
    token = Login(standin).tokens()["access_token"]
    answer = requests.request(
        method, standin.api_url + path, headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    assert answer.status_code == status
    assert answer.json()["error"]["status"] == status


def test_the_old_shape_has_tracks() -> None:
    with start_standin(old_shape=True) as old:
        spotify = client(old)
        listed = spotify.current_user_playlists()["items"][0]
        assert listed["tracks"]["total"] == 120
        assert "items" not in listed
        rows = spotify._get(f"playlists/{playlist_id('odd')}/tracks")["items"]
        assert rows[0]["track"]["id"] == SONGS[0].id
        assert "item" not in rows[0]
        assert spotify.playlist(playlist_id("odd"))["tracks"]["total"] == 6
        old.show_old_shape(old=False)
        assert spotify.current_user_playlists()["items"][0]["items"]["total"] == 120
