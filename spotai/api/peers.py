"""Who sends a request, and over what: proxies are believed only when the settings name them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from flask import request

from spotai.settings import Address, Network

NOBODY: Final = IPv4Address(0)
SITE_BITS: Final = 64


Networks = tuple[Network, ...]


def client_address(trusted: Networks) -> Address:
    """Return the address the request comes from.

    That is the peer of the connection. While it is a ``trusted`` proxy, it is whom the proxy names
    last in X-Forwarded-For; what stands before an untrusted address is not read.
    """
    address = _address(request.remote_addr or "") or NOBODY
    named = request.headers.get("X-Forwarded-For", "").split(",")
    while named and _is_in(address, trusted):
        before = _address(named.pop())
        if before is None:
            break
        address = before
    return address


def client_site(trusted: Networks) -> str:
    """Return whom to count a request for: the address, of IPv6 the /64 it lies in."""
    address = client_address(trusted)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, SITE_BITS), strict=False))
    return str(address)


def is_https(trusted: Networks) -> bool:
    """Whether people reach this server by HTTPS: directly, or through a ``trusted`` proxy."""
    peer = _address(request.remote_addr or "") or NOBODY
    if _is_in(peer, trusted):
        forwarded = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2]
        return forwarded.strip().lower() == "https"
    return request.scheme == "https"


def _is_in(address: Address, networks: Networks) -> bool:
    return any(address in network for network in networks)


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    # A socket for both versions says ::ffff:192.0.2.1 of an IPv4 peer.
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
