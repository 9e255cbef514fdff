"""Who says what about a track, and whom the catalog believes.

The values of a track fall into groups. A **claim** is what one source says about one group. Of
two claims on the same group the better one is kept whole; ``better`` is a total order, so the
catalog holds the same values in whatever order, and however often, the files were loaded:

1. any known value before none;
2. the source with the higher trust;
3. the source whose name comes first;
4. of the same source: more known values, then the longer texts, then the smaller values.

Genres are the one exception: those of the same source are united, because data sets repeat a
song once per genre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from spotai import features
from spotai.tracks import Track

Value = float | str | bool | tuple[str, ...] | None
Known = Mapping[str, Value]

GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {group: tuple(f.name for f in members) for group, members in features.GROUPS.items()}
    | {
        "release": (*(f.name for f in features.GROUPS["release"]), "release_date"),
        "text": ("title", "artists"),
        "album": ("album_id",),
        "explicit": ("explicit",),
        "genres": ("genres",),
        "artwork": ("artwork",),
        "isrc": ("isrc",),
    }
)


_NOTHING: Final[dict[str, Value]] = {f: None for fields in GROUPS.values() for f in fields}


def _getter(fields: tuple[str, ...]) -> Callable[[Known], tuple[Value, ...]]:
    if len(fields) > 1:
        return itemgetter(*fields)
    (field,) = fields
    return lambda known: (known[field],)


_VALUES: Final = {group: _getter(fields) for group, fields in GROUPS.items()}


class Claim(NamedTuple):
    """What one source says about one group: the values in the order of ``GROUPS[group]``.

    ``time`` is when it was first heard, in unix seconds.
    """

    values: tuple[Value, ...]
    source_id: int
    time: int


class Rank(NamedTuple):
    """How far a source is believed; the smaller the better."""

    distrust: int
    name: str


Claims = dict[str, Claim]


def _text_fields(track: Track) -> dict[str, Value]:
    return {
        "title": track.title or None,
        "artists": tuple(artist.id for artist in track.artists) or None,
        "album_id": track.album.id if track.album else None,
        "release_date": track.release_date or None,
        "explicit": track.explicit,
        "genres": tuple(sorted(set(track.genres))) or None,
        "artwork": track.artwork or None,
        "isrc": track.isrc or None,
    }


def claims_of(track: Track, source_id: int, time: int) -> Claims:
    """Return the claims of a track row, leaving out groups of which it knows nothing."""
    known = _NOTHING | _text_fields(track) | dict(track.features)
    return group_claims(known, dict.fromkeys(GROUPS, (source_id, time)))


def group_claims(known: Known, origins: Mapping[str, tuple[int, int]]) -> Claims:
    """Sort the values of a track into claims.

    ``known`` holds every field of every group, None where nothing is known; ``origins`` gives
    each group's source and time.
    """
    claims = {}
    for group, values_of in _VALUES.items():
        values = values_of(known)
        if values.count(None) < len(values):
            claims[group] = Claim(values, *origins[group])
    return claims


def _order(values: tuple[Value, ...]) -> tuple[object, ...]:
    sizes = [-len(v) if isinstance(v, str | tuple) else 0 for v in values]
    return (values.count(None), *((v is None, n, v) for v, n in zip(values, sizes, strict=True)))


def _united(one: Claim, other: Claim) -> Claim:
    names = {
        name for claim in (one, other) for v in claim.values if isinstance(v, tuple) for name in v
    }
    genres = tuple(sorted(names))
    return one if one.values == (genres,) else other._replace(values=(genres,))


def better(group: str, kept: Claim, new: Claim, ranks: Mapping[int, Rank]) -> Claim:
    """Return the claim to believe; ``kept`` itself when ``new`` adds nothing."""
    if kept.source_id != new.source_id:
        return min(kept, new, key=lambda claim: ranks[claim.source_id])
    if kept.values == new.values:
        return kept
    if group == "genres":
        return _united(kept, new)
    return new if _order(new.values) < _order(kept.values) else kept


def merge(kept: Claims, new: Claims, ranks: Mapping[int, Rank]) -> Claims:
    """Return the claims to believe about one track, group by group."""
    merged = dict(kept)
    for group, claim in new.items():
        standing = merged.get(group)
        merged[group] = better(group, standing, claim, ranks) if standing else claim
    return merged


def best_spelling(spellings: Iterable[str]) -> str:
    """Return the spelling to keep of an artist's or album's name.

    Names with lost letters (``?``) and names all in one case lose to the others.
    """
    return min(
        spellings,
        key=lambda name: (
            name.count("?") + name.count("\N{REPLACEMENT CHARACTER}"),
            name in {name.upper(), name.lower()},
            name,
        ),
    )
