"""Draw made-up songs as numbers: features, genre, artists, which song repeats which.

Songs come in blocks of ``BLOCK``, each drawn from its own random stream ``[seed, block]``, so
song i is the same however many songs are asked for and however they are batched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spotai.catalog.demo.model import Array, Model, fitted_model
from spotai.features import NAMES
from spotai.tracks import UNKNOWN_EXPLICIT

Integers = NDArray[np.int64]

BLOCK: Final = 4_096
NOISE_ROWS: Final = 128
ARTISTS_PER_GENRE: Final = 50_000
NO_ARTIST: Final = -1

# Artists of a genre are used as 1/(rank + 15)^1.5: Zipf-Mandelbrot, so the busiest artist holds
# about 3 % of a genre, and three artists in four of a small catalog have a single song.
ARTIST_OFFSET: Final = 15.0
ARTIST_STYLES: Final = 4_096
ARTIST_SHARE: Final = 0.35

# Songs with more speech, newer ones: the figures hold no share of explicit songs, so this is an
# assumption; about one known song in nine comes out explicit.
EXPLICIT_ABOVE: Final = 1.2
EXPLICIT_WEIGHTS: Final[Mapping[str, float]] = {"speechiness": 0.6, "release_year": 0.3}
EXPLICIT_NOISE: Final = 0.75


class Version(NamedTuple):
    """Another version of a song: what its title adds and how its latent scores move."""

    suffix: str
    share: float
    shifts: Mapping[str, float]


VERSIONS: Final = (
    Version(" - Remastered", 0.45, {"loudness": 0.3}),
    Version(" (Live)", 0.30, {"liveness": 2.0}),
    Version(" (Acoustic)", 0.10, {"acousticness": 1.0, "energy": -0.8, "loudness": -0.5}),
    Version(" - Radio Edit", 0.15, {"duration_ms": -0.5}),
)

# How far a repeated song's latent scores stray from the original's, in units of the spread
# within a genre: the same recording keeps its sound and differs as a release only.
RELEASE_JITTER: Final = {"popularity": 0.5, "release_year": 0.3}
RECORDING_JITTER: Final = 0.2


@dataclass(frozen=True, slots=True)
class Songs:
    """N songs as numbers.

    ``features`` natural units, NaN where not known. ``explicit`` 1, 0 or -1. ``genre`` indexes
    ``Model.genres``. ``artist`` and ``second_artist`` (-1: none) number artists across genres,
    ``title`` is a number that stands for a title, ``version`` indexes ``VERSIONS`` from 1
    (0: the plain title).
    """

    features: Mapping[str, Array]
    explicit: NDArray[np.int8]
    genre: Integers
    artist: Integers
    second_artist: Integers
    title: Integers
    version: Integers

    def first(self, count: int) -> Songs:
        """Return the first ``count`` songs."""
        arrays = {f.name: getattr(self, f.name)[:count] for f in fields(self)[1:]}
        return Songs(features={n: v[:count] for n, v in self.features.items()}, **arrays)


class SongBlocks:
    """The blocks of one seed's endless catalog."""

    def __init__(self, seed: int) -> None:
        self.model: Final[Model] = fitted_model()
        self._seed = seed
        self._shifts = _rows_of_scores([{}, *(version.shifts for version in VERSIONS)])
        self._release_jitter = _rows_of_scores([RELEASE_JITTER])[0]
        styles = np.random.default_rng([seed, 0, 1]).standard_normal((ARTIST_STYLES, len(NAMES)))
        styles = (styles - styles.mean(axis=0)) / styles.std(axis=0)
        self._styles = np.sqrt(ARTIST_SHARE) * styles @ self.model.factor.T

    def block(self, number: int) -> Songs:
        """Draw the songs ``number * BLOCK`` to ``(number + 1) * BLOCK - 1``."""
        rng = np.random.default_rng([self._seed, number])
        genre = np.searchsorted(self.model.genre_edges[:-1], rng.random(BLOCK), side="right")
        artist = _artists(rng, genre)
        second = np.where(
            rng.random(BLOCK) < self.model.text["several_artists"],
            _artists(rng, genre),
            NO_ARTIST,
        )
        second[second == artist] = NO_ARTIST
        title = rng.integers(0, 2**62, BLOCK)
        noise = self._noise(rng)
        scores = self.model.means[genre] + self._styles[scatter(artist) % ARTIST_STYLES]
        scores += np.sqrt(1 - ARTIST_SHARE) * noise

        version, source, jitter = self._repeats(rng)
        genre, artist, second, title = (a[source] for a in (genre, artist, second, title))
        scores = scores[source] + jitter * noise + self._shifts[version]
        return Songs(
            features=self._features(rng, scores),
            explicit=self._explicit(rng, scores),
            genre=genre,
            artist=artist,
            second_artist=second,
            title=title,
            version=version,
        )

    def _noise(self, rng: np.random.Generator) -> Array:
        """Draw normal noise (BLOCK, 15) with the covariance within a genre."""
        # Many small products: one large one wakes BLAS's threads, twenty times as slow here.
        drawn = rng.standard_normal((BLOCK // NOISE_ROWS, NOISE_ROWS, len(NAMES)))
        noise: Array = (drawn @ self.model.factor.T).reshape(BLOCK, len(NAMES))
        return noise

    def _repeats(self, rng: np.random.Generator) -> tuple[Integers, Integers, Array]:
        """Decide which songs repeat another of the block, and how.

        Returns the version (BLOCK,), the song each one is made from, itself unless it is a
        repeat (BLOCK,), and how far each score strays from there (BLOCK, 15).
        """
        shares = self.model.duplicates
        edges = np.cumsum([shares["identical"], shares["same_title"], shares["version"]])
        kind = np.searchsorted(edges, rng.random(BLOCK), side="right")
        original = kind == len(edges)
        repeatable = np.flatnonzero(original)[: int(shares["repeated_part"] * original.sum())]
        source = np.where(original, np.arange(BLOCK), rng.choice(repeatable, BLOCK))
        drawn = 1 + rng.choice(len(VERSIONS), BLOCK, p=[v.share for v in VERSIONS])
        jitter = np.full((BLOCK, len(NAMES)), RECORDING_JITTER)
        jitter[kind == 0] = self._release_jitter
        jitter[original] = 0.0
        return np.where(kind == 2, drawn, 0), source, jitter

    def _features(self, rng: np.random.Generator, scores: Array) -> dict[str, Array]:
        values = {
            curve.feature.name: curve.values(np.ascontiguousarray(scores[:, i]))
            for i, curve in enumerate(self.model.curves)
        }
        for name, share in self.model.missing.items():
            values[name][rng.random(BLOCK) < share] = np.nan
        return values

    def _explicit(self, rng: np.random.Generator, scores: Array) -> NDArray[np.int8]:
        leaning = EXPLICIT_NOISE * rng.standard_normal(BLOCK)
        for name, weight in EXPLICIT_WEIGHTS.items():
            leaning += weight * scores[:, NAMES.index(name)]
        explicit = (leaning > EXPLICIT_ABOVE).astype(np.int8)
        explicit[rng.random(BLOCK) < self.model.text["explicit_unknown"]] = UNKNOWN_EXPLICIT
        return explicit


def scatter(numbers: Integers) -> Integers:
    """Return well-mixed numbers below 2^31, always the same for the same input.

    Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4).
    """
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(33)).astype(np.int64)


def _artists(rng: np.random.Generator, genre: Integers) -> Integers:
    """Draw an artist of each genre: the inverse distribution function of rank's power law."""
    rank = ARTIST_OFFSET * ((1.0 - rng.random(len(genre))) ** -2 - 1.0)
    return genre * ARTISTS_PER_GENRE + (np.minimum(rank, 1e15) % ARTISTS_PER_GENRE).astype(np.int64)


def _rows_of_scores(rows: list[Mapping[str, float]]) -> Array:
    scores = np.zeros((len(rows), len(NAMES)))
    for row, named in enumerate(rows):
        for name, score in named.items():
            scores[row, NAMES.index(name)] = score
    return scores
