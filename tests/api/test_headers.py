"""What browsers are told about every kind of answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from spotai.app import create_app
from tests.api.conftest import settings_of

ADDRESSES = ("/api/features", "/api/nowhere", "/nowhere", "/healthz", "/api/tracks?q=")


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app(settings_of(tmp_path, trusted_proxies="127.0.0.1"))
    made.add_url_rule("/page", "page", lambda: "<!doctype html>")
    made.add_url_rule(
        "/docs", "docs", lambda: ("<p>", {"Content-Security-Policy": "default-src 'self'"})
    )
    made.add_url_rule("/broken", "broken", lambda: str(1 // 0))
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("path", [*ADDRESSES, "/broken"])
def test_data_is_nothing_but_data(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert len(headers["X-Request-ID"]) == 32


def test_the_page_may_show_spotifys_player_and_artwork(client: FlaskClient) -> None:
    policy = client.get("/page").headers["Content-Security-Policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["script-src"] == [
        "'self'",
        "https://open.spotify.com/embed/iframe-api/",
        "https://embed-cdn.spotifycdn.com",
    ]
    assert rules["frame-src"] == ["https://open.spotify.com"]
    assert rules["img-src"] == ["'self'", "data:", "https://i.scdn.co"]
    assert rules["connect-src"] == ["'self'"]
    assert "unsafe" not in policy
    assert "*" not in policy


def test_a_page_may_have_a_policy_of_its_own(client: FlaskClient) -> None:
    assert client.get("/docs").headers["Content-Security-Policy"] == "default-src 'self'"


@pytest.mark.parametrize("path", ADDRESSES)
def test_https_is_asked_for_under_https_only(client: FlaskClient, path: str) -> None:
    assert "Strict-Transport-Security" not in client.get(path).headers
    secure = client.get(path, headers={"X-Forwarded-Proto": "https"})
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
