"""Tokens under seal: only for their owner, with any of the keys, and in no text."""

from __future__ import annotations

import pytest

from spotai.spotify.tokens import Seal, Tokens

OLD, NEW = b"an old key of enough characters", b"a new key of enough characters!"
SECRETS = ["access-Ω", "refresh"]


def test_what_is_sealed_is_opened_for_its_owner_alone() -> None:
    seal = Seal([OLD])
    sealed = seal.seal("ada", SECRETS)
    assert seal.open("ada", sealed) == SECRETS
    assert seal.open("ben", sealed) is None
    assert seal.seal("ada", SECRETS) != sealed
    assert b"access" not in sealed


def test_keys_are_changed_without_losing_anybody() -> None:
    sealed = Seal([OLD]).seal("ada", SECRETS)
    assert Seal([NEW, OLD]).open("ada", sealed) == SECRETS
    again = Seal([NEW, OLD]).seal("ada", SECRETS)
    assert Seal([NEW]).open("ada", again) == SECRETS
    assert Seal([NEW]).open("ada", sealed) is None


def test_tokens_of_one_service_are_not_for_another() -> None:
    sealed = Seal([OLD], "app https://accounts.spotify.com").seal("ada", SECRETS)
    assert Seal([OLD], "app http://127.0.0.1:8000").open("ada", sealed) is None
    assert Seal([OLD], "app https://accounts.spotify.com").open("ada", sealed) == SECRETS


@pytest.mark.parametrize("change", [b"", b"x", b"gAAAAA", None])
def test_what_was_changed_is_not_opened(change: bytes | None) -> None:
    sealed = Seal([OLD]).seal("ada", SECRETS)
    flipped = bytes([*sealed[:-3], sealed[-3] ^ 1, *sealed[-2:]])
    assert Seal([OLD]).open("ada", flipped if change is None else change) is None


def test_tokens_show_in_no_repr() -> None:
    tokens = Tokens("the access token", "the refresh token", ("a",), 5)
    assert repr(tokens) == "Tokens(scopes=('a',), expires=5)"
