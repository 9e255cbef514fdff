"""Titles and names as the words they are found by, in any script, the same on every database.

- Case and accents are folded (NFKD, ``casefold``, no combining marks).
- A word is a run of letters, digits and vowel signs. A short ending stays with its word
  (``don't`` is ``dont``), other apostrophes part (``l'amour`` is ``l amour``).
- Scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into pairs of
  letters, each beginning at another letter, the last letter on its own.
- An emoji or another symbol beyond ASCII is a word; punctuation is none, except in a text that
  has nothing else: a song called ``???`` is found by its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from spotai.catalog.tables import TERM_LENGTH

SHORTEST_PREFIX: Final = 2
MOST_WORDS: Final = 12

_ENDING: Final = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w{1,2}\b)")
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
_UNSPACED_LETTERS: Final = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u9fff\U00020000-\U0003ffff"
)
_UNSPACED: Final = re.compile(f"[{_UNSPACED_LETTERS}]+|[^{_UNSPACED_LETTERS}]+")
_IS_UNSPACED: Final = re.compile(f"[{_UNSPACED_LETTERS}]")
_VARIATION_SELECTORS: Final = range(0xFE00, 0xFE10)


class Wanted(NamedTuple):
    """A word of a query: the whole of a song's word, or its beginning."""

    text: str
    is_prefix: bool = False


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a title or name, in order, each of at most ``TERM_LENGTH`` letters."""
    runs = _runs(text)
    if not text.isascii():
        runs = [word for run in runs for word in _cut(run)]
    return tuple([word[:TERM_LENGTH] for word in runs])


def wanted_of(query: str) -> list[Wanted]:
    """Return the distinct words a query asks for: at most ``MOST_WORDS``, the rest is ignored.

    The last one may be unfinished, from two letters on.
    """
    runs = _runs(query)
    wanted: dict[Wanted, None] = {}
    for place, run in enumerate(runs):
        if _IS_UNSPACED.match(run):
            pairs = _cut(run)
            # A lone letter begins a pair wherever it stands in a title.
            found = [Wanted(pairs[0], is_prefix=True)] if len(run) == 1 else map(Wanted, pairs[:-1])
        else:
            unfinished = place == len(runs) - 1 and SHORTEST_PREFIX <= len(run) < TERM_LENGTH
            found = [Wanted(run[:TERM_LENGTH], unfinished)]
        wanted.update(dict.fromkeys(found))
    return list(wanted)[:MOST_WORDS]


def within_one_edit(word: str, other: str) -> bool:
    """Return whether one letter added, left out, changed or swapped with the next is the
    difference, or none (Damerau 1964).
    """
    if len(word) > len(other):
        word, other = other, word
    if len(other) - len(word) > 1:
        return False
    start = next((n for n, char in enumerate(word) if char != other[n]), len(word))
    if len(word) < len(other):
        return word[start:] == other[start + 1 :]
    swapped = word[start + 1 : start + 2] + word[start : start + 1] + word[start + 2 :]
    return word[start + 1 :] == other[start + 1 :] or swapped == other[start:]


def _runs(text: str) -> list[str]:
    if text.isascii():
        lower = text.lower()
        found = _ASCII_WORD.findall(_ENDING.sub("", lower) if "'" in lower else lower)
    else:
        folded = unicodedata.normalize("NFKD", text).casefold()
        spaced = "".join(map(_spaced, _ENDING.sub("", folded)))
        found = [run for piece in spaced.split() for run in _UNSPACED.findall(piece)]
    return found or _marks(text)


def _marks(text: str) -> list[str]:
    marks = "".join(char for char in text if char.isprintable() and not char.isspace())
    return [marks] if marks else []


@lru_cache(maxsize=65_536)
def _spaced(char: str) -> str:
    """Return what stands for a folded character: itself, nothing, or blanks around or for it."""
    category = unicodedata.category(char)
    if unicodedata.combining(char) or category == "Cf" or ord(char) in _VARIATION_SELECTORS:
        return ""
    if category[0] in "LMN":
        return char
    if category[0] == "S" and not char.isascii():
        return f" {char} "
    return " "


def _cut(run: str) -> list[str]:
    if not _IS_UNSPACED.match(run):
        return [run]
    return list(_pairs(run))


def _pairs(run: str) -> Iterator[str]:
    for start in range(len(run)):
        yield run[start : start + 2]
