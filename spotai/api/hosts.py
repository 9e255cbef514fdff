"""Which names a server answers to: a page of another site may make its own name point here.

https://en.wikipedia.org/wiki/DNS_rebinding
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from spotai.errors import MisdirectedError
from spotai.settings import Settings

LOCALHOST: Final = "localhost"


def check_host(host: str, settings: Settings) -> None:
    """Raise MisdirectedError for a Host that is not one of this server.

    Addresses are always fine: nobody can make one point elsewhere.
    """
    name = urlsplit(f"//{host}").hostname or ""
    if _is_address(name) or _allows_any(settings):
        return
    ours = settings.allowed_hosts or (LOCALHOST, settings.host.lower())
    if name.rstrip(".") not in ours and not name.rstrip(".").endswith(f".{LOCALHOST}"):
        raise MisdirectedError(
            "This server is called by another name: use that, or add this one to "
            "SPOTAI_ALLOWED_HOSTS."
        )


def _allows_any(settings: Settings) -> bool:
    if settings.allowed_hosts:
        return False
    return bool(settings.trusted_proxies) or not _is_loopback(settings.host)


def _is_loopback(host: str) -> bool:
    return host.lower() == LOCALHOST or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
