"""Calls of the API: a handler's types say what a call takes and answers, here and in the spec.

A handler is a function from what was asked to what is answered::

    @operation(blueprint, "POST", "/api/profiles", problems=(NoKnownTracksError,))
    def profiles(body: ProfileRequest) -> ProfileAnswer:
        \"\"\"Describe a set of songs.\"\"\"

``body`` is read as JSON of its model, or as a file where ``Upload`` is allowed; ``query`` as the
query string; any other parameter is the part of the path with its name. The first line of the
docstring is the summary of the call, the rest its description.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeVar, get_args, get_type_hints

from flask import Blueprint, Flask, Response, request
from pydantic import BaseModel

from spotai.api.limits import Kind, kind_of
from spotai.api.problems import ProblemType, type_of, type_of_status
from spotai.api.requests import JSON, Upload, answer, read_arguments, read_body, read_upload
from spotai.errors import (
    CrossSiteError,
    DatabaseUnavailableError,
    GrantEndedError,
    InvalidFieldsError,
    LoginNeededError,
    MalformedError,
    MisdirectedError,
    NoKnownTracksError,
    NotFoundError,
    RecipeError,
    SessionExpiredError,
    SnapshotMissingError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
    StillReadingError,
    TooLargeError,
    TooManyRequestsError,
)

Method = Literal["GET", "POST", "PUT", "DELETE"]
Handler = TypeVar("Handler", bound=Callable[..., BaseModel])

# Where the first thing of an answered list has its id, as OpenAPI's links write it.
FIRST_ITEM: Final = "$response.body#/items/0/id"

# What many calls can answer, as handlers name it.
NEEDS_SNAPSHOT: Final = (SnapshotMissingError,)
NEEDS_DATABASE: Final = (DatabaseUnavailableError,)
READS_SPOTIFY: Final = (
    GrantEndedError,
    LoginNeededError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    StillReadingError,
)
READS_SEEDS: Final = (
    *NEEDS_SNAPSHOT,
    *NEEDS_DATABASE,
    *READS_SPOTIFY,
    NotFoundError,
    NoKnownTracksError,
)
READS_RECIPE: Final = (*READS_SEEDS, RecipeError)

# Any request may be of another server, be no HTTP, or hold more than its line and head may.
_ALWAYS: Final = (
    *(type_of(error) for error in (SpotAIError, MalformedError, MisdirectedError)),
    *map(type_of_status, (414, 431)),
)
_LIMITED: Final = (type_of(TooManyRequestsError),)
_UNSAFE: Final = (type_of(CrossSiteError), type_of(SessionExpiredError))
_WITH_QUERY: Final = (type_of(InvalidFieldsError),)
_WITH_BODY: Final = (
    *(type_of(error) for error in (TooLargeError, InvalidFieldsError)),
    *map(type_of_status, (415, 417, 501)),
)
_PARAMETER: Final = re.compile(r"<(\w+)>")


class Link(NamedTuple):
    """A call that goes on from an answer: its id, and what of the answer it is given where."""

    to: str
    parameters: Mapping[str, str] = MappingProxyType({})
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One call, and the view Flask calls for it. ``parameters``: those of the path, by name."""

    method: Method
    path: str
    summary: str
    description: str
    parameters: Mapping[str, Any]
    query: type[BaseModel] | None
    body: type[BaseModel] | None
    takes_file: bool
    answers: type[BaseModel]
    problems: tuple[ProblemType, ...]
    links: tuple[Link, ...]
    status: int
    needs_session: bool
    handler: Callable[..., BaseModel]

    @property
    def id(self) -> str:
        """The name of the call in generated clients: ``getTracks``, ``getTrack``."""
        words: list[str] = []
        for part in re.split(r"[/.]", self.path.strip("/").removeprefix("api/")):
            if part.startswith("{"):  # tracks/{track_id} is a track
                words[-1] = part.strip("{}").removesuffix("_id")
            else:
                words.append(part)
        return self.method.lower() + "".join(map(str.capitalize, words))

    @property
    def limit(self) -> Kind | None:
        """What the call is counted as, None where it is not."""
        return kind_of(self.method, self.path)

    def __call__(self, **given: Any) -> Response:
        """Read the request, call the handler, answer. Raises what those raise."""
        if self.query is not None:
            given["query"] = read_arguments(self.query)
        if self.body is None:
            return answer(self.handler(**given), self.status)
        if self.takes_file and request.mimetype not in {JSON, ""}:
            with read_upload() as upload:
                return answer(self.handler(**given, body=upload), self.status)
        return answer(self.handler(**given, body=read_body(self.body)), self.status)


def operation(
    blueprint: Blueprint,
    method: Method,
    path: str,
    *,
    problems: Sequence[type[SpotAIError]] = (),
    links: Sequence[Link] = (),
    status: int = 200,
    needs_session: bool = False,
) -> Callable[[Handler], Handler]:
    """Register a handler for ``method`` and ``path``, a rule of Flask's.

    ``problems`` are the errors it may raise beside those of reading the request, ``links`` the
    calls that go on from its answer. ``status`` is that of a success. One that ``needs_session``
    says so in the spec; its handler asks for it.
    """

    def register(handler: Handler) -> Handler:
        own = tuple(map(type_of, problems))
        described = replace(
            _describe(method, path, handler, own, tuple(links)),
            status=status,
            needs_session=needs_session,
        )
        blueprint.add_url_rule(path, handler.__name__, described, methods=[method])
        return handler

    return register


def operations(app: Flask) -> Iterator[Operation]:
    """Yield every call of ``app``, in the order in which they were registered."""
    for view in app.view_functions.values():
        if isinstance(view, Operation):
            yield view


def _describe(
    method: Method,
    path: str,
    handler: Callable[..., BaseModel],
    own: tuple[ProblemType, ...],
    links: tuple[Link, ...],
) -> Operation:
    hints = get_type_hints(handler, include_extras=True)
    summary, _, description = (inspect.getdoc(handler) or "").partition("\n")
    answers, query = hints.pop("return"), hints.pop("query", None)
    body = hints.pop("body", None)
    kinds = get_args(body) or (body,)
    unsafe = () if method == "GET" else _UNSAFE
    limited = _LIMITED if kind_of(method, path) else ()
    read = (*(_WITH_QUERY if query else ()), *(_WITH_BODY if body else ()))
    return Operation(
        method=method,
        path=_PARAMETER.sub(r"{\1}", path),
        summary=summary.removesuffix("."),
        description=description.strip(),
        parameters=hints,
        query=query,
        body=next((kind for kind in kinds if kind not in {None, Upload}), None),
        takes_file=Upload in kinds,
        answers=answers,
        problems=tuple(sorted({*_ALWAYS, *limited, *unsafe, *read, *own})),
        links=links,
        status=200,
        needs_session=False,
        handler=handler,
    )
