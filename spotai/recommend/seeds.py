"""The songs a recipe starts from, looked up in the catalog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import NoKnownTracksError, RecipeError
from spotai.recommend.recipe import Seed
from spotai.recommend.unknown import MissingValues, none_usable
from spotai.search import Snapshot

# What is excluded from a search may be 50,000 ids, and a recipe has 10,000 bans of its own.
MOST_SEEDS: Final = 40_000

PlaylistTracks = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds of a recipe, looked up: distinct ``rows`` and the ids that are not searchable."""

    rows: NDArray[np.intp]
    unknown: tuple[str, ...]


def find_seeds(
    snapshot: Snapshot,
    seed: Seed,
    playlist_tracks: PlaylistTracks,
    missing_values: MissingValues | None = None,
) -> Seeds:
    """Look the seeds up in the snapshot, keeping their order.

    ``playlist_tracks`` returns the track ids of a playlist id, and raises NotFoundError for one
    it does not know. Raises NoKnownTracksError when seeds were given and none can be searched,
    which says how many and, by ``missing_values``, why; and RecipeError for a playlist too long to
    profile.
    """
    ids = seed.track_ids if seed.playlist_id is None else playlist_tracks(seed.playlist_id)
    distinct = tuple(dict.fromkeys(ids))
    if len(distinct) > MOST_SEEDS:
        raise RecipeError(
            f"the playlist holds {len(distinct):,} songs; a profile takes at most {MOST_SEEDS:,}",
            field="seed",
        )
    rows = snapshot.rows_of(distinct)
    unknown = tuple(track for track, row in zip(distinct, rows, strict=True) if row < 0)
    if len(unknown) == len(distinct) and (distinct or seed.playlist_id is not None):
        why = none_usable(distinct, missing_values) if distinct else "the playlist has no songs"
        raise NoKnownTracksError(f"{why}; choose others, or load a data set of them", field="seed")
    return Seeds(rows[rows >= 0], unknown)
