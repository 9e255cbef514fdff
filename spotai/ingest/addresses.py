"""Addresses of files: what is one, what it may be, and how it is shown without its secrets."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from spotai.errors import AddressError

LONGEST_NAME: Final = 100  # bytes; file systems take 255, encrypted ones 143

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NOT_IN_A_NAME: Final = re.compile(r"[^\w.()+-]+")


def is_address(text: str) -> bool:
    """Whether ``text`` is meant as an address, of whatever kind, and not as a file."""
    return _ADDRESS.match(text) is not None


def check_address(address: str) -> None:
    """Raise AddressError unless files may be downloaded from the address."""
    parts = _parts(address)
    if parts is None or (parts.scheme == "https" and not parts.hostname):
        raise AddressError("this is no address; write https://HOST/FILE")
    if parts.scheme == "http":
        raise AddressError(
            f"{shown_address(address)}: over http:// anyone on the way can read and change the "
            "file. Use the https:// address."
        )
    if parts.scheme != "https":
        raise AddressError(
            f"{shown_address(address)}: files are downloaded from https:// addresses only"
        )


def shown_address(address: str) -> str:
    """Return an address as it may be shown and stored: without user, password and query."""
    parts = _parts(address)
    if parts is None:
        return "the address"
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" + ("?…" if parts.query else "")


def file_name(address: str) -> str:
    """Return a name for the file at an address that is safe in any folder, ``download`` if none.

    Sources and playlists are named after it, as after any other file's name.
    """
    parts = _parts(address)
    last = unquote(parts.path).rpartition("/")[2] if parts else ""
    name = _NOT_IN_A_NAME.sub("_", last).lstrip(".")
    end = name.encode()[-LONGEST_NAME:].decode(errors="ignore")
    return end.lstrip(".") or "download"


def _parts(address: str) -> SplitResult | None:
    try:
        address.encode()
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:  # bytes that are no text, brackets that do not close, a port without number
        return None
    return parts
