"""Reading what a request holds, and nothing else than what is asked for."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final, TypeVar

from flask import Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from spotai.api.problems import Fault, InvalidFieldsError
from spotai.errors import TooLargeError

Model = TypeVar("Model", bound=BaseModel)

JSON: Final = "application/json"
FORM: Final = "multipart/form-data"
MAX_BODY_BYTES: Final = 2 * 1024 * 1024
MAX_UPLOAD_BYTES: Final = 10 * 1024 * 1024
_FORM_BYTES: Final = 64 * 1024  # what a form adds around its file
_BLOCK: Final = 1024 * 1024


def read_body(model: type[Model]) -> Model:
    """Read the JSON body of the request as ``model``.

    Raises UnsupportedMediaType, RequestEntityTooLarge and BadRequest for a body that is not one
    JSON text with distinct names, InvalidFieldsError for one that does not fit the model.
    """
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body as it is, without Content-Encoding.")
    # A body of unknown length is cut at the limit without a word: the byte beyond tells.
    request.max_content_length = MAX_BODY_BYTES + 1
    raw = request.get_data(cache=False)
    if len(raw) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    try:
        parsed = model.model_validate_json(raw)
    except ValidationError as error:
        _refuse_malformed(error)
        raise InvalidFieldsError(_faults(error)) from None
    _refuse_repeated_names(raw)
    return parsed


@contextmanager
def read_upload() -> Iterator[tuple[IO[bytes], str]]:
    """Yield the uploaded file and its name: the one ``file`` of a form, or the body itself.

    Large ones lie on disk. Raises TooLargeError beyond ``MAX_UPLOAD_BYTES``, InvalidFieldsError
    for a form without just one ``file``, and UnsupportedMediaType for a body that is no file.
    """
    if request.mimetype == "application/x-www-form-urlencoded":
        raise UnsupportedMediaType(
            f"Send JSON, a form ({FORM}) with one file, or the file itself under its own type."
        )
    # A body of unknown length is cut at the limit without a word: the byte beyond tells.
    request.max_content_length = MAX_UPLOAD_BYTES + _FORM_BYTES + 1
    try:
        if request.mimetype == FORM:
            with _form_file() as opened:
                yield opened
            return
        with tempfile.SpooledTemporaryFile(max_size=_BLOCK) as file:
            while block := request.stream.read(_BLOCK):
                file.write(block)
                _check_upload(file.tell())
            file.seek(0)
            yield file, "the file"
    except RequestEntityTooLarge:
        raise _upload_too_large() from None


@contextmanager
def _form_file() -> Iterator[tuple[IO[bytes], str]]:
    files = list(request.files.items(multi=True))
    if [field for field, _ in files] != ["file"] or request.form:
        raise InvalidFieldsError([Fault(field="file", message="send one file, in this field")])
    upload = files[0][1]
    with upload.stream as stream:
        _check_upload(_size(stream))
        yield stream, upload.filename or "the file"


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
        raise InvalidFieldsError([Fault(field=name, message="give it once") for name in repeated])
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise InvalidFieldsError(_faults(error)) from None


def answer(model: BaseModel) -> Response:
    """Answer with ``model`` as JSON."""
    return Response(model.model_dump_json(), mimetype=JSON)


def _refuse_malformed(error: ValidationError) -> None:
    for fault in error.errors(include_url=False, include_input=False):
        if fault["type"] == "json_invalid":
            reason = fault["msg"].removeprefix("Invalid JSON: ")
            raise BadRequest(f"The body is not valid JSON: {reason}.")


def _refuse_repeated_names(raw: bytes) -> None:
    """Refuse an object with two members of one name: readers disagree on which one counts.

    The body was parsed before, so it is well-formed and not nested deeply.
    """

    def distinct(pairs: list[tuple[str, Any]]) -> None:
        names: set[str] = set()
        for name, _ in pairs:
            if name in names:
                raise BadRequest(f"The body names {name!r} twice in one object.")
            names.add(name)

    json.loads(raw, object_pairs_hook=distinct)


def _faults(error: ValidationError) -> list[Fault]:
    return [
        Fault(
            field=".".join(map(str, fault["loc"])),
            message=fault["msg"].removeprefix("Value error, "),
        )
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
