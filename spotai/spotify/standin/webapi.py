"""The Web API: which call is answered by what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from spotai.spotify.standin import me, metadata, playlists
from spotai.spotify.standin.caller import Caller, identify
from spotai.spotify.standin.closed import status_of
from spotai.spotify.standin.refusals import RefusedError
from spotai.spotify.standin.world import World

Handler = Callable[..., Any]

CALLS: Final[tuple[tuple[str, str, Handler], ...]] = (
    ("GET", "/me", me.me),
    ("GET", "/me/playlists", me.my_playlists),
    ("POST", "/me/playlists", playlists.create),
    ("GET", "/me/tracks", me.liked),
    ("GET", "/me/top/tracks", me.top_tracks),
    ("GET", "/me/top/artists", me.top_artists),
    ("GET", "/me/player/recently-played", me.recently_played),
    ("GET", "/playlists/<playlist_id>", playlists.show),
    ("PUT", "/playlists/<playlist_id>", playlists.change),
    ("GET", "/playlists/<playlist_id>/items", playlists.entries),
    ("POST", "/playlists/<playlist_id>/items", playlists.add),
    ("PUT", "/playlists/<playlist_id>/items", playlists.replace_or_reorder),
    ("DELETE", "/playlists/<playlist_id>/items", playlists.remove),
    ("GET", "/tracks/<track_id>", metadata.one_track),
    ("GET", "/albums/<album_id>", metadata.one_album),
    ("GET", "/search", metadata.search),
)


def _only_old(handler: Handler) -> Handler:
    """Answer a call that only those who see the old shape still have."""

    def answer(world: World, caller: Caller, **path: str) -> Any:
        if not world.old_shape:
            raise RefusedError(403, "Forbidden")
        return handler(world, caller, **path)

    return answer


_OLD: Final = tuple(
    (method, path.removesuffix("items") + "tracks", _only_old(handler))
    for method, path, handler in CALLS
    if path.endswith("/items")
)


def web_api(world: World) -> Blueprint:
    """Return the calls below ``/v1``."""
    pages = Blueprint("webapi", __name__, url_prefix="/v1")
    for method, path, handler in (*CALLS, *_OLD):
        name = f"{method} {path}".replace(".", "_")
        pages.add_url_rule(path, name, _answering(world, handler), methods=[method])
    pages.register_error_handler(RefusedError, RefusedError.response)
    return pages


def nothing_here(world: World) -> Response:
    """Answer a call that there is none of, or none any more."""
    try:
        identify(world)
    except RefusedError as refusal:
        return refusal.response()
    return RefusedError(*status_of(request.path.removeprefix("/v1"))).response()


def _answering(world: World, handler: Handler) -> Callable[..., Response]:
    def answer(**path: str) -> Response:
        with world.lock:
            made = handler(world, identify(world), **path)
        body, status = made if isinstance(made, tuple) else (made, 200)
        response = jsonify(body) if body != "" else Response()
        response.status_code = status
        return response

    return answer
