"""``/api/recipes``: recipes that people save; ``/api/links``: recipes as a short text.

A link holds the recipe itself. One that does not fit is named by the id it is saved under. Only
playlists of the catalog, which anybody may read, can stand in either: of a playlist on Spotify the
songs do in place of its id, which is its owner's business.
"""

from __future__ import annotations

import time
from typing import Annotated, Final

from flask import Blueprint
from pydantic import Field

from spotai.api.operations import (
    FIRST_ITEM,
    NEEDS_DATABASE,
    NEEDS_SNAPSHOT,
    READS_SPOTIFY,
    Link,
    operation,
)
from spotai.api.recipe_schemas import (
    DeletedAnswer,
    LinkAnswer,
    OpenedRecipeAnswer,
    RecipeToSave,
    SavedRecipeAnswer,
    SavedRecipesAnswer,
    Start,
)
from spotai.api.schemas import Page
from spotai.api.state import asking_owner, needed_owner, own_tracks, state
from spotai.catalog.playlists import get_playlist
from spotai.catalog.recipes import (
    change_recipe,
    delete_recipe,
    get_recipe,
    list_recipes,
    save_recipe,
)
from spotai.catalog.tables import SAVED_ID_LENGTH
from spotai.errors import NotFoundError, RecipeError, RecipeLinkError, TooLargeError
from spotai.recommend import Recipe, Seed, link
from spotai.recommend.recipe import MAX_SEEDS
from spotai.tracks import DEMO_PREFIX

blueprint = Blueprint("recipes", __name__)

_READS_START: Final = (*NEEDS_DATABASE, NotFoundError)
_TAKES_START: Final = (*_READS_START, *NEEDS_SNAPSHOT, *READS_SPOTIFY)

SavedId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=SAVED_ID_LENGTH,
        description="The id of a recipe that the session or its account saved.",
    ),
]
RecipeKey = Annotated[
    str,
    Field(
        min_length=1,
        max_length=link.LONGEST_LINK,
        description="The id of a saved recipe, or the code that a link holds.",
    ),
]


@operation(
    blueprint,
    "POST",
    "/api/links",
    problems=(*_TAKES_START, RecipeError),
    links=(Link("getRecipe", parameters={"recipe_id": "$response.body#/code"}),),
)
def links(body: Recipe) -> LinkAnswer:
    """Write a recipe as a link; nothing is saved.

    The link holds the recipe itself, and at most 50 seed ids: what is longer is a 422, and can be
    saved. The songs of a playlist on Spotify stand in it, not the playlist.
    """
    shared = _shareable(body)
    _start_of(shared)
    return LinkAnswer.of(link.encode(shared))


@operation(
    blueprint,
    "POST",
    "/api/recipes",
    status=201,
    needs_session=True,
    problems=(*_TAKES_START, RecipeError, TooLargeError),
    links=(Link("getRecipe", parameters={"recipe_id": "$response.body#/id"}),),
)
def save(body: RecipeToSave) -> SavedRecipeAnswer:
    """Save a recipe under a name.

    It belongs to the session, or to the account that has logged in there, which may keep 200 of
    them, and goes with it. `link` holds the recipe itself, or its id where that is too long.
    """
    owner = needed_owner()
    recipe = _shareable(body.recipe)
    _start_of(recipe)
    text, code = link.write_recipe(recipe), _code_of(recipe)
    with state().database.write_aside() as conn:
        saved = save_recipe(conn, owner, body.name, text, code, int(time.time()))
    return SavedRecipeAnswer.of(saved)


@operation(
    blueprint,
    "GET",
    "/api/recipes",
    problems=NEEDS_DATABASE,
    links=(Link("getRecipe", parameters={"recipe_id": FIRST_ITEM}),),
)
def saved_recipes(query: Page) -> SavedRecipesAnswer:
    """List the recipes the session saved, the last changed first.

    None without a session.
    """
    owner = asking_owner()
    if owner is None:
        return SavedRecipesAnswer.of((), query, total=0)
    with state().database.read() as conn:
        found, total = list_recipes(conn, owner, query.limit, query.offset)
    return SavedRecipesAnswer.of(found, query, total=total)


@operation(
    blueprint,
    "GET",
    "/api/recipes/<recipe_id>",
    problems=(*_READS_START, RecipeLinkError),
)
def open_recipe(recipe_id: RecipeKey) -> OpenedRecipeAnswer:
    """Open a saved recipe, or the one that a link holds.

    Whoever has the id or the link may read it. A code that was damaged, or made by a newer
    version, is a 422 that says so.
    """
    if link.is_link(recipe_id):
        recipe = link.decode(recipe_id)
        return OpenedRecipeAnswer.of(recipe, _start_of(recipe), None)
    with state().database.read() as conn:
        saved = get_recipe(conn, recipe_id, int(time.time()))
    recipe = link.read_recipe(saved.recipe.encode())
    return OpenedRecipeAnswer.of(recipe, _start_of(recipe), saved)


@operation(
    blueprint,
    "PUT",
    "/api/recipes/<recipe_id>",
    needs_session=True,
    problems=(*_TAKES_START, RecipeError, TooLargeError),
)
def change(recipe_id: SavedId, body: RecipeToSave) -> SavedRecipeAnswer:
    """Put a name and a recipe in place of what the session saved under an id."""
    owner = needed_owner()
    recipe = _shareable(body.recipe)
    _start_of(recipe)
    text, code = link.write_recipe(recipe), _code_of(recipe)
    with state().database.write_aside() as conn:
        saved = change_recipe(conn, owner, recipe_id, body.name, text, code, int(time.time()))
    return SavedRecipeAnswer.of(saved)


@operation(
    blueprint,
    "DELETE",
    "/api/recipes/<recipe_id>",
    needs_session=True,
    problems=(*NEEDS_DATABASE, NotFoundError),
)
def delete(recipe_id: SavedId) -> DeletedAnswer:
    """Delete a recipe of the session; links that name its id end."""
    owner = needed_owner()
    with state().database.write_aside() as conn:
        delete_recipe(conn, owner, recipe_id)
    return DeletedAnswer(deleted=recipe_id)


def _shareable(recipe: Recipe) -> Recipe:
    """Return a recipe with the songs of a playlist on Spotify in place of its id.

    Raises RecipeError when they are too many, and what reading from Spotify raises.
    """
    if recipe.seed.playlist_id is None:
        return recipe
    own = own_tracks(recipe.seed.playlist_id)
    if own is None:
        return recipe
    if len(own) > MAX_SEEDS:
        raise RecipeError(
            f"the playlist holds {len(own):,} songs, and a recipe that others may open takes "
            f"{MAX_SEEDS:,}; start from a shorter playlist",
            field="seed",
        )
    return recipe.model_copy(update={"seed": Seed(track_ids=tuple(own))})


def _code_of(recipe: Recipe) -> str | None:
    """Return the recipe as a link holds it, None where it is too long for one."""
    try:
        return link.encode(recipe)
    except RecipeError:
        return None


def _start_of(recipe: Recipe) -> Start:
    """Say what a recipe starts from. Raises NotFoundError for no playlist of the catalog."""
    seed = recipe.seed
    if seed.playlist_id is not None:
        with state().database.read() as conn:
            found = get_playlist(conn, seed.playlist_id)
        return Start(found.name, demo=found.kind == "demo")
    count = len(seed.track_ids)
    name = "Your own aims" if count == 0 else "1 song" if count == 1 else f"{count:,} songs"
    return Start(name, demo=any(track.startswith(DEMO_PREFIX) for track in seed.track_ids))
