"""Browsers that log in: clients with cookies that go where they are sent."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from spotai.api.sessions import COOKIE, CSRF_HEADER
from spotai.spotify.standin import Listener
from tests.servers.logins import ADA, consent

ORIGIN: Final = "http://127.0.0.1:5000"
HTML: Final = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Browser:
    """A person's browser at the address that Spotify sends people back to."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **given: Any) -> TestResponse:
        return self.client.get(path, base_url=ORIGIN, **given)

    def change(self, method: str, path: str, **given: Any) -> TestResponse:
        headers = {CSRF_HEADER: self.session()["csrf_token"]}
        return self.client.open(path, base_url=ORIGIN, method=method, headers=headers, **given)

    def session(self) -> Any:
        response = self.get("/api/session")
        assert response.status_code == 200, response.text
        return response.get_json()

    @property
    def cookie(self) -> str | None:
        kept = self.client.get_cookie(COOKIE, domain="127.0.0.1")
        return None if kept is None else kept.value

    def begin(self, query: str = "") -> str:
        """Click on "Log in"; return the address of the consent page."""
        response = self.get(f"/login{query}", headers=HTML)
        assert response.status_code == 303, response.text
        return str(response.headers["Location"])

    def log_in(self, query: str = "", listener: Listener | None = ADA) -> TestResponse:
        """Log in, and return what the callback answers."""
        return self.get(consent(self.begin(query), listener), headers=HTML)
