"""What could be had from the features at most: a re-ranker learned on other playlists.

Gradient boosting reads of each candidate the coordinates, the query's targets and weights, the
terms of the distance, and its place among ours. Nobody could read or edit such a model: it is a
measure, and no part of the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from spotai.errors import InputError
from spotai.evaluation.methods import Method, Rows, query_for
from spotai.evaluation.split import Split
from spotai.features import AXES
from spotai.search import Query, Snapshot

FOLDS: Final = 5
CANDIDATES: Final = 1_000
SEED: Final = 1


class UpperBound:
    """Ranks the first thousand songs of ``ours`` anew; what lies behind stays as it is.

    A playlist is ranked by what was learned in the folds without it; copies of one playlist
    (``id@source``) share a fold. Raises InputError when all playlists are in one fold.
    """

    def __init__(self, snapshot: Snapshot, ours: Method, splits: Sequence[Split]) -> None:
        self._snapshot = snapshot
        self._ours = ours
        self._splits = splits
        self._models: dict[int, Any] = {}

    def __call__(self, split: Split) -> Rows:
        fold = _fold(split)
        if fold not in self._models:
            self._models[fold] = self._learn([s for s in self._splits if _fold(s) != fold])
        ranking = self._ours(split)
        first = ranking[:CANDIDATES]
        chances = self._models[fold].predict_proba(self._describe(split, first))[:, -1]
        return np.concatenate((first[np.argsort(-chances, kind="stable")], ranking[CANDIDATES:]))

    def _learn(self, splits: Sequence[Split]) -> Any:
        if not splits:
            raise InputError("an upper bound is learned from other playlists; name more of them")
        firsts = [self._ours(split)[:CANDIDATES] for split in splits]
        described = np.concatenate(list(map(self._describe, splits, firsts)))
        found = [np.isin(first, s.hidden) for s, first in zip(splits, firsts, strict=True)]
        # Imported here: every command would wait a second for it.
        boosting = import_module("sklearn.ensemble").HistGradientBoostingClassifier
        return boosting(learning_rate=0.05, random_state=SEED).fit(described, np.concatenate(found))

    def _describe(self, split: Split, rows: Rows) -> NDArray[np.float32]:
        query = query_for(self._snapshot, split)
        coordinates = np.asarray(self._snapshot.coordinates()[rows], dtype=np.float32)
        targets, weights = _of_axes(query)
        terms = weights * (coordinates - targets) ** 2
        constant = np.broadcast_to(np.concatenate((targets, weights)), (len(rows), 2 * len(AXES)))
        places = np.arange(len(rows), dtype=np.float32)[:, None]
        total = terms.sum(axis=1, keepdims=True)
        return np.concatenate((coordinates, terms, constant, places, total), axis=1)


def _of_axes(query: Query) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    targets = [query.target.get(axis, 0.0) for axis in AXES]
    weights = [query.weight.get(axis, 0.0) for axis in AXES]
    return np.array(targets, dtype=np.float32), np.array(weights, dtype=np.float32)


def _fold(split: Split) -> int:
    return crc32(split.playlist_id.partition("@")[0].encode()) % FOLDS
