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

from collections.abc import Callable, Collection, Mapping
from operator import itemgetter
from typing import Final, NamedTuple

from spotai.tracks import GROUPS, VALUES, Values

Value = float | str | bool | tuple[str, ...] | None
Known = Mapping[str, Value]


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


def groups_in(groups: int) -> list[str]:
    """Return the groups in a set of ``TrackRows.groups``."""
    return [group for bit, group in enumerate(GROUPS) if groups >> bit & 1]


def claims_of(
    values: Values,
    artists: tuple[str, ...],
    genres: tuple[str, ...],
    origins: Mapping[str, tuple[int, int]],
) -> Claims:
    """Sort what is said about a track, as in ``TrackRows``, into claims.

    ``origins`` gives the source and time of each group of which anything is known.
    """
    known: dict[str, Value] = dict(zip(VALUES, values, strict=True))
    known["artists"] = artists or None
    known["genres"] = genres or None
    return {group: Claim(_VALUES[group](known), *origin) for group, origin in origins.items()}


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


def best_spelling(spellings: Collection[str]) -> str:
    """Return the spelling to keep of an artist's or album's name.

    Names with lost letters (``?``) and names all in one case lose to the others.
    """
    if len(spellings) == 1:
        return next(iter(spellings))
    return min(
        spellings,
        key=lambda name: (
            name.count("?") + name.count("\N{REPLACEMENT CHARACTER}"),
            name in {name.upper(), name.lower()},
            name,
        ),
    )
