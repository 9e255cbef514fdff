"""The questions of the search benchmark: what people ask, drawn by the same dice at every size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from spotai.catalog.demo import DemoPlaylist
from spotai.features import BY_NAME, FEATURES, NAMES
from spotai.recommend.profile import build_profile
from spotai.recommend.recipe import Recipe
from spotai.recommend.targets import build_model
from spotai.search import Query, Snapshot, Where

Rows = NDArray[np.int64]
# The rows of the k nearest songs, the nearest first.
Answer = Callable[[Query], Rows]
Kind = Literal["contrast", "plain", "dragged"]
KINDS: Final[dict[Kind, float]] = {"contrast": 0.5, "plain": 0.2, "dragged": 0.3}
SEEDS: Final = 30
NEAREST: Final = 100
WITH_RANGES: Final = 0.4
# Half of the contrast recipes are what a playlist gives before anything is ticked by hand.
UNTOUCHED: Final = 0.5
NUMERIC: Final = tuple(f.name for f in FEATURES if f.kind == "numeric")


@dataclass(frozen=True, slots=True)
class Question:
    """A query and where it comes from.

    ``contrast``: a playlist's profile against the catalog, whose targets often lie beyond the
    songs. ``plain``: the playlist's mean. ``dragged``: a contrast recipe with aims moved by hand.
    """

    kind: Kind
    query: Query

    @property
    def axes(self) -> int:
        return len(self.query.weighted)


class Dice:
    """Draws songs and recipes; the same sequence whatever the size of the catalog."""

    def __init__(self, snapshot: Snapshot, playlists: Sequence[DemoPlaylist], seed: int) -> None:
        self._snapshot = snapshot
        self._seeds = [snapshot.rows_of(playlist.track_ids) for playlist in playlists]
        self._rng = np.random.default_rng(seed)
        # How often a song is drawn depends on the catalog: what else is drawn must not.
        self._songs = np.random.default_rng([seed, 1])

    def question(self) -> Question:
        """Draw a recipe of 1 to 16 axes around some songs of a playlist, 40 % with ranges."""
        kind = list(KINDS)[self._rng.choice(len(KINDS), p=list(KINDS.values()))]
        seeds = self._some_of(self._seeds[self._below(len(self._seeds))])
        recipe = Recipe.model_validate(
            {
                "contrast": 0.0 if kind == "plain" else 1.0,
                "features": self._variables(kind),
            }
        )
        profile = build_profile(self._snapshot, seeds)
        query = build_model(self._snapshot, profile, recipe).query(k=NEAREST)
        ranged = self._rng.random() < WITH_RANGES
        where = self.ranges(1 + self._below(2)) if ranged else Where()
        own = [id_.decode() for id_ in self._snapshot.ids[seeds]]
        return Question(kind, replace(query, where=where, exclude=own))

    def ranges(self, number: int) -> Where:
        """Draw ranges of so many numeric features, each between the values of two songs."""
        chosen = self._rng.choice(len(NUMERIC), number, replace=False)
        found = {}
        for name in (NUMERIC[n] for n in chosen):
            low, high = sorted((self._value(name), self._value(name)))
            found[name] = (low, high)
        return Where(ranges=found)

    def _variables(self, kind: Kind) -> dict[str, dict[str, object]]:
        if kind == "contrast" and self._rng.random() < UNTOUCHED:
            return {}
        number = 1 + self._below(len(NAMES))
        ticked = {NAMES[n] for n in self._rng.choice(len(NAMES), number, replace=False)}
        variables: dict[str, dict[str, object]] = {n: {"selected": n in ticked} for n in NAMES}
        if kind == "dragged":
            # At least one, and half of them: people move some and leave the rest.
            for name in sorted(ticked)[:: 2 if number > 1 else 1]:
                variables[name]["target"] = self._value(name)
        return variables

    def _value(self, name: str) -> float:
        """Return a value that some song has."""
        while True:
            song = int(self._songs.random() * len(self._snapshot))
            value = float(self._snapshot.values(name, np.array([song]))[0])
            if not np.isnan(value):
                return BY_NAME[name].number(value)

    def _some_of(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        found = rows[rows >= 0]
        return np.sort(self._songs.permutation(found)[:SEEDS])

    def _below(self, end: int) -> int:
        # integers() may draw once or twice, depending on ``end``: sizes would fall out of step.
        return int(self._rng.random() * end)


def draw_questions(dice: Dice, number: int) -> list[Question]:
    """Draw the mix people ask."""
    return [dice.question() for _ in range(number)]


def draw_counts(dice: Dice, number: int, ranges: int) -> list[Query]:
    """Draw questions of how many songs lie within one or two ranges."""
    return [Query(where=dice.ranges(ranges)) for _ in range(number)]


def ranges_of(query: Query) -> dict[str, tuple[float, float]]:
    """Return the query's ranges, open ends closed by what the feature can be."""
    return {
        name: (
            BY_NAME[name].minimum if low is None else low,
            BY_NAME[name].maximum if high is None else high,
        )
        for name, (low, high) in query.where.ranges.items()
    }


def as_json(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Return queries, which exclude by id alone, as another process can read them."""
    return [
        {name: value for name, value in asdict(q.query).items() if name != "exclude_rows"}
        for q in questions
    ]


def from_json(written: Sequence[dict[str, Any]]) -> Iterator[Query]:
    """Return the queries another process wrote."""
    for query in written:
        where = Where(**query.pop("where"))
        yield Query(**query, where=where)
