"""Faults on demand, as spotipy's own client meets them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from spotipy import SpotifyException
from spotipy.oauth2 import SpotifyOauthError

from spotai.errors import DependencyError
from spotai.spotify.standin import Call, Standin
from tests.servers.spotify import SONGS, Login, client, start_standin

URIS = [song.uri for song in SONGS]
ADD = "POST /v1/playlists/[^/]+/items"


def test_an_access_token_lasts_an_hour(standin: Standin) -> None:
    spotify = client(standin)
    standin.advance(3599)
    assert spotify.me()["id"] == "ada"
    standin.advance(2)
    with pytest.raises(SpotifyException, match="The access token expired") as refused:
        spotify.me()
    assert refused.value.http_status == 401


@pytest.mark.parametrize(
    ("header", "status", "message"),
    [
        (None, 401, "No token provided"),
        ("Bearer nonsense", 401, "Invalid access token"),
        ("Basic abc", 400, "Only valid bearer authentication supported"),
        ("Bearer", 400, "Only valid bearer authentication supported"),
    ],
)
def test_a_token_is_needed(standin: Standin, header: str | None, status: int, message: str) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("me", "no/such/call"):
        answer = requests.get(standin.api_url + path, headers=headers, timeout=10)
        assert answer.status_code == status
        assert answer.json() == {"error": {"status": status, "message": message}}


def test_429_in_the_middle_of_saving(standin: Standin) -> None:
    spotify = client(standin)
    id_ = spotify.current_user_playlist_create("Made", public=False)["id"]
    standin.answer(ADD, 429, skip=1, retry_after=7)
    spotify.playlist_add_items(id_, URIS[:100])
    with pytest.raises(SpotifyException) as refused:
        spotify.playlist_add_items(id_, URIS[100:200])
    assert refused.value.http_status == 429
    assert refused.value.headers["Retry-After"] == "7"
    assert refused.value.reason is None
    assert spotify.playlist_items(id_)["total"] == 100
    spotify.playlist_add_items(id_, URIS[100:200])
    assert spotify.playlist_items(id_)["total"] == 200


def test_the_quota_may_be_used_up(standin: Standin) -> None:
    spotify = client(standin)
    standin.over_quota(times=2)
    for _ in range(2):
        with pytest.raises(SpotifyException) as refused:
            spotify.me()
        assert refused.value.http_status == 429
        assert refused.value.reason == "QUOTA_EXCEEDED"
    assert spotify.me()


def test_the_owner_may_have_no_premium_and_spotify_may_break(standin: Standin) -> None:
    spotify = client(standin)
    standin.without_premium()
    with pytest.raises(SpotifyException, match="premium") as refused:
        spotify.me()
    assert refused.value.http_status == 403
    standin.answer("GET /v1/me", 502, message="<html>Bad gateway</html>", plain=True)
    with pytest.raises(SpotifyException, match="<html>") as broken:
        spotify.me()
    assert broken.value.http_status == 502


def test_who_is_not_on_the_list_logs_in_and_is_refused(standin: Standin) -> None:
    spotify = client(standin, listener="cleo")
    for call in (spotify.me, spotify.current_user_playlists):
        with pytest.raises(SpotifyException, match="the user may not be registered") as refused:
            call()
        assert refused.value.http_status == 403


def test_a_connection_is_cut_after_the_work_or_before(standin: Standin) -> None:
    spotify = client(standin)
    number = spotify.current_user_playlists()["total"]
    for after_work in (True, False):
        standin.cut("POST /v1/me/playlists", after_work=after_work)
        with pytest.raises(requests.ConnectionError):
            spotify.current_user_playlist_create("Made", public=False)
    assert spotify.current_user_playlists()["total"] == number + 1


def test_answers_are_held_and_others_go_on(standin: Standin) -> None:
    spotify = client(standin, requests_timeout=0.3)
    standin.hold("GET /v1/me$", 1.5)
    with ThreadPoolExecutor() as pool:
        began = time.monotonic()
        held = pool.submit(
            requests.get, f"{standin.api_url}me", headers=spotify._auth_headers(), timeout=10
        )
        assert spotify.current_user_playlists()
        assert time.monotonic() - began < 1.5
        assert held.result().json()["id"] == "ada"
        assert time.monotonic() - began >= 1.5
    standin.hold("GET /v1/me/", 1.5)
    with pytest.raises(requests.exceptions.Timeout):
        spotify.me()


def test_the_token_endpoint_fails_in_its_own_way(standin: Standin) -> None:
    login = Login(standin)
    token = login.tokens()["refresh_token"]
    standin.answer("POST /api/token", 503, message="Try later")
    with pytest.raises(SpotifyOauthError) as refused:
        login.refresh_access_token(token)
    assert refused.value.error == "server_error"
    assert login.refresh_access_token(token)


def test_calls_are_counted_without_what_they_carry(standin: Standin) -> None:
    spotify = client(standin)
    standin.clear()
    spotify.current_user_playlists(limit=1)
    standin.answer("GET /v1/me", 500)
    with pytest.raises(SpotifyException):
        spotify.me()
    assert standin.calls() == [Call("GET", "/v1/me/playlists", 200), Call("GET", "/v1/me/", 500)]


def test_cleared_faults_strike_nobody(standin: Standin) -> None:
    standin.over_quota(times=100)
    standin.clear()
    assert client(standin).me()


def test_orders_need_the_key(standin: Standin) -> None:
    url = f"{standin.address}/control"
    for headers in ({}, {"X-Control-Key": "guess"}, {"X-Control-Key": "é".encode()}):
        assert (
            requests.post(url, json={"do": "clear"}, headers=headers, timeout=10).status_code == 403
        )
    with pytest.raises(DependencyError, match="refused an order"):
        standin.answer("GET (", 500)
    with pytest.raises(DependencyError, match="refused an order"):
        standin.answer("GET", 200)


def test_without_control_there_are_no_orders() -> None:
    with start_standin(control=False) as plain:
        with pytest.raises(DependencyError, match="without control"):
            plain.clear()
        answer = requests.post(f"{plain.address}/control", json={"do": "clear"}, timeout=10)
        assert answer.status_code == 404
