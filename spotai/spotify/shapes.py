"""What Spotify answers, as our own rows: both shapes of playlists, and everything odd in them.

Apps in development mode get ``items`` and ``item`` where others still get ``tracks`` and ``track``.
Nothing is taken for granted: any field may be missing or null. What is not even a list of entries
is no answer, and raises SpotifyUnavailableError.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar

from spotai.errors import SpotifyUnavailableError
from spotai.tracks import ID_LENGTH

# What an entry of a playlist is; only a song has an id.
EntryKind = Literal["song", "local", "episode", "removed"]
Json = Mapping[str, Any]
Row = TypeVar("Row")

_ID: Final = re.compile(rf"[0-9A-Za-z]{{1,{ID_LENGTH}}}")
_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_NO_YEAR: Final = "0000"
# A list shows artwork small: the smallest picture that is still sharp at that size.
_ARTWORK_PIXELS: Final = 128


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a playlist. Texts are empty, the duration is 0 and ``explicit`` null where
    Spotify does not say."""

    kind: EntryKind
    id: str = ""
    title: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    release_date: str = ""
    duration_ms: int = 0
    explicit: bool | None = None
    isrc: str = ""
    artwork: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A playlist in a list. ``open_to_app``: an app with extended quota, which may read any."""

    id: str
    name: str
    description: str = ""
    owner_id: str = ""
    owner: str = ""
    collaborative: bool = False
    snapshot_id: str = ""
    tracks: int = 0
    artwork: str = ""
    open_to_app: bool = False


@dataclass(frozen=True, slots=True)
class Me:
    """The listener. ``ids`` are all that may stand for them as an owner."""

    name: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """A page of a list: its rows, how many entries it had, those of all pages, and whether more
    follow. ``mark`` changes when the list does, as far as the page tells."""

    rows: tuple[Row, ...]
    count: int
    total: int
    more: bool
    mark: str = ""


def read_me(answer: object) -> Me:
    """Read ``GET /me``."""
    me = _object(answer)
    ids = frozenset(filter(None, (_text(me, "account_id"), _text(me, "id"))))
    if not ids:
        raise _not_understood("the account has no id")
    return Me(_text(me, "display_name"), ids)


def read_part(answer: object, read: Callable[[Any], Row | None]) -> Part[Row]:
    """Read a page; ``read`` returns None for what is no row, such as null for a playlist."""
    page = _object(answer)
    entries = page.get("items")
    if not isinstance(entries, list):
        raise _not_understood("a page has no list of entries")
    rows = tuple(row for row in map(read, entries) if row is not None)
    total = max(_number(page, "total"), len(entries))
    return Part(rows, len(entries), total, bool(page.get("next")), _mark(total, entries))


def read_listed(entry: object) -> Listed | None:
    """Read a playlist of a list, or a playlist itself; None for one that is gone."""
    if not isinstance(entry, Mapping) or not _ID.fullmatch(_text(entry, "id")):
        return None
    owner = _inner(entry, "owner")
    songs = _inner(entry, "items") or _inner(entry, "tracks")
    return Listed(
        id=_text(entry, "id"),
        name=_text(entry, "name"),
        # Spotify hands descriptions out as HTML.
        description=html.unescape(_text(entry, "description")),
        owner_id=_text(owner, "id"),
        owner=_text(owner, "display_name") or _text(owner, "id"),
        collaborative=entry.get("collaborative") is True,
        snapshot_id=_text(entry, "snapshot_id"),
        tracks=_number(songs, "total"),
        artwork=_picture(entry),
        open_to_app="tracks" in entry and "items" not in entry,
    )


def read_entry(entry: object) -> Entry:
    """Read an entry of a playlist, of the liked songs or of what was played."""
    if not isinstance(entry, Mapping):
        return Entry("removed")
    song = _inner(entry, "item") or _inner(entry, "track")
    return read_song(song, is_local=entry.get("is_local") is True)


def read_song(song: object, *, is_local: bool = False) -> Entry:
    """Read a track, as it stands alone among the top ones."""
    if not isinstance(song, Mapping):
        return Entry("removed")
    album = _inner(song, "album")
    id_ = _text(song, "id")
    kind: EntryKind = "song"
    if is_local or song.get("is_local") is True:
        kind = "local"
    elif (_text(song, "type") or "track") != "track" or song.get("episode") is True:
        kind = "episode"
    elif not _ID.fullmatch(id_):
        kind = "removed"
    return Entry(
        kind=kind,
        id=id_ if kind == "song" else "",
        title=_text(song, "name"),
        artists=tuple(filter(None, (_text(artist, "name") for artist in _list(song, "artists")))),
        album=_text(album, "name"),
        release_date=_date(_text(album, "release_date")),
        duration_ms=_number(song, "duration_ms"),
        explicit=song["explicit"] if isinstance(song.get("explicit"), bool) else None,
        isrc=_text(_inner(song, "external_ids"), "isrc"),
        artwork=_picture(album),
    )


def _mark(total: int, entries: Sequence[object]) -> str:
    # Liked songs have no snapshot; the newest comes first, and taking one away changes the number.
    first = entries[0] if entries else None
    added = _text(first, "added_at") if isinstance(first, Mapping) else ""
    return f"{total} {added} {read_entry(first).id}".strip()


def _picture(of: Json) -> str:
    """Return the smallest picture that is large enough, else the largest; sizes may be null."""
    pictures = [
        (_number(picture, "width"), _text(picture, "url"))
        for picture in _list(of, "images")
        if _text(picture, "url").startswith("https://")
    ]
    enough = [picture for picture in pictures if picture[0] >= _ARTWORK_PIXELS]
    return min(enough)[1] if enough else max(pictures, default=(0, ""))[1]


def _date(text: str) -> str:
    return text if _DATE.fullmatch(text) and not text.startswith(_NO_YEAR) else ""


def _object(answer: object) -> Json:
    if not isinstance(answer, Mapping):
        raise _not_understood("an answer is no object")
    return answer


def _inner(of: Json, name: str) -> Json:
    inner = of.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _list(of: Json, name: str) -> list[Json]:
    inner = of.get(name)
    return [one for one in inner if isinstance(one, Mapping)] if isinstance(inner, list) else []


def _text(of: Json, name: str) -> str:
    text = of.get(name)
    # No character that a database refuses.
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""


def _number(of: Json, name: str) -> int:
    number = of.get(name)
    return number if isinstance(number, int) and 0 <= number < 2**31 else 0


def _not_understood(what: str) -> SpotifyUnavailableError:
    return SpotifyUnavailableError(
        f"Spotify answered in a way we do not understand: {what}. Try again in a minute."
    )
