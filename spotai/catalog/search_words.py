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
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from spotai.catalog.tables import TERM_LENGTH

SHORTEST_PREFIX: Final = 2
MOST_WORDS: Final = 12

_ENDING: Final = re.compile(r"['\u2019\u02bc](?<=\w.)(?=\w{1,2}\b)")
_UNSPACED_LETTERS: Final = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u9fff\U00020000-\U0003ffff"
)
_UNSPACED: Final = re.compile(f"[{_UNSPACED_LETTERS}]+")
_RUN: Final = re.compile(f"[{_UNSPACED_LETTERS}]+|[^{_UNSPACED_LETTERS}\\s]+")
_VARIATION_SELECTORS: Final = range(0xFE00, 0xFE10)


class Wanted(NamedTuple):
    """A word of a query: the whole of a song's word, or its beginning."""

    text: str
    is_prefix: bool = False


def words_of(text: str) -> list[str]:
    """Return the words of a title or name, in order, each of at most ``TERM_LENGTH`` letters."""
    words, _ = words_of_all([text])
    return [word[:TERM_LENGTH] for word in words]


def words_of_all(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the words of all titles or names, in order and uncut, and how many each text has."""
    # Many texts at once, one a line, so that the work on letters is done outside of Python; those
    # in ASCII apart, for which Python keeps and changes a letter in a byte.
    lines = [text.replace("\n", " ") for text in texts]
    spaced = {
        is_ascii: iter(_paired(_spaced("\n".join(some))).split("\n"))
        for is_ascii in (True, False)
        if (some := [line for line in lines if line.isascii() is is_ascii])
    }
    words: list[str] = []
    lengths: list[int] = []
    for line in lines:
        found = next(spaced[line.isascii()]).split() or _marks(line)
        words += found
        lengths.append(len(found))
    return words, lengths


def wanted_of(query: str) -> list[Wanted]:
    """Return the distinct words a query asks for: at most ``MOST_WORDS``, the rest is ignored.

    The last one may be unfinished, from two letters on.
    """
    runs = _RUN.findall(_spaced(query)) or _marks(query)
    wanted: dict[Wanted, None] = {}
    for place, run in enumerate(runs):
        if _UNSPACED.match(run):
            pairs = list(_pairs(run))
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


def _marks(text: str) -> list[str]:
    marks = "".join(char for char in text if char.isprintable() and not char.isspace())
    return [marks] if marks else []


def _spaced(text: str) -> str:
    """Return the folded text with blanks between its runs of letters; lines stay lines."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _ENDING.sub("", folded).translate(_SPACES)


class _Spaces(dict[int, str]):
    """What stands for a folded character: itself, nothing, or blanks around or for it."""

    def __missing__(self, code: int) -> str:
        self[code] = stands = _standing_for(chr(code))
        return stands


_SPACES: Final = _Spaces({ord("\n"): "\n"})


def _standing_for(char: str) -> str:
    category = unicodedata.category(char)
    if unicodedata.combining(char) or category == "Cf" or ord(char) in _VARIATION_SELECTORS:
        return ""
    if category[0] in "LMN":
        return char
    if category[0] == "S" and not char.isascii():
        return f" {char} "
    return " "


def _paired(spaced: str) -> str:
    """Return the text with its runs of letters of scripts without spaces cut into pairs."""
    if spaced.isascii():
        return spaced
    return _UNSPACED.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", spaced)


def _pairs(run: str) -> Iterator[str]:
    for start in range(len(run)):
        yield run[start : start + 2]
