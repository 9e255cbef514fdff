"""The real server has two workers: limits and sessions hold in both of them."""

from __future__ import annotations

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import URL

from tests.servers.mariadb import settings_for
from tests.servers.ports import free_port
from tests.servers.spotai import Server, Start

RECIPE = '{"features": {"tempo": {"target": 120}}}'
ASKED = 24


@pytest.fixture(params=["sqlite", "mariadb"])
def server(request: pytest.FixtureRequest, start: Start) -> Server:
    """A server that allows half as many searches as the test asks for."""
    settings = {"SPOTAI_LIMIT_SEARCHES": str(ASKED // 2)}
    if request.param == "mariadb":
        url: URL = request.getfixturevalue("mariadb_url")
        settings |= settings_for(url)
    started = start(["-m", "spotai", "serve"], free_port(), **settings)
    started.wait_until_it_listens()
    return started


def test_workers_share_sessions_and_limits(server: Server) -> None:
    _, headers, session = server.ask_fully("GET", "/api/session")
    cookie = {"Cookie": headers["Set-Cookie"].partition(";")[0]}

    def ask_session(_: int) -> tuple[int, object]:
        return server.ask("GET", "/api/session", headers=cookie)

    def search(_: int) -> tuple[int, str]:
        sent = {**cookie, "X-CSRF-Token": session["csrf_token"], "Content-Type": "application/json"}
        status, headers, _ = server.ask_fully("POST", "/api/matches", body=RECIPE, headers=sent)
        return status, headers["RateLimit"].partition(";t=")[0]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask_session, range(ASKED))) == [(200, session)] * ASKED
        counted = Counter(pool.map(search, range(ASKED)))
    # No number was given out twice: both workers count in one place.
    one_each = {(200, f'"searches";r={left}'): 1 for left in range(ASKED // 2)}
    assert counted == {**one_each, (429, '"searches";r=0'): ASKED // 2}
    refused, _ = server.ask("POST", "/api/features", headers={"Cookie": "spotai_session=forged"})
    assert refused == 429
    assert server.ask("GET", "/api/features")[0] == 200
    code, _ = server.stop(signal.SIGTERM)
    assert code == 0
    log = server.log.read_text()
    assert "Traceback" not in log
    assert cookie["Cookie"].partition("=")[2] not in log
    assert session["csrf_token"] not in log
