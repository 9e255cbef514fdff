"""Logs name what happened and never a credential; stages are timed."""

from __future__ import annotations

import json
import logging
import math
import string
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai import telemetry
from spotai.telemetry import REGISTRY, configure_logging, redact, request_id, stage

LOG = logging.getLogger("spotai.test")
CREDENTIAL = st.text(string.ascii_letters + string.digits + "-._~+/=@:,", min_size=8)


@pytest.fixture(autouse=True)
def root_logger_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("MYSQL_PASSWORD=hunter2", "MYSQL_PASSWORD=***"),
        ("SPOTAI_SECRET_KEY: hunter2", "SPOTAI_SECRET_KEY: ***"),
        ("Authorization: Bearer hunter2", "Authorization: ***"),
        ("sent bearer hunter2, got 401", "sent bearer ***, got 401"),
        ("GET /callback?code=hunter2&state=1", "GET /callback?code=***&state=1"),
        ('{"refresh_token": "hunter2", "n": 1}', '{"refresh_token": ***, "n": 1}'),
        ("{'password': 'two words', 'n': 1}", "{'password': ***, 'n': 1}"),
        ('{"password": "a\\"hunter2"}', '{"password": ***}'),
        ('password="hunter2', "password=***"),
        ("Cookie: session=hunter2; theme=dark", "Cookie: ***"),
        ("X-CSRF-Token: hunter2", "X-CSRF-Token: ***"),
        ("mysql+pymysql://dj:hunter2@db.example/songs", "mysql+pymysql://dj:***@db.example/songs"),
        ("mysql://dj:hunt@er2@db.example/songs", "mysql://dj:***@db.example/songs"),
        ("a://b:c@d 'e://f:g@h' i://j:k", "a://b:***@d 'e://f:***@h' i://j:k"),
        ("a://b:c://d:e@f", "a://b:***@f"),
        ("a://:c@d e://f:@g", "a://:***@d e://f:@g"),
        (
            "Invalid HTTP header: 'Cookie spotai_session=hunter2'",
            "Invalid HTTP header: 'Cookie spotai_session=***'",
        ),
    ],
)
def test_credentials_are_blanked(text: str, clean: str) -> None:
    assert redact(text) == clean


@pytest.mark.parametrize("piece", ["://a:", "://", "a@", "token=", "bearer ", '://a:@"'])
def test_a_long_text_is_looked_through_once(piece: str) -> None:
    text = piece * 50_000
    began = time.process_time()
    redact(text)
    # Processor time: many times what it takes, and a tenth of what looking at every pair takes.
    assert time.process_time() - began < 2.0


@pytest.mark.parametrize(
    "text",
    [
        "answered with status code 404",
        "the password is wrong",
        "http://127.0.0.1:5000/api/features",
        "loaded 264763 songs from songs.csv.gz",
        "tokens=12",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


@given(
    secret=CREDENTIAL,
    shape=st.sampled_from(
        [
            "access_token={}",
            "SPOTIPY_CLIENT_SECRET={}",
            'api_key="{}" done',
            "{{'id_token': '{}'}}",
            "authorization: Basic {}",
            "mysql://dj:{}@db.example/songs",
        ]
    ),
)
def test_no_credential_survives(secret: str, shape: str) -> None:
    assert redact(shape.format(secret)) == redact(shape.format("another"))


@given(st.text())
def test_redacting_again_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_production_writes_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(as_json=True)
    LOG.info("two\nlines", extra={"songs": 3, "token": "hunter2", "url": "?code=hunter2"})
    LOG.warning("Größe")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["message"] == "two\nlines"
    assert first["level"] == "info"
    assert first["logger"] == "spotai.test"
    assert first["songs"] == 3
    assert (first["token"], first["url"]) == ("***", "?code=***")
    assert second["message"] == "Größe"
    assert "request_id" not in second


@pytest.mark.parametrize("as_json", [True, False])
def test_every_line_of_a_request_bears_its_id(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    configure_logging(as_json=as_json)
    identifier = telemetry.new_request_id()
    before = request_id.set(identifier)
    LOG.info("inside")
    request_id.reset(before)
    LOG.info("outside")
    inside, outside = capsys.readouterr().err.splitlines()
    assert identifier in inside
    assert identifier not in outside


@pytest.mark.parametrize("as_json", [True, False])
def test_exceptions_and_fields_hold_no_credentials(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    configure_logging(as_json=as_json)
    refusal = ConnectionError("mysql://dj:hunter2@db.example refused")
    try:
        raise refusal
    except ConnectionError:
        LOG.exception(
            "cannot connect", extra={"password": "hunter2", "headers": {"Cookie": "hunter2"}}
        )
    text = capsys.readouterr().err
    assert "ConnectionError" in text
    assert "refused" in text
    assert "hunter2" not in text


def test_configuring_twice_does_not_write_twice(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    configure_logging()
    LOG.info("once")
    assert capsys.readouterr().err.count("once") == 1


def test_debug_lines_stay_quiet_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    LOG.debug("details")
    configure_logging(level=logging.DEBUG)
    LOG.debug("more details")
    assert capsys.readouterr().err.splitlines()[0].endswith("more details")


def observed(name: str, suffix: str) -> float:
    value = REGISTRY.get_sample_value(
        f"spotai_recommendation_stage_duration_seconds_{suffix}", {"stage": name}
    )
    assert value is not None
    return value


def test_a_stage_is_timed_also_when_it_fails() -> None:
    count, seconds = observed("search", "count"), observed("search", "sum")
    with stage("search"):
        math.factorial(2_000)
    with pytest.raises(ZeroDivisionError), stage("search"):
        raise ZeroDivisionError
    assert observed("search", "count") == count + 2
    assert observed("search", "sum") > seconds


def test_every_stage_can_be_read_before_it_ran() -> None:
    assert observed("explain", "count") >= 0


def test_what_is_sent_to_spotify_is_logged_at_no_level() -> None:
    """spotipy's details hold codes and tokens, in a form that no pattern knows."""
    root, before = logging.getLogger(), logging.getLogger().level
    handlers = root.handlers[:]
    try:
        telemetry.configure_logging(level=logging.DEBUG)
        for name in ("spotipy.oauth2", "spotipy.client", "urllib3.connectionpool"):
            assert not logging.getLogger(name).isEnabledFor(logging.INFO)
        for name in ("spotipy.oauth2", "urllib3.connectionpool"):
            assert logging.getLogger(name).isEnabledFor(logging.WARNING)
    finally:
        root.handlers[:] = handlers
        root.setLevel(before)
