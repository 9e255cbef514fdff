"""Reading single cells of a table: ids, names, numbers, dates.

Every function raises ``InputError`` with a reason fit for a report when the text cannot be meant.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from spotai.errors import FeatureValueError, InputError
from spotai.features import BY_NAME, Feature
from spotai.tracks import ID_LENGTH, Album, Artist

LOCAL_PREFIX: Final = "local"
NAME_LENGTH: Final = 1_000
LABEL_LENGTH: Final = 255

_ID: Final = re.compile(rf"[0-9A-Za-z]{{{ID_LENGTH}}}")
_BREAK: Final = re.compile(r"[\t\n\r]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|(?i:nan)")
_METER: Final = re.compile(r"0?([0-9])(?:/4|-Apr)")
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_RESAVED: Final = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_EXPLICIT: Final = {"true": True, "1": True, "false": False, "0": False, "": None}
# All of them zero at once is what Spotify returned for tracks it could not analyse.
_JOINT_ZEROS: Final = ("acousticness", "danceability", "energy", "tempo", "valence")


def track_id(text: str) -> str:
    """Return a Spotify track id: 22 letters and digits."""
    return _spotify_id(text, "track")


def playlist_id(text: str) -> str:
    """Return a Spotify playlist id: 22 letters and digits."""
    return _spotify_id(text, "playlist")


def _spotify_id(text: str, kind: str) -> str:
    if not _ID.fullmatch(text):
        raise InputError(f"{kind} id {text[:40]!r} is not {ID_LENGTH} letters and digits")
    return text


def name(text: str, *, longest: int = NAME_LENGTH) -> str:
    """Return a name without control characters and outer blanks."""
    if not text.isprintable():
        text = _CONTROL.sub("", _BREAK.sub(" ", text))
    text = text.strip()
    if len(text) > longest:
        raise InputError(f"a name has {len(text)} characters, more than {longest}")
    return text


def names(text: str, separator: str = "; ") -> list[str]:
    """Return the names of a list written in one cell, each once."""
    return list(dict.fromkeys(filter(None, map(name, text.split(separator)))))


def genres(text: str) -> tuple[str, ...]:
    """Return the genres of a list written in one cell, joined with ``; ``."""
    return tuple(name(genre, longest=LABEL_LENGTH) for genre in names(text))


def artists(credited: Sequence[str]) -> tuple[Artist, ...]:
    """Return artists known by name only, under ids of our own; the first spelling counts."""
    known: dict[str, Artist] = {}
    for artist_name in credited:
        id_ = local_id(artist_name)
        known.setdefault(id_, Artist(id_, artist_name))
    return tuple(known.values())


def album(id_: str, album_name: str, credited: Sequence[Artist]) -> Album | None:
    """Return the album of a row, under an id of our own where it has no Spotify id."""
    album_name = name(album_name)
    if not album_name:
        return None
    if _ID.fullmatch(id_):
        return Album(id_, album_name)
    return Album(local_id(album_name, *(artist.name for artist in credited[:1])), album_name)


def local_id(*parts: str) -> str:
    """Return an id for what Spotify's id of is not known: the same for names equal but for case."""
    digest = hashlib.sha256("\0".join(part.casefold() for part in parts).encode()).hexdigest()
    return LOCAL_PREFIX + digest[: ID_LENGTH - len(LOCAL_PREFIX)]


def explicit(text: str) -> bool | None:
    try:
        return _EXPLICIT[text.strip().lower()]
    except KeyError:
        raise InputError(f"explicit is {text[:40]!r}, neither True nor False") from None


def number(feature: Feature, text: str) -> float | None:
    """Return a feature's value, None when the cell is empty or says "not known"."""
    text = text.strip()
    if not text:
        return None
    if feature.name == "time_signature" and (meter := _METER.fullmatch(text)):
        # "4/4", and what spreadsheets make of it: the fourth of April.
        text = meter[1]
    if not _NUMBER.fullmatch(text):
        raise FeatureValueError(f"{feature.name} is {text[:40]!r}, not a number")
    return feature.clean(float(text))


def features(
    row: Mapping[str, str], columns: Iterable[tuple[Feature, str]], date: str
) -> dict[str, float]:
    """Return the known features of a row; the year comes from its release date.

    ``columns`` says in which column each feature stands.
    """
    known = {
        feature.name: value
        for feature, column in columns
        if (text := row[column]) and (value := number(feature, text)) is not None
    }
    if "energy" in known and not any(known.get(name) for name in _JOINT_ZEROS):
        raise FeatureValueError(f"{', '.join(_JOINT_ZEROS)} are all 0: the track was not analysed")
    if date:
        year = BY_NAME["release_year"].clean(int(date[:4]))
        return known if year is None else known | {"release_year": year}
    return known


def release_date(text: str) -> str:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or an empty string when not known.

    Of dates re-saved as ``M/D/YYYY`` or ``DD-MM-YYYY`` month and day are taken only where one of
    the two cannot be a month, or both are equal; else the year alone is sure.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[2], match[3]
    elif match := _RESAVED.fullmatch(text):
        year = match[4]
        month, day = _month_and_day(int(match[1]), int(match[3]))
    elif text:
        raise InputError(f"release date {text[:40]!r} is not understood; write YYYY-MM-DD")
    else:
        return ""
    if year == "0000":
        return ""
    return _as_precise_as_valid(year, month, day)


def _month_and_day(first: int, second: int) -> tuple[str | None, str | None]:
    if first <= 12 < second or first == second:
        return f"{first:02}", f"{second:02}"
    if second <= 12 < first:
        return f"{second:02}", f"{first:02}"
    return None, None


def _as_precise_as_valid(year: str, month: str | None, day: str | None) -> str:
    if month is None or not 1 <= int(month) <= 12:
        return year
    try:
        return date(int(year), int(month), int(day or "")).isoformat()
    except ValueError:
        return f"{year}-{month}"
