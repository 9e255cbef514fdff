"""Python list literals of strings, as data frames write them into CSV cells."""

from __future__ import annotations

import re
from typing import Final

from spotai.errors import InputError

LONGEST: Final = 20_000

_STRING: Final = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_GAP: Final = re.compile(r"\s*(,|\])\s*")
_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL
)
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}


def spelled_list(text: str) -> list[str]:
    """Return the strings of a Python list literal without evaluating it.

    ``[]`` and a blank cell are empty lists. Raises InputError for anything but a list of strings,
    and for one of more than 20,000 characters.
    """
    text = text.strip()
    if not text:
        return []
    if len(text) > LONGEST:
        raise InputError(f"a list has {len(text)} characters, more than {LONGEST}")
    if text[:2] == "['" and text[-2:] == "']" and "\\" not in text and '"' not in text:
        plain = text[2:-2].split("', '")
        if text.count("'") == 2 * len(plain):
            return plain
    if text[0] != "[" or text[-1] != "]":
        raise InputError(f"{text[:40]!r} is no list like ['A', 'B']")
    return [] if not text[1:-1].strip() else _strings(text)


def _strings(text: str) -> list[str]:
    found = []
    position = len(text) - len(text[1:].lstrip())
    while position < len(text):
        string = _STRING.match(text, position)
        gap = string and _GAP.match(text, string.end())
        if not string or not gap or (gap[1] == "]") != (gap.end() == len(text)):
            raise InputError(f"the list {text[:40]!r} is cut off or no list of texts")
        found.append(_ESCAPE.sub(_unescaped, string[1] if string[2] is None else string[2]))
        position = gap.end()
    return found


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _CONTROLS.get(match[4], match[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
