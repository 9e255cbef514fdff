"""The whole evaluation: songs merged, playlists split, methods measured over the sets A and U."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from spotai.evaluation.groups import merge_songs, song_groups
from spotai.evaluation.guardrails import Guardrails, watch
from spotai.evaluation.methods import ORIGINAL, OURS, Method, methods_over
from spotai.evaluation.metrics import NDCG, Bootstrap, Interval, columns_of, measure
from spotai.evaluation.songs import SongTable
from spotai.evaluation.split import Split, split_playlists
from spotai.evaluation.upper_bound import UpperBound
from spotai.search import Snapshot, build_snapshot

UPPER_BOUND = "upper_bound"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class MethodResult:
    """``ratio_to_original``: of NDCG; None where the original found nothing in some resample."""

    metrics: Mapping[str, Interval]
    ratio_to_original: Interval | None


@dataclass(frozen=True, slots=True)
class SetResult:
    songs: int
    playlists: int
    methods: Mapping[str, MethodResult]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``sets``: A, all songs of the source, and U, those of them that some playlist holds.
    ``guardrails``: of lists from A, and from the whole table as it is, with all versions.
    """

    source: str
    sets: Mapping[str, SetResult]
    guardrails: Mapping[str, Guardrails]


def evaluate(
    table: SongTable,
    playlists: Mapping[str, Sequence[str]],
    *,
    source: str | None = None,
    upper_bound: bool = False,
    further: Callable[[Snapshot], Mapping[str, Method]] | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure every method on playlists of the songs of one source, if not said the main one.

    ``playlists``: track ids by playlist id. ``further`` makes more methods for a snapshot, by name,
    to be measured beside the known ones. ``progress`` is told the work done and all of it, in no
    unit. Raises InputError for a source without songs, or when no playlist has enough of them.
    """
    source = source or table.main_source
    groups = song_groups(table)
    merged = merge_songs(table, groups, source)
    splits = split_playlists(playlists, merged.song_of)
    steps = _Steps(progress)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = _snapshot_of(merged.table, Path(folder) / "A")
        rows = snapshot.rows_of(merged.table.ids.tolist())
        found = [replace(s, seeds=rows[s.seeds], hidden=rows[s.hidden]) for s in splits]
        methods = methods_over(snapshot)
        if upper_bound:
            methods[UPPER_BOUND] = UpperBound(snapshot, methods[OURS], found)
        if further is not None:
            methods |= further(snapshot)
        steps.total = len(splits) * (len(methods) + 2)
        sets = _measure_sets(snapshot, methods, found, steps)
        seeds = [[i.decode() for i in merged.table.ids[s.seeds].tolist()] for s in splits]
        group_of = {
            track.decode(): group
            for track, group in zip(table.ids.tolist(), groups.tolist(), strict=True)
        }
        whole = _snapshot_of(table, Path(folder) / "whole")
        guardrails = {
            "A": watch(snapshot, seeds, group_of, steps.done_one),
            "whole_table": watch(whole, seeds, group_of, steps.done_one),
        }
    return Evaluation(source, sets, guardrails)


class _Steps:
    """Counts lists that were ranked, and tells ``progress`` of each."""

    def __init__(self, progress: Progress | None) -> None:
        self.total = 0
        self._done = 0
        self._progress = progress

    def done_one(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self.total)


def _snapshot_of(table: SongTable, folder: Path) -> Snapshot:
    build_snapshot([table.columns()], folder, source="evaluation")
    return Snapshot.open(folder)


def _measure_sets(
    snapshot: Snapshot, methods: Mapping[str, Method], splits: Sequence[Split], steps: _Steps
) -> dict[str, SetResult]:
    used = np.zeros(len(snapshot), dtype=bool)
    used[np.concatenate([part for s in splits for part in (s.seeds, s.hidden)])] = True
    candidates = {"A": np.ones(len(snapshot), dtype=bool), "U": used}
    measured: dict[str, dict[str, list[dict[str, float]]]] = {name: {} for name in candidates}
    for method, rank in methods.items():
        for split in splits:
            ranking = rank(split)
            for name, among in candidates.items():
                found = _measure(ranking[among[ranking]], split, len(snapshot))
                measured[name].setdefault(method, []).append(found)
            steps.done_one()
    return {
        name: SetResult(int(among.sum()), len(splits), _summarise(measured[name]))
        for name, among in candidates.items()
    }


def _measure(ranking: NDArray[np.intp], split: Split, songs: int) -> dict[str, float]:
    places = np.empty(songs, dtype=np.intp)
    places[ranking] = np.arange(len(ranking))
    return measure(places[split.hidden], len(ranking))


def _summarise(measured: Mapping[str, list[dict[str, float]]]) -> dict[str, MethodResult]:
    columns = {method: columns_of(each) for method, each in measured.items()}
    original = columns[ORIGINAL][NDCG]
    bootstrap = Bootstrap(len(original))
    return {
        method: MethodResult(
            {metric: bootstrap.mean(values) for metric, values in each.items()},
            bootstrap.ratio(each[NDCG], original),
        )
        for method, each in columns.items()
    }
