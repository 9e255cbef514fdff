"""Reading what a request holds, and nothing else than what is asked for."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Final

from flask import Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge, UnsupportedMediaType

from spotai.api.parsing import Model, invalid_fields, parse_json
from spotai.errors import InvalidFieldsError, MalformedError

JSON: Final = "application/json"
MAX_BODY_BYTES: Final = 2 * 1024 * 1024
DISCARDED_BYTES: Final = 64 * 1024 * 1024
DISCARD_SECONDS: Final = 10.0
PIECE_BYTES: Final = 64 * 1024
CUT_SHORT: Final = "The body ended early, is not framed as HTTP wants it, or took too long to come."


def read_body(model: type[Model]) -> Model:
    """Read the JSON body of the request as ``model``.

    Raises UnsupportedMediaType, RequestEntityTooLarge, MalformedError for a body that is not all
    there, and what ``parse_json`` raises.
    """
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body as it is, without Content-Encoding.")
    # A body of unknown length is cut at the limit without a word: the byte beyond tells.
    request.max_content_length = MAX_BODY_BYTES + 1
    try:
        raw = request.get_data(cache=False)
    except ClientDisconnected:
        raise MalformedError(CUT_SHORT) from None
    if len(raw) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    if len(raw) < (request.content_length or 0):
        raise MalformedError(CUT_SHORT)
    return parse_json(model, raw, "The body")


def read_arguments(model: type[Model]) -> Model:
    """Read the query string as ``model``. Raises InvalidFieldsError."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        raise InvalidFieldsError([(name, "give it once") for name in repeated])
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise invalid_fields(error) from None


def answer(model: BaseModel) -> Response:
    """Answer with ``model`` as JSON."""
    return Response(model.model_dump_json(), mimetype=JSON)


def discard_body() -> None:
    """Read away what is left of a refused body, within 64 MiB and ten seconds.

    A socket closed with unread bytes is reset, and the client would never see the answer. Only
    where the server ends the stream with the body, as gunicorn does: elsewhere it could block.
    """
    sent = request.content_length or "Transfer-Encoding" in request.headers
    if not sent or not request.environ.get("wsgi.input_terminated"):
        return
    until = time.monotonic() + DISCARD_SECONDS
    left = DISCARDED_BYTES
    # Reading waits for a whole piece however slowly it comes: only closing that side ends it.
    connection = request.environ.get("gunicorn.socket")
    alarm = threading.Timer(DISCARD_SECONDS, _stop_receiving, [connection])
    alarm.daemon = True
    alarm.start()
    try:
        while left > 0 and time.monotonic() < until:
            piece = request.environ["wsgi.input"].read(PIECE_BYTES)
            if not piece:
                return
            left -= len(piece)
    except OSError:
        return  # the client has gone: nobody waits for the answer
    finally:
        alarm.cancel()


def _stop_receiving(connection: socket.socket | None) -> None:
    if connection is not None:
        with suppress(OSError):  # closed in the meantime
            connection.shutdown(socket.SHUT_RD)
