"""An evaluation as JSON and as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel

from spotai.evaluation.guardrails import Guardrails
from spotai.evaluation.metrics import METRICS, Interval
from spotai.evaluation.run import Evaluation, MethodResult, SetResult


class Range(BaseModel):
    """A mean over playlists and the ends of its 95 % bootstrap interval."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, interval: Interval) -> Self:
        return cls(value=interval.value, low=interval.low, high=interval.high)


class MethodAnswer(BaseModel):
    """``ratio_to_original``: of NDCG@500, null where the original finds too little to compare."""

    metrics: dict[str, Range]
    ratio_to_original: Range | None

    @classmethod
    def of(cls, result: MethodResult) -> Self:
        ratio = result.ratio_to_original
        return cls(
            metrics={name: Range.of(interval) for name, interval in result.metrics.items()},
            ratio_to_original=None if ratio is None else Range.of(ratio),
        )


class SetAnswer(BaseModel):
    songs: int
    playlists: int
    methods: dict[str, MethodAnswer]

    @classmethod
    def of(cls, result: SetResult) -> Self:
        methods = {name: MethodAnswer.of(each) for name, each in result.methods.items()}
        return cls(songs=result.songs, playlists=result.playlists, methods=methods)


class GuardrailsAnswer(BaseModel):
    lists: int
    songs_per_list: Range
    duplicate_songs: int
    top_artist_percent: Range

    @classmethod
    def of(cls, seen: Guardrails) -> Self:
        return cls(
            lists=seen.lists,
            songs_per_list=Range.of(seen.songs_per_list),
            duplicate_songs=seen.duplicate_songs,
            top_artist_percent=Range.of(seen.top_artist_percent),
        )


class EvaluationAnswer(BaseModel):
    source: str
    sets: dict[str, SetAnswer]
    guardrails: dict[str, GuardrailsAnswer]

    @classmethod
    def of(cls, evaluation: Evaluation) -> Self:
        return cls(
            source=evaluation.source,
            sets={name: SetAnswer.of(each) for name, each in evaluation.sets.items()},
            guardrails={
                name: GuardrailsAnswer.of(each) for name, each in evaluation.guardrails.items()
            },
        )


HEADINGS = ("method", *METRICS, "x original")


def rows_of(methods: Mapping[str, MethodResult]) -> list[tuple[str, ...]]:
    """Return a line for each method, under ``HEADINGS``."""
    return [
        (name, *(show(each.metrics[metric]) for metric in METRICS), show(each.ratio_to_original))
        for name, each in methods.items()
    ]


def show(interval: Interval | None) -> str:
    """Return ``value (low–high)`` with the digits that the value calls for."""
    if interval is None:
        return "–"
    digits = 3 if interval.value < 1 else 1
    low, high = f"{interval.low:.{digits}f}", f"{interval.high:.{digits}f}"
    return f"{interval.value:.{digits}f} ({low}–{high})"
