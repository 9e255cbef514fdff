"""``GET /api/playlists``: the playlists of the catalog, made up while its songs are."""

from __future__ import annotations

from typing import Annotated, Final

from flask import Blueprint
from pydantic import Field

from spotai.api.operations import FIRST_ITEM, NEEDS_DATABASE, NEEDS_SNAPSHOT, Link, operation
from spotai.api.schemas import Page, PlaylistAnswer, PlaylistsAnswer
from spotai.api.state import open_snapshot, state
from spotai.catalog.playlists import Kind, get_playlist, list_playlists
from spotai.catalog.tracks import is_demo
from spotai.errors import NotFoundError, SnapshotMissingError
from spotai.ingest.snapshots import ONLY_MADE_UP
from spotai.recommend.recipe import Id

blueprint = Blueprint("playlists", __name__)

_AS_SEED: Final = {"seed": {"playlist_id": FIRST_ITEM}}

PlaylistId = Annotated[Id, Field(description="The id of a playlist of the catalog.")]


@operation(
    blueprint,
    "GET",
    "/api/playlists",
    problems=(*NEEDS_DATABASE, *NEEDS_SNAPSHOT),
    links=(
        Link("getPlaylist", parameters={"playlist_id": FIRST_ITEM}),
        Link("postProfiles", body=_AS_SEED),
        Link("postRecommendations", body=_AS_SEED),
        Link("postMatches", body=_AS_SEED),
    ),
)
def playlists(query: Page) -> PlaylistsAnswer:
    """List the playlists of the catalog, the most followed first.

    `source` is `demo` while the catalog is made up, else `catalog`.
    """
    with state().database.read() as conn:
        found, total = list_playlists(conn, query.limit, query.offset)
        source: Kind = "demo" if is_demo(conn) else "catalog"
    if source == "demo" and state().settings.production:
        raise SnapshotMissingError(ONLY_MADE_UP)
    return PlaylistsAnswer.of(found, query, total=total, source=source)


@operation(
    blueprint,
    "GET",
    "/api/playlists/<playlist_id>",
    problems=(NotFoundError, *NEEDS_DATABASE, *NEEDS_SNAPSHOT),
)
def playlist(playlist_id: PlaylistId, query: Page) -> PlaylistAnswer:
    """Show one playlist with a page of its tracks.

    `unknown` holds the ids of the page that cannot be searched.
    """
    with state().database.read() as conn:
        found = get_playlist(conn, playlist_id)
    return PlaylistAnswer.of(found, query, open_snapshot())
