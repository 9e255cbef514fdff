"""Pages: Spotify's limits, and absolute addresses of what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from flask import request

from spotai.spotify.standin.refusals import RefusedError
from spotai.spotify.standin.shapes import Json
from spotai.spotify.standin.world import World

HIGHEST_OFFSET: Final = 100_000

Row = TypeVar("Row")


def number(name: str, default: int, low: int, high: int) -> int:
    """Return a number of the query. Raises RefusedError when it is none or out of bounds."""
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,15}", text) or not low <= int(text) <= high:
        raise RefusedError(400, f"Invalid {name}")
    return int(text)


def page(
    world: World,
    path: str,
    rows: Sequence[Row],
    shape: Callable[[Row], Any],
    *,
    default: int = 20,
    most: int = 50,
) -> Json:
    """Return the page of ``rows`` that the query asks for; ``path`` is below ``/v1``."""
    limit = number("limit", default, 1, most)
    offset = number("offset", 0, 0, HIGHEST_OFFSET)
    kept = [(k, v) for k, v in request.args.items() if k not in {"limit", "offset"}]

    def address(start: int) -> str:
        query = urlencode([("offset", start), ("limit", limit), *kept])
        return f"{world.address}/v1{path}?{query}"

    return {
        "href": address(offset),
        "items": [shape(row) for row in rows[offset : offset + limit]],
        "limit": limit,
        "next": address(offset + limit) if offset + limit < len(rows) else None,
        "offset": offset,
        "previous": address(max(0, offset - limit)) if offset else None,
        "total": len(rows),
    }
