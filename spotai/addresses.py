"""Addresses that settings may name: where tokens travel, and where people are sent back to."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

CALLBACK: Final = "/callback"


def is_redirect_uri(text: str) -> bool:
    """Whether Spotify may send people back to ``text``, and our callback is what answers there.

    https, or http to a loopback literal; Spotify refuses other http and http://localhost since
    November 2025: https://developer.spotify.com/documentation/web-api/concepts/redirect_uri
    """
    parts = _split(text)
    return parts is not None and parts.path == CALLBACK and _is_secret(parts)


def is_base_url(text: str) -> bool:
    """Whether tokens may be sent to the service at ``text``: https, or http on this machine."""
    parts = _split(text)
    return parts is not None and _is_secret(parts)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is an address that leads back to this machine; no name is."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str) -> SplitResult | None:
    """Return the parts of an address without user, query and fragment, else None."""
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    return parts if plain and parts.hostname and port != 0 else None


def _is_secret(parts: SplitResult) -> bool:
    if parts.scheme == "http":
        return is_loopback(parts.hostname or "")
    return parts.scheme == "https"
