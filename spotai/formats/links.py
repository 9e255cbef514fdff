"""Track ids and links as people paste them, one or more a line, and playlists in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from spotai.errors import InputError
from spotai.formats import cells
from spotai.formats.rows import Item, Listing, Refusal, Rows, listed
from spotai.tracks import ID_LENGTH, Album, Artist, Track

LINKS: Final = "links"
MARKDOWN: Final = "markdown"

_SPOTIFY: Final = "spotify"
_SEPARATORS: Final = re.compile(r"[\s,;]+")
_TRACK: Final = re.compile(
    r"(?:spotify:track:|(?:https?://)?(?:open|play)\.spotify\.com/(?:intl-[A-Za-z-]+/)?(?:embed/)?track/)?"
    rf"([0-9A-Za-z]{{{ID_LENGTH}}})(?:/?(?:[?#].*)?)"
)
_LINKED: Final = re.compile(
    r"(?:spotify:|(?:https?://)?(?:open|play)\.spotify\.com/(?:intl-[A-Za-z-]+/)?)"
    rf"(track|artist|album|playlist)[:/]([0-9A-Za-z]{{{ID_LENGTH}}})(?:/?(?:[?#].*)?)"
)
_SHORT: Final = re.compile(r"(?:https?://)?spotify(?:\.app)?\.link/")
_ESCAPED: Final = re.compile(r"\\([^\w\s])")
_SHOWN: Final = 80


class Link(NamedTuple):
    """A Markdown link to something at Spotify."""

    kind: str
    id: str
    label: str


def read_links(lines: Iterable[str]) -> Iterator[str | Refusal]:
    """Yield the track ids in ``lines``, in order, and a refusal for each piece not understood.

    Understands ids, ``spotify:track:`` URIs and links of open.spotify.com, also with ``intl-``
    parts and query strings, parted by blanks, commas or semicolons. Lines that are blank or
    begin with ``#`` are comments.
    """
    for number, line in enumerate(lines, start=1):
        for piece, id_ in _pieces(line):
            yield id_ or Refusal(number, _reason(piece))


def read_list(lines: Iterable[str], listing: Listing) -> Rows:
    """Yield the tracks of a plain list of ids and links as one playlist.

    What else is in a line is one refusal.
    """
    for number, line in enumerate(lines, start=1):
        reason = ""
        refused = 0
        for piece, id_ in _pieces(line):
            if id_:
                yield number, listed(number, Track(id_, listing.source), listing)
            else:
                reason = reason or _reason(piece)
                refused += 1
        if refused:
            more = f" (and {refused - 1:,} more in this line)" if refused > 1 else ""
            yield number, (Refusal(number, reason + more),)


def read_words(lines: Iterable[str], listing: Listing) -> Rows:
    """Yield the tracks a text names; each other word is a refusal of its own."""
    for number, line in enumerate(lines, start=1):
        for found in read_links([line]):
            if isinstance(found, Refusal):
                yield number, (found._replace(line=number),)
            else:
                yield number, listed(number, Track(found, listing.source), listing)


def read_markdown(lines: Iterable[str], listing: Listing) -> Rows:
    """Yield the tracks linked in a Markdown text as one playlist.

    The label of a link is the title. Links to artists and to one album beside a single track are
    that track's. A link to a playlist in a heading says which playlist it is. Other text is prose.
    """
    for number, line in enumerate(lines, start=1):
        links = list(spotify_links(line))
        if line.startswith("#"):
            for link in links:
                if link.kind == "playlist":
                    listing = listing._replace(id=link.id, name=_label(link) or listing.name)
            continue
        for items in _linked_tracks(number, links, listing):
            yield number, items


def spotify_links(line: str) -> Iterator[Link]:
    """Yield the Markdown links to Spotify in a line: ``[label](address)``."""
    position = 0
    while (middle := line.find("](", position)) >= 0:
        end = line.find(")", middle)
        start = line.find("[", position, middle)
        if end < 0:
            return
        if match := _LINKED.fullmatch(line[middle + 2 : end].strip()):
            yield Link(match[1], match[2], line[start + 1 : middle] if start >= 0 else "")
        position = end + 1


def list_format(head: str, *, ids_suffice: bool = False) -> str | None:
    """Return which kind of list a text begins like, None when it is no list of tracks.

    A list has, among its first lines, one that links a track or holds nothing but ids and links;
    where ``ids_suffice``, one that begins with an id, or has a URI or link between other words.
    """
    lines = [line for line in head.splitlines() if line.strip()]
    if any(link.kind == "track" for line in lines for link in spotify_links(line)):
        return MARKDOWN
    for line in lines:
        understood = [bool(id_) for _, id_ in _pieces(line)]
        if understood and all(understood):
            return LINKS
        if ids_suffice and any(understood) and (understood[0] or _SPOTIFY in line):
            return LINKS
    return None


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of a line with the track id it is, empty for any other piece."""
    text = line.lstrip("\ufeff").strip()
    if text.startswith("#"):
        return
    for piece in filter(None, _SEPARATORS.split(text)):
        match = _TRACK.fullmatch(piece)
        yield piece, match[1] if match else ""


def _linked_tracks(line: int, links: list[Link], listing: Listing) -> Iterator[tuple[Item, ...]]:
    tracks = [link for link in links if link.kind == "track"]
    try:
        artists: tuple[Artist, ...] = ()
        album = None
        if len(tracks) == 1:
            artists = tuple(
                Artist(k.id, _label(k)) for k in links if k.kind == "artist" and k.label
            )
            albums = [Album(k.id, _label(k)) for k in links if k.kind == "album" and k.label]
            album = albums[0] if len(albums) == 1 else None
        for link in tracks:
            track = Track(link.id, listing.source, title=_label(link), artists=artists, album=album)
            yield tuple(listed(line, track, listing))
    except InputError as error:
        yield (Refusal(line, error.message),)


def _label(link: Link) -> str:
    return cells.name(_ESCAPED.sub(r"\1", link.label))


def _reason(piece: str) -> str:
    shown = piece if len(piece) <= _SHOWN else piece[:_SHOWN] + "…"
    if re.search(r"spotify[.:].*\b(album|artist|playlist|episode|show|audiobook)\b", shown):
        return f"{shown!r} is no track; copy the links of the songs themselves"
    if _SHORT.match(shown):
        return f"{shown!r} is a short link, which is not followed; copy the links of the songs"
    return f"{shown!r} is no track id or link"
