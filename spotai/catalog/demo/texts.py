"""Turn the numbers of made-up songs into titles, artists, albums, dates, genres and ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.catalog.demo.model import Array, Model
from spotai.catalog.demo.songs import ARTISTS_PER_GENRE, NO_ARTIST, VERSIONS, Integers, scatter
from spotai.catalog.demo.words import LANGUAGE_OF_GENRE, LANGUAGES, MIX
from spotai.features import BY_NAME
from spotai.tracks import DEMO_PREFIX, ID_DTYPE, ID_LENGTH, Artist

Texts = NDArray[np.object_]

FIRST_YEAR: Final = int(BY_NAME["release_year"].minimum)
LAST_YEAR: Final = int(BY_NAME["release_year"].maximum)
YEARS: Final = 1_000
RELATED_GENRES: Final = 4
DATE_CHOICES: Final = 8_192


class _Phrases:
    """All phrases of each language: a number picks a head, and a tail with its ending."""

    def __init__(self, words: Sequence[tuple[Sequence[str], Sequence[str], Sequence[str]]]) -> None:
        self._heads = _table([heads for heads, _, _ in words])
        self._tails = _table([[t + e for t in tails for e in ends] for _, tails, ends in words])

    def of(self, language: Integers, number: Integers) -> Texts:
        """Return the phrases (N,) of the ``number`` (N,) in the ``language`` (N,)."""
        heads = self._heads.shape[1]
        head = self._heads[language, number % heads]
        phrase: Texts = head + self._tails[language, number // heads % self._tails.shape[1]]
        return phrase


class SongTexts:
    """The words of the fitted model's songs, the same for every seed."""

    def __init__(self, model: Model) -> None:
        languages = list(LANGUAGES.values())
        self._titles = _Phrases([(w.heads, w.tails, w.endings) for w in languages])
        self._names = _Phrases(
            [(w.artist_heads, w.artist_tails, w.artist_endings) for w in languages]
        )
        index = {name: i for i, name in enumerate(LANGUAGES)}
        mixed = [index[name] for name in MIX]
        self._language_of = np.array(
            [
                [index[LANGUAGE_OF_GENRE[genre]]] * len(mixed)
                if genre in LANGUAGE_OF_GENRE
                else mixed
                for genre in model.genres
            ]
        )
        self._suffixes = _column(["", *(version.suffix for version in VERSIONS)])
        self._genres = _genre_choices(model)
        self._years = _column(["", *(str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1))])
        self._days = _column(_days(model))

    def titles(self, artist: Integers, title: Integers, version: Integers) -> list[str]:
        """Return the titles, with the suffix of their version."""
        plain = self._titles.of(self._language(artist), title)
        titles: list[str] = (plain + self._suffixes[version]).tolist()
        return titles

    def artists(self, first: Integers, second: Integers) -> list[tuple[Artist, ...]]:
        """Return the credited artists of each song, one or two."""
        numbers, place = np.unique(first, return_inverse=True)
        alone = _column([(artist,) for artist in self._artists(numbers)])
        credited: list[tuple[Artist, ...]] = alone[place].tolist()
        shared = np.flatnonzero(second != NO_ARTIST)
        for song, artist in zip(shared, self._artists(second[shared]), strict=True):
            credited[song] += (artist,)
        return credited

    def albums(self, album: Integers) -> list[str]:
        """Return the names of the albums that ``album_numbers`` gave."""
        return list(self._titles.of(self._language(album // YEARS), scatter(album)))

    def release_dates(self, album: Integers) -> list[str]:
        """Return each album's date, to the year, month or day; empty for an unknown year."""
        year = album % YEARS
        day = np.where(year > 0, scatter(album) % DATE_CHOICES, DATE_CHOICES)
        return list(self._years[year] + self._days[day])

    def genres(self, artist: Integers) -> list[tuple[str, ...]]:
        """Return the genres of each artist: one to three, the artist's own among them."""
        choice = scatter(artist) % self._genres.shape[1]
        return list(self._genres[artist // ARTISTS_PER_GENRE, choice])

    def _artists(self, numbers: Integers) -> list[Artist]:
        names = self._names.of(self._language(numbers), scatter(numbers))
        return list(map(Artist, as_text(numbered_ids("artist", numbers)), names))

    def _language(self, artist: Integers) -> Integers:
        place = scatter(artist) // 7 % self._language_of.shape[1]
        language: Integers = self._language_of[artist // ARTISTS_PER_GENRE, place]
        return language


def album_numbers(artist: Integers, release_year: Array) -> Integers:
    """Number the albums: an artist's songs of one year share one, so do those without a year."""
    year = np.where(np.isnan(release_year), 0, release_year - FIRST_YEAR + 1)
    return artist * YEARS + year.astype(np.int64)


def numbered_ids(kind: str, numbers: Integers) -> NDArray[np.bytes_]:
    """Return ids (N,) S22: ``demo``, the kind, and the number padded with zeros."""
    prefix = (DEMO_PREFIX + kind).encode()
    ids = np.empty((len(numbers), ID_LENGTH), dtype=np.uint8)
    ids[:, : len(prefix)] = np.frombuffer(prefix, dtype=np.uint8)
    rest = numbers
    for place in range(ID_LENGTH - 1, len(prefix) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        ids[:, place] = digit + ord("0")
    return ids.view(ID_DTYPE)[:, 0]


def as_text(ids: NDArray[np.bytes_]) -> list[str]:
    """Return ids as text."""
    joined = ids.tobytes().decode("ascii")
    return [joined[at : at + ID_LENGTH] for at in range(0, len(joined), ID_LENGTH)]


def _column(texts: Sequence[object]) -> Texts:
    return np.fromiter(texts, dtype=object, count=len(texts))


def _table(rows: Sequence[Sequence[str]]) -> Texts:
    """Rows of different length as one table: short rows start over."""
    width = max(len(row) for row in rows)
    return np.stack([np.resize(_column(row), width) for row in rows])


def _genre_choices(model: Model) -> Texts:
    """For each genre the sets of one to three an artist may have: itself and its neighbours."""
    distance = ((model.means[:, None, :] - model.means[None, :, :]) ** 2).sum(axis=2)
    nearest = np.argsort(distance, axis=1, kind="stable")
    choices = np.empty((len(model.genres), 2 * RELATED_GENRES), dtype=object)
    for own, row in enumerate(nearest):
        related = [int(other) for other in row if other != own][:RELATED_GENRES]
        sets: list[tuple[int, ...]] = [(own,)] * 3 + [(own, other) for other in related]
        sets.append((own, related[0], related[1]))
        for place, members in enumerate(sets):
            choices[own, place] = tuple(sorted(model.genres[g] for g in members))
    return choices


def _days(model: Model) -> list[str]:
    """What follows the year, in its measured shares; the last entry is for no date at all."""
    shares = model.text
    days = np.arange("2001-01-01", "2002-01-01", dtype="datetime64[D]").astype(str)
    year_only = round(shares["date_year_only"] * DATE_CHOICES)
    month_only = round(shares["date_month_only"] * DATE_CHOICES)
    january = round(shares["date_first_of_january"] * DATE_CHOICES)
    rest = DATE_CHOICES - year_only - month_only - january
    return [
        *[""] * year_only,
        *(f"-{1 + i % 12:02d}" for i in range(month_only)),
        *["-01-01"] * january,
        *(str(days[i * len(days) // rest])[4:] for i in range(rest)),
        "",
    ]
