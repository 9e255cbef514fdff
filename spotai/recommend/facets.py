"""Facets: the moods of a varied playlist, each of which can be switched on alone.

The songs are clustered (k-means, scikit-learn) over the features of moods, each coordinate times
the root of the feature's weight; a value not known counts as the playlist's mean. Of two to five
clusters that number is taken whose mean silhouette (Rousseeuw 1987) is the largest. Where it is
below ``LEAST_SILHOUETTE`` or a cluster has few songs, the playlist has one mood, and no facets.
docs/decisions/0015-facets.md says how the numbers were chosen.

The songs are taken in order of id, and every draw is seeded: so the same songs have the same
facets in whatever order they come, in every process and on every database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import RecipeError
from spotai.features import FEATURES, Feature
from spotai.recommend.words import alike, level, more_or_less
from spotai.search import Snapshot

Points = NDArray[np.float64]

MOST_FACETS: Final = 5
LEAST_SILHOUETTE: Final = 0.25
# Of fewer songs a profile would be little more than its prior.
LEAST_SONGS: Final = 8
LEAST_SHARE: Final = 0.1
# A silhouette takes time and memory by the square of the songs.
SAMPLE: Final = 600
STARTS: Final = 5
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Facet:
    """One mood: ``rows`` are its songs, the most typical first.

    ``number`` counts from 1, the largest facet first, then the one with the smallest id.
    """

    number: int
    name: str
    rows: NDArray[np.intp]


def find_facets(snapshot: Snapshot, rows: NDArray[np.intp]) -> tuple[Facet, ...]:
    """Return the facets of the distinct songs at ``rows``: none, or two to five that hold each
    song once.
    """
    songs = np.unique(rows)
    songs = songs[np.argsort(snapshot.ids[songs])]
    features = _features_of_moods(snapshot)
    if len(songs) < 2 * LEAST_SONGS or not features:
        return ()
    points = _points(snapshot, songs, features)
    labels = _labels(points)
    if labels is None:
        return ()
    # A stable sort by size keeps the facet with the smallest id first.
    firsts = [labels == label for label in dict.fromkeys(labels.tolist())]
    members = sorted(firsts, key=lambda mine: -np.count_nonzero(mine))
    names = _names(snapshot, songs, members, features)
    return tuple(
        Facet(number, name, songs[mine][_typical_first(points[mine])])
        for number, (name, mine) in enumerate(zip(names, members, strict=True), start=1)
    )


def facet_of(facets: Sequence[Facet], number: int) -> Facet:
    """Return the facet with a number. Raises RecipeError where there are not as many."""
    if number <= len(facets):
        return facets[number - 1]
    moods = f"{len(facets)} moods" if facets else "one mood"
    hint = f"choose one of 1 to {len(facets)}, or leave" if facets else "leave"
    raise RecipeError(f"this playlist has {moods}; {hint} the facet out", field="facet")


def songs_of_facet(
    snapshot: Snapshot, rows: NDArray[np.intp], number: int | None
) -> NDArray[np.intp]:
    """Return those of the songs that a recipe goes by: all, or one facet's. Raises RecipeError."""
    return rows if number is None else facet_of(find_facets(snapshot, rows), number).rows


def warm_up() -> None:
    """Import what clusters songs, which the first profile would wait one to three seconds for."""
    _clustering()


def _clustering() -> tuple[Any, ...]:
    # Imported when they are needed: every command would wait for them.
    return tuple(map(import_module, ("sklearn.cluster", "sklearn.metrics", "threadpoolctl")))


def _features_of_moods(snapshot: Snapshot) -> list[Feature]:
    return [f for f in FEATURES if f.mood and snapshot.maps[f.name].available]


def _points(snapshot: Snapshot, songs: NDArray[np.intp], features: Sequence[Feature]) -> Points:
    """Return the weighted coordinates of songs, (songs, features)."""
    columns = []
    for feature in features:
        coordinates = snapshot.axis(feature.name)[songs].astype(np.float64)
        unknown = snapshot.missing_on(feature.name, songs)
        if not unknown.all():
            coordinates[unknown] = coordinates[~unknown].mean()
        columns.append(coordinates * np.sqrt(feature.weight))
    return np.stack(columns, axis=1)


def _labels(points: Points) -> NDArray[np.intp] | None:
    """Return the number of each point's cluster, or None where they are best left together."""
    seen = _sample(points)
    # More clusters than distinct points cannot be.
    most = min(MOST_FACETS, len(np.unique(seen, axis=0)))
    best, least, found = LEAST_SILHOUETTE, max(LEAST_SONGS, LEAST_SHARE * len(points)), None
    cluster, metrics, threads = _clustering()
    # One thread adds numbers up in one order; several would not.
    with threads.threadpool_limits(1):
        for count in range(2, most + 1):
            means = cluster.KMeans(count, n_init=STARTS, random_state=SEED).fit(seen)
            silhouette = metrics.silhouette_score(seen, means.labels_)
            if silhouette >= best:
                labels = means.predict(points)
                if np.bincount(labels, minlength=count).min() >= least:
                    best, found = silhouette, labels
    return found


def _sample(points: Points) -> Points:
    if len(points) <= SAMPLE:
        return points
    # By the raw numbers of a generator, which are the same for every version of numpy.
    chosen = np.argsort(np.random.PCG64(SEED).random_raw(len(points)), kind="stable")[:SAMPLE]
    return points[np.sort(chosen)]


def _typical_first(points: Points) -> NDArray[np.intp]:
    """Return the places of points by their distance to the mean of all."""
    return np.argsort(((points - points.mean(axis=0)) ** 2).sum(axis=1), kind="stable")


def _names(
    snapshot: Snapshot,
    songs: NDArray[np.intp],
    members: Sequence[NDArray[np.bool_]],
    features: Sequence[Feature],
) -> list[str]:
    """Name each facet, no two alike, by what sets it apart from the other songs most."""
    names: list[str] = []
    for number, mine in enumerate(members, start=1):
        apart = _differences(snapshot, songs[mine], songs[~mine], features)
        possible = (*_possible(apart), f"mood {number}")
        names.append(next(name for name in possible if name not in names))
    return names


@dataclass(frozen=True, slots=True)
class _Difference:
    """How a facet's mean ``value`` of a feature differs from the ``other`` songs': ``steps`` are
    coordinates, ``far`` is how much they count.
    """

    feature: Feature
    value: float
    other: float
    steps: float

    @property
    def far(self) -> float:
        return float(abs(self.steps) * np.sqrt(self.feature.weight))

    @property
    def noticed(self) -> bool:
        """Whether people would say that it is more than a bit."""
        return level(self.feature, self.value, self.other, self.steps) > 0

    @property
    def adjective(self) -> str:
        return self.feature.high if self.steps > 0 else self.feature.low

    @property
    def comparative(self) -> str:
        return more_or_less(self.feature, self.value, self.other, self.steps)


def _differences(
    snapshot: Snapshot,
    mine: NDArray[np.intp],
    others: NDArray[np.intp],
    features: Sequence[Feature],
) -> list[_Difference]:
    """Return in what a facet and the other songs are not alike, what sets them apart most first."""
    found = []
    for feature in features:
        pair = []
        for rows in (mine, others):
            known = rows[~snapshot.missing_on(feature.name, rows)]
            values = snapshot.values(feature.name, known)
            pair.append((values.sum(), snapshot.axis(feature.name)[known].sum(), len(known)))
        if not all(count for *_, count in pair):
            continue
        (value, place), (other, far) = ((v / count, x / count) for v, x, count in pair)
        if not alike(feature, value, other, place - far):
            found.append(_Difference(feature, float(value), float(other), float(place - far)))
    return sorted(found, key=lambda each: -each.far)


def _possible(apart: Sequence[_Difference]) -> Iterator[str]:
    """Yield names, the best first: the adjectives of two differences that people notice, or of one;
    where there is none left, all differences in comparatives.
    """
    noticed = [each for each in apart if each.noticed and each.adjective]
    yield from _joined([(each.adjective, each.far) for each in noticed])
    yield from _joined([(each.comparative, each.far) for each in apart])


def _joined(words: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Yield pairs of words by how far they set a facet apart, the farther one last; then each."""
    pairs = list(combinations(words, 2))
    pairs.sort(key=lambda pair: -(pair[0][1] + pair[1][1]))
    for (farther, _), (other, _) in pairs:
        yield f"{other}, {farther}"
    yield from (word for word, _ in words)
