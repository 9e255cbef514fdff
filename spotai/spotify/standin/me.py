"""Calls about the caller: profile, playlists, liked songs, what they play."""

from __future__ import annotations

from flask import request

from spotai.spotify.standin.caller import Caller
from spotai.spotify.standin.paging import number, page
from spotai.spotify.standin.refusals import RefusedError
from spotai.spotify.standin.shapes import Json, artist, playlist, profile, timestamp, track
from spotai.spotify.standin.world import World

_TERMS = ("short_term", "medium_term", "long_term")
_BETWEEN_PLAYS = 240


def me(world: World, caller: Caller) -> Json:
    return profile(world, caller.listener)


def my_playlists(world: World, caller: Caller) -> Json:
    shelf = [world.playlists[id_] for id_ in world.shelves[caller.listener.id]]
    seen = [one for one in shelf if caller.may_see(one)]
    return page(world, "/me/playlists", seen, lambda one: playlist(world, one))


def liked(world: World, caller: Caller) -> Json:
    caller.needs("user-library-read")
    added = timestamp(world.now() - 86_400)
    return page(
        world,
        "/me/tracks",
        caller.listener.liked,
        lambda song: {"added_at": added, "track": track(world, song)},
    )


def top_tracks(world: World, caller: Caller) -> Json:
    _needs_term(caller)
    return page(world, "/me/top/tracks", caller.listener.top, lambda song: track(world, song))


def top_artists(world: World, caller: Caller) -> Json:
    _needs_term(caller)
    heard = dict.fromkeys(named for song in caller.listener.top for named in song.artists[:1])
    return page(
        world,
        "/me/top/artists",
        list(heard),
        lambda named: {**artist(world, named), "genres": [], "images": []},
    )


def recently_played(world: World, caller: Caller) -> Json:
    """The latest songs by cursors in unix milliseconds; Spotify keeps fifty."""
    caller.needs("user-read-recently-played")
    limit = number("limit", 20, 1, 50)
    latest = int(world.now())
    plays = [
        ((latest - n * _BETWEEN_PLAYS) * 1000, song)
        for n, song in enumerate(caller.listener.recent[:50])
    ]
    before = number("before", 10**15, 0, 10**15)
    after = number("after", 0, 0, 10**15)
    some = [play for play in plays if after < play[0] < before][:limit]
    query = f"{world.address}/v1/me/player/recently-played?limit={limit}"
    older = bool(some) and some[-1] != plays[-1]
    answer: Json = {
        "href": query,
        "items": [
            {"track": track(world, song), "played_at": timestamp(at / 1000), "context": None}
            for at, song in some
        ],
        "limit": limit,
        "next": f"{query}&before={some[-1][0]}" if older else None,
        "cursors": {"after": str(some[0][0]), "before": str(some[-1][0])} if some else None,
    }
    return answer


def _needs_term(caller: Caller) -> None:
    caller.needs("user-top-read")
    if request.args.get("time_range", _TERMS[1]) not in _TERMS:
        raise RefusedError(400, "Invalid time range")
