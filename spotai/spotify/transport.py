"""How Spotify is called: never for long, never twice by itself, and never sent on elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import requests

from spotai.addresses import is_loopback

# To connect, and for each piece of an answer.
TIMEOUT: Final = (3.05, 10.0)
LONGEST_RETRY: Final = 7 * 24 * 60 * 60


def http_session(url: str) -> requests.Session:
    """Return a session for calls to the service at ``url``; close it after use."""
    session = requests.Session()
    # The service answers where it is asked: a redirect would take tokens elsewhere.
    session.max_redirects = 0
    # Proxies of the environment are for what is not on this machine.
    session.trust_env = not is_loopback(urlsplit(url).hostname or "")
    return session


def retry_after(headers: Mapping[str, str], default: int) -> int:
    """Return the seconds that an answer asks us to wait, ``default`` where it says none we read."""
    told = headers.get("Retry-After", "")
    return max(1, min(int(told), LONGEST_RETRY)) if told.isascii() and told.isdigit() else default
