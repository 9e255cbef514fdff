"""The OpenAPI description of the API, made from the calls an application has and their models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, Literal, TypeAlias

from apispec import APISpec
from flask import Flask
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from spotai import __version__
from spotai.api import problems
from spotai.api.examples import Example, Examples, recorded
from spotai.api.limits import WINDOW_SECONDS, Kind
from spotai.api.operations import Link, Operation, operations
from spotai.api.problems import Problem, ProblemType, problem_types
from spotai.api.requests import FORM, JSON, MAX_BODY_BYTES, MAX_UPLOAD_BYTES
from spotai.api.sessions import COOKIE, CSRF_HEADER
from spotai.api.state import EXTENSION, State
from spotai.formats.recognise import LARGEST_PLAYLIST

OPENAPI_VERSION: Final = "3.1.0"
SCHEMAS: Final = "#/components/schemas/{model}"
HEADER: Final = "#/components/headers/{name}"
ABOUT: Final = """\
Requests, but for uploads, and answers are JSON in UTF-8. Unknown names, repeated names, numbers \
as text, NaN and infinity are refused. Feature values are in natural units, `null` where not known.

Every error is one shape, `application/problem+json` (RFC 9457). Match on `type`; the words may \
change. Every answer carries an `X-Request-ID`, which finds it in the server's log.

A browser's calls carry the cookie of its session; those that change something or compute then \
need the header `X-CSRF-Token` with the token of `GET /api/session`. Calls without the cookie \
need neither, but for those that \
concern what a session keeps.

One address may send {reads} reads a minute to `/api/` (GET), {imports} imports and {searches} \
searches (all else), counted across the server's workers. `RateLimit` on an answer says what is \
left and `RateLimit-Policy` what is allowed, as in draft-ietf-httpapi-ratelimit-headers; beyond it \
is a 429 whose `Retry-After` says when to go on."""

SESSION: Final = {"type": "apiKey", "in": "cookie", "name": COOKIE}
CSRF: Final = {"type": "apiKey", "in": "header", "name": CSRF_HEADER}
# Neither or both; the first is left out where a call is of no use without a session.
UNSAFE_SECURITY: Final[list[dict[str, list[str]]]] = [{}, {"session": [], "csrf": []}]
# Files under types of their own: any other type that is not JSON nor a form is read like these.
FILE_TYPES: Final = ("text/plain", "text/csv", "application/octet-stream")
# The statuses that say when to ask again.
WAITS: Final = frozenset({429, 503})
# What examples of problems hold that are not recorded.
DETAIL: Final = "Words for people that say what to do."
REQUEST_ID: Final = "0f0c7e4ab7c04a0ba6e7a8e0d0a1c9b2"
MANY: Final = "Several kinds: `type` says which."

Json: TypeAlias = dict[str, Any]
Mode: TypeAlias = Literal["validation", "serialization"]
Schemas: TypeAlias = dict[tuple[Any, Mode], Json]  # by model

_HEADERS: Final[Mapping[str, Json]] = {
    "X-Request-ID": {
        "description": "Finds the answer in the server's log.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{8,64}$"},
    },
    "Retry-After": {
        "description": "Seconds to wait before asking again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    # Neither is required: requests are not counted where the server's settings allow any number.
    "RateLimit": {
        "description": "How many more requests there may be (r), and in how many seconds the count"
        " begins anew (t).",
        "schema": {"type": "string", "pattern": '^"[a-z]+";r=[0-9]+;t=[0-9]+$'},
        "example": '"reads";r=599;t=60',
    },
    "RateLimit-Policy": {
        "description": "How many requests there may be (q) in how many seconds (w).",
        "schema": {"type": "string", "pattern": '^"[a-z]+";q=[0-9]+;w=[0-9]+$'},
        "example": '"reads";q=600;w=60',
    },
}


def describe(app: Flask, examples: Examples | None = None) -> Json:
    """Return the OpenAPI document of ``app`` as JSON-ready values.

    Without ``examples`` those of the demo catalog are shown.
    """
    calls = list(operations(app))
    state: State = app.extensions[EXTENSION]
    allowed = state.limits.allowed
    about = ABOUT.format(
        **{kind: f"{most:,}" if most else "any number of" for kind, most in allowed.items()}
    )
    spec = APISpec("SpotAI", __version__, OPENAPI_VERSION, info={"description": about})
    spec.components.security_scheme("session", SESSION)
    spec.components.security_scheme("csrf", CSRF)
    references, components = _schemas(calls)
    for name, header in _HEADERS.items():
        spec.components.header(name, header)
    shown = recorded() if examples is None else examples
    for name, schema in components.items():
        spec.components.schema(name, schema)
    for path, at_path in groupby(sorted(calls, key=lambda call: call.path), lambda c: c.path):
        described = {
            call.method.lower(): _operation(call, references, shown.get(call.id, []))
            | _policy(call, allowed)
            for call in at_path
        }
        spec.path(path, operations=described)
    document: Json = spec.to_dict()
    return document


def _schemas(calls: Iterable[Operation]) -> tuple[Schemas, dict[str, Json]]:
    """Return where the schema of each model is, and the schemas by name."""
    models: dict[tuple[type[BaseModel], Mode], None] = {(Problem, "serialization"): None}
    for call in calls:
        models[call.answers, "serialization"] = None
        if call.body is not None:
            models[call.body, "validation"] = None
    references, made = models_json_schema(list(models), ref_template=SCHEMAS)
    components: dict[str, Json] = made["$defs"]
    kinds = sorted({kind.uri for kind in problem_types()})
    components["Problem"]["properties"]["type"]["enum"] = kinds
    for schema in _inside(components):
        # Docstrings are written in reStructuredText, descriptions read as Markdown.
        if isinstance(schema.get("description"), str):
            schema["description"] = schema["description"].replace("``", "`")
        # A title that pydantic made of the name says nothing new.
        if isinstance(schema.get("title"), str):
            del schema["title"]
    return references, components


def _inside(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _inside(part)
    elif isinstance(value, list):
        for part in value:
            yield from _inside(part)


def _operation(call: Operation, references: Schemas, examples: Sequence[Example]) -> Json:
    described: Json = {
        "operationId": call.id,
        "summary": call.summary,
        "parameters": [*_in_path(call, examples), *_in_query(call, examples)],
        "responses": {
            str(call.status): _answer(call, references, examples),
            **dict(_problems(call, examples)),
        },
        "tags": [_tag(call)],
    }
    if call.description:
        described["description"] = call.description
    if call.body is not None:
        described["requestBody"] = _body(call, references[call.body, "validation"], examples)
    if call.method != "GET":
        described["security"] = UNSAFE_SECURITY[call.needs_session :]
    return described


def _policy(call: Operation, allowed: Mapping[Kind, int]) -> Json:
    """Return the limit of a call under the name that tools for humans show."""
    if call.limit is None or allowed[call.limit] == 0:
        return {}
    most = {"policy": call.limit, "requests": allowed[call.limit], "seconds": WINDOW_SECONDS}
    return {"x-rate-limit": most}


def _headers(call: Operation, *others: str) -> Json:
    limits = ("RateLimit", "RateLimit-Policy") if call.limit else ()
    return {name: {"$ref": HEADER.format(name=name)} for name in ("X-Request-ID", *others, *limits)}


def _tag(call: Operation) -> str:
    parts = call.path.split("/")
    return parts[2] if parts[1] == "api" else "server"


def _in_path(call: Operation, examples: Sequence[Example]) -> Iterator[Json]:
    for name, kind in call.parameters.items():
        schema = TypeAdapter(kind).json_schema()
        about = schema.pop("description", None)
        described = {"name": name, "in": "path", "required": True, "schema": schema}
        yield described | ({"description": about} if about else {}) | _given(name, examples)


def _in_query(call: Operation, examples: Sequence[Example]) -> Iterator[Json]:
    if call.query is None:
        return
    made = call.query.model_json_schema()
    required = made.get("required", ())
    for name, schema in made["properties"].items():
        del schema["title"]
        described = {"name": name, "in": "query", "required": name in required, "schema": schema}
        yield described | _given(name, examples)


def _given(name: str, examples: Sequence[Example]) -> Json:
    """Return how a parameter is filled in: as in the first example that has it and works."""
    for example in (example for example in examples if example["status"] < 300):
        for part in ("path", "query"):
            if name in example.get(part, {}):
                return {"example": example[part][name]}
    return {}


def _body(call: Operation, schema: Json, examples: Sequence[Example]) -> Json:
    content: Json = {JSON: {"schema": schema} | _shown(examples, "body", call.status)}
    limits = f"JSON holds at most {MAX_BODY_BYTES // 2**20} MiB."
    if call.takes_file:
        # Of a binary string, OpenAPI 3.1 counts octets.
        file = {"type": "string", "format": "binary", "maxLength": MAX_UPLOAD_BYTES}
        form = {
            "type": "object",
            "properties": {"file": file},
            "required": ["file"],
            "additionalProperties": False,
        }
        content[FORM] = {"schema": form}
        content |= {kind: {"schema": file} for kind in FILE_TYPES}
        limits += f" A file holds at most {MAX_UPLOAD_BYTES // 2**20} MiB, and "
        limits += f"{LARGEST_PLAYLIST // 2**20} MiB unpacked."
    return {"required": True, "description": limits, "content": content}


def _answer(call: Operation, references: Schemas, examples: Sequence[Example]) -> Json:
    schema = references[call.answers, "serialization"]
    about = (call.answers.__doc__ or call.summary).strip().partition("\n")[0].replace("``", "`")
    shown = _shown(examples, "answer", call.status)
    described: Json = {
        "description": about,
        "headers": _headers(call),
        "content": {JSON: {"schema": schema} | shown},
    }
    if call.links:
        described["links"] = {link.to: _link(link) for link in call.links}
    return described


def _link(link: Link) -> Json:
    described: Json = {"operationId": link.to, "parameters": dict(link.parameters)}
    return described | ({} if link.body is None else {"requestBody": link.body})


def _shown(examples: Sequence[Example], part: str, status: int) -> Json:
    """Return one part of the examples answered with ``status``, named as OpenAPI wants them."""
    found = {
        example["summary"].lower().replace(" ", "-"): {
            "summary": example["summary"],
            "value": example[part],
        }
        for example in examples
        if part in example and example["status"] == status
    }
    return {"examples": found} if found else {}


def _problems(call: Operation, examples: Sequence[Example]) -> Iterator[tuple[str, Json]]:
    for status, kinds in groupby(call.problems, lambda kind: kind.status):
        shown = _shown(examples, "answer", status)
        yield str(status), _problem(call, status, list(kinds), shown)


def _problem(call: Operation, status: int, kinds: Sequence[ProblemType], shown: Json) -> Json:
    narrowed = {"type": {"enum": [kind.uri for kind in kinds]}, "status": {"const": status}}
    only = {"type": "object", "properties": narrowed}
    return {
        "description": kinds[0].title if len(kinds) == 1 else MANY,
        "headers": _headers(call, *(("Retry-After",) if status in WAITS else ())),
        "content": {
            problems.MIMETYPE: {
                "schema": {"allOf": [only, {"$ref": SCHEMAS.format(model="Problem")}]},
                "examples": {**shown.get("examples", {}), **_others(kinds, shown)},
            }
        },
    }


def _others(kinds: Iterable[ProblemType], shown: Json) -> Json:
    """Return an example of each kind that no recorded example shows."""
    recorded = {example["value"]["type"] for example in shown.get("examples", {}).values()}
    return {
        kind.slug: {
            "summary": kind.title,
            "value": Problem(
                type=kind.uri,
                title=kind.title,
                status=kind.status,
                detail=DETAIL,
                request_id=REQUEST_ID,
            ).model_dump(mode="json"),
        }
        for kind in kinds
        if kind.uri not in recorded
    }
