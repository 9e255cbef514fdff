"""Titles and queries are cut into the same words, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.catalog.search_words import Wanted, wanted_of, within_one_edit, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't Stop Believin'", "dont stop believin"),
        ("L'amour toujours", "l amour toujours"),
        ("Beyoncé & Jay-Z", "beyonce jay z"),
        ("Straße \uff21\uff22\uff23 ①", "strasse abc 1"),
        ("Ночь — Ёлка", "ночь елка"),
        ("حبيبي مُحَمَّد", "حبيبي محمد"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी गाना", "हिनदी गाना"),
        ("夜に駆ける", "夜に に駆 駆け ける る"),
        ("東京2020 Live", "東京 京 2020 live"),
        ("ภาษา", "ภา าษ ษา า"),
        ("Fire🔥🔥 up", "fire 🔥 🔥 up"),
        ("r\u00aeock \u200bn\u200dot \u2764\ufe0f", "r ® ock not ❤"),
        ("÷", "÷"),
        ("???", "???"),
        (" ¿ ! ", "¿!"),
        ("", ""),
        ("\0\ud800 \t", ""),
        ("x" * 40, "x" * 32),
    ],
)
def test_texts_are_cut_into_words(text: str, words: str) -> None:
    assert list(words_of(text)) == words.split()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("the be", [Wanted("the"), Wanted("be", is_prefix=True)]),
        ("vitamin c", [Wanted("vitamin"), Wanted("c")]),
        ("夜に駆", [Wanted("夜に"), Wanted("に駆")]),
        ("夜", [Wanted("夜", is_prefix=True)]),
        ("a a a", [Wanted("a")]),
        (" ".join(map(str, range(100, 200))), [Wanted(str(n)) for n in range(100, 112)]),
    ],
)
def test_a_query_asks_for_words(query: str, wanted: list[Wanted]) -> None:
    assert wanted_of(query) == wanted


@given(st.text())
def test_any_text_has_words_and_can_be_asked_for(text: str) -> None:
    words = words_of(text)
    assert all(words)
    assert all(any(w.startswith(word.text) for w in words) for word in wanted_of(text))
    for word in words:
        word.encode()


@given(st.text("abc", min_size=1, max_size=6), st.integers(0, 5), st.sampled_from("abcd"))
def test_one_edit_is_one_edit(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    edits = {
        word,
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }
    assert all(within_one_edit(word, edit) and within_one_edit(edit, word) for edit in edits)
    assert not within_one_edit(word, word + "xy")
    assert not within_one_edit("zz" + word, "yx" + word)
