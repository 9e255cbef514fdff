"""Whom a request comes from: proxies are believed when the settings name them, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from spotai.api.peers import client_address, client_site, is_https
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from tests.api.conftest import settings_of

PROXY = "10.0.0.7"


def asked(tmp_path: Path, trusted: str, peer: str, headers: dict[str, str]) -> tuple[str, bool]:
    settings = settings_of(tmp_path, trusted_proxies=trusted)
    with create_app(settings).test_request_context(
        headers=headers, environ_base={"REMOTE_ADDR": peer}
    ):
        trusted_proxies = settings.trusted_proxies
        return str(client_address(trusted_proxies)), is_https(trusted_proxies)


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "address"),
    [
        ("", "198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("10.0.0.0/8", "198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("10.0.0.0/8", PROXY, "203.0.113.9", "203.0.113.9"),
        ("10.0.0.0/8", PROXY, "192.0.2.66, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.0/8", PROXY, "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("10.0.0.0/8", PROXY, "forged, 10.1.2.3", "10.1.2.3"),
        ("10.0.0.0/8", PROXY, "", PROXY),
        ("10.0.0.0/8", "::ffff:10.0.0.7", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1, ::1", "::1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_trusted_proxies_may_say_for_whom(
    tmp_path: Path, trusted: str, peer: str, forwarded: str, address: str
) -> None:
    assert asked(tmp_path, trusted, peer, {"X-Forwarded-For": forwarded})[0] == address


@pytest.mark.parametrize(
    ("trusted", "scheme", "https"),
    [("", "https", False), (PROXY, "https", True), (PROXY, "http", False), (PROXY, "", False)],
)
def test_only_trusted_proxies_may_say_that_it_is_https(
    tmp_path: Path, trusted: str, scheme: str, *, https: bool
) -> None:
    assert asked(tmp_path, trusted, PROXY, {"X-Forwarded-Proto": scheme})[1] is https


def test_under_https_the_cookie_is_secure(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, trusted_proxies="127.0.0.1")
    database = Database(settings.database())
    upgrade(database)
    client = create_app(settings, database=database).test_client()
    response = client.get("/api/session", headers={"X-Forwarded-Proto": "https"})
    assert "; Secure" in response.headers["Set-Cookie"]


def test_a_home_of_many_ipv6_addresses_is_one_site(tmp_path: Path) -> None:
    sites = set()
    for peer in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"):
        with create_app(settings_of(tmp_path)).test_request_context(
            environ_base={"REMOTE_ADDR": peer}
        ):
            sites.add(client_site(()))
    assert sites == {"2001:db8:0:1::/64", "2001:db8:0:2::/64"}
