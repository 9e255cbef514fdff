"""Calls about one playlist: its details and what stands in it."""

from __future__ import annotations

from typing import Any, Final

from spotai.spotify.standin.bodies import field, fields, sent, uris
from spotai.spotify.standin.caller import Caller
from spotai.spotify.standin.paging import number, page
from spotai.spotify.standin.refusals import RefusedError
from spotai.spotify.standin.selection import selected
from spotai.spotify.standin.shapes import Json, full_playlist, placed, playlist
from spotai.spotify.standin.world import LivePlaylist, World

_FIRST_PAGE: Final = {"default": 100, "most": 100}


def show(world: World, caller: Caller, playlist_id: str) -> Any:
    """A playlist with its first entries; with none, and no word of them, unless it is open."""
    one = _find(world, playlist_id)
    if not one.open_to(caller.listener.id):
        shape = playlist(world, one)
        del shape["tracks" if world.old_shape else "items"]
        return selected(shape)
    caller.needs_to_see(one)
    return selected(full_playlist(world, one, _entries(world, one, **_FIRST_PAGE)))


def create(world: World, caller: Caller) -> tuple[Json, int]:
    """Make a playlist; public unless the body says otherwise, as with Spotify."""
    body = fields()
    name = field(body, "name", str)
    if not name:
        raise RefusedError(400, "Missing required field: name")
    public = field(body, "public", bool) is not False
    collaborative = field(body, "collaborative", bool) is True
    if public and collaborative:
        raise RefusedError(400, "Collaborative playlists cannot be public.")
    caller.needs("playlist-modify-public" if public else "playlist-modify-private")
    if collaborative:
        caller.needs("playlist-modify-public")
    text = field(body, "description", str) or ""
    made = world.create(caller.listener.id, name, text, public=public, collaborative=collaborative)
    return full_playlist(world, made, _entries(world, made, **_FIRST_PAGE)), 201


def change(world: World, caller: Caller, playlist_id: str) -> tuple[str, int]:
    """Change name, description or who may see it; the answer has no body."""
    one = _find(world, playlist_id)
    caller.needs_to_change(one)
    body = fields()
    name, text = field(body, "name", str), field(body, "description", str)
    public, shared = field(body, "public", bool), field(body, "collaborative", bool)
    if name == "":
        raise RefusedError(400, "Playlist name is empty")
    one.name = one.name if name is None else name
    one.description = one.description if text is None else text
    one.public = one.public if public is None else public
    one.collaborative = one.collaborative if shared is None else shared
    one.changed()
    return "", 200


def entries(world: World, caller: Caller, playlist_id: str) -> Any:
    one = _find(world, playlist_id)
    if not one.open_to(caller.listener.id):
        raise RefusedError(403, "Forbidden")
    caller.needs_to_see(one)
    return selected(_entries(world, one))


def add(world: World, caller: Caller, playlist_id: str) -> tuple[Json, int]:
    """Add up to 100 entries at ``position``, at the end if not said."""
    one = _find(world, playlist_id)
    caller.needs_to_change(one)
    body = sent()
    new = world.find(uris(body), caller.listener.id)
    said = field(body, "position", int) if isinstance(body, dict) else None
    size = len(one.places)
    at = number("position", size if said is None else said, 0, size)
    if not 0 <= at <= size:
        raise RefusedError(400, "Index out of bounds.")
    one.places[at:at] = new
    return _changed(one), 201


def replace_or_reorder(world: World, caller: Caller, playlist_id: str) -> Json:
    """Put up to 100 other entries in place of all, or move some where ``range_start`` is sent."""
    one = _find(world, playlist_id)
    caller.needs_to_change(one)
    body = sent()
    if isinstance(body, dict) and "range_start" in body:
        _reorder(one, body)
    else:
        one.places[:] = world.find(uris(body), caller.listener.id)
    return _changed(one)


def remove(world: World, caller: Caller, playlist_id: str) -> Json:
    """Take every occurrence of up to 100 URIs out; the old shape calls them ``tracks``."""
    one = _find(world, playlist_id)
    caller.needs_to_change(one)
    body = fields()
    rows = body.get("items", body.get("tracks"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RefusedError(400, "No uris provided")
    gone = set(uris([row.get("uri") for row in rows]))
    one.places[:] = [at for at in one.places if at.entry is None or at.entry.uri not in gone]
    return _changed(one)


def _entries(world: World, one: LivePlaylist, **limits: int) -> Json:
    """The page that the query asks for; ``limits`` are those of ``page``."""
    path = f"/playlists/{one.id}/items"
    return page(world, path, one.places, lambda at: placed(world, at), **limits)


def _find(world: World, playlist_id: str) -> LivePlaylist:
    if playlist_id not in world.playlists:
        raise RefusedError(404, "Resource not found")
    return world.playlists[playlist_id]


def _changed(one: LivePlaylist) -> Json:
    one.changed()
    return {"snapshot_id": one.snapshot_id}


def _reorder(one: LivePlaylist, body: dict[str, Any]) -> None:
    start, before = field(body, "range_start", int), field(body, "insert_before", int)
    length = field(body, "range_length", int)
    length = 1 if length is None else length
    size = len(one.places)
    if start is None or before is None or min(start, before, length) < 0:
        raise RefusedError(400, "Invalid range")
    if start + length > size or before > size:
        raise RefusedError(400, "Index out of bounds.")
    moved = one.places[start : start + length]
    rest = one.places[:start] + one.places[start + length :]
    at = before if before <= start else max(start, before - length)
    one.places[:] = rest[:at] + moved + rest[at:]
