"""M3U and M3U8 playlists: Spotify links, and what ``#EXTINF`` says of other entries.

https://en.wikipedia.org/wiki/M3U describes the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spotai.errors import InputError
from spotai.formats import cells
from spotai.formats.rows import Item, Listing, Refusal, Rows, listed
from spotai.tracks import Track

M3U: Final = "m3u"
HEADER: Final = "#EXTM3U"
_SPOTIFY: Final = re.compile(r"spotify:|https?://(?:open|play)\.spotify\.com/")
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{2,4}$")


def read_m3u(lines: Iterable[str], listing: Listing) -> Rows:
    """Yield the entries of a playlist; ``#PLAYLIST:`` names it in place of ``listing``."""
    described = ""
    for number, line in enumerate(lines, start=1):
        text = line.strip().lstrip("\ufeff")
        if text.startswith("#EXTINF:"):
            described = text.partition(",")[2]
        elif text.startswith("#PLAYLIST:"):
            name = text.partition(":")[2].strip()[: cells.NAME_LENGTH]
            listing = listing._replace(name=cells.name(name) or listing.name)
        elif text and not text.startswith("#"):
            yield number, _entry(number, text, described, listing)
            described = ""


def _entry(line: int, place: str, described: str, listing: Listing) -> tuple[Item, ...]:
    try:
        id_ = cells.track_id(place) if _SPOTIFY.match(place) else ""
        artist, title = _named(described or ("" if id_ else _file_name(place)))
        artists = cells.artists([artist] if artist else [])
        track = Track(id_, listing.source, title=title, artists=artists)
        return tuple(listed(line, track, listing))
    except InputError as error:
        return (Refusal(line, error.message),)


def _named(text: str) -> tuple[str, str]:
    artist, parted, title = text.partition(" - ")
    return (cells.name(artist), cells.name(title)) if parted else ("", cells.name(text))


def _file_name(place: str) -> str:
    return _SUFFIX.sub("", place.replace("\\", "/").rpartition("/")[2])
