"""Logging in at the stand-in, through spotipy's own login and by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from spotipy.oauth2 import SpotifyOauthError

from spotai.spotify.standin import Standin
from spotai.spotify.standin.grants import challenge_of
from tests.servers.spotify import (
    ADA,
    BEN,
    CLIENT_ID,
    EVERYTHING,
    REDIRECT_URI,
    Login,
    answered,
    client,
    consent,
)

HALF_A_YEAR = 183 * 86_400


@pytest.fixture
def standin(shared_standin: Standin) -> Standin:
    return shared_standin


def ask(standin: Standin, **changed: str | None) -> requests.Response:
    """Ask for consent with a proper request, but for what is changed."""
    params: dict[str, str | None] = {
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT_URI,
        "response_type": "code",
        "code_challenge_method": "S256",
        "code_challenge": challenge_of("v" * 43),
        "state": "a state",
        "scope": "user-top-read",
        **changed,
    }
    return requests.get(
        f"{standin.accounts_url}/authorize", params=params, allow_redirects=False, timeout=10
    )


def trade(standin: Standin, **form: str) -> tuple[int, dict[str, Any]]:
    answer = requests.post(
        f"{standin.accounts_url}/api/token", data={"client_id": CLIENT_ID, **form}, timeout=10
    )
    return answer.status_code, answer.json()


def redeem(standin: Standin, code: str, **changed: str) -> tuple[int, dict[str, Any]]:
    form = {"code": code, "code_verifier": "v" * 43, "redirect_uri": REDIRECT_URI, **changed}
    return trade(standin, grant_type="authorization_code", **form)


def approved(standin: Standin) -> str:
    return answered(ask(standin, approve="1").headers["Location"])["code"]


def test_spotipy_logs_in_and_refreshes_unchanged(standin: Standin) -> None:
    login = Login(standin, "user-top-read playlist-read-private")
    first = login.tokens()
    assert first["expires_in"] == 3600
    assert first["token_type"] == "Bearer"
    assert first["scope"] == "playlist-read-private user-top-read"
    second = login.refresh_access_token(first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]


def test_the_chosen_listener_is_logged_in(standin: Standin) -> None:
    assert client(standin, listener="ben").me()["id"] == BEN.id


def test_approve_picks_the_first_listener_and_answers_at_once(standin: Standin) -> None:
    answer = ask(standin, approve="1")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{REDIRECT_URI}?")
    said = answered(answer.headers["Location"])
    assert said["state"] == "a state"
    _, tokens = redeem(standin, said["code"])
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    me = requests.get(f"{standin.api_url}me", headers=headers, timeout=10).json()
    assert me["id"] == ADA.id
    assert me["account_id"] == ADA.account_id


def test_who_denies_is_sent_back_without_a_code(standin: Standin) -> None:
    url = Login(standin, EVERYTHING).get_authorize_url(state="mine")
    assert answered(consent(url, allow=False)) == {"error": "access_denied", "state": "mine"}


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "http://127.0.0.1:5000/callback/"},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": None},
        {"client_id": "another-app"},
        {"client_id": None},
    ],
)
@pytest.mark.parametrize("approve", [None, "1"])
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    standin: Standin, changed: dict[str, str | None], approve: str | None
) -> None:
    answer = ask(standin, **changed, approve=approve)
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "INVALID_CLIENT" in answer.text


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "user-top-read everything"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_a_request_that_cannot_be_put_to_anybody_is_sent_back(
    standin: Standin, changed: dict[str, str | None], error: str
) -> None:
    answer = ask(standin, **changed)
    assert answered(answer.headers["Location"]) == {"error": error, "state": "a state"}


def test_the_consent_page_is_guarded_and_says_what_it_is(standin: Standin) -> None:
    page = ask(standin)
    assert page.status_code == 200
    assert "This is a stand-in, not Spotify." in page.text
    assert page.text.count('type="radio"') == 3
    assert "user-top-read" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_names_are_no_html(standin: Standin) -> None:
    page = ask(standin, state='"><script>')
    assert "<script>" not in page.text


def test_only_the_browser_that_was_asked_may_answer(standin: Standin) -> None:
    page = ask(standin)
    number = page.text.partition('name="consent" value="')[2].partition('"')[0]
    form = {"consent": number, "listener": "ada", "decision": "allow"}
    url = f"{standin.accounts_url}/authorize"
    stranger = requests.post(url, data=form, allow_redirects=False, timeout=10)
    assert stranger.status_code == 400
    first = requests.post(url, form, cookies=page.cookies, allow_redirects=False, timeout=10)
    assert "code" in answered(first.headers["Location"])
    again = requests.post(url, form, cookies=page.cookies, allow_redirects=False, timeout=10)
    assert again.status_code == 400


def test_a_code_serves_once_and_tokens_live_on(standin: Standin) -> None:
    code = approved(standin)
    status, tokens = redeem(standin, code)
    assert status == 200
    assert redeem(standin, code) == (
        400,
        {"error": "invalid_grant", "error_description": "Invalid authorization code"},
    )
    status, _ = trade(standin, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert status == 200


@pytest.mark.parametrize(
    "changed",
    [{"code_verifier": "w" * 43}, {"redirect_uri": f"{REDIRECT_URI}/"}, {"code": "made up"}],
)
def test_a_code_needs_its_verifier_and_address(standin: Standin, changed: dict[str, str]) -> None:
    status, said = redeem(standin, **{"code": approved(standin), **changed})
    assert (status, said["error"]) == (400, "invalid_grant")


def test_a_code_lasts_ten_minutes(standin: Standin) -> None:
    code = approved(standin)
    standin.advance(601)
    assert redeem(standin, code)[1]["error"] == "invalid_grant"


def test_other_faults_of_token_requests_have_their_names(standin: Standin) -> None:
    assert trade(standin, grant_type="password")[1]["error"] == "unsupported_grant_type"
    assert trade(standin, grant_type="refresh_token")[1]["error"] == "invalid_request"
    wrong = trade(standin, grant_type="refresh_token", refresh_token="x", client_id="another")
    assert wrong[1]["error"] == "invalid_client"


def test_refresh_tokens_serve_once(standin: Standin) -> None:
    login = Login(standin)
    first = login.tokens()["refresh_token"]
    second = login.refresh_access_token(first)["refresh_token"]
    with pytest.raises(SpotifyOauthError) as refused:
        login.refresh_access_token(first)
    assert refused.value.error == "invalid_grant"
    assert login.refresh_access_token(second)["access_token"]


def test_of_many_refreshes_at_once_one_succeeds(standin: Standin) -> None:
    _, tokens = redeem(standin, approved(standin))
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(trade, standin, **form) for _ in range(8)]
    assert sorted(answer.result()[0] for answer in answers) == [200] + [400] * 7


def test_refresh_tokens_may_be_kept(standin: Standin) -> None:
    _, tokens = redeem(standin, approved(standin))
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    standin.keep_refresh_tokens(keep=True)
    for _ in range(2):
        status, refreshed = trade(standin, **form)
        assert status == 200
        assert "refresh_token" not in refreshed
    standin.keep_refresh_tokens(keep=False)
    assert "refresh_token" in trade(standin, **form)[1]
    assert trade(standin, **form)[1]["error"] == "invalid_grant"


def test_a_consent_ends_after_half_a_year_however_often_it_is_refreshed(
    standin: Standin,
) -> None:
    login = Login(standin)
    token = login.tokens()["refresh_token"]
    standin.advance(HALF_A_YEAR / 2)
    token = login.refresh_access_token(token)["refresh_token"]
    standin.advance(HALF_A_YEAR / 2)
    with pytest.raises(SpotifyOauthError, match="invalid_grant"):
        login.refresh_access_token(token)


def test_what_a_listener_takes_back_is_refused(standin: Standin) -> None:
    login = Login(standin)
    ada, ben = login.tokens("ada"), Login(standin).tokens("ben")
    standin.revoke("ada")
    with pytest.raises(SpotifyOauthError, match="Refresh token revoked"):
        login.refresh_access_token(ada["refresh_token"])
    assert login.refresh_access_token(ben["refresh_token"])
