"""Logins that must not come about, or cannot: the session stays as it was, and people are told."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask

from spotai.api.logins import is_own_path
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.spotify.standin import Standin
from tests.api.browsers import HTML, ORIGIN, Browser
from tests.api.conftest import settings_of
from tests.servers.logins import CLIENT_ID, REDIRECT_URI, STRANGER, consent, query_of
from tests.servers.ports import free_port

JSON = {"Accept": "application/json"}


@pytest.fixture
def login_app(tmp_path: Path, spotify: Standin, sqlite_database: Database) -> Flask:
    settings = settings_of(
        tmp_path / "data",
        spotify_client_id=CLIENT_ID,
        given_redirect_uri=REDIRECT_URI,
        spotify_api_url=spotify.api_url,
        spotify_accounts_url=spotify.accounts_url,
    )
    return create_app(settings, database=sqlite_database)


@pytest.fixture
def browser(login_app: Flask) -> Browser:
    return Browser(login_app)


def refused(browser: Browser, path: str, status: int = 400) -> str:
    """Check that a page says no and leads back, a problem says the same, and return the page."""
    before = (browser.cookie, browser.session())
    page = browser.get(path, headers=HTML)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert '<a href="/">Back to SpotAI</a>' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    problem = browser.get(path, headers=JSON)
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert (browser.cookie, browser.session()) == before
    return page.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?state=&code=x",
        "?code=x",
        "?state=forged&code=x",
        "?state=forged&error=access_denied",
        "?state=a&state=b&code=x",
        "?state=%00&code=x",
        f"?state={'s' * 5000}&code=x",
    ],
)
def test_an_answer_to_no_login_of_ours_is_refused(browser: Browser, query: str) -> None:
    browser.begin()
    assert "log in again" in refused(browser, f"/callback{query}")
    assert browser.session()["kind"] == "guest"


def test_a_login_of_another_browser_is_refused_and_can_still_be_finished_there(
    login_app: Flask, browser: Browser
) -> None:
    other = Browser(login_app)
    answer = consent(other.begin())
    assert "has begun no login" in browser.get(answer, headers=HTML).text
    browser.session()
    refused(browser, answer)
    assert other.get(answer).status_code == 303
    assert other.session()["kind"] == "spotify"


def test_an_answer_counts_once_and_a_second_time_changes_nothing(browser: Browser) -> None:
    answer = consent(browser.begin("?next=/tune"))
    assert browser.get(answer).headers["Location"] == "/tune"
    assert "You are logged in already." in refused(browser, answer)
    assert browser.session()["kind"] == "spotify"


def test_an_answer_that_comes_too_late_is_refused(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = consent(browser.begin())
    monkeypatch.setattr("spotai.catalog.attempts.ATTEMPT_SECONDS", -1)
    refused(browser, answer)


def test_a_code_of_another_login_is_no_good(browser: Browser, login_app: Flask) -> None:
    """Somebody slips their own code into another's login."""
    theirs = query_of(consent(Browser(login_app).begin()))["code"]
    state = query_of(browser.begin("?next=/tune"))["state"]
    response = browser.get(f"/callback?state={state}&code={theirs}")
    assert response.headers["Location"] == "/tune?login=failed"
    assert browser.session()["kind"] == "guest"


def test_who_says_no_is_back_on_the_page(browser: Browser) -> None:
    before = browser.session()
    response = browser.log_in("?next=/tune?a=1%23b", listener=None)
    assert (response.status_code, response.headers["Location"]) == (303, "/tune?a=1&login=denied#b")
    assert browser.session() == before
    state = query_of(browser.begin())["state"]
    response = browser.get(f"/callback?state={state}&error=server_error&error_description=x")
    assert response.headers["Location"] == "/?login=failed"


def test_who_is_not_on_the_apps_list_is_told(browser: Browser) -> None:
    response = browser.log_in(listener=STRANGER)
    assert response.headers["Location"] == "/?login=not-listed"
    assert browser.session()["kind"] == "guest"


@pytest.mark.parametrize(
    ("route", "status", "reason"),
    [
        ("POST /api/token", 500, "unavailable"),
        ("POST /api/token", 503, "unavailable"),
        ("POST /api/token", 429, "unavailable"),
        ("GET /v1/me", 500, "unavailable"),
        ("GET /v1/me", 429, "unavailable"),
        ("GET /v1/me", 401, "failed"),
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_faults_of_spotify_are_told_on_the_page(
    browser: Browser, spotify: Standin, route: str, status: int, reason: str, plain: bool
) -> None:
    answer = consent(browser.begin())
    spotify.answer(route, status, plain=plain, message="<b>oh</b>")
    response = browser.get(answer)
    assert response.headers["Location"] == f"/?login={reason}"
    assert browser.session()["kind"] == "guest"


@pytest.mark.parametrize("route", ["POST /api/token", "GET /v1/me"])
@pytest.mark.parametrize("after_work", [True, False])
def test_a_connection_that_is_cut_is_told_on_the_page(
    browser: Browser, spotify: Standin, route: str, after_work: bool
) -> None:
    answer = consent(browser.begin())
    spotify.cut(route, after_work=after_work)
    assert browser.get(answer).headers["Location"] == "/?login=unavailable"
    assert browser.session()["kind"] == "guest"


def test_a_service_that_does_not_answer_holds_nobody_up(
    browser: Browser, spotify: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spotai.spotify.oauth.TIMEOUT", (1, 0.2))
    answer = consent(browser.begin())
    spotify.hold("POST /api/token", 1.0)
    assert browser.get(answer).headers["Location"] == "/?login=unavailable"


def test_a_dead_accounts_service_is_told_on_the_page(
    tmp_path: Path, sqlite_database: Database
) -> None:
    dead = f"http://127.0.0.1:{free_port()}"
    settings = settings_of(
        tmp_path / "data", spotify_client_id=CLIENT_ID, spotify_accounts_url=dead
    )
    browser = Browser(create_app(settings, database=sqlite_database))
    state = query_of(browser.begin())["state"]
    response = browser.get(f"/callback?state={state}&code=x")
    assert response.headers["Location"] == "/?login=unavailable"


def test_an_app_that_spotify_does_not_know_is_told_on_the_page(
    tmp_path: Path, spotify: Standin, sqlite_database: Database
) -> None:
    settings = settings_of(
        tmp_path / "data",
        spotify_client_id="not-ours",
        spotify_accounts_url=spotify.accounts_url,
        spotify_api_url=spotify.api_url,
    )
    browser = Browser(create_app(settings, database=sqlite_database))
    state = query_of(browser.begin())["state"]
    response = browser.get(f"/callback?state={state}&code=x")
    assert response.headers["Location"] == "/?login=misconfigured"


OTHERS = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "",
    "/\t/evil.example",
    "/\n/evil.example",
    "/a\r\nSet-Cookie: x=y",
    "/..//evil.example",
    "/.//evil.example",
    "/\u2028/x",
    "/login?next=/login",
    "/logout",
    "/callback?state=x",
    "/./login",
    "/tune/../login",
    "/%2e/login?next=/",
    "/%6cogin",
    "/" + "a" * 2_000,
)


@pytest.mark.parametrize("path", OTHERS)
def test_a_login_goes_on_at_our_own_page_alone(browser: Browser, path: str) -> None:
    assert not is_own_path(path)
    response = browser.client.get(
        "/login", base_url=ORIGIN, query_string={"next": path}, headers=HTML
    )
    assert response.status_code == 422
    assert "Location" not in response.headers
    assert "a path of this page" in response.text


@pytest.mark.parametrize("path", ["/", "/tune", "/tune?r=1.a//b#c", "/logins", "/é?q=ж", "/%5Cx"])
def test_our_own_paths(browser: Browser, path: str) -> None:
    assert is_own_path(path)
    response = browser.client.get("/login", base_url=ORIGIN, query_string={"next": path})
    assert response.status_code == 303


def test_a_scope_that_we_do_not_use_is_refused(browser: Browser) -> None:
    page = browser.get("/login?scope=streaming", headers=HTML)
    assert page.status_code == 422
    assert "must be some of read, save, known" in page.text


def test_without_the_database_people_are_told(
    tmp_path: Path, spotify: Standin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    blocked = tmp_path / "blocked"
    blocked.write_text("in the way")
    settings = settings_of(
        tmp_path / "data",
        spotify_client_id=CLIENT_ID,
        spotify_accounts_url=spotify.accounts_url,
        spotify_api_url=spotify.api_url,
    )
    database = Database(f"sqlite:///{blocked / 'spotai.sqlite3'}")
    browser = Browser(create_app(settings, database=database))
    response = browser.get("/login", headers=HTML)
    assert (response.status_code, response.mimetype) == (503, "text/html")
    assert int(response.headers["Retry-After"]) > 0


def test_what_spotify_sends_back_never_shows_unescaped(browser: Browser) -> None:
    browser.begin()
    assert "<script" not in refused(browser, "/callback?state=<script>&code=<script>")
