"""The parameter ``fields``: which parts of an answer are wanted.

``a,b`` names parts, ``a.b`` a part of a part, ``a(b,c)`` several, ``!a`` all but one; lists are
looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from flask import request

from spotai.spotify.standin.refusals import RefusedError

_TOKEN: Final = re.compile(r"[A-Za-z_]+|[!.,()]|\s+|(.)")
_DEEPEST: Final = 10


@dataclass(slots=True)
class _Choice:
    """The parts wanted, each with its own choice; all of them where none is named."""

    only: dict[str, _Choice] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)


def selected(answer: Any) -> Any:
    """Return what the query wants of an answer. Raises RefusedError where it cannot be read."""
    text = request.args.get("fields")
    return _take(answer, _parse(text)) if text else answer


def _take(value: Any, choice: _Choice) -> Any:
    if isinstance(value, list):
        return [_take(one, choice) for one in value]
    if not isinstance(value, dict):
        return value
    named = choice.only or {key: _Choice() for key in value}
    return {
        key: _take(value[key], inner)
        for key, inner in named.items()
        if key in value and key not in choice.without
    }


def _parse(text: str) -> _Choice:
    found = list(_TOKEN.finditer(text))
    tokens = iter([one[0] for one in found if not one[0].isspace()])
    if any(one[1] for one in found):
        raise RefusedError(400, "Invalid fields")
    choice = _Choice()
    try:
        end = _parts(tokens, choice, depth=0)
    except StopIteration:
        raise RefusedError(400, "Invalid fields") from None
    if end:
        raise RefusedError(400, "Invalid fields")
    return choice


def _parts(tokens: Iterator[str], choice: _Choice, *, depth: int) -> str:
    """Read parts into ``choice`` and return what ends them: ``)``, or nothing at the end."""
    if depth > _DEEPEST:
        raise RefusedError(400, "Invalid fields")
    while True:
        after = _part(tokens, choice, depth=depth)
        if after != ",":
            return after


def _part(tokens: Iterator[str], choice: _Choice, *, depth: int) -> str:
    """Read one part and return what comes after it."""
    name = next(tokens)
    if name == "!":
        choice.without.add(next(tokens))
        return next(tokens, "")
    if not name[0].isalpha():
        raise RefusedError(400, "Invalid fields")
    inner = choice.only.setdefault(name, _Choice())
    after = next(tokens, "")
    if after == ".":
        return _part(tokens, inner, depth=depth)
    if after == "(":
        if _parts(tokens, inner, depth=depth + 1) != ")":
            raise RefusedError(400, "Invalid fields")
        after = next(tokens, "")
    return after
