"""Every error as one shape: RFC 9457 ``application/problem+json``."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from flask import Flask, Response
from pydantic import BaseModel, ConfigDict
from werkzeug.exceptions import HTTPException

from spotai import telemetry
from spotai.api.requests import MAX_BODY_BYTES
from spotai.errors import (
    ConfigurationError,
    DamagedSnapshotError,
    DatabaseUnavailableError,
    DependencyError,
    InputError,
    InvalidFieldsError,
    MalformedError,
    NotFoundError,
    SpotAIError,
    TooLargeError,
    TooManyRequestsError,
)
from spotai.parsing import MOST_FAULTS

log = logging.getLogger(__name__)

MIMETYPE: Final = "application/problem+json"
LONGEST_FIELD: Final = 200
LONGEST_MESSAGE: Final = 500
# What an error of HTTP says in headers, beside its words.
SAID_BY_HEADERS: Final = frozenset({"Allow", "Content-Range"})

# Their messages name addresses and paths of the server: for its log, not for its callers.
_FOR_THE_OPERATOR: Final = (DatabaseUnavailableError, ConfigurationError, DamagedSnapshotError)


class Fault(BaseModel):
    """One part of the request that cannot be used; ``field`` is its path, "" for the whole."""

    model_config = ConfigDict(frozen=True)

    field: str
    message: str


class Problem(BaseModel):
    """What every error answers. ``type`` is stable; ``request_id`` finds it in the log."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[Fault, ...] = ()


class ProblemType(NamedTuple):
    """A kind of problem as callers tell it apart."""

    status: int
    slug: str
    title: str

    @property
    def uri(self) -> str:
        return f"/problems/{self.slug}"


class _Kind(NamedTuple):
    slug: str
    title: str
    detail: str


def _kind(error: type[SpotAIError], detail: str) -> _Kind:
    return _Kind(error.slug, error.title, detail)


HTTP_KINDS: Final = {
    400: _kind(MalformedError, "Its head or its body is not as HTTP wants it."),
    404: _kind(NotFoundError, "No such address; GET /openapi.json lists those there are."),
    405: _Kind(
        "method-not-allowed",
        "This address does not take that method",
        "Use one of the methods in the Allow header.",
    ),
    412: _Kind(
        "precondition-failed",
        "The file is not as the request wants it",
        "Ask for it without If-Match, or with the ETag it has now.",
    ),
    413: _kind(
        TooLargeError, f"A request may hold {MAX_BODY_BYTES // 2**20} MiB; send less at once."
    ),
    415: _Kind(
        "unsupported-media-type",
        "The body has the wrong content type",
        "Send JSON with Content-Type: application/json.",
    ),
    414: _Kind("uri-too-long", "The address is too long", "Shorten it, or send less in its query."),
    416: _Kind(
        "range-not-satisfiable",
        "The file has no such part",
        "Ask for a part within the file, or for all of it without the Range header.",
    ),
    417: _Kind("expectation-failed", "Not what we do", "Send no Expect but 100-continue."),
    431: _Kind("headers-too-large", "The headers are too large", "Send fewer and shorter headers."),
    501: _Kind(
        "not-implemented",
        "The body comes in a way we do not know",
        "Send the body whole, or with Transfer-Encoding: chunked and no other.",
    ),
}


def type_of(error: type[SpotAIError]) -> ProblemType:
    """Return the kind of problem that ``error`` is answered as."""
    return ProblemType(error.status, error.slug, error.title)


def type_of_status(status: int) -> ProblemType:
    """Return the kind of problem that an error of HTTP itself is answered as."""
    return ProblemType(status, HTTP_KINDS[status].slug, HTTP_KINDS[status].title)


def problem_types() -> list[ProblemType]:
    """Return every kind of problem there is, by status and slug."""
    return sorted({*map(type_of, _tree(SpotAIError)), *map(type_of_status, HTTP_KINDS)})


def _tree(error: type[SpotAIError]) -> Iterator[type[SpotAIError]]:
    # An error without a slug of its own is answered as the one it is a kind of, with its title.
    if "slug" in vars(error):
        yield error
    for kind in error.__subclasses__():
        yield from _tree(kind)


def register(app: Flask) -> None:
    """Answer every error of ``app`` with a problem."""
    app.register_error_handler(SpotAIError, of_ours)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, _unexpected)


def of_ours(error: SpotAIError) -> Response:
    """Answer an error of ours, and log it where the caller cannot mend it."""
    detail = error.message
    if isinstance(error, _FOR_THE_OPERATOR):
        detail = f"{error.title}. The log of the server says why, under this request id."
    if not isinstance(error, InputError):
        log.error("request failed", extra={"problem": error.slug, "reason": error.message})
    faults: Sequence[Fault] = ()
    if isinstance(error, InvalidFieldsError):
        faults = [Fault(field=path, message=message) for path, message in error.faults]
    elif error.field is not None:
        faults = (Fault(field=error.field, message=error.message),)
    response = _answer(_Kind(error.slug, error.title, detail), error.status, faults)
    if isinstance(error, DependencyError | TooManyRequestsError):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def of_http(error: HTTPException) -> Response:
    """Answer an error of HTTP itself, such as a wrong address, with a problem.

    One of a status that nobody could look up is answered as a plain 400, or 500.
    """
    response = error.get_response()
    status = response.status_code
    if status not in HTTP_KINDS:
        log.error("no kind of problem has this status", extra={"status": status})
        return outside_application(400 if status < 500 else 500)
    kind = HTTP_KINDS[status]
    if error.description != type(error).description and error.description:
        kind = kind._replace(detail=error.description)
    answer = _answer(kind, status, ())
    for name in SAID_BY_HEADERS & set(response.headers.keys()):
        answer.headers[name] = response.headers[name]
    return answer


def of_condition(response: Response) -> Response:
    """Say of a file that is not as the request wants it what is wrong; it comes without a word."""
    if response.status_code != 412:
        return response
    response.close()
    return _answer(HTTP_KINDS[412], 412, ())


def outside_application(status: int) -> Response:
    """Answer a request that never reached a handler; one the server cannot read, or 500."""
    internal = _kind(SpotAIError, "The log of the server says why, under this request id.")
    return _answer(HTTP_KINDS.get(status, internal), status, ())


def _unexpected(error: Exception) -> Response:
    log.error("request failed unexpectedly", exc_info=error)
    detail = "The log of the server says what happened, under this request id."
    return _answer(_kind(SpotAIError, detail), SpotAIError.status, ())


def _answer(kind: _Kind, status: int, faults: Sequence[Fault]) -> Response:
    problem = Problem(
        type=f"/problems/{kind.slug}",
        title=kind.title,
        status=status,
        detail=_cut(kind.detail, LONGEST_MESSAGE),
        request_id=telemetry.request_id.get(),
        errors=tuple(
            Fault(
                field=_cut(fault.field, LONGEST_FIELD),
                message=_cut(fault.message, LONGEST_MESSAGE),
            )
            for fault in faults[:MOST_FAULTS]
        ),
    )
    return Response(problem.model_dump_json(), status, mimetype=MIMETYPE)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
