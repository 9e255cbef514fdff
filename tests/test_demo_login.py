"""A fresh machine offers a login: served as people serve it, with the stand-in beside it."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from typing import Any

import pytest
import requests
from pydantic import SecretStr

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.demo_login import start_standin
from spotai.settings import Settings
from tests.servers.ports import free_port
from tests.servers.spotai import Server, Start

SECRET = "s" * 40


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_made_up_listener_logs_in_and_nothing_is_left(start: Start, how: signal.Signals) -> None:
    server = start(["-m", "spotai", "serve"], free_port())
    server.wait_until_it_listens()
    with requests.Session() as browser:
        browser.trust_env = False
        secrets = log_in(server, browser)
        session = browser.get(address(server, "/api/session"), timeout=30).json()
        assert (session["kind"], session["login"]) == ("spotify", "demo")
        token = {"X-CSRF-Token": session["csrf_token"]}
        left = browser.delete(address(server, "/api/account"), headers=token, timeout=30)
        assert left.json() == {"sessions": 1, "recipes": 0, "known_songs": 0}
    _, out = server.stop(how)
    standin = re.search(r"Spotify's stand-in is (http://127\.0\.0\.1:\d+)", out)
    until = time.monotonic() + 20
    while server.anything_left() and time.monotonic() < until:
        time.sleep(0.1)
    assert not server.anything_left()
    assert standin is not None or how == signal.SIGKILL
    written = server.log.read_text()
    assert "Traceback" not in written
    assert [secret for secret in secrets if secret in written + out] == []


def address(server: Server, path: str) -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def log_in(server: Server, browser: requests.Session) -> list[str]:
    """Log the first listener in; return what must show nowhere."""
    begun = browser.get(address(server, "/login?next=/tune"), timeout=30, allow_redirects=False)
    consent = begun.headers["Location"] + "&approve=1"
    back = browser.get(consent, timeout=30, allow_redirects=False).headers["Location"]
    assert back.startswith(address(server, "/callback?"))
    done = browser.get(back, timeout=30, allow_redirects=False)
    assert (done.status_code, done.headers["Location"]) == (303, "/tune")
    query: dict[str, Any] = dict(part.split("=", 1) for part in back.partition("?")[2].split("&"))
    return [query["code"], query["state"], *browser.cookies.values()]


def test_a_worker_that_ends_takes_no_stand_in_with_it(start: Start) -> None:
    server = start(["-m", "spotai", "serve"], free_port())
    server.wait_until_it_listens()
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(server.process.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    workers = [int(line.split()[0]) for line in listed if "standin" not in line]
    assert len(workers) == 2
    for worker in workers:
        subprocess.run(["kill", "-TERM", str(worker)], check=True)
    time.sleep(2)
    server.wait_until_it_listens()
    with requests.Session() as browser:
        browser.trust_env = False
        assert log_in(server, browser)


@pytest.mark.parametrize(
    "given",
    [
        {"env": "production", "secret_key": SecretStr(SECRET)},
        {"spotify_client_id": "an-app"},
        {"host": "0.0.0.0"},
    ],
)
def test_where_it_is_not_wanted_none_is_started(
    sqlite_database: Database, given: dict[str, Any]
) -> None:
    assert start_standin(Settings(_env_file=None, **given), sqlite_database) is None


def test_without_songs_the_server_goes_on_without(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    upgrade(sqlite_database)
    assert start_standin(Settings(_env_file=None), sqlite_database) is None
    assert "nobody can log in" in caplog.text
