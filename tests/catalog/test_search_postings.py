"""Words are written down in pieces, and found in them again."""

from __future__ import annotations

import numpy as np
import pytest

from spotai.catalog import search_postings
from spotai.catalog.search_postings import (
    MOST_SONGS,
    MOST_WORDS,
    Piece,
    numbers_of,
    of_texts,
    pack,
    rows_of_pieces,
)


def uint32(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.uint32)


def test_a_posting_holds_a_number_a_length_and_a_kind() -> None:
    numbers = uint32(0, 7, MOST_SONGS - 1)
    titles = pack(numbers, uint32(1, 2, 9_999), titles=True)
    names = pack(numbers, uint32(1, 2, 9_999), titles=False)
    assert numbers_of(titles).tolist() == numbers_of(names).tolist() == numbers.tolist()
    both = np.concatenate([titles, names])
    assert of_texts(both, 2, titles=True).tolist() == titles[1:2].tolist()
    assert of_texts(both, 2, titles=False).tolist() == names[1:2].tolist()
    assert of_texts(both, MOST_WORDS, titles=True).tolist() == titles[2:].tolist()


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_terms_of_one_head_lie_together_and_large_ones_go_on(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(search_postings, "PIECE_POSTINGS", most)
    terms = ["a", "the", "them", "thy", "you", "夜に"]
    counts = np.array([2, 5, 1, 2, 1, 1])
    rows = list(rows_of_pieces(terms, counts, np.arange(12, dtype=np.uint32)))
    assert all(len(row["postings"]) <= 4 * most for row in rows)
    assert {row["head"] for row in rows} == {"a", "th", "yo", "夜に"}
    assert len({(row["head"], row["piece"]) for row in rows}) == len(rows)
    pieces = [Piece.stored(row["terms"], row["counts"], row["postings"]) for row in rows]
    for row, piece in zip(rows, pieces, strict=True):
        assert (row["first_term"], row["last_term"]) == (piece.terms[0], piece.terms[-1])

    def between(first: str, last: str) -> list[int]:
        return [int(n) for piece in pieces for n in piece.between(first, last)]

    assert between("the", "the") == [2, 3, 4, 5, 6]
    assert between("th", "th~") == [2, 3, 4, 5, 6, 7, 8, 9]
    assert between("夜", "夜\U0010ffff") == [11]
    assert between("b", "c") == []
    short = [some for piece in pieces for some in piece.where(lambda term: len(term) == 3)]
    assert np.concatenate(short).tolist() == [2, 3, 4, 5, 6, 8, 9, 10]
