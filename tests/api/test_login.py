"""Logging in against a stand-in for Spotify, over HTTP, with both databases."""

from __future__ import annotations

import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import Table, select

from spotai.api.keys import token_seal
from spotai.api.sessions import COOKIE
from spotai.api.state import EXTENSION
from spotai.app import create_app
from spotai.catalog.attempts import MOST_ATTEMPTS
from spotai.catalog.engine import Database
from spotai.catalog.known import add_known
from spotai.catalog.owners import Owner
from spotai.catalog.sessions import hash_of
from spotai.catalog.tables import account, login_attempt, session, token
from spotai.spotify.scopes import SCOPES
from tests.api.browsers import HTML, ORIGIN, Browser
from tests.api.conftest import settings_of
from tests.servers.logins import ADA, BEN, CLIENT_ID, REDIRECT_URI, consent, query_of

RECIPE = {"name": "Mine", "recipe": {"features": {"tempo": {"target": 120}}}}


@pytest.fixture
def browser(login_app: Flask) -> Browser:
    return Browser(login_app)


def rows_of(database: Database, table: Table) -> int:
    with database.read() as conn:
        return len(conn.execute(select(table)).all())


def test_a_guest_becomes_a_listener_and_is_sent_on(browser: Browser, database: Database) -> None:
    before = browser.session()
    assert (before["kind"], before["name"], before["login"]) == ("guest", None, "demo")
    assert (before["scopes"], before["account"]) == ([], False)
    guest = browser.cookie
    response = browser.log_in("?next=/tune%3Fr%3D1.abc%23filters")
    assert (response.status_code, response.headers["Location"]) == (303, "/tune?r=1.abc#filters")
    assert response.headers["Cache-Control"] == "no-store"
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    after = browser.session()
    assert (after["kind"], after["name"], after["account"]) == ("spotify", ADA.name, True)
    assert set(after["scopes"]) == set(SCOPES["read"])
    assert browser.cookie != guest
    assert after["csrf_token"] != before["csrf_token"]
    assert rows_of(database, session) == 1, "the guest's session has ended"
    assert rows_of(database, login_attempt) == 0


def test_the_address_of_the_consent_asks_for_no_more_than_reading(browser: Browser) -> None:
    url = browser.begin()
    asked = query_of(url)
    assert set(asked) == {
        "client_id", "response_type", "redirect_uri", "code_challenge", "code_challenge_method",
        "scope", "state",
    }  # fmt: skip
    assert set(asked["scope"].split()) == set(SCOPES["read"])
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == (REDIRECT_URI, "S256")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", asked["state"])
    assert query_of(browser.begin())["state"] != asked["state"]


def test_what_was_granted_is_kept_when_more_is_needed(browser: Browser) -> None:
    browser.log_in()
    browser.log_in("?scope=save")
    both = {*SCOPES["read"], *SCOPES["save"]}
    assert set(browser.session()["scopes"]) == both
    browser.log_in("?scope=known")
    assert set(browser.session()["scopes"]) == both | set(SCOPES["known"])
    browser.log_in()
    assert set(browser.session()["scopes"]) == both | set(SCOPES["known"])


def test_what_a_guest_kept_is_the_accounts_and_outlives_its_sessions(
    browser: Browser, login_app: Flask, database: Database
) -> None:
    kept = browser.change("POST", "/api/recipes", json=RECIPE).get_json()
    guest = Owner(hash_of(browser.cookie or ""))
    with database.write_aside() as conn:
        add_known(conn, guest, ["b" * 22])
    browser.log_in()
    assert browser.get("/api/recipes").get_json()["total"] == 1
    assert browser.get("/api/known").get_json()["songs"] == 1
    assert browser.change("POST", "/logout").get_json() == {"logged_out": True}
    assert browser.cookie is None
    assert browser.get("/api/recipes").get_json()["total"] == 0
    assert browser.session()["kind"] == "guest"
    # Whoever has its id may read it still; its owner finds it on any machine.
    assert Browser(login_app).get(f"/api/recipes/{kept['id']}").status_code == 200
    elsewhere = Browser(login_app)
    elsewhere.change("POST", "/api/recipes", json=RECIPE | {"name": "Later"})
    elsewhere.log_in()
    assert elsewhere.get("/api/recipes").get_json()["total"] == 2
    assert elsewhere.get("/api/known").get_json()["songs"] == 1
    assert elsewhere.change("DELETE", f"/api/recipes/{kept['id']}").status_code == 200
    assert rows_of(database, account) == 1


def test_listeners_keep_apart(browser: Browser, login_app: Flask) -> None:
    browser.log_in()
    browser.change("POST", "/api/recipes", json=RECIPE)
    other = Browser(login_app)
    other.log_in(listener=BEN)
    assert other.session()["name"] == BEN.name
    assert other.get("/api/recipes").get_json()["total"] == 0
    # Another listener in the same browser takes nothing along.
    browser.log_in(listener=BEN)
    assert browser.session()["name"] == BEN.name
    assert browser.get("/api/recipes").get_json()["total"] == 0


def test_logins_of_two_tabs_can_both_be_finished(browser: Browser) -> None:
    first, second = browser.begin("?next=/one"), browser.begin("?next=/two")
    assert browser.get(consent(second)).headers["Location"] == "/two"
    assert browser.get(consent(first)).headers["Location"] == "/one"
    assert browser.session()["kind"] == "spotify"


def test_a_session_begins_so_many_logins_and_no_more(browser: Browser, database: Database) -> None:
    urls = [browser.begin(f"?next=/{n}") for n in range(MOST_ATTEMPTS + 3)]
    assert rows_of(database, login_attempt) == MOST_ATTEMPTS
    assert browser.get(consent(urls[-1])).status_code == 303


def test_many_first_logins_at_once_make_one_account(login_app: Flask, database: Database) -> None:
    browsers = [Browser(login_app) for _ in range(6)]
    answers = [consent(one.begin()) for one in browsers]
    with ThreadPoolExecutor(6) as pool:
        done = pool.map(lambda pair: pair[0].get(pair[1]), zip(browsers, answers, strict=True))
        assert [response.status_code for response in done] == [303] * 6
    assert (rows_of(database, account), rows_of(database, token)) == (1, 1)
    assert {one.session()["kind"] for one in browsers} == {"spotify"}


def test_the_last_to_log_out_takes_the_tokens(login_app: Flask, database: Database) -> None:
    one, other = Browser(login_app), Browser(login_app)
    one.log_in()
    other.log_in()
    one.change("POST", "/logout")
    assert rows_of(database, token) == 1
    assert other.session()["kind"] == "spotify"
    other.change("POST", "/logout")
    assert rows_of(database, token) == 0
    assert rows_of(database, account) == 1


def test_a_guest_is_not_logged_out_and_loses_nothing(browser: Browser) -> None:
    browser.change("POST", "/api/recipes", json=RECIPE)
    assert browser.change("POST", "/logout").get_json() == {"logged_out": False}
    assert browser.get("/api/recipes").get_json()["total"] == 1


def test_logging_out_takes_the_token_against_other_sites(browser: Browser) -> None:
    browser.log_in()
    for method, path in (("POST", "/logout"), ("DELETE", "/api/account")):
        response = browser.client.open(path, base_url=ORIGIN, method=method)
        assert response.status_code == 403
    assert browser.session()["kind"] == "spotify"


def test_the_cookie_is_for_https_alone_where_people_come_by_it(browser: Browser) -> None:
    answer = consent(browser.begin())
    # The test client is the server's own end of HTTPS here.
    assert "Secure" not in browser.get("/api/session").headers.get("Set-Cookie", "")
    cookie = browser.cookie or ""
    browser.client.set_cookie(COOKIE, cookie, domain="127.0.0.1")
    response = browser.client.get(answer.replace("http:", "https:"))
    assert response.status_code == 303
    assert "; Secure" in response.headers["Set-Cookie"]


def test_the_cookie_is_for_https_where_spotify_sends_people_back_by_it(
    tmp_path: Path, database: Database
) -> None:
    made = settings_of(
        tmp_path / "data",
        spotify_client_id=CLIENT_ID,
        given_redirect_uri="https://songs.example/callback",
    )
    client = create_app(made, database=database).test_client()
    response = client.get("/api/session", base_url=ORIGIN)
    assert "; Secure" in response.headers["Set-Cookie"]


def test_who_only_looks_changes_nothing(browser: Browser, database: Database) -> None:
    answer = consent(browser.begin())
    for path in ("/login", answer):
        response = browser.client.head(path, base_url=ORIGIN)
        assert (response.status_code, "Set-Cookie" in response.headers) == (204, False)
    assert rows_of(database, login_attempt) == 1
    assert browser.get(answer).status_code == 303
    assert browser.session()["kind"] == "spotify"


def test_who_comes_by_another_name_is_sent_to_the_one_spotify_knows(login_app: Flask) -> None:
    client = login_app.test_client()
    first = client.get("/login?next=/tune&scope=save", base_url="http://localhost:5000")
    assert first.status_code == 303
    assert first.headers["Location"].startswith(f"{ORIGIN}/login?")
    assert "Set-Cookie" not in first.headers
    assert query_of(first.headers["Location"])["scope"] == "save"
    # Behind a proxy that changes the name it is sent there once, and not in a circle.
    again = client.get(first.headers["Location"], base_url="http://localhost:5000")
    assert query_of(again.headers["Location"])["redirect_uri"] == REDIRECT_URI


def test_tokens_lie_encrypted_and_show_nowhere(
    browser: Browser, login_app: Flask, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    url = browser.begin()
    back = consent(url)
    code, state = query_of(back)["code"], query_of(back)["state"]
    response = browser.get(back)
    seen = [response.text, str(response.headers), browser.get("/api/session").text]
    with database.read() as conn:
        sealed = conn.scalar(select(token.c.sealed))
        everything = [
            repr(row)
            for table in (token, account, session, login_attempt)
            for row in conn.execute(select(table))
        ]
    assert sealed is not None
    fernet = token_seal(login_app.extensions[EXTENSION].settings)._fernet
    *_, access, refresh = json.loads(fernet.decrypt(sealed))
    for secret in (access, refresh, code, state, browser.cookie or "?"):
        assert len(secret) > 20
        assert not any(secret in text for text in everything)
        assert secret not in caplog.text
    for secret in (access, refresh, code, state):
        assert not any(secret in text for text in seen)


def test_without_an_app_nobody_can_log_in(tmp_path: Path, database: Database) -> None:
    browser = Browser(create_app(settings_of(tmp_path / "data"), database=database))
    assert browser.session()["login"] is None
    response = browser.get("/login", headers=HTML)
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "SPOTIPY_CLIENT_ID" in response.text


def test_spotify_itself_is_asked_where_no_stand_in_is_named(
    tmp_path: Path, database: Database
) -> None:
    made = settings_of(
        tmp_path / "data", spotify_client_id="abc", spotify_client_secret=SecretStr("s" * 32)
    )
    browser = Browser(create_app(made, database=database))
    assert browser.session()["login"] == "spotify"
    url = browser.begin()
    assert url.startswith("https://accounts.spotify.com/authorize?")
    assert "s" * 32 not in url, "PKCE sends no secret"
