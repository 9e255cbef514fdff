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
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FINGERPRINT

_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_TAIL: Final = re.compile(r" - .*|\b(?:feat|ft)\b.*")
_NOT_WORD: Final = re.compile(r"[\W_]+")


def normal_title(title: str) -> str:
    """Reduce a title to what stays the same between a song's versions.

    NFKD, lower case, no combining marks, bracketed parts removed, cut at " - ", "feat" and "ft",
    word characters only; the whole title, so reduced, where nothing would be left.
    """
    text = _fold(title)
    short = _NOT_WORD.sub(" ", _TAIL.sub("", _BRACKETED.sub(" ", text))).strip()
    return short or _NOT_WORD.sub(" ", text).strip() or text.strip()


def title_keys(titles: Sequence[str], first_artists: Sequence[str]) -> NDArray[np.uint64]:
    """Return one key for each title with its first artist; blank titles share no key."""
    keys = np.empty(len(titles), dtype=np.uint64)
    for row, (title, artist) in enumerate(zip(titles, first_artists, strict=True)):
        name = normal_title(title)
        keys[row] = _hash(f"{name}\0{_fold(artist).strip()}") if name else 0
    return keys


def audio_keys(features: Mapping[str, NDArray[np.float64]]) -> NDArray[np.uint64]:
    """Return one key for each song's six audio values, (N,) each, rounded to three decimals."""
    columns = [np.rint(features[f.name] * 1000).astype(np.int64) for f in FINGERPRINT]
    keys = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        keys = _mix(keys ^ column.view(np.uint64))
    return keys


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(char for char in folded if not unicodedata.combining(char))


def _hash(text: str) -> int:
    # Key 0 means "no title to compare": a hash never takes it.
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") or 1


def _mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijection that spreads every bit."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
