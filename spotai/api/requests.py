"""Reading what a request holds, and nothing else than what is asked for."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, Final, NamedTuple

from flask import Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge, UnsupportedMediaType

from spotai.errors import DependencyError, InvalidFieldsError, MalformedError, TooLargeError
from spotai.formats import cells
from spotai.parsing import Model, invalid_fields, parse_json

log = logging.getLogger(__name__)

JSON: Final = "application/json"
FORM: Final = "multipart/form-data"
MAX_BODY_BYTES: Final = 2 * 1024 * 1024
MAX_UPLOAD_BYTES: Final = 10 * 1024 * 1024
DISCARDED_BYTES: Final = 64 * 1024 * 1024
DISCARD_SECONDS: Final = 10.0
PIECE_BYTES: Final = 64 * 1024
CUT_SHORT: Final = "The body ended early, is not framed as HTTP wants it, or took too long to come."
NO_ROOM: Final = "There is no room for the file right now; send it again later, or a smaller one."
UNNAMED: Final = "the file"
_LONGEST_NAME: Final = 200
_FORM_BYTES: Final = 64 * 1024  # what a form adds around its file
_BLOCK: Final = 1024 * 1024


class Upload(NamedTuple):
    """A file that came with a request, and its name for messages."""

    file: IO[bytes]
    name: str


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


@contextmanager
def read_upload() -> Iterator[Upload]:
    """Yield the uploaded file: the one ``file`` of a form, or the body itself.

    Large ones lie on disk. Raises TooLargeError beyond ``MAX_UPLOAD_BYTES``, MalformedError for a
    body that is not all there, InvalidFieldsError for a form without just one ``file``,
    UnsupportedMediaType for a body that is no file, and DependencyError where there is no room.
    """
    if request.mimetype == "application/x-www-form-urlencoded":
        raise UnsupportedMediaType(
            f"Send JSON, a form ({FORM}) with one file, or the file itself under its own type."
        )
    # A body of unknown length is cut at the limit without a word: the byte beyond tells.
    request.max_content_length = MAX_UPLOAD_BYTES + _FORM_BYTES + 1
    with ExitStack() as opened:
        yield _received(opened)


def _received(opened: ExitStack) -> Upload:
    try:
        return _form_file(opened) if request.mimetype == FORM else _whole_body(opened)
    except ClientDisconnected:
        raise MalformedError(CUT_SHORT) from None
    except RequestEntityTooLarge:
        raise _upload_too_large() from None
    except OSError as error:
        # Closing a file writes what is left of it, and fails alike.
        with suppress(OSError):
            opened.close()
        log.warning("an upload cannot be kept", extra={"reason": str(error)})
        raise DependencyError(NO_ROOM) from error


def _whole_body(opened: ExitStack) -> Upload:
    file = _made_file(opened)
    while block := request.stream.read(_BLOCK):
        file.write(block)
        _check_upload(file.tell())
    if file.tell() < (request.content_length or 0):
        raise MalformedError(CUT_SHORT)
    file.seek(0)
    return Upload(file, UNNAMED)


def _form_file(opened: ExitStack) -> Upload:
    parser = request.make_form_data_parser()
    # Flask's own reading takes a form that was cut short for an empty one.
    parser.silent = False
    parser.stream_factory = lambda *_, **__: _made_file(opened)
    try:
        _, fields, found = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except ValueError:
        raise MalformedError(CUT_SHORT) from None
    files = list(found.items(multi=True))
    if [field for field, _ in files] != ["file"] or fields:
        raise InvalidFieldsError([("file", "send one file, in this field")])
    upload = files[0][1]
    _check_upload(_size(upload.stream))
    return Upload(upload.stream, cells.name((upload.filename or "")[:_LONGEST_NAME]) or UNNAMED)


def _made_file(opened: ExitStack) -> IO[bytes]:
    return opened.enter_context(tempfile.SpooledTemporaryFile(max_size=_BLOCK))


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _check_upload(size: int) -> None:
    if size > MAX_UPLOAD_BYTES:
        raise _upload_too_large()


def _upload_too_large() -> TooLargeError:
    return TooLargeError(
        f"a file may hold {MAX_UPLOAD_BYTES // 2**20} MiB; pack it with gzip or split it",
        field="file",
    )


def read_arguments(model: type[Model]) -> Model:
    """Read the query string as ``model``. Raises InvalidFieldsError."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        raise InvalidFieldsError([(name, "give it once") for name in repeated])
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise invalid_fields(error) from None


def answer(model: BaseModel, status: int = 200) -> Response:
    """Answer with ``model`` as JSON."""
    return Response(model.model_dump_json(), status, mimetype=JSON)


def overlook_range() -> None:
    """Forget a Range that does not ask GET for one part in bytes: the whole is sent then.

    RFC 9110, 14.2, wants other methods and units overlooked, and lets what is malformed or names
    several parts be; werkzeug answers them with 416.
    """
    asked = request.range
    if request.method == "GET" and asked and asked.units == "bytes" and len(asked.ranges) == 1:
        return
    request.environ.pop("HTTP_RANGE", None)


def discard_body() -> None:
    """Read away what is left of a refused body, within 64 MiB and ten seconds.

    A socket closed with unread bytes is reset, and the client would never see the answer. Only
    where the server ends the stream with the body, as gunicorn does: elsewhere it could block. How
    long a piece may take to come is the server's to bound, see ``spotai.worker``.
    """
    sent = request.content_length or "Transfer-Encoding" in request.headers
    if not sent or not request.environ.get("wsgi.input_terminated"):
        return
    until = time.monotonic() + DISCARD_SECONDS
    left = DISCARDED_BYTES
    try:
        while left > 0 and time.monotonic() < until:
            piece = request.environ["wsgi.input"].read(PIECE_BYTES)
            if not piece:
                return
            left -= len(piece)
    except OSError:
        return  # the client has gone: nobody waits for the answer
