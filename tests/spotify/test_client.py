"""The client asks a stand-in over HTTP: what it reads, and how each fault of Spotify's ends."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator

import pytest

from spotai.errors import (
    GrantEndedError,
    NotFoundError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)
from spotai.spotify.breaker import FAILURES, Breaker
from spotai.spotify.client import Gateway, SpotifyClient
from spotai.spotify.standin import Episode, Listener, LocalFile, Playlist, Standin
from spotai.spotify.standin.cast import made_id
from tests.servers.spotify_logins import READ_SCOPES, Grant, StartStandin, a_song

LONG = made_id("long")
ODD = made_id("odd")
FOREIGN = made_id("foreign")
ANN = Listener(
    id="ann",
    name="Ann",
    account_id="ann-for-good",
    playlists=(
        Playlist(LONG, "Long", tuple(a_song(n) for n in range(120)), description="R&B"),
        Playlist(
            ODD,
            "Odd",
            (a_song(1), None, LocalFile("Mine", "Me"), Episode(made_id("e"), "Talk", "Show")),
        ),
    ),
    follows=(FOREIGN,),
    liked=tuple(a_song(n) for n in range(60)),
    top=(a_song(3), a_song(2)),
    recent=(a_song(9),),
)
BOB = Listener(
    id="bob", name="Bob", playlists=(Playlist(FOREIGN, "Bob's", (a_song(1),), public=True),)
)


@pytest.fixture(scope="module")
def standin(shared_standins: StartStandin) -> Standin:
    return shared_standins([ANN, BOB])


@pytest.fixture
def client(standin: Standin) -> Iterator[SpotifyClient]:
    grant = Grant(standin)
    standin.clear()
    yield SpotifyClient(grant, Gateway(standin.api_url))
    standin.clear()
    standin.show_old_shape(old=False)


def test_the_listener_is_known_by_both_ids(client: SpotifyClient) -> None:
    me = client.me()
    assert (me.name, me.ids) == ("Ann", frozenset({"ann", "ann-for-good"}))


@pytest.mark.parametrize("old", [False, True])
def test_playlists_are_listed_in_both_shapes(
    client: SpotifyClient, standin: Standin, old: bool
) -> None:
    standin.show_old_shape(old=old)
    part = client.playlists()
    assert [(one.id, one.name, one.owner, one.open_to_app) for one in part.rows] == [
        (LONG, "Long", "Ann", old),
        (ODD, "Odd", "Ann", old),
        (FOREIGN, "Bob's", "Bob", old),
    ]
    assert part.rows[0].tracks == 120
    assert part.rows[0].description == "R&B"
    assert all(one.snapshot_id for one in part.rows)
    assert not part.more


@pytest.mark.parametrize("old", [False, True])
def test_a_long_playlist_comes_page_by_page(
    client: SpotifyClient, standin: Standin, old: bool
) -> None:
    standin.show_old_shape(old=old)
    parts = [client.entries(LONG, offset) for offset in (0, 50, 100)]
    assert [(part.count, part.total, part.more) for part in parts] == [
        (50, 120, True),
        (50, 120, True),
        (20, 120, False),
    ]
    assert [row.id for part in parts for row in part.rows] == [a_song(n).id for n in range(120)]


def test_entries_that_are_no_songs_say_what_they_are(client: SpotifyClient) -> None:
    rows = client.entries(ODD).rows
    assert [row.kind for row in rows] == ["song", "removed", "local", "episode"]


def test_songs_liked_played_last_and_most(client: SpotifyClient) -> None:
    assert [client.liked(offset).count for offset in (0, 50)] == [50, 10]
    assert [row.title for row in client.recently_played().rows] == ["Song 9"]
    assert [row.title for row in client.top("long_term").rows] == ["Song 3", "Song 2"]


def test_a_playlist_alone(client: SpotifyClient) -> None:
    assert client.playlist(LONG).name == "Long"
    assert client.playlist(FOREIGN).name == "Bob's"


@pytest.mark.parametrize("playlist_id", [made_id("none"), "../me", "", "a b", "\u00e9"])
def test_a_playlist_that_is_not_there(client: SpotifyClient, playlist_id: str) -> None:
    with pytest.raises(NotFoundError):
        client.entries(playlist_id)


def test_a_playlist_of_others_is_refused(client: SpotifyClient) -> None:
    with pytest.raises(SpotifyRefusedError, match="owner and collaborators") as raised:
        client.entries(FOREIGN)
    assert raised.value.reason == "forbidden"


def test_a_login_that_does_not_reach_so_far(standin: Standin) -> None:
    client = SpotifyClient(Grant(standin, READ_SCOPES), Gateway(standin.api_url))
    with pytest.raises(SpotifyRefusedError, match="Log in once more") as raised:
        client.liked()
    assert raised.value.reason == "scope"


def test_a_listener_who_is_not_on_the_list(start_standin: StartStandin) -> None:
    standin = start_standin([Listener(id="eve", name="Eve", listed=False)])
    client = SpotifyClient(Grant(standin), Gateway(standin.api_url))
    with pytest.raises(SpotifyRefusedError, match="User Management") as raised:
        client.playlists()
    assert raised.value.reason == "not_listed"


def test_an_app_whose_owner_has_no_premium(client: SpotifyClient, standin: Standin) -> None:
    message = "Active premium subscription required for the owner of the app."
    standin.answer("GET /v1/me", 403, message=message)
    with pytest.raises(SpotifyRefusedError, match="Premium") as raised:
        client.me()
    assert raised.value.reason == "premium"


def test_a_pause_is_passed_on_at_once(client: SpotifyClient, standin: Standin) -> None:
    standin.answer("GET /v1/me/playlists", 429, retry_after=77)
    started = time.monotonic()
    with pytest.raises(SpotifyLimitedError, match="77 seconds") as raised:
        client.playlists()
    assert raised.value.retry_after == 77
    with pytest.raises(SpotifyLimitedError):
        client.me()
    assert time.monotonic() - started < 10
    assert [call.status for call in standin.calls()] == [429]


def test_a_quota_that_is_used_up(client: SpotifyClient, standin: Standin) -> None:
    standin.over_quota()
    with pytest.raises(SpotifyQuotaError, match="used up"):
        client.playlists()


def test_a_token_of_yesterday_is_renewed(client: SpotifyClient, standin: Standin) -> None:
    standin.advance(3_601)
    assert client.me().name == "Ann"


def test_a_grant_that_was_taken_back(start_standin: StartStandin) -> None:
    standin = start_standin([ANN, BOB])
    client = SpotifyClient(Grant(standin), Gateway(standin.api_url))
    standin.revoke("ann")
    with pytest.raises(GrantEndedError):
        client.me()


@pytest.mark.parametrize("plain", [False, True])
def test_faults_of_spotify_close_the_breaker(
    client: SpotifyClient, standin: Standin, plain: bool
) -> None:
    standin.answer("GET /v1/me", 502, times=100, plain=plain)
    for _ in range(FAILURES):
        with pytest.raises(SpotifyUnavailableError, match="502"):
            client.me()
    with pytest.raises(SpotifyUnavailableError, match="several times"):
        client.me()
    assert len(standin.calls()) == FAILURES


def test_a_connection_that_is_cut(client: SpotifyClient, standin: Standin) -> None:
    standin.cut("GET /v1/me")
    with pytest.raises(SpotifyUnavailableError, match="does not answer"):
        client.me()
    assert client.me().name == "Ann"


def test_a_spotify_that_hangs_is_not_waited_for(standin: Standin) -> None:
    client = SpotifyClient(Grant(standin), Gateway(standin.api_url, timeout=(1, 0.2)))
    standin.hold("GET /v1/me", 4.0)
    started = time.monotonic()
    with pytest.raises(SpotifyUnavailableError):
        client.me()
    assert time.monotonic() - started < 3
    standin.clear()


def test_a_dead_spotify_costs_milliseconds(standin: Standin) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}/v1/"
    client = SpotifyClient(Grant(standin), Gateway(dead, breaker=Breaker()))
    for _ in range(FAILURES):
        with pytest.raises(SpotifyUnavailableError):
            client.me()
    started = time.monotonic()
    for _ in range(100):
        with pytest.raises(SpotifyUnavailableError):
            client.me()
    assert time.monotonic() - started < 1


def test_no_token_is_logged(
    client: SpotifyClient, standin: Standin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "urllib3")
    grant = Grant(standin)
    asking = SpotifyClient(grant, Gateway(standin.api_url))
    asking.me()
    with pytest.raises(SpotifyRefusedError):
        asking.entries(FOREIGN)
    assert "/v1/me" in caplog.text
    assert grant.token() not in caplog.text
