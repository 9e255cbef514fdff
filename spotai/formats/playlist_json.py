"""Playlists as JSON: slices of Spotify's Million Playlist Dataset (MPD), and JSPF.

MPD: https://www.aicrowd.com/challenges/spotify-million-playlist-dataset-challenge, one object
with an array ``playlists``. JSPF: https://www.xspf.org/jspf, one object ``playlist``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from spotai.errors import FormatError, InputError, TooLargeError
from spotai.features import BY_NAME
from spotai.formats import cells
from spotai.formats.json_stream import JsonStream
from spotai.formats.rows import Item, Listing, Refusal, Rows, listed
from spotai.tracks import Track

MPD: Final = "mpd"
JSPF: Final = "jspf"
MPD_SOURCE: Final = "mpd"
_SPOTIFY: Final = ("spotify:track:", "https://open.spotify.com/", "http://open.spotify.com/")
_MPD_PID: Final = "mpd{pid}"
_MPD_TOLD: Final = frozenset({"pid", "name", "num_followers", "tracks"})
_NO_TRACKS: Final = "a playlist has no list of tracks"
_NEITHER: Final = (
    "neither an array 'playlists', as the Million Playlist Dataset does, nor an object "
    "'playlist', as JSPF does."
)
# Of the identifiers and places that a track lists.
_MOST_LISTED: Final = 16

Json = Mapping[str, Any]


def read_playlists(stream: JsonStream, listing: Listing) -> Rows:
    """Yield the tracks of a JSON file with playlists, under a running number.

    ``listing`` stands in where a JSPF playlist has no title. Raises FormatError when the file
    has no playlist, and whatever ``JsonStream`` raises.
    """
    line = 0
    found = False
    for key in stream.members():
        if key == "playlists" and stream.peek() == "[":
            rows = _mpd_playlists(stream, line)
        elif key == "playlist" and stream.peek() == "{":
            rows = _jspf_playlist(stream, listing, line)
        else:
            _pass(stream, found=found)
            continue
        found = True
        for items in rows:
            line += 1
            yield line, items
            stream.gave_row()
    if stream.peek():
        raise FormatError("There is more behind the end of the JSON. Keep one object in a file.")
    if not found:
        raise FormatError(f"The JSON holds {_NEITHER}")


def _pass(stream: JsonStream, *, found: bool) -> None:
    """Take a value that nothing is known of; ``found`` says whether a playlist stood before it."""
    try:
        stream.value()
    except TooLargeError as error:
        if found:
            raise
        raise TooLargeError(f"{error.message} Up to there the JSON holds {_NEITHER}") from error


def _mpd_playlists(stream: JsonStream, line: int) -> Iterator[Sequence[Item]]:
    for _ in stream.items():
        for items in _mpd_playlist(stream, line):
            line += 1
            yield items


def _mpd_playlist(stream: JsonStream, line: int) -> Iterator[Sequence[Item]]:
    """Yield the tracks, one by one where pid and name stand before them, as in the data set."""
    if stream.peek() != "{":
        stream.value()
        yield (Refusal(line + 1, _NO_TRACKS),)
        return
    told: dict[str, Any] = {}
    found = False
    for key in stream.members():
        named = _mpd_listing(told) if key == "tracks" and "name" in told else None
        if named and not found and stream.peek() == "[":
            found = True
            yield from _mpd_tracks(_values(stream), named, line)
        else:
            value = stream.value()
            if key in _MPD_TOLD:
                told[key] = value
    if not found:
        yield from _mpd_told(told, line)


def _mpd_told(playlist: Json, line: int) -> Iterator[Sequence[Item]]:
    """Yield the tracks of a playlist that was read as a whole."""
    tracks = playlist.get("tracks")
    named = _mpd_listing(playlist)
    if not isinstance(tracks, list):
        yield (Refusal(line + 1, _NO_TRACKS),)
    elif named is None:
        pid = str(playlist.get("pid"))[:40]
        yield (Refusal(line + 1, f"a playlist has the pid {pid!r}, not a number"),)
    else:
        yield from _mpd_tracks(tracks, named, line)


def _mpd_listing(playlist: Json) -> Listing | None:
    """Return what is known of a playlist, None where it has no pid."""
    pid = playlist.get("pid")
    if not isinstance(pid, int) or not 0 <= pid < 10**15:
        return None
    name, followers = _name(playlist.get("name")), _followers(playlist.get("num_followers"))
    return Listing(_MPD_PID.format(pid=pid), name, MPD_SOURCE, followers)


def _mpd_tracks(entries: Iterable[object], named: Listing, line: int) -> Iterator[Sequence[Item]]:
    empty = True
    for items in _tracks(entries, named, _mpd_track, line):
        empty = False
        yield items
    if empty:
        yield (Refusal(line + 1, "a playlist has no tracks"),)


def _mpd_track(entry: Json, listing: Listing) -> Track:
    artist_id = _text(entry, "artist_uri")
    artists = cells.artists(
        [name] if (name := cells.name(_text(entry, "artist_name"))) else [],
        cells.ids(artist_id),
    )
    return Track(
        id=cells.track_id(_text(entry, "track_uri")),
        source=listing.source,
        title=cells.name(_text(entry, "track_name")),
        artists=artists,
        album=cells.album(
            _text(entry, "album_uri"),
            _text(entry, "album_name"),
            artists[0].name if artists else "",
        ),
        features=_duration(entry, "duration_ms"),
    )


def _jspf_playlist(stream: JsonStream, listing: Listing, line: int) -> Iterator[Sequence[Item]]:
    """Yield the tracks one by one: a title behind them comes too late to name their playlist."""
    found = False
    for key in stream.members():
        if key == "title":
            listing = listing._replace(name=_name(stream.value()) or listing.name)
        elif key == "track" and stream.peek() == "[":
            found = True
            for items in _tracks(_values(stream), listing, _jspf_track, line):
                line += 1
                yield items
        else:
            stream.value()
    if not found:
        yield (Refusal(line + 1, "the playlist has no list of tracks"),)


def _jspf_track(entry: Json, listing: Listing) -> Track:
    named = [*_texts(entry, "identifier"), *_texts(entry, "location")]
    links = [text for text in named if text.startswith(_SPOTIFY)]
    codes = [code for text in named if (code := cells.isrc(text.removeprefix("isrc:")))]
    artist = cells.name(_text(entry, "creator"))
    return Track(
        id=cells.track_id(links[0]) if links else "",
        source=listing.source,
        title=cells.name(_text(entry, "title")),
        artists=cells.artists([artist] if artist else []),
        album=cells.album("", _text(entry, "album"), artist),
        features=_duration(entry, "duration"),
        isrc=cells.isrc(_text(entry, "isrc")) or next(iter(codes), ""),
    )


def _values(stream: JsonStream) -> Iterator[object]:
    return (stream.value() for _ in stream.items())


def _tracks(
    entries: Iterable[object], listing: Listing, read: Callable[[Json, Listing], Track], line: int
) -> Iterator[Sequence[Item]]:
    for line_of, entry in enumerate(entries, start=line + 1):
        try:
            track = read(entry if isinstance(entry, dict) else {}, listing)
            yield listed(line_of, track, listing)
        except InputError as error:
            yield (Refusal(line_of, f"in playlist {listing.name[:60]!r}: {error.message}"),)


def _duration(entry: Json, key: str) -> dict[str, float]:
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return {}
    known = BY_NAME["duration_ms"].clean(value)
    return {} if known is None else {"duration_ms": known}


def _name(value: object) -> str:
    """Return the name of a playlist, empty where it has none."""
    return cells.name(value[: cells.NAME_LENGTH]) if isinstance(value, str) else ""


def _followers(value: object) -> int:
    """Return a number of followers, 0 where it is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 <= value <= cells.MOST_FOLLOWERS else 0


def _text(entry: Json, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _texts(entry: Json, key: str) -> list[str]:
    """Return the first texts of a list, or the text that stands in its place."""
    value = entry.get(key)
    found = value[:_MOST_LISTED] if isinstance(value, list) else [value]
    return [text for text in found if isinstance(text, str)]
