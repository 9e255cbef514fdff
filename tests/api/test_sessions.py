"""``GET /api/session``, and what a browser's changes need."""

from __future__ import annotations

import re
import time
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from spotai.api import sessions
from spotai.api.keys import derived_key
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.sessions import DAY, IDLE_SECONDS, delete_expired, note_seen
from spotai.errors import ConfigurationError
from spotai.settings import Settings
from tests.api.conftest import CheckProblem, settings_of

RECIPE = {"features": {"tempo": {"target": 120}}}


def cookie_of(response: TestResponse) -> Morsel[str]:
    return SimpleCookie(response.headers["Set-Cookie"])[sessions.COOKIE]


def end_all_sessions(settings: Settings) -> None:
    database = Database(settings.database())
    with database.write_aside() as conn:
        assert delete_expired(conn, int(time.time()) + IDLE_SECONDS + 1) > 0
    database.close()


def test_a_guest_gets_a_cookie_and_a_token(client: FlaskClient) -> None:
    response = client.get("/api/session")
    answer = response.get_json()
    assert answer.items() >= {"kind": "guest", "name": None, "scopes": [], "account": False}.items()
    assert set(answer) == {
        *("kind", "name", "scopes", "login", "account"),
        *("csrf_token", "expires"),
    }
    assert answer["expires"] == pytest.approx(time.time() + DAY, abs=60)
    cookie = cookie_of(response)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", cookie.value)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert int(cookie["max-age"]) == pytest.approx(30 * DAY, abs=60)
    assert not cookie["secure"]
    assert answer["csrf_token"] != cookie.value


def test_who_comes_back_keeps_the_session(client: FlaskClient) -> None:
    first = client.get("/api/session")
    again = client.get("/api/session")
    assert again.get_json() == first.get_json()
    assert "Set-Cookie" not in again.headers


def test_a_session_in_use_is_prolonged(client: FlaskClient, settings: Settings) -> None:
    cookie = cookie_of(client.get("/api/session")).value
    database = Database(settings.database())
    made = sessions.Sessions(settings, database).find(cookie)
    assert made is not None
    with database.write_aside() as conn:
        note_seen(conn, cookie, made, made.seen - 10 * DAY)
    database.close()
    again = client.get("/api/session")
    assert cookie_of(again).value == cookie
    assert again.get_json()["expires"] == pytest.approx(time.time() + 30 * DAY, abs=60)


def test_the_first_change_prolongs_a_session(client: FlaskClient) -> None:
    answer = client.get("/api/session").get_json()
    token = {sessions.CSRF_HEADER: answer["csrf_token"]}
    assert client.post("/api/matches", json=RECIPE, headers=token).status_code == 200
    expires = client.get("/api/session").get_json()["expires"]
    assert expires == pytest.approx(time.time() + 30 * DAY, abs=60)
    assert client.post("/api/matches", json=RECIPE, headers=token).status_code == 200
    assert client.get("/api/session").get_json()["expires"] == expires


def test_a_change_that_is_refused_prolongs_nothing(client: FlaskClient) -> None:
    answer = client.get("/api/session").get_json()
    assert client.post("/api/matches", json=RECIPE).status_code == 403
    assert client.get("/api/session").get_json() == answer


def test_a_change_with_the_cookie_needs_the_token(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    token = client.get("/api/session").get_json()["csrf_token"]
    fine = client.post("/api/matches", json=RECIPE, headers={"X-CSRF-Token": token})
    assert fine.status_code == 200
    for wrong in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": token[:-1]}, {"X-CSRF-Token": "ä"}):
        response = client.post("/api/matches", json=RECIPE, headers=wrong)
        check_problem(response, 403, "csrf", "X-CSRF-Token")


def test_the_token_of_another_session_is_none(
    client: FlaskClient, settings: Settings, check_problem: CheckProblem
) -> None:
    client.get("/api/session")
    other = create_app(settings).test_client().get("/api/session").get_json()["csrf_token"]
    response = client.post("/api/matches", json=RECIPE, headers={"X-CSRF-Token": other})
    check_problem(response, 403, "csrf", "X-CSRF-Token")


def test_each_answer_holds_the_token_of_the_cookie_it_sets(
    app: Flask,
) -> None:
    first, second = (app.test_client().get("/api/session") for _ in range(2))
    browser = app.test_client()
    for kept, token_of, status in (
        (first, first, 200),
        (second, second, 200),
        (second, first, 403),
    ):
        browser.set_cookie(sessions.COOKIE, cookie_of(kept).value)
        headers = {"X-CSRF-Token": token_of.get_json()["csrf_token"]}
        assert browser.post("/api/matches", json=RECIPE, headers=headers).status_code == status
    # Whoever asks again gets the token of the cookie that is there, and no new cookie.
    again = browser.get("/api/session")
    assert again.get_json()["csrf_token"] == second.get_json()["csrf_token"]
    assert "Set-Cookie" not in again.headers


def test_without_a_cookie_nothing_is_needed(client: FlaskClient) -> None:
    assert client.post("/api/matches", json=RECIPE).status_code == 200


@pytest.mark.parametrize("cookie", ["unknown", "", "a" * 43, "ä;\x01"])
def test_an_unknown_cookie_is_told_to_ask_again(
    client: FlaskClient, check_problem: CheckProblem, cookie: str
) -> None:
    client.set_cookie(sessions.COOKIE, cookie)
    response = client.post("/api/matches", json=RECIPE)
    check_problem(response, 401, "session-expired", "GET /api/session")
    assert cookie_of(client.get("/api/session")).value != cookie


def test_after_an_expired_session_the_page_goes_on_with_a_new_one(
    client: FlaskClient, settings: Settings, check_problem: CheckProblem
) -> None:
    token = client.get("/api/session").get_json()["csrf_token"]
    end_all_sessions(settings)
    headers = {"X-CSRF-Token": token}
    refused = client.post("/api/matches", json=RECIPE, headers=headers)
    check_problem(refused, 401, "session-expired", "GET /api/session")
    headers = {"X-CSRF-Token": client.get("/api/session").get_json()["csrf_token"]}
    assert client.post("/api/matches", json=RECIPE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://rewritten-by-a-proxy"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://localhost"}, 200),
        ({"Origin": "http://localhost:8000"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[broken"}, 403),
    ],
)
def test_changes_come_from_our_own_page(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/api/matches", json=RECIPE, headers=headers).status_code == status
    assert client.get("/api/features", headers=headers).status_code == 200


def test_an_address_that_is_not_there_is_said_first(client: FlaskClient) -> None:
    client.set_cookie(sessions.COOKIE, "unknown")
    assert client.post("/api/nowhere").status_code == 404
    assert client.post("/api/features").status_code == 405


def test_without_the_database_guests_go_on(
    client: FlaskClient, client_without_database: FlaskClient, check_problem: CheckProblem
) -> None:
    cookie = cookie_of(client.get("/api/session")).value
    response = client_without_database.get("/api/session")
    check_problem(response, 503, "database-unavailable", "")
    assert int(response.headers["Retry-After"]) > 0
    assert client_without_database.post("/api/matches", json=RECIPE).status_code == 200
    client_without_database.set_cookie(sessions.COOKIE, cookie)
    assert client_without_database.post("/api/matches", json=RECIPE).status_code == 200
    check_problem(client_without_database.get("/api/session"), 503, "database-unavailable", "")


def test_the_secret_key_is_kept_in_the_data_folder(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "data")
    key = derived_key(settings, "csrf")
    file = tmp_path / "data" / "secret_key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]
    assert derived_key(settings, "csrf") == key != derived_key(settings, "tokens")
    assert derived_key(settings_of(tmp_path / "other"), "csrf") != key
    given = Settings(secret_key=SecretStr("s" * 32), data_dir=tmp_path / "none", _env_file=None)
    assert derived_key(given, "csrf") != key
    assert not given.data_dir.exists()


def test_a_spoilt_secret_key_is_named_but_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("hunter2")
    with pytest.raises(ConfigurationError, match="set SPOTAI_SECRET_KEY") as caught:
        derived_key(settings_of(tmp_path), "csrf")
    assert "hunter2" not in caught.value.message
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="set SPOTAI_SECRET_KEY"):
        derived_key(settings_of(tmp_path / "file"), "csrf")
