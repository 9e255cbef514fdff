"""``GET /api/playlists``: the playlists of the catalog, made up while its songs are."""

from __future__ import annotations

from flask import Blueprint, Response

from spotai.api.requests import answer, read_arguments
from spotai.api.schemas import Page, PlaylistAnswer, PlaylistsAnswer
from spotai.api.state import open_snapshot, state
from spotai.catalog.playlists import Kind, get_playlist, list_playlists
from spotai.catalog.tracks import is_demo
from spotai.errors import SnapshotMissingError
from spotai.ingest.snapshots import ONLY_MADE_UP

blueprint = Blueprint("playlists", __name__)


@blueprint.get("/api/playlists")
def playlists() -> Response:
    page = read_arguments(Page)
    with state().database.read() as conn:
        found, total = list_playlists(conn, page.limit, page.offset)
        source: Kind = "demo" if is_demo(conn) else "catalog"
    if source == "demo" and state().settings.production:
        raise SnapshotMissingError(ONLY_MADE_UP)
    return answer(PlaylistsAnswer.of(found, page, total=total, source=source))


@blueprint.get("/api/playlists/<playlist_id>")
def playlist(playlist_id: str) -> Response:
    page = read_arguments(Page)
    with state().database.read() as conn:
        found = get_playlist(conn, playlist_id)
    return answer(PlaylistAnswer.of(found, page, open_snapshot()))
