"""How the word index writes down which songs a word occurs in: postings, and pieces of them.

A posting is a song's number in its part with what the ranking needs: whether the word is one of
its title or of an artist's name, and of how many distinct words that text consists. Terms that
begin with the same two letters, their *head*, lie together in order, in rows of at most
``PIECE_POSTINGS`` postings: so a beginning is read in a few rows however many terms it has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.catalog.tables import HEAD_LENGTH

PIECE_POSTINGS: Final = 2_048

# A posting in 32 bits: 19 for the number, 12 for the words of the text, 1 for titles.
MOST_SONGS: Final = 1 << 19
MOST_WORDS: Final = (1 << 12) - 1
_NUMBER_SHIFT: Final = 13
_STORED: Final = np.dtype("<u4")

Postings = NDArray[np.uint32]


def pack(numbers: NDArray[np.uint32], lengths: NDArray[np.uint32], *, titles: bool) -> Postings:
    """Return postings of songs' numbers and the numbers of words of their titles, or names."""
    words = np.minimum(lengths, np.uint32(MOST_WORDS))
    packed: Postings = (
        (numbers << np.uint32(_NUMBER_SHIFT)) | (words << np.uint32(1)) | np.uint32(titles)
    )
    return packed


def numbers_of(postings: Postings) -> NDArray[np.uint32]:
    """Return the numbers of the songs."""
    return postings >> np.uint32(_NUMBER_SHIFT)


def of_texts(postings: Postings, words: int, *, titles: bool) -> Postings:
    """Return the postings of titles, or of names, that consist of so many distinct words."""
    wanted = (min(words, MOST_WORDS) << 1) | titles
    found: Postings = postings[(postings & np.uint32((1 << _NUMBER_SHIFT) - 1)) == wanted]
    return found


class Piece(NamedTuple):
    """Terms in order, where the postings of each end, and these postings."""

    terms: Sequence[str]
    ends: NDArray[np.intp]
    postings: Postings

    @classmethod
    def stored(cls, terms: bytes, counts: bytes, postings: bytes) -> Piece:
        """Return a piece as ``rows_of_pieces`` made it."""
        return cls(
            terms.decode().split("\n"),
            np.cumsum(np.frombuffer(counts, _STORED), dtype=np.intp),
            np.frombuffer(postings, _STORED),
        )

    def between(self, first: str, last: str) -> Postings:
        """Return the postings of the terms from ``first`` to ``last``, both included."""
        return self._slice(bisect_left(self.terms, first), bisect_right(self.terms, last))

    def where(self, wanted: Callable[[str], bool]) -> list[Postings]:
        """Return the postings of the terms that are wanted."""
        return [self._slice(n, n + 1) for n, term in enumerate(self.terms) if wanted(term)]

    def _slice(self, start: int, end: int) -> Postings:
        return self.postings[
            self.ends[start - 1] if start else 0 : self.ends[end - 1] if end else 0
        ]


def rows_of_pieces(
    terms: Sequence[str], counts: NDArray[np.intp], postings: Postings
) -> Iterator[dict[str, Any]]:
    """Yield the rows of all the terms of a part, which are sorted, as their postings are."""
    ends = [0, *np.cumsum(counts).tolist()]
    stored = postings.astype(_STORED)
    last = -1
    for head, group in groupby(terms, key=lambda term: term[:HEAD_LENGTH]):
        first, last = last + 1, last + len(list(group))
        for number, start in enumerate(range(ends[first], ends[last + 1], PIECE_POSTINGS)):
            end = min(start + PIECE_POSTINGS, ends[last + 1])
            low, high = bisect_right(ends, start) - 1, bisect_left(ends, end)
            # A term of many postings goes on in the next piece.
            within = [min(ends[n + 1], end) - max(ends[n], start) for n in range(low, high)]
            yield {
                "head": head,
                "piece": number,
                "first_term": terms[low],
                "last_term": terms[high - 1],
                "terms": "\n".join(terms[low:high]).encode(),
                "counts": np.array(within, dtype=_STORED).tobytes(),
                "postings": stored[start:end].tobytes(),
            }
