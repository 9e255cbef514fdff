"""What is sent to the Web API with a call."""

from __future__ import annotations

from typing import Any

from flask import request

from spotai.spotify.standin.refusals import RefusedError


def sent() -> Any:
    """Return the JSON of the body, an empty object where there is none. Raises RefusedError."""
    if not request.get_data():
        return {}
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict | list):
        raise RefusedError(400, "Error parsing JSON.")
    return body


def fields() -> dict[str, Any]:
    """Return the body where it has to be an object. Raises RefusedError."""
    body = sent()
    if not isinstance(body, dict):
        raise RefusedError(400, "Error parsing JSON.")
    return body


def field(body: dict[str, Any], name: str, kind: type) -> Any:
    """Return a field, None where it is missing or null. Raises RefusedError for other kinds."""
    value = body.get(name)
    if value is not None and (not isinstance(value, kind) or (kind is int and value is True)):
        raise RefusedError(400, f"Invalid value for field {name}")
    return value


def uris(body: Any, *, most: int = 100) -> list[str]:
    """Return the URIs of the query, else those of the body: a bare array, or an object's ``uris``.

    Raises RefusedError.
    """
    if "uris" in request.args:
        given: Any = [uri.strip() for uri in request.args["uris"].split(",") if uri.strip()]
    else:
        given = body if isinstance(body, list) else body.get("uris")
    if not isinstance(given, list) or not all(isinstance(uri, str) for uri in given):
        raise RefusedError(400, "No uris provided")
    if len(given) > most:
        raise RefusedError(400, f"Too many ids requested: at most {most}")
    return given
