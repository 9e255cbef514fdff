"""Limits by kind of request and by address; what cannot be counted goes through."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from spotai import telemetry
from spotai.api.limits import COUNTERS_FILE, Limits
from spotai.app import create_app
from spotai.settings import Settings
from tests.api.conftest import CheckProblem, settings_of

RECIPE = {"features": {"tempo": {"target": 120}}}


@pytest.fixture
def limited(settings: Settings, tmp_path: Path) -> FlaskClient:
    """Asks a server that allows little; its catalog is that of the other tests."""
    few = {"limit_reads": 3, "limit_searches": 2, "limit_imports": 1, "data_dir": tmp_path}
    app = create_app(settings.model_copy(update=few))
    return app.test_client()


def sample(name: str, **labels: str) -> float:
    return telemetry.REGISTRY.get_sample_value(name, labels) or 0.0


def refused(limited: FlaskClient) -> dict[str, Callable[[], TestResponse]]:
    text = {"text": "spotify:track:" + "0" * 22}
    return {
        "reads": lambda: limited.get("/api/features"),
        "searches": lambda: limited.post("/api/nowhere", json=RECIPE),
        "imports": lambda: limited.post("/api/imports", json=text),
    }


@pytest.mark.parametrize(("kind", "allowed"), [("reads", 3), ("searches", 2), ("imports", 1)])
def test_each_kind_has_its_limit(
    limited: FlaskClient, check_problem: CheckProblem, kind: str, allowed: int
) -> None:
    ask = refused(limited)[kind]
    for n in range(allowed):
        response = ask()
        assert response.status_code != 429
        assert response.headers["RateLimit-Policy"] == f'"{kind}";q={allowed};w=60'
        assert response.headers["RateLimit"].startswith(f'"{kind}";r={allowed - n - 1};t=')
    before = sample("spotai_limited_requests_total", kind=kind)
    response = ask()
    problem = check_problem(response, 429, "too-many-requests", f"{allowed} of these requests")
    # The page counts down the seconds of Retry-After: others in the text would stand still.
    assert not re.search(r"\d+ s\b", problem.detail)
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.headers["RateLimit"].startswith(f'"{kind}";r=0;t=')
    assert sample("spotai_limited_requests_total", kind=kind) == before + 1
    others = [other for name, other in refused(limited).items() if name != kind]
    assert all(other().status_code != 429 for other in others)


@pytest.mark.parametrize(
    "sent", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_page_of_another_site_uses_up_nothing(
    limited: FlaskClient, check_problem: CheckProblem, sent: dict[str, str]
) -> None:
    for _ in range(3):
        response = limited.post("/api/imports", data=b"x", content_type="text/plain", headers=sent)
        check_problem(response, 403, "csrf", "page of this server")
        assert "RateLimit" not in response.headers
    assert refused(limited)["imports"]().headers["RateLimit"].startswith('"imports";r=0;')


def test_another_address_has_limits_of_its_own(limited: FlaskClient) -> None:
    def ask(address: str) -> int:
        environ = {"REMOTE_ADDR": address}
        return limited.get("/api/features", environ_base=environ).status_code

    assert [ask("192.0.2.1") for _ in range(4)] == [200, 200, 200, 429]
    assert ask("192.0.2.2") == 200


def test_a_stranger_gets_no_limits_by_claiming_other_addresses(limited: FlaskClient) -> None:
    claims = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(4)]
    asked = [limited.get("/api/features", headers=claim).status_code for claim in claims]
    assert asked == [200, 200, 200, 429]


def test_what_monitors_ask_is_not_counted(limited: FlaskClient) -> None:
    for _ in range(5):
        response = limited.get("/healthz")
        assert response.status_code == 200
        assert "RateLimit" not in response.headers


def test_what_cannot_be_counted_goes_through(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / COUNTERS_FILE).mkdir()
    client = create_app(settings_of(tmp_path, limit_reads=1)).test_client()
    before = sample("spotai_uncounted_requests_total")
    with caplog.at_level(logging.ERROR, logger="spotai.api.limits"):
        assert [client.get("/api/features").status_code for _ in range(3)] == [200, 200, 200]
    assert sample("spotai_uncounted_requests_total") == before + 3
    assert [record.message for record in caplog.records] == ["requests are not limited"]


def test_counting_takes_less_than_a_millisecond(settings: Settings, tmp_path: Path) -> None:
    allowing = settings.model_copy(update={"data_dir": tmp_path, "limit_reads": 1_000_000})
    limits = Limits(allowing)
    seconds = []
    for _ in range(300):
        with create_app(allowing).test_request_context("/api/features"):
            began = time.perf_counter()
            limits.count()
            seconds.append(time.perf_counter() - began)
    assert median(seconds) < 0.001
