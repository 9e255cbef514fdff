"""What is asked of listeners, and when."""

from __future__ import annotations

from spotai.spotify.scopes import SCOPES, allows, scopes_for


def test_nothing_is_asked_before_it_is_needed() -> None:
    assert scopes_for(()) == SCOPES["read"]
    assert scopes_for(["save"]) == (*SCOPES["read"], *SCOPES["save"])
    assert scopes_for(["known", "save"]) == tuple(s for use in SCOPES.values() for s in use)


def test_what_was_granted_is_asked_for_again() -> None:
    granted = ("user-top-read", "a-scope-of-another-time")
    assert scopes_for(["save"], granted) == (*SCOPES["read"], *SCOPES["save"], "user-top-read")


def test_a_use_needs_all_of_its_scopes() -> None:
    assert allows(scopes_for(["save"]), "save")
    assert not allows(scopes_for(["save"])[:-1], "save")
    assert not allows((), "read")
