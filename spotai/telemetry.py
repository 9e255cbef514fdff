"""Logs, request ids and metrics: what every room may call.

Logs go to stderr, one line each: readable in development, JSON in production. A filter blanks
anything that looks like a credential before a line is written. Metrics live in ``REGISTRY``;
names and units follow Prometheus' conventions.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY: Final = CollectorRegistry(auto_describe=True)
# What spotipy sends and is sent, tokens among it, it logs as details.
CHATTY: Final = ("alembic", "spotipy", "urllib3")

HTTP_SECONDS: Final = Histogram(
    "spotai_http_request_duration_seconds",
    "Time to answer an HTTP request.",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)
STAGE_SECONDS: Final = Histogram(
    "spotai_recommendation_stage_duration_seconds",
    "Time spent in one stage of a recommendation.",
    ["stage"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
    registry=REGISTRY,
)
LOADED_ROWS: Final = Counter(
    "spotai_load_rows",
    "Rows of loaded files by what became of them.",
    ["outcome"],
    registry=REGISTRY,
)
LIMITED_REQUESTS: Final = Counter(
    "spotai_limited_requests",
    "Requests refused because their address sent too many.",
    ["kind"],
    registry=REGISTRY,
)
UNCOUNTED_REQUESTS: Final = Counter(
    "spotai_uncounted_requests",
    "Requests let through because they could not be counted.",
    registry=REGISTRY,
)
SNAPSHOT_SONGS: Final = Gauge(
    "spotai_snapshot_songs", "Songs in the open snapshot.", registry=REGISTRY
)
SNAPSHOT_GENERATION: Final = Gauge(
    "spotai_snapshot_generation", "Generation of the open snapshot.", registry=REGISTRY
)

Stage = Literal["resolve", "count", "search", "variety", "order", "explain"]
for _stage in get_args(Stage):
    STAGE_SECONDS.labels(_stage)

request_id: ContextVar[str] = ContextVar("request_id", default="")

_STANDARD_FIELDS: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_CREDENTIAL_NAME: Final = (
    r"(?<![\w-])(?:[\w-]*(?:token|authorization|passw(?:or)?d|secret|secret_key|cookie|api_?key"
    r"|code_verifier)|spotai_session|code)"
)
_CREDENTIAL_FIELD: Final = re.compile(_CREDENTIAL_NAME, re.IGNORECASE)
_CREDENTIALS: Final = re.compile(
    rf"({_CREDENTIAL_NAME}[\"']?\s*[=:]\s*)"
    r"(?:\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?"
    r"|(?:(?:bearer|basic|token)\s+)?[^\s\"'&;]+(?:;\s*[^\s\"'&;]+)*)",
    re.IGNORECASE,
)
_BEARER: Final = re.compile(r"\b(bearer)\s+[^\s\"'&,;]+", re.IGNORECASE)
_URL_USER: Final = re.compile(r"(?<=://)[^\s:/@]*:")
_URL_END: Final = re.compile(r"[\s\"'<>]")


def new_request_id() -> str:
    return uuid.uuid4().hex


def redact(text: str) -> str:
    """Blank credentials in ``text``: ``key=value`` pairs, bearer tokens, passwords in addresses."""
    text = _without_passwords(text)
    return _BEARER.sub(r"\1 ***", _CREDENTIALS.sub(r"\1***", text))


def _without_passwords(text: str) -> str:
    """Blank what stands between ``://user:`` and the last ``@`` of an address.

    Each address is looked through once, whatever it is made of: the time grows with the text alone.
    """
    parts, taken, looked = [], 0, 0
    for user in _URL_USER.finditer(text):
        begin = user.end()
        if begin < looked:
            continue
        ended = _URL_END.search(text, begin)
        looked = ended.start() if ended else len(text)
        end = text.rfind("@", begin + 1, looked)
        if end > 0:
            parts += [text[taken:begin], "***"]
            taken = end
    return "".join([*parts, text[taken:]])


def _redact_field(name: str, value: object) -> object:
    if _CREDENTIAL_FIELD.fullmatch(name):
        return "***"
    return value if isinstance(value, bool | int | float | None) else redact(str(value))


class _Line(logging.Formatter):
    """One log line: ``time level logger [request] message key=value``, or the same as JSON."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identifier := request_id.get():
            fields["request_id"] = identifier
        fields |= {k: v for k, v in vars(record).items() if k not in _STANDARD_FIELDS}
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        if self.as_json:
            clean = {k: _redact_field(k, v) for k, v in fields.items()}
            return json.dumps(clean, ensure_ascii=False)
        head = f"{fields.pop('time')} {fields.pop('level')!s:<7} {fields.pop('logger')}"
        text = fields.pop("message")
        trace = fields.pop("exception", None)
        pairs = " ".join(f"{k}={_redact_field(k, v)}" for k, v in fields.items())
        return redact(f"{head} {text} {pairs}".rstrip() + (f"\n{trace}" if trace else ""))


def configure_logging(*, as_json: bool = False, level: int = logging.INFO) -> None:
    """Send every log line of the process to stderr in our format; safe to call again."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line(as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)


@contextmanager
def stage(name: Stage) -> Iterator[None]:
    """Time one stage of a recommendation into ``STAGE_SECONDS``."""
    started = time.perf_counter()
    try:
        yield
    finally:
        STAGE_SECONDS.labels(name).observe(time.perf_counter() - started)
