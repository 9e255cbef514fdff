"""Songs that were given and cannot be used: which, and why."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from spotai.errors import DatabaseUnavailableError
from spotai.features import Feature

Cause = Literal["not_in_catalog", "values_missing", "not_in_snapshot", "not_searchable"]
# Of ids, those in the catalog with the features a search needs and does not know of them.
MissingValues = Callable[[Sequence[str]], Mapping[str, tuple[Feature, ...]]]

SHOWN_REASONS: Final = 3

log = logging.getLogger(__name__)

_TEXTS: Final[Mapping[Cause, str]] = {
    "not_in_catalog": "not in the catalog",
    "not_in_snapshot": "in the catalog, but newer than the snapshot that is searched",
    "not_searchable": "not among the songs that can be searched (the catalog cannot be asked why)",
}


@dataclass(frozen=True, slots=True)
class UnknownSong:
    """A song by id; ``missing`` are the features that a search needs and nobody knows of it.

    ``reason``: ``not_in_catalog``; ``values_missing``; ``not_in_snapshot``, when it came to the
    catalog later; ``not_searchable``, when the catalog could not be asked.
    """

    id: str
    reason: Cause
    missing: tuple[Feature, ...] = ()

    @property
    def text(self) -> str:
        """The reason for people."""
        if self.missing:
            labels = [feature.label.lower() for feature in self.missing]
            return f"in the catalog, but without {', '.join(labels)}"
        return _TEXTS[self.reason]


def explain_unknown(
    ids: Sequence[str], missing_values: MissingValues | None
) -> tuple[UnknownSong, ...]:
    """Say of each song that is not in the snapshot why, in the order of ``ids``.

    Without the database, or nobody to ask it, the songs that are known go on, and the reason says
    so.
    """
    if not ids:
        return ()
    if missing_values is None:
        return tuple(UnknownSong(song, "not_searchable") for song in ids)
    try:
        missing = missing_values(ids)
    except DatabaseUnavailableError as error:
        log.warning("unknown songs are not explained", extra={"reason": error.message})
        return tuple(UnknownSong(song, "not_searchable") for song in ids)
    return tuple(_explained(song, missing.get(song)) for song in ids)


def none_usable(ids: Sequence[str], missing_values: MissingValues | None) -> str:
    """Say of songs, at least one, none of which can be searched, how many are unknown and why."""
    reasons = Counter(song.text for song in explain_unknown(ids, missing_values))
    shown = reasons.most_common(SHOWN_REASONS)
    rest = len(ids) - sum(songs for _, songs in shown)
    if len(ids) == 1:
        return f"the song cannot be searched: it is {shown[0][0]}"
    each = [f"{songs:,} {'is' if songs == 1 else 'are'} {text}" for text, songs in shown]
    more = [f"{rest:,} for other reasons"] if rest else []
    return f"none of the {len(ids):,} songs can be searched: {'; '.join(each + more)}"


def _explained(song: str, missing: tuple[Feature, ...] | None) -> UnknownSong:
    if missing is None:
        return UnknownSong(song, "not_in_catalog")
    return UnknownSong(song, "values_missing" if missing else "not_in_snapshot", missing)
