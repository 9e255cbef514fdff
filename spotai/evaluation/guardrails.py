"""What must hold of the first fifty songs, however good the figures are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from spotai.evaluation.methods import OURS, RECIPES, no_playlist
from spotai.evaluation.metrics import Bootstrap, Interval
from spotai.recommend import Seed, recommend
from spotai.search import Snapshot

FIRST: Final = 50


@dataclass(frozen=True, slots=True)
class Guardrails:
    """Over all lists. ``duplicate_songs``: entries of a song that the list or the playlist holds
    already. ``top_artist_percent``: the share of the most frequent first artist of a list.
    """

    lists: int
    songs_per_list: Interval
    duplicate_songs: int
    top_artist_percent: Interval


def watch(
    snapshot: Snapshot,
    seeds: Sequence[Sequence[str]],
    group_of: Mapping[str, int],
    done_one: Callable[[], None] | None = None,
) -> Guardrails:
    """Ask for the first fifty songs by the default recipe, without a cap, for each of ``seeds``.

    ``group_of``: the number of a track's song, by track id. ``done_one`` is called after each.
    """
    recipe = RECIPES[OURS].model_copy(update={"size": FIRST})
    lengths, duplicates, shares = [], 0, []
    for ids in seeds:
        asked = recipe.model_copy(update={"seed": Seed(track_ids=tuple(ids))})
        songs = [each.song for each in recommend(snapshot, asked, no_playlist).songs]
        groups = [group_of[song.id] for song in songs]
        duplicates += len(groups) - len(set(groups) - {group_of[seed] for seed in ids})
        artists = Counter(song.artists[0].id for song in songs if song.artists)
        lengths.append(len(songs))
        shares.append(max(artists.values(), default=0) / max(len(songs), 1) * 100)
        if done_one is not None:
            done_one()
    bootstrap = Bootstrap(len(seeds))
    return Guardrails(
        lists=len(seeds),
        songs_per_list=bootstrap.mean(np.array(lengths, dtype=np.float64)),
        duplicate_songs=duplicates,
        top_artist_percent=bootstrap.mean(np.array(shares)),
    )
