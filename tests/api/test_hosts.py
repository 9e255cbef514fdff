"""A server of this machine alone answers to its own names, so that no other site can read it."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest

from spotai.app import create_app
from spotai.settings import Settings
from tests.api.conftest import CheckProblem

PROXY = (ip_network("127.0.0.1"),)


@pytest.mark.parametrize(
    ("host", "given"),
    [
        *((host, {}) for host in ("localhost", "LOCALHOST:5000", "a.localhost", "127.0.0.1:5000")),
        *((host, {}) for host in ("[::1]:5000", "192.0.2.7")),
        ("spotai.example", {"trusted_proxies": PROXY}),
        ("spotai.example", {"host": "0.0.0.0"}),
        ("spotai.example", {"allowed_hosts": ("spotai.example",)}),
    ],
)
def test_its_own_names_are_answered(settings: Settings, host: str, given: dict[str, Any]) -> None:
    client = create_app(settings.model_copy(update=given)).test_client()
    assert client.get("/api/features", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "given"),
    [
        ("evil.example:5000", {}),
        ("127.0.0.1.evil.example", {}),
        ("notlocalhost", {}),
        ("evil.example", {"host": "0.0.0.0", "allowed_hosts": ("spotai.example",)}),
        ("localhost.evil.example", {"host": "localhost"}),
    ],
)
def test_another_name_is_refused_everywhere(
    settings: Settings, check_problem: CheckProblem, host: str, given: dict[str, Any]
) -> None:
    client = create_app(settings.model_copy(update=given)).test_client()
    for path in ("/api/features", "/", "/healthz", "/openapi.json"):
        response = client.get(path, headers={"Host": host})
        check_problem(response, 421, "misdirected-request", "SPOTAI_ALLOWED_HOSTS")
