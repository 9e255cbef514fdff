"""Stand-ins for Spotify with listeners of a test's own, and logins there as browsers make them."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from spotai.errors import GrantEndedError
from spotai.spotify.standin import Listener, Named, Song, Standin
from spotai.spotify.standin.cast import made_id
from tests.servers.logins import CLIENT_ID, REDIRECT_URI

EVERY_SCOPE: Final = (
    "playlist-read-private playlist-read-collaborative playlist-modify-private "
    "playlist-modify-public user-library-read user-top-read user-read-recently-played"
)
READ_SCOPES: Final = "playlist-read-private playlist-read-collaborative"


def a_song(number: int) -> Song:
    """Return a song of its own for each number."""
    return Song(
        id=made_id("song", number),
        name=f"Song {number}",
        artists=(Named(made_id("artist", number % 7), f"Artist {number % 7}"),),
        album=Named(made_id("album", number % 5), f"Album {number % 5}"),
        duration_ms=180_000 + number,
        release_date="1999-05",
    )


class Grant:
    """The login of the first listener of a stand-in; an ``Access`` without a store."""

    def __init__(self, standin: Standin, scopes: str = EVERY_SCOPE) -> None:
        self._standin = standin
        verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
        answer = requests.get(
            f"{standin.accounts_url}/authorize",
            params={
                "client_id": standin.client_id,
                "redirect_uri": standin.redirect_uri,
                "response_type": "code",
                "scope": scopes,
                "code_challenge": challenge.decode().rstrip("="),
                "code_challenge_method": "S256",
                "approve": "1",
            },
            allow_redirects=False,
            timeout=10,
        )
        (code,) = parse_qs(urlsplit(answer.headers["Location"]).query)["code"]
        self._tokens = self._exchange(
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            redirect_uri=standin.redirect_uri,
        )

    def token(self) -> str:
        return self._tokens["access_token"]

    def renew(self, refused: str) -> str:
        if refused == self.token():
            self._tokens |= self._exchange(
                grant_type="refresh_token", refresh_token=self._tokens["refresh_token"]
            )
        return self.token()

    def _exchange(self, **form: str) -> dict[str, str]:
        answer = requests.post(
            f"{self._standin.accounts_url}/api/token",
            data={"client_id": self._standin.client_id, **form},
            timeout=10,
        )
        if answer.status_code == 400:
            raise GrantEndedError("the grant has ended")
        tokens: dict[str, str] = answer.json()
        return tokens


StartStandin = Callable[[Sequence[Listener]], Standin]


@pytest.fixture(scope="session")
def shared_standins() -> Iterator[StartStandin]:
    """Start stand-ins that can be steered; they end with the session."""
    with ExitStack() as running:
        yield lambda listeners: running.enter_context(_start(listeners))


@pytest.fixture
def start_standin() -> Iterator[StartStandin]:
    """Start stand-ins that can be steered; they end with the test."""
    with ExitStack() as running:
        yield lambda listeners: running.enter_context(_start(listeners))


def _start(listeners: Sequence[Listener]) -> Standin:
    return Standin.start(listeners, client_id=CLIENT_ID, redirect_uri=REDIRECT_URI, control=True)
