"""Track ids and links as people paste them: one or more a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from spotai.formats.rows import Refusal
from spotai.tracks import ID_LENGTH

_SEPARATORS: Final = re.compile(r"[\s,;]+")
_TRACK: Final = re.compile(
    r"(?:spotify:track:|(?:https?://)?(?:open|play)\.spotify\.com/(?:intl-[A-Za-z-]+/)?(?:embed/)?track/)?"
    rf"([0-9A-Za-z]{{{ID_LENGTH}}})(?:/?(?:[?#].*)?)"
)
_OTHER_KIND: Final = re.compile(r"spotify[.:].*\b(album|artist|playlist|episode|show)\b")
_TELLING: Final = 100
_SHOWN: Final = 60


def read_links(lines: Iterable[str]) -> Iterator[str | Refusal]:
    """Yield the track ids in ``lines``, in order, and a refusal for each piece not understood.

    Understands ids, ``spotify:track:`` URIs and links of open.spotify.com, also with ``intl-``
    parts and query strings, parted by blanks, commas or semicolons. Lines that are blank or
    begin with ``#`` are comments.
    """
    for number, line in enumerate(lines, start=1):
        text = line.lstrip("\ufeff").strip()
        if text.startswith("#"):
            continue
        for piece in filter(None, _SEPARATORS.split(text)):
            match = _TRACK.fullmatch(piece)
            yield match[1] if match else Refusal(number, _reason(piece))


def _reason(piece: str) -> str:
    """Say why a piece is no track; its beginning tells, and hostile pieces are long."""
    shown = piece if len(piece) <= _SHOWN else piece[:_SHOWN] + "…"
    if _OTHER_KIND.search(piece[:_TELLING]):
        return f"{shown!r} is no track; copy the links of the songs themselves"
    return f"{shown!r} is no track id or link"
