"""Saved recipes: each belongs to an owner and goes with it; whoever has its id may read it.

Times are unix seconds. A recipe is kept as the JSON text it is handed in as.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from spotai.catalog.owners import Owner, hold_owner
from spotai.catalog.tables import recipe, session
from spotai.errors import NotFoundError, TooLargeError

ID_BYTES: Final = 16  # SAVED_ID_LENGTH characters of base64url
MOST_RECIPES: Final = 200
# Of one owner. A recipe of 10,000 songs takes a quarter of a million.
MOST_CHARACTERS: Final = 8 * 2**20


@dataclass(frozen=True, slots=True)
class RecipeSummary:
    """A saved recipe in a list; ``link`` is what a URL names it by: itself, or its id."""

    id: str
    name: str
    link: str
    created: int
    updated: int


@dataclass(frozen=True, slots=True)
class SavedRecipe(RecipeSummary):
    recipe: str


_SUMMARY: Final = (recipe.c.id, recipe.c.name, recipe.c.link, recipe.c.created, recipe.c.updated)


def save_recipe(
    conn: Connection, owner: Owner, name: str, text: str, link: str | None, now: int
) -> SavedRecipe:
    """Store a new recipe of an owner; without ``link`` its id is one.

    Raises TooLargeError when they have no room for it, and SessionExpiredError.
    """
    hold_owner(conn, owner)
    _check_room(conn, owner.owns(recipe), text)
    saved_id = secrets.token_urlsafe(ID_BYTES)
    saved = SavedRecipe(saved_id, name, link or saved_id, now, now, text)
    conn.execute(
        insert(recipe).values(
            id=saved.id,
            name=name,
            recipe=text,
            link=saved.link,
            created=now,
            updated=now,
            **owner.columns,
        )
    )
    return saved


def list_recipes(
    conn: Connection, owner: Owner, limit: int, offset: int = 0
) -> tuple[Sequence[RecipeSummary], int]:
    """Return one page of an owner's recipes, the last changed first, and the number of all."""
    owned = owner.owns(recipe)
    rows = conn.execute(
        select(*_SUMMARY)
        .where(owned)
        .order_by(recipe.c.updated.desc(), recipe.c.id)
        .limit(limit)
        .offset(offset)
    )
    total = conn.execute(select(func.count()).where(owned)).scalar_one()
    return [RecipeSummary(*row) for row in rows], total


def get_recipe(conn: Connection, saved_id: str, now: int) -> SavedRecipe:
    """Return a recipe, unless it is of a session that has expired. Raises NotFoundError."""
    found = conn.execute(
        select(*_SUMMARY, recipe.c.recipe)
        .outerjoin(session, session.c.id_hash == recipe.c.session_hash)
        .where(
            recipe.c.id == saved_id, or_(session.c.expires > now, recipe.c.session_hash.is_(None))
        )
    ).first()
    # MariaDB finds an id with blanks after it as well.
    if found is None or found.id != saved_id:
        raise _not_found()
    return SavedRecipe(*found)


def change_recipe(
    conn: Connection,
    owner: Owner,
    saved_id: str,
    name: str,
    text: str,
    link: str | None,
    now: int,
) -> SavedRecipe:
    """Store another recipe in place of one of the owner's.

    Raises NotFoundError for a recipe that is not the owner's own, TooLargeError when there is
    no room, and SessionExpiredError.
    """
    hold_owner(conn, owner)
    own = _own(owner, saved_id)
    created = conn.scalar(select(recipe.c.created).where(own))
    if created is None:
        raise _not_found()
    others = and_(owner.owns(recipe), recipe.c.id != saved_id)
    _check_room(conn, others, text)
    saved = SavedRecipe(saved_id, name, link or saved_id, created, now, text)
    conn.execute(
        update(recipe).where(own).values(name=name, recipe=text, link=saved.link, updated=now)
    )
    return saved


def delete_recipe(conn: Connection, owner: Owner, saved_id: str) -> None:
    """Delete a recipe. Raises NotFoundError when it is not the owner's own."""
    if conn.execute(delete(recipe).where(_own(owner, saved_id))).rowcount == 0:
        raise _not_found()


def _own(owner: Owner, saved_id: str) -> ColumnElement[bool]:
    # Blanks at the end of an id are no part of it to MariaDB.
    return and_(
        owner.owns(recipe),
        recipe.c.id == saved_id,
        func.length(recipe.c.id) == len(saved_id),
    )


def _check_room(conn: Connection, kept: ColumnElement[bool], text: str) -> None:
    """Raise TooLargeError when ``text`` does not fit beside the recipes that are kept."""
    size = func.coalesce(func.sum(func.length(recipe.c.recipe)), 0)
    count, used = conn.execute(select(func.count(), size).where(kept)).one()
    if count >= MOST_RECIPES:
        raise TooLargeError(f"{MOST_RECIPES} recipes are saved already; delete one you do not need")
    if int(used) + len(text) > MOST_CHARACTERS:
        raise TooLargeError(
            "the recipes saved already leave no room for this one; delete some that start from "
            "many songs, or start from fewer",
            field="recipe",
        )


def _not_found() -> NotFoundError:
    return NotFoundError(
        "There is no saved recipe with this id, or it is not yours to change. Recipes go when "
        "their owner deletes them, and with the session or account that saved them."
    )
