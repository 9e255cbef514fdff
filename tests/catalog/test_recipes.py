"""Saved recipes in both databases: whose they are, who may read them, when they go."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from spotai.catalog import recipes
from spotai.catalog.engine import Database
from spotai.catalog.owners import Owner
from spotai.catalog.recipes import (
    change_recipe,
    delete_recipe,
    get_recipe,
    list_recipes,
    save_recipe,
)
from spotai.catalog.sessions import UNUSED_SECONDS, delete_expired, hash_of, start_session
from spotai.catalog.tables import recipe
from spotai.errors import NotFoundError, SessionExpiredError, TooLargeError

NOW = 1_800_000_000
MINE, YOURS = Owner(hash_of("mine")), Owner(hash_of("yours"))
TEXT = '{"version":1,"filters":{"genres":["ночь","🎷"]}}'


@pytest.fixture(autouse=True)
def two_sessions(database: Database) -> None:
    with database.write_aside() as conn:
        start_session(conn, "mine", NOW)
        start_session(conn, "yours", NOW)


def test_a_recipe_is_read_by_whoever_has_its_id(database: Database) -> None:
    with database.write_aside() as conn:
        saved = save_recipe(conn, MINE, "Nights 🌙", TEXT, None, NOW)
    assert len(saved.id) == 22
    assert saved.link == saved.id
    with database.read() as conn:
        assert get_recipe(conn, saved.id, NOW) == saved
        for other in (saved.id.swapcase(), f"{saved.id} ", saved.id[:-1], ""):
            with pytest.raises(NotFoundError):
                get_recipe(conn, other, NOW)


def test_each_session_has_its_own_the_last_changed_first(database: Database) -> None:
    with database.write_aside() as conn:
        first, second = (save_recipe(conn, MINE, "Same", TEXT, "1.x", NOW + n) for n in range(2))
        save_recipe(conn, YOURS, "Other", TEXT, None, NOW)
        changed = change_recipe(conn, MINE, first.id, "New", "{}", None, NOW + 5)
    assert (changed.created, changed.updated, changed.link) == (NOW, NOW + 5, first.id)
    with database.read() as conn:
        assert get_recipe(conn, first.id, NOW) == changed
        found, total = list_recipes(conn, MINE, 10)
        assert ([each.id for each in found], total) == ([first.id, second.id], 2)
        page, total = list_recipes(conn, MINE, 1, 1)
        assert ([each.id for each in page], total) == ([second.id], 2)


def test_only_its_session_changes_or_deletes_it(database: Database) -> None:
    with database.write_aside() as conn:
        saved = save_recipe(conn, MINE, "Mine", TEXT, None, NOW)
    for owner, saved_id in ((YOURS, saved.id), (MINE, f"{saved.id} "), (MINE, "")):
        with pytest.raises(NotFoundError), database.write_aside() as conn:
            change_recipe(conn, owner, saved_id, "Theirs", "{}", None, NOW)
        with pytest.raises(NotFoundError), database.write_aside() as conn:
            delete_recipe(conn, owner, saved_id)
    with database.write_aside() as conn:
        assert get_recipe(conn, saved.id, NOW) == saved
        delete_recipe(conn, MINE, saved.id)
        with pytest.raises(NotFoundError):
            get_recipe(conn, saved.id, NOW)


def test_recipes_go_with_their_session(database: Database) -> None:
    with database.write_aside() as conn:
        saved = save_recipe(conn, MINE, "Mine", TEXT, None, NOW)
        with pytest.raises(NotFoundError):
            get_recipe(conn, saved.id, NOW + UNUSED_SECONDS)
    with database.write_aside() as conn:
        delete_expired(conn, NOW + UNUSED_SECONDS)
    with database.read() as conn:
        assert conn.execute(select(recipe)).all() == []
    with pytest.raises(SessionExpiredError), database.write_aside() as conn:
        save_recipe(conn, MINE, "Late", TEXT, None, NOW)


def test_a_session_has_room_for_so_many(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipes, "MOST_RECIPES", 3)
    monkeypatch.setattr(recipes, "MOST_CHARACTERS", 250)
    with database.write_aside() as conn:
        first = save_recipe(conn, MINE, "1", "x" * 100, None, NOW)
        with pytest.raises(TooLargeError, match="no room for this one"):
            save_recipe(conn, MINE, "2", "x" * 151, None, NOW)
        save_recipe(conn, MINE, "2", "x" * 100, None, NOW)
        change_recipe(conn, MINE, first.id, "1", "x" * 150, None, NOW)
        with pytest.raises(TooLargeError, match="no room for this one"):
            change_recipe(conn, MINE, first.id, "1", "x" * 151, None, NOW)
        save_recipe(conn, MINE, "3", "", None, NOW)
        with pytest.raises(TooLargeError, match="3 recipes are saved already"):
            save_recipe(conn, MINE, "4", "", None, NOW)
        save_recipe(conn, YOURS, "1", "", None, NOW)
