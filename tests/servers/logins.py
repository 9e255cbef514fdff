"""The stand-in for Spotify as tests use it: a process of its own with three made-up listeners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from spotai.spotify.standin import Listener, Standin

CLIENT_ID: Final = "an-app-of-ours"
REDIRECT_URI: Final = "http://127.0.0.1:5000/callback"
ADA: Final = Listener(id="standin-ada", name="Ada Made-Up", account_id="account-of-ada")
BEN: Final = Listener(id="standin-ben", name="Ben Made-Up")
STRANGER: Final = Listener(id="standin-stranger", name="Not Listed", listed=False)


@pytest.fixture(scope="session")
def running_spotify() -> Iterator[Standin]:
    with Standin.start(
        [ADA, BEN, STRANGER], client_id=CLIENT_ID, redirect_uri=REDIRECT_URI, control=True
    ) as started:
        yield started


@pytest.fixture
def spotify(running_spotify: Standin) -> Iterator[Standin]:
    """A stand-in that does as Spotify does until a test orders otherwise."""
    running_spotify.clear()
    yield running_spotify
    running_spotify.clear()


def consent(url: str, listener: Listener | None = ADA) -> str:
    """Answer the consent page at ``url`` as a person does; return where the browser is sent.

    Without a listener the answer is no.
    """
    with requests.Session() as browser:
        browser.trust_env = False
        asked = browser.get(url, timeout=10)
        assert asked.status_code == 200, asked.text
        number = asked.text.partition('name="consent" value="')[2].partition('"')[0]
        form = {
            "consent": number,
            "listener": "" if listener is None else listener.id,
            "decision": "deny" if listener is None else "allow",
        }
        # Its cookie is for one path: the form is sent where it was shown.
        address = url.partition("?")[0]
        sent = browser.post(address, data=form, timeout=10, allow_redirects=False)
        assert sent.status_code == 302, sent.text
        return sent.headers["Location"]


def query_of(url: str) -> dict[str, str]:
    """Return the query of an address, each name once."""
    return {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
