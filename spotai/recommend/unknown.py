"""Songs that were given and cannot be used: which, and why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from spotai.errors import DatabaseUnavailableError
from spotai.features import Feature

Cause = Literal["not_in_catalog", "values_missing", "not_in_snapshot", "not_searchable"]
# Of ids, those in the catalog with the features a search needs and does not know of them.
MissingValues = Callable[[Sequence[str]], Mapping[str, tuple[Feature, ...]]]

log = logging.getLogger(__name__)

_TEXTS: Final[Mapping[Cause, str]] = {
    "not_in_catalog": "not in the catalog",
    "not_in_snapshot": "added to the catalog after the snapshot that is searched was built",
    "not_searchable": "not among the songs that can be searched; the catalog cannot be asked why",
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


def _explained(song: str, missing: tuple[Feature, ...] | None) -> UnknownSong:
    if missing is None:
        return UnknownSong(song, "not_in_catalog")
    return UnknownSong(song, "values_missing" if missing else "not_in_snapshot", missing)
