"""M3U playlists."""

from __future__ import annotations

from spotai.formats.m3u import read_m3u
from spotai.formats.rows import Item, ListedTrack, Listing, PlaylistEntry, Refusal
from spotai.tracks import Track

ID = "6rqhFgbbKwnb9MLmUQDhG6"
MINE = Listing("p1", "mine", "playlist")


def items(text: str) -> list[Item]:
    return [item for _, found in read_m3u(text.splitlines(keepends=True), MINE) for item in found]


def test_links_are_tracks_and_other_places_are_told_by_name() -> None:
    text = f"""#EXTM3U
#PLAYLIST:Road songs
#EXTINF:211,Someone - A Song - Live
https://open.spotify.com/track/{ID}?si=1
#EXTINF:90,Only a title
music\\other.mp3

/home/me/Some Band - Their Song.flac
"""
    track, entry, *local = items(text)
    assert isinstance(track, Track)
    assert (track.id, track.title, track.artists[0].name) == (ID, "A Song - Live", "Someone")
    assert entry == PlaylistEntry("p1", "Road songs", "playlist", ID)
    assert local == [
        ListedTrack(6, "", "", "Only a title", (), "p1", "Road songs"),
        ListedTrack(8, "", "", "Their Song", ("Some Band",), "p1", "Road songs"),
    ]


def test_other_things_of_spotify_are_refused() -> None:
    (refusal,) = items(f"#EXTM3U\nspotify:episode:{ID}")
    assert isinstance(refusal, Refusal)
    assert refusal.line == 2
    assert "episode" in refusal.reason
