"""How far a version of a song is from the studio original, told from its title and its album.

Only what stands in brackets or behind " - " tells: "Live Forever" is a song, "Alive" is a word, and
"(Live at Wembley)" is a place. Of an album so do the words that whole albums are called by, such as
"Live at …" in front. What nothing is told of is an original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.search.versions import fold


class VersionKind(IntEnum):
    """The less, the nearer to the original.

    NEAR: the same recording, remastered, in mono, or cut for the radio. ALTERNATE: another
    recording or mix: live, remix, acoustic, instrumental, demo, sped up. IMITATION: karaoke,
    tribute, cover.
    """

    ORIGINAL = 0
    NEAR = 1
    ALTERNATE = 2
    IMITATION = 3


_MAY_TELL: Final = re.compile(r"[(\[{]| - ")
_BRACKETED: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
_PARTED: Final = re.compile(r"[/;,|:]")
_NOT_WORD: Final = re.compile(r"[\W_]+")

# Of a part in lower case, words a blank apart.
_IMITATION: Final = re.compile(
    r"\b(?:karaoke|in the style of|made (?:famous|popular) by|originally (?:performed|sung) by"
    r"|backing track|tribute (?:to|version)|cover(?:ed)? by|cover version)\b|^(?:cover|tribute)$"
)
_LIVE: Final = (
    r"^live(?:$| (?:at|in|from|on \w+|version|ver|versao|sessions?|acoustic|unplugged|performance"
    r"|recording|take|mix|edit|remix|album|lp|ep|tour|aid|lounge|bbc|radio|studio|au|aus|aux|uit|im"
    r"|bei|en|fra|with the|\d+)\b)"
    r"|\b(?:recorded|acoustic|unplugged|trio|solo|session|mtv|bbc|\d{4}) live$"
    r"|\blive (?:version|ver|sessions?|recording|performance|lounge|tour|at the|from the)\b"
    r"|\b(?:en (?:vivo|directo|direct|concierto|concert)|ao vivo|dal vivo|in concerto?)\b"
)
_ALTERNATE: Final = re.compile(
    rf"{_LIVE}|\b(?:(?:re ?mix|rmx)(?:e[ds])?|mixed|mashup|bootleg|dub|extended|nightcore|8d audio"
    r"|sped up|speed up|slowed|instrumentals?|a ?cap+ella|acoustic|acusti[ck]\w*|akustik"
    r"|acoustique|unplugged|stripped|orchestral|demos?|rehearsal|alternate|alternative|outtake"
    r"|take \d+|sessions?|recorded (?:live|at)|re ?recorded|re ?recording|reprise"
    r"|taylor s version)\b"
)
_NEAR: Final = re.compile(
    r"\b(?:re ?master\w*|mono|stereo|edit(?:ed)?"
    r"|(?:radio|single|video|clean|short|7|7 inch) (?:edit|mix|version))\b"
)
_OTHERWISE: Final = re.compile(r"\b(?:version|versao|versione|ver|mix)\b")
_AS_FIRST_HEARD: Final = re.compile(r"\b(?:original|album|lp|ep|explicit|main)\b")
_WHOLE_ALBUM: Final = re.compile(
    r"^live$|^live (?:at|from) |\b(?:mtv )?unplugged\b|\bin concert\b|\bkaraoke\b|\btribute to\b"
    r"|^the remixes$|\ben vivo\b|\bao vivo\b"
)


def title_kind(title: str) -> VersionKind:
    """Return what a song's title tells of it."""
    if not _MAY_TELL.search(title):
        return VersionKind.ORIGINAL
    return max(map(_kind_of_version, _parts(title)), default=VersionKind.ORIGINAL)


def album_kind(album: str) -> VersionKind:
    """Return what an album's name tells of its songs."""
    whole = _words(fold(album))
    told = [_kind_of(whole)] if _WHOLE_ALBUM.search(whole) else []
    if _MAY_TELL.search(album):
        told += map(_kind_of, _parts(album))
    return max(told, default=VersionKind.ORIGINAL)


def version_kinds(titles: Sequence[str], albums: Sequence[str]) -> NDArray[np.uint8]:
    """Return the kind of each song, (n,), of what title and album tell the farther one."""
    of_albums = {album: album_kind(album) for album in set(albums)}
    kinds = (
        max(title_kind(title), of_albums[album])
        for title, album in zip(titles, albums, strict=True)
    )
    return np.fromiter(kinds, dtype=np.uint8, count=len(titles))


def _parts(name: str) -> Iterator[str]:
    """Yield the words of what stands in brackets, but for names all in them, or behind " - "."""
    head, *tails = fold(name).split(" - ")
    texts = [
        text for tail in tails for text in (_BRACKETED.sub(" ", tail), *_BRACKETED.findall(tail))
    ]
    if _words(_BRACKETED.sub(" ", head)):
        texts += _BRACKETED.findall(head)
    for text in texts:
        yield from map(_words, _PARTED.split(text))


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", text).strip()


def _kind_of(words: str) -> VersionKind:
    if _IMITATION.search(words):
        return VersionKind.IMITATION
    if _ALTERNATE.search(words):
        return VersionKind.ALTERNATE
    return VersionKind.NEAR if _NEAR.search(words) else VersionKind.ORIGINAL


def _kind_of_version(words: str) -> VersionKind:
    """Return the kind of a part of a title, where a "Piano Version" is another one as well."""
    kind = _kind_of(words)
    if kind > VersionKind.ORIGINAL or not _OTHERWISE.search(words) or _AS_FIRST_HEARD.search(words):
        return kind
    return VersionKind.ALTERNATE
