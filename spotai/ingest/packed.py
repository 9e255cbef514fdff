"""Rows of Spotify's lists as bytes, to be kept: a row is a list of its values, in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any, TypeVar

from spotai.spotify.shapes import Entry, Listed

Row = TypeVar("Row", Entry, Listed)


def pack(rows: Iterable[Entry | Listed]) -> bytes:
    """Return rows of one kind as bytes."""
    values = [astuple(row) for row in rows]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(kind: type[Row], packed: bytes) -> list[Row]:
    """Return the rows that were packed."""
    rows: list[list[Any]] = json.loads(packed)
    return [_row(kind, row) for row in rows]


def _row(kind: type[Row], values: list[Any]) -> Row:
    # Of the values only the names of artists come back as another kind of list.
    restored: list[Any] = [tuple(v) if isinstance(v, list) else v for v in values]
    return kind(*restored)
