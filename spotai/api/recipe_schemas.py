"""Requests and answers of ``/api/recipes`` and ``/api/links``: saved recipes and links to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, NamedTuple, Self

from pydantic import Field, field_validator

from spotai.api.schemas import Page, RequestBody
from spotai.api.track_schemas import Answer
from spotai.catalog.recipes import MOST_RECIPES, RecipeSummary
from spotai.catalog.tables import RECIPE_NAME_LENGTH
from spotai.recommend import Recipe

# The address of the page that opens a recipe.
PAGE: Final = "/?recipe={link}"


class RecipeToSave(RequestBody):
    """``name`` is for people; several recipes may have the same."""

    name: Annotated[str, Field(min_length=1, max_length=RECIPE_NAME_LENGTH)]
    recipe: Recipe

    @field_validator("name")
    @classmethod
    def _says_something(cls, name: str) -> str:
        if not name.strip() or "\0" in name:
            raise ValueError("must hold more than blanks")
        return name


class LinkAnswer(Answer):
    """``code`` holds the recipe, ``link`` is an address of this server that opens it."""

    code: str
    link: str

    @classmethod
    def of(cls, code: str) -> Self:
        return cls(code=code, link=PAGE.format(link=code))


class SavedRecipeAnswer(Answer):
    """A saved recipe; times are in unix seconds. ``link`` opens it on this server."""

    id: str
    name: str
    link: str
    created: int
    updated: int

    @classmethod
    def of(cls, saved: RecipeSummary) -> Self:
        return cls(
            id=saved.id,
            name=saved.name,
            link=PAGE.format(link=saved.link),
            created=saved.created,
            updated=saved.updated,
        )


class SavedRecipesAnswer(Answer):
    """One page of the session's own recipes, the last changed first."""

    items: tuple[SavedRecipeAnswer, ...]
    total: Annotated[int, Field(le=MOST_RECIPES)]
    limit: int
    offset: int

    @classmethod
    def of(cls, found: Iterable[RecipeSummary], page: Page, *, total: int) -> Self:
        return cls(
            items=tuple(map(SavedRecipeAnswer.of, found)),
            total=total,
            limit=page.limit,
            offset=page.offset,
        )


class DeletedAnswer(Answer):
    """``deleted``: the id of what is gone."""

    deleted: str


class Start(NamedTuple):
    """What the songs that a recipe starts from are called, and whether they are made up."""

    name: str
    demo: bool


class OpenedRecipeAnswer(Answer):
    """A recipe with every field. ``saved`` says what it is saved as, null where it is a code.

    ``start`` names what it starts from; that is made up where ``demo`` is true.
    """

    recipe: Recipe
    saved: SavedRecipeAnswer | None
    start: str
    demo: bool

    @classmethod
    def of(cls, recipe: Recipe, start: Start, saved: RecipeSummary | None) -> Self:
        return cls(
            recipe=recipe,
            saved=None if saved is None else SavedRecipeAnswer.of(saved),
            start=start.name,
            demo=start.demo,
        )
