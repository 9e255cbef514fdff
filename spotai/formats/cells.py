"""Reading single cells of a table: ids, names, numbers, dates.

Every function raises ``InputError`` with a reason fit for a report when the text cannot be meant.
docs/formats.md lists the quirks met in real files and what becomes of each.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from spotai.errors import FeatureValueError, InputError
from spotai.features import BY_NAME, GROUPS, KEY_NAMES, Feature
from spotai.formats.literals import spelled_list
from spotai.tracks import ID_LENGTH, Album, Artist

LOCAL_PREFIX: Final = "local"
NAME_LENGTH: Final = 1_000
LABEL_LENGTH: Final = 255
# Beyond it floats skip whole numbers, and filters compare floats.
MOST_FOLLOWERS: Final = 2**53

_ID: Final = re.compile(
    r"(?:spotify:[a-z]+:|(?:https?://)?(?:open|play)\.spotify\.com/(?:intl-[A-Za-z-]+/)?"
    rf"(?:embed/)?[a-z]+/)([0-9A-Za-z]{{{ID_LENGTH}}})(?:/?(?:[?#].*)?)"
)
_OTHER_KIND: Final = re.compile(
    r"spotify(?::|\.com/)(?:intl-[A-Za-z-]+/)?(?:embed/)?(?!track|embed)([a-z]+)[:/]"
)
_BREAK: Final = re.compile(r"[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, and the invisible ones that no script needs: zero-width space, word joiner,
# byte order mark, soft hyphen, marks and overrides of direction. The joiners U+200C and U+200D
# stay: Persian, Indic scripts and emoji are written with them.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_PLAIN: Final = re.compile(r"[-+.0-9eE]*")
_MISSING: Final = frozenset({"", "na", "n/a", "nan", "none", "null", "unknown"})
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul")
_METER: Final = re.compile(rf"0?([0-9])(?:/4|-({'|'.join(_MONTHS)}))")
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[ T][0-9:.]+Z?)?)?)?")
_RESAVED: Final = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_COUNT: Final = re.compile(r"([0-9]{1,16})(?:\.0)?")
_YEAR: Final = re.compile(r"([0-9]{4})(?:\.0)?")
_ISRC: Final = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{3}[0-9]{7}")
_EXPLICIT: Final = {
    "true": True, "1": True, "1.0": True,
    "false": False, "0": False, "0.0": False,
} | dict.fromkeys(_MISSING)  # fmt: skip
_NATURALS: Final = {note.lower(): pitch for pitch, note in enumerate(KEY_NAMES) if len(note) == 1}
_WORDS: Final[Mapping[str, Mapping[str, int]]] = {
    "key": {
        note + sign: (pitch + step) % len(KEY_NAMES)
        for note, pitch in _NATURALS.items()
        for sign, step in (("", 0), ("#", 1), ("♯", 1), ("b", -1), ("♭", -1))
    },
    "mode": {word: number for number, word in BY_NAME["mode"].choices.items()}
    | {"false": 0, "true": 1},
}
# A double needs no more digits than these to hold a measured value; the rest is what binary
# arithmetic left behind (0.5379999999999999).
_DIGITS: Final = 12
_NOISY_LENGTH: Final = 15
# All zero at once, with tempo 0: what Spotify returned where the analysis found no beat.
_JOINT_ZEROS: Final = ("danceability", "speechiness", "valence")

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """Answers of a function kept by argument: data sets repeat their cells.

    Bounded: forgets everything when ``MOST`` answers are kept. Errors are not kept.
    """

    MOST: Final = 20_000

    def __init__(self, function: Callable[[Key], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Key) -> Value:
        value = self._function(key)
        if len(self) >= self.MOST:
            self.clear()
        self[key] = value
        return value


def is_id(text: str) -> bool:
    """Return whether ``text`` has the form of a Spotify id: 22 letters and digits."""
    return len(text) == ID_LENGTH and text.isascii() and text.isalnum()


def are_ids(texts: Collection[str]) -> bool:
    """Return whether all the texts have the form of a Spotify id."""
    joined = "".join(texts)
    return joined.isascii() and joined.isalnum() and {ID_LENGTH}.issuperset(map(len, texts))


def bare_id(text: str) -> str:
    """Return the Spotify id of an artist or album given as id, URI or link."""
    if found := _found_id(text):
        return found
    raise InputError(f"id {text.strip()[:40]!r} is not {ID_LENGTH} letters and digits")


def _found_id(text: str) -> str:
    if is_id(text):
        return text
    text = text.strip()
    if is_id(text):
        return text
    match = _ID.fullmatch(text)
    return match[1] if match else ""


def track_id(text: str) -> str:
    """Return the id of a track given as id, ``spotify:track:`` URI or link."""
    text = text.strip()
    if is_id(text):
        return text
    if kind := _OTHER_KIND.search(text[:200]):
        raise InputError(f"{text[:60]!r} is no track: it is a Spotify {kind[1]}")
    if match := _ID.fullmatch(text):
        return match[1]
    raise InputError(f"track id {text[:40]!r} is not {ID_LENGTH} letters and digits")


def name(text: str, *, longest: int = NAME_LENGTH) -> str:
    """Return a name in NFC without control or invisible characters and outer blanks.

    Lone surrogates, which JSON can spell but UTF-8 cannot, become U+FFFD.
    """
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", _BREAK.sub(" ", text))
        text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        text = unicodedata.normalize("NFC", text)
    text = text.strip()
    if len(text) > longest:
        raise InputError(f"a name has {len(text)} characters, more than {longest}")
    return text


def names(text: str, separator: str = "; ") -> list[str]:
    """Return the names of a list written in one cell, each once."""
    return list(dict.fromkeys(filter(None, map(name, text.split(separator)))))


def literal_names(text: str) -> list[str]:
    """Return the names of a Python list literal, ``['Someone', "Fat Larry's Band"]``."""
    return list(filter(None, map(name, spelled_list(text))))


def credited_names(text: str, ids: Collection[str]) -> list[str]:
    """Return the artists of an Exportify row, whose generations join them differently.

    ``ids``, where the row has them, say how many there are. Without them a semicolon parts names,
    else a comma that no blank follows: the ones of "Tyler, The Creator" and the like.
    """
    text = name(text)
    if not ids:
        return names(text, ";") if ";" in text else list(filter(None, re.split(r",(?!\s)", text)))
    for separator in (", ", ",", ";"):
        split = [part.strip() for part in text.split(separator)]
        if len(split) == len(ids) > 1 and all(split):
            return split
    return [text] if text else []


def ids(text: str) -> list[str]:
    """Return the ids of a list written in one cell: a list literal, or parted by commas."""
    text = text.strip()
    if text.startswith("["):
        return [bare_id(part) for part in spelled_list(text)]
    return [bare_id(part) for part in re.split("[,;]", text) if part.strip()]


def genres(text: str, separator: str = "; ") -> tuple[str, ...]:
    """Return the genres of a list written in one cell, also as a list literal."""
    if text.startswith("["):
        found: Iterable[str] = literal_names(text)
    else:
        found = names(text, separator)
    return tuple(name(genre, longest=LABEL_LENGTH) for genre in dict.fromkeys(found))


def artists(credited: Sequence[str], spotify_ids: Sequence[str] = ()) -> tuple[Artist, ...]:
    """Return artists in credit order, each once.

    Where ``spotify_ids`` are not as many as the names, nobody knows whose they are: artists then
    get ids of our own by their names, and the first spelling counts.
    """
    if len(spotify_ids) != len(credited):
        spotify_ids = [local_id(artist_name) for artist_name in credited]
    known: dict[str, Artist] = {}
    for id_, artist_name in zip(spotify_ids, credited, strict=True):
        known.setdefault(id_, Artist(id_, artist_name))
    return tuple(known.values())


def album(id_: str, album_name: str, first_artist: str = "") -> Album | None:
    """Return the album of a row, under an id of our own where ``id_`` is no Spotify id."""
    album_name = name(album_name)
    if not album_name:
        return None
    if spotify_id := _found_id(id_):
        return Album(spotify_id, album_name)
    return Album(local_id(album_name, *filter(None, [first_artist])), album_name)


@lru_cache(maxsize=Memo.MOST)
def local_id(*parts: str) -> str:
    """Return an id for what Spotify's id of is not known: the same for names equal but for case."""
    digest = hashlib.sha256("\0".join(parts).casefold().encode()).hexdigest()
    return LOCAL_PREFIX + digest[: ID_LENGTH - len(LOCAL_PREFIX)]


def isrc(text: str) -> str:
    """Return an ISRC in capitals without hyphens, or an empty string where ``text`` is none."""
    code = text.strip().replace("-", "")
    return code.upper() if _ISRC.fullmatch(code) else ""


def explicit(text: str) -> bool | None:
    try:
        return _EXPLICIT[text.strip().lower()]
    except KeyError:
        raise InputError(f"explicit is {text[:40]!r}, neither True nor False") from None


def number(feature: Feature, text: str, *, decimal: str = ".") -> float | None:
    """Return a feature's value, None when the cell is empty or says "not known".

    Understands note names, Major and Minor, True and False, and time signatures as ``4/4`` and
    as the dates that spreadsheets make of them. ``decimal`` is the file's decimal separator.
    """
    if not _NUMBER.fullmatch(text):
        text = _spelled_number(feature, text.strip().lower(), decimal)
        if not text:
            return None
    value = float(text)
    if len(text) >= _NOISY_LENGTH:
        value = float(f"{value:.{_DIGITS}g}")
    if feature.minimum < value < feature.maximum and not feature.integer:
        return value
    return feature.clean(value)


def plain_numbers(feature: Feature, column: Sequence[str]) -> tuple[list[float], list[int]] | None:
    """Return the numbers of a column of plain numbers, and where ``number`` must look again.

    Elsewhere they are what ``number`` returns. None when a cell holds anything but a number.
    """
    if feature.choices or not _PLAIN.fullmatch("".join(column)):
        return None
    try:
        values = list(map(float, column))
    except ValueError:
        return None
    least, most = feature.minimum, feature.maximum
    if max(map(len, column), default=0) >= _NOISY_LENGTH:
        return None
    if feature.integer:
        return values, [n for n, v in enumerate(values) if not (least <= v <= most and v % 1 == 0)]
    if not values or (least <= min(values) and max(values) <= most):
        return values, []
    return values, [n for n, v in enumerate(values) if not least <= v <= most]


def _spelled_number(feature: Feature, text: str, decimal: str) -> str:
    """Return the number that a word or a date stands for; an empty string for "not known"."""
    if text in _MISSING:
        return ""
    if text in (words := _WORDS.get(feature.name, {})):
        return str(words[text])
    if feature.name == "time_signature":
        text = _beats(text)
    number = text.replace(decimal, ".")
    if not _NUMBER.fullmatch(number):
        raise FeatureValueError(f"{feature.name} is {text[:40]!r}, not a number")
    return number


def _beats(text: str) -> str:
    """Return the beats of ``5/4``, which spreadsheets show as ``05-Apr`` or, in the US, 04-May."""
    match = _METER.fullmatch(text)
    if not match:
        return text
    month = _MONTHS.index(match[2]) + 1 if match[2] else 4
    return match[1] if month == 4 else str(month) if match[1] == "4" else text


def without_failed_analysis(known: dict[str, float]) -> dict[str, float]:
    """Return features without the audio group when the analysis of the track has failed.

    Danceability, speechiness and valence are then 0, and the tempo is 0, which reads as missing.
    The group goes as a whole, so that another source's complete measurement can take its place.
    """
    if "tempo" in known or any(known.get(feature) != 0 for feature in _JOINT_ZEROS):
        return known
    audio = {feature.name for feature in GROUPS["audio"]}
    return {feature: value for feature, value in known.items() if feature not in audio}


def followers(text: str) -> int:
    """Return a number of followers, 0 where not known."""
    text = text.strip()
    if text.lower() in _MISSING:
        return 0
    match = _COUNT.fullmatch(text)
    if match is None or int(match[1]) > MOST_FOLLOWERS:
        raise InputError(f"playlist followers are {text[:40]!r}; write a whole number")
    return int(match[1])


def release_year(text: str) -> str:
    """Return the year of a cell that holds nothing else, or an empty string when not known."""
    text = text.strip()
    if match := _YEAR.fullmatch(text):
        return "" if match[1] == "0000" else match[1]
    if text.lower() in _MISSING | {"0", "0.0"}:
        return ""
    raise InputError(f"year is {text[:40]!r}; write YYYY")


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
    elif text.lower() in _MISSING:
        return ""
    else:
        raise InputError(f"release date {text[:40]!r} is not understood; write YYYY-MM-DD")
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
