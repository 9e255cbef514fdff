"""The objects of the Web API as JSON, in the shapes of 2026.

What Spotify no longer tells in development mode (popularity, markets, labels, followers, email) is
left out.
"""

from __future__ import annotations

import datetime as dt
import html
from typing import Any, Final

from spotai.spotify.standin.cast import Entry, Episode, Listener, LocalFile, Named, Song, made_id
from spotai.spotify.standin.world import LivePlaylist, Placed, World

Json = dict[str, Any]

_PRECISIONS: Final = {4: "year", 7: "month", 10: "day"}
_OPEN: Final = "https://open.spotify.com"


def timestamp(unix: float) -> str:
    """Return a time as the Web API writes it."""
    return dt.datetime.fromtimestamp(unix, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _head(world: World, kind: str, id_: str) -> Json:
    """What every object begins with."""
    return {
        "external_urls": {"spotify": f"{_OPEN}/{kind}/{id_}"},
        "href": f"{world.address}/v1/{kind}s/{id_}",
        "id": id_,
        "type": kind,
        "uri": f"spotify:{kind}:{id_}",
    }


def _images(url: str) -> list[Json]:
    return [{"url": url, "height": 640, "width": 640}] if url else []


def artist(world: World, named: Named) -> Json:
    return {**_head(world, "artist", named.id), "name": named.name}


def album(world: World, song: Song) -> Json:
    """The album of a song. One without a date has ``0000``, as some old albums do."""
    date = song.release_date or "0000"
    return {
        **_head(world, "album", song.album.id),
        "album_type": "album",
        "artists": [artist(world, named) for named in song.artists[:1]],
        "images": _images(song.artwork),
        "name": song.album.name,
        "release_date": date,
        "release_date_precision": _PRECISIONS[len(date)],
        "total_tracks": 1,
    }


def track(world: World, song: Song) -> Json:
    return {
        **_head(world, "track", song.id),
        "album": album(world, song),
        "artists": [artist(world, named) for named in song.artists],
        "disc_number": 1,
        "duration_ms": song.duration_ms,
        "explicit": song.explicit,
        "external_ids": {"isrc": song.isrc} if song.isrc else {},
        "is_local": False,
        "name": song.name,
        "preview_url": None,
        "track_number": 1,
    }


def _local(file: LocalFile) -> Json:
    nothing: Json = {"external_urls": {}, "href": None, "id": None}
    return {
        **nothing,
        "album": {
            **nothing,
            "album_type": None,
            "artists": [],
            "images": [],
            "name": file.album,
            "release_date": None,
            "release_date_precision": None,
            "total_tracks": 0,
            "type": "album",
            "uri": None,
        },
        "artists": [{**nothing, "name": file.artist, "type": "artist", "uri": None}],
        "disc_number": 0,
        "duration_ms": file.duration_ms,
        "explicit": False,
        "external_ids": {},
        "is_local": True,
        "name": file.name,
        "preview_url": None,
        "track_number": 0,
        "type": "track",
        "uri": file.uri,
    }


def episode(world: World, one: Episode) -> Json:
    show = {
        **_head(world, "show", made_id("show", one.show)),
        "available_markets": [],
        "copyrights": [],
        "description": "",
        "explicit": False,
        "html_description": "",
        "images": [],
        "is_externally_hosted": False,
        "languages": ["en"],
        "media_type": "audio",
        "name": one.show,
        "publisher": one.show,
        "total_episodes": 1,
    }
    return {
        **_head(world, "episode", one.id),
        "audio_preview_url": None,
        "description": "",
        "duration_ms": one.duration_ms,
        "explicit": False,
        "html_description": "",
        "images": [],
        "is_externally_hosted": False,
        "is_playable": True,
        "languages": ["en"],
        "name": one.name,
        "release_date": "2026-01-01",
        "release_date_precision": "day",
        "show": show,
    }


def playable(world: World, entry: Entry) -> Json | None:
    if entry is None:
        return None
    if isinstance(entry, LocalFile):
        return _local(entry)
    return episode(world, entry) if isinstance(entry, Episode) else track(world, entry)


def _user(world: World, id_: str) -> Json:
    return _head(world, "user", id_)


def placed(world: World, one: Placed) -> Json:
    """An entry of a playlist."""
    return {
        "added_at": timestamp(one.added_at),
        "added_by": _user(world, one.added_by),
        "is_local": isinstance(one.entry, LocalFile),
        "track" if world.old_shape else "item": playable(world, one.entry),
    }


def playlist(world: World, one: LivePlaylist) -> Json:
    """A playlist as in a list. Spotify escapes its description for HTML, slashes included."""
    owner = world.listeners[one.owner]
    listed = {"href": f"{world.address}/v1/playlists/{one.id}/items", "total": len(one.places)}
    return {
        **_head(world, "playlist", one.id),
        "collaborative": one.collaborative,
        "description": html.escape(one.description).replace("/", "&#x2F;"),
        "images": [],
        "name": one.name,
        "owner": {**_user(world, owner.id), "display_name": owner.name},
        "public": one.public,
        "snapshot_id": one.snapshot_id,
        "tracks" if world.old_shape else "items": listed,
    }


def full_playlist(world: World, one: LivePlaylist, first: Json) -> Json:
    """A playlist with the first page of its entries."""
    return {**playlist(world, one), "tracks" if world.old_shape else "items": first}


def profile(world: World, listener: Listener) -> Json:
    """What an app is told about its listener."""
    told = {} if listener.account_id is None else {"account_id": listener.account_id}
    return {**_user(world, listener.id), **told, "display_name": listener.name, "images": []}
