"""A listener of a stand-in whose playlists hold songs of the catalog, and browsers of theirs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from werkzeug.test import TestResponse

from spotai.search import Snapshot
from spotai.spotify.standin import Episode, Listener, LocalFile, Named, Playlist, Song
from spotai.spotify.standin.cast import made_id
from tests.servers.spotify_logins import a_song

SECONDS: Final = 60
MINE, LONG, ODD, NEW_TO_US, FOREIGN = (
    made_id(name) for name in ("mine", "long", "odd", "new to us", "foreign")
)


def songs_of(snapshot: Snapshot, rows: Sequence[int]) -> list[Song]:
    """Return songs of the catalog as Spotify knows them."""
    return [
        Song(
            id=song.id,
            name=song.title,
            artists=tuple(Named(artist.id, artist.name) for artist in song.artists),
            album=Named(made_id("album", song.id), song.album),
            duration_ms=200_000,
        )
        for song in snapshot.songs(list(rows))
    ]


def cast(snapshot: Snapshot) -> list[Listener]:
    """Return Ada, with playlists of every kind, and Ben, whose playlist she follows."""
    songs = songs_of(snapshot, range(400))
    other = replace(songs[30], id=made_id("another release"))
    odd = (
        *songs[:5],
        None,
        LocalFile("Mine", "Me"),
        LocalFile("Mine too", "Me"),
        Episode(made_id("e"), "Talk", "Show"),
        songs[0],
        a_song(1),
        other,
    )
    ada = Listener(
        id="ada",
        name="Ada",
        account_id="ada-for-good",
        playlists=(
            Playlist(MINE, "Mine", tuple(songs[:40]), description="Forty songs"),
            Playlist(LONG, "Long", tuple(songs[100:360])),
            Playlist(ODD, "Odd", odd),
            Playlist(NEW_TO_US, "New to us", (a_song(1), a_song(2))),
        ),
        follows=(FOREIGN,),
        liked=tuple(songs[50:60]),
        top=(songs[61], songs[62]),
        recent=(songs[63],),
    )
    ben = Listener(
        id="ben", name="Ben", playlists=(Playlist(FOREIGN, "Ben's", (songs[0],), public=True),)
    )
    return [ada, ben]


def until(ask: Callable[[], TestResponse], done: Callable[[Any], bool]) -> Any:
    """Ask until an answer is as wanted, as the page does; return it."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        response = ask()
        answer = response.get_json()
        if response.status_code == 200 and done(answer):
            return answer
        assert response.status_code in {200, 503}, response.text
        time.sleep(0.05)
    raise AssertionError(f"not in time: {answer}")


def ids(answer: Any) -> list[str]:
    return [track["id"] for track in answer["tracks"]]
