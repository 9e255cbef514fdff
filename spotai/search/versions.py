"""Keys under which two catalog entries are the same song.

Two tracks are versions of one song when they share the title key (normalised title and first
artist) or the audio key (six audio values to three decimals: the same recording under another
id). Both are 64-bit hashes: at 15 million songs a false match has odds of about 1 in 160,000.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import filterfalse
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FINGERPRINT

# The key of those without a title to compare.
NO_TITLE: Final = np.uint64(0)

_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_TAIL: Final = re.compile(r" - .*|\b(?:feat|ft)\b.*")
_NOT_WORD: Final = re.compile(r"[\W_]+")

# A copy is made faster than a new one.
_HASH: Final = blake2b(digest_size=8)

# The same for many titles at once, a line each. Each begins with the characters it looks for, so
# what cannot begin with them is passed over quickly.
_BRACKETED_IN_LINES: Final = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]|\{[^{}\n]*\}")
_TAILS_OF_LINES: Final = (re.compile(r" - .*"), re.compile(r"f(?<!\wf)(?:ea)?t\b.*"))
_NOT_WORD_IN_LINES: Final = re.compile(r"(?:[^\w\n]|_)+")
_ASCII_WORDS: Final = {
    code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "\n")
}


def normal_title(title: str) -> str:
    """Reduce a title to what stays the same between a song's versions.

    NFKD, lower case, no combining marks, bracketed parts removed, cut at " - ", "feat" and "ft",
    word characters only; the whole title, so reduced, where nothing would be left.
    """
    text = fold(title)
    short = _NOT_WORD.sub(" ", _TAIL.sub("", _BRACKETED.sub(" ", text))).strip()
    return short or _NOT_WORD.sub(" ", text).strip() or text.strip()


def normal_titles(titles: Sequence[str]) -> list[str]:
    """Return ``normal_title`` of each, which many at once take much less time for."""
    if not titles or "\n" in "".join(titles):
        return list(map(normal_title, titles))
    others = [row for row, title in enumerate(titles) if not title.isascii()]
    plain_lines = "\n".join([title if title.isascii() else "" for title in titles]).lower()
    found = _short_lines(plain_lines)
    if others:
        other_lines = "\n".join([fold(titles[row]) for row in others])
        for row, short in zip(others, _short_lines(other_lines), strict=True):
            found[row] = short
    return [
        short or (title and normal_title(title)) for short, title in zip(found, titles, strict=True)
    ]


def _short_lines(lines: str) -> list[str]:
    """Return what stays the same of each line."""
    lines = _BRACKETED_IN_LINES.sub(" ", lines)
    for tail in _TAILS_OF_LINES:
        lines = tail.sub("", lines)
    if lines.isascii():
        return [" ".join(line.split()) for line in lines.translate(_ASCII_WORDS).split("\n")]
    return [line.strip() for line in _NOT_WORD_IN_LINES.sub(" ", lines).split("\n")]


def title_keys(titles: Sequence[str], first_artists: Sequence[str]) -> NDArray[np.uint64]:
    """Return one key for each title with its first artist; blank titles share no key.

    Artists are reduced as titles are, and both are compared without blanks: "Good-bye" is
    "Goodbye".
    """
    distinct = list(set(first_artists))
    folded = dict(zip(distinct, _without_blanks(distinct), strict=True))
    names = _without_blanks(titles)
    digests = bytearray()
    for name, artist in zip(names, first_artists, strict=True):
        if not name:
            continue
        digest = _HASH.copy()
        digest.update(f"{name}\0{folded[artist]}".encode())
        digests += digest.digest()
    keys = np.zeros(len(names), dtype=np.uint64)
    # A hash never takes the key of no title.
    hashed = np.maximum(
        np.frombuffer(digests, dtype="<u8").astype(np.uint64), NO_TITLE + np.uint64(1)
    )
    keys[np.fromiter(map(bool, names), dtype=bool, count=len(names))] = hashed
    return keys


def _without_blanks(titles: Sequence[str]) -> list[str]:
    return [name.replace(" ", "") for name in normal_titles(titles)]


def audio_keys(features: Mapping[str, NDArray[np.float64]]) -> NDArray[np.uint64]:
    """Return one key for each song's six audio values, (N,) each, rounded to three decimals."""
    columns = [np.rint(features[f.name] * 1000).astype(np.int64) for f in FINGERPRINT]
    keys = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        keys = _mix(keys ^ column.view(np.uint64))
    return keys


def fold(text: str) -> str:
    """Return a text in NFKD and lower case, without combining marks."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(filterfalse(unicodedata.combining, folded))


def _mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijection that spreads every bit."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
