"""Calls about single songs and albums, and the search."""

from __future__ import annotations

from itertools import islice

from flask import request

from spotai.spotify.standin.caller import Caller
from spotai.spotify.standin.paging import number, page
from spotai.spotify.standin.refusals import RefusedError
from spotai.spotify.standin.shapes import Json, album, track
from spotai.spotify.standin.world import World

_MOST_FOUND = 1_000


def one_track(world: World, _caller: Caller, track_id: str) -> Json:
    if track_id not in world.songs:
        raise RefusedError(404, "Resource not found")
    return track(world, world.songs[track_id])


def one_album(world: World, _caller: Caller, album_id: str) -> Json:
    """An album as far as songs tell of it: those that the stand-in knows are on it."""
    songs = [song for song in world.songs.values() if song.album.id == album_id]
    if not songs:
        raise RefusedError(404, "Resource not found")
    listed = [{k: v for k, v in track(world, song).items() if k != "album"} for song in songs]
    tracks = page(world, f"/albums/{album_id}/tracks", listed, lambda row: row, default=50)
    shape = album(world, songs[0])
    return {
        **shape,
        "copyrights": [],
        "external_ids": {},
        "genres": [],
        "total_tracks": len(songs),
        "tracks": tracks,
    }


def search(world: World, _caller: Caller) -> Json:
    """Songs whose title, artists or album hold every word; other kinds have no hits."""
    words = request.args.get("q", "").lower().split()
    kinds = request.args.get("type", "").split(",")
    if not words:
        raise RefusedError(400, "No search query")
    if "track" not in kinds:
        raise RefusedError(400, "The stand-in searches for tracks only")
    number("limit", 5, 1, 10)
    hits = islice(
        (s for s in world.songs.values() if _holds(s.name, s.artists, words)), _MOST_FOUND
    )
    tracks = page(world, "/search", list(hits), lambda s: track(world, s), default=5, most=10)
    return {"tracks": tracks}


def _holds(name: str, artists: tuple[tuple[str, str], ...], words: list[str]) -> bool:
    text = " ".join([name, *(artist[1] for artist in artists)]).lower()
    return all(word in text for word in words)
