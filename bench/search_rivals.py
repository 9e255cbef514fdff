"""Other ways to find the nearest songs, each opened on the songs of a snapshot.

Those that know conditions answer the whole question. The vector libraries know none: they are
asked for the nearest songs alone, without ranges, exclusions and unknown values, which flatters
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from bench.machine import is_installed
from bench.search_queries import Answer, Rows, ranges_of
from bench.search_sql import duckdb_table, mariadb_table
from spotai.features import AXES, FEATURE_OF_AXIS
from spotai.search import Query, Snapshot
from spotai.search.scan import scan
from tests.servers.mariadb import find_programs

WHOLE: Final = "the whole question"
NEAREST: Final = "the nearest, no conditions"
UNWEIGHTED: Final = "the nearest on 16 axes, no weights, no conditions"

FAISS_BATCH: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Rival:
    """An engine. ``answers`` says which question; ``opened`` loads the songs and frees them.

    ``largest``: it is not tried on more songs, which would take hours.
    """

    name: str
    answers: str
    opened: Callable[[Snapshot], AbstractContextManager[Answer]]
    installed: Callable[[], bool] = lambda: True
    largest: int | None = None


@contextmanager
def full_scan(snapshot: Snapshot) -> Iterator[Answer]:
    """The reference: the definition in numpy, block by block, in float64."""
    yield lambda query: scan(snapshot, query).rows


@contextmanager
def numpy_columns(snapshot: Snapshot) -> Iterator[Answer]:
    """Whole columns in float32, then argpartition: what one writes first."""
    columns = {axis: np.array(snapshot.axis(axis)) for axis in AXES}
    unknown = {
        axis: snapshot.missing_on(axis) for axis in AXES if not FEATURE_OF_AXIS[axis].required
    }

    def answer(query: Query) -> Rows:
        distance = np.zeros(len(snapshot), dtype=np.float32)
        for axis in query.weighted:
            weight = np.float32(query.weight[axis])
            error = columns[axis] - np.float32(query.target[axis])
            distance += error * error * weight
            if axis in unknown:
                distance += unknown[axis] * weight
        for name, (low, high) in ranges_of(query).items():
            values = snapshot.values(name)
            distance[~((values >= low) & (values <= high))] = np.inf
        distance[snapshot.rows_of(query.exclude)] = np.inf
        k = min(query.k, len(distance) - 1)
        nearest = np.argpartition(distance, k)[:k]
        nearest = nearest[np.argsort(distance[nearest])]
        return nearest[distance[nearest] < np.inf]

    yield answer


@contextmanager
def scikit_learn(snapshot: Snapshot) -> Iterator[Answer]:
    """Brute-force neighbours: new weights mean rescaled songs and another fit."""

    def answer(query: Query) -> Rows:
        axes = query.weighted
        scaled = np.empty((len(snapshot), len(axes)), dtype=np.float32)
        scale = np.sqrt([query.weight[axis] for axis in axes]).astype(np.float32)
        for n, axis in enumerate(axes):
            np.multiply(snapshot.axis(axis), scale[n], out=scaled[:, n])
        target = np.array([[query.target[axis] for axis in axes]], dtype=np.float32) * scale
        neighbours = NearestNeighbors(n_neighbors=query.k, algorithm="brute").fit(scaled)
        found: Rows = neighbours.kneighbors(target, return_distance=False)[0]
        return found

    yield answer


@contextmanager
def faiss_flat(snapshot: Snapshot) -> Iterator[Answer]:
    """FAISS IndexFlatL2, filled once: it has one metric, so weights are left out."""
    index = import_module("faiss").IndexFlatL2(len(AXES))
    for start in range(0, len(snapshot), FAISS_BATCH):
        index.add(snapshot.coordinates()[start : start + FAISS_BATCH])

    def answer(query: Query) -> Rows:
        found: Rows = index.search(_target(query)[np.newaxis], query.k)[1][0]
        return found

    yield answer


@contextmanager
def faiss_product(snapshot: Snapshot) -> Iterator[Answer]:
    """FAISS IndexFlatIP on twice the axes, which does know weights: the nearest songs are those
    of the largest sum of w*(2*t*x - x^2), the product of (2*w*t, -w) and (x, x^2).
    """
    index = import_module("faiss").IndexFlatIP(2 * len(AXES))
    for start in range(0, len(snapshot), FAISS_BATCH):
        batch = snapshot.coordinates()[start : start + FAISS_BATCH]
        index.add(np.concatenate((batch, batch * batch), axis=1))

    def answer(query: Query) -> Rows:
        weight = np.array([query.weight.get(axis, 0.0) for axis in AXES], dtype=np.float32)
        wanted = np.concatenate((2 * weight * _target(query), -weight))
        found: Rows = index.search(wanted[np.newaxis], query.k)[1][0]
        return found

    yield answer


@contextmanager
def usearch_exact(snapshot: Snapshot) -> Iterator[Answer]:
    """USearch's exact search over the vectors, without weights as well."""
    usearch = import_module("usearch.index")
    vectors = np.array(snapshot.coordinates())

    def answer(query: Query) -> Rows:
        matches = usearch.search(
            vectors, _target(query), query.k, usearch.MetricKind.L2sq, exact=True
        )
        return np.asarray(matches.keys).astype(np.int64)

    yield answer


def _target(query: Query) -> NDArray[np.float32]:
    """Return the target, (16,); where the query has none, the mean of all songs."""
    return np.array([query.target.get(axis, 0.0) for axis in AXES], dtype=np.float32)


SCAN: Final = Rival("full scan", WHOLE, full_scan)
RIVALS: Final = (
    SCAN,
    Rival("numpy columns", WHOLE, numpy_columns),
    Rival("scikit-learn brute", NEAREST, scikit_learn),
    Rival("FAISS IndexFlatL2", UNWEIGHTED, faiss_flat, lambda: is_installed("faiss")),
    Rival("FAISS IndexFlatIP", NEAREST, faiss_product, lambda: is_installed("faiss")),
    Rival("USearch exact", UNWEIGHTED, usearch_exact, lambda: is_installed("usearch")),
    Rival("DuckDB", WHOLE, duckdb_table, lambda: is_installed("duckdb")),
    Rival("MariaDB", WHOLE, mariadb_table, lambda: find_programs() is not None, largest=1_000_000),
)
