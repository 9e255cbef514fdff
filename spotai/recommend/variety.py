"""Variety: one version of a song, no more songs of an artist than wanted, and songs apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from spotai.recommend.marginal import Marginal
from spotai.recommend.originals import originals
from spotai.recommend.recipe import Variety
from spotai.search import Query, Snapshot
from spotai.search.versions import NO_TITLE

Rows = NDArray[np.intp]


class Picker:
    """Takes songs one by one while they keep the list varied; ``left_out`` are not to be listed.

    Two songs are versions of one when they share the title key (versions.py), or when something
    under the title key of the one is the same recording as something under that of the other.
    """

    def __init__(self, snapshot: Snapshot, variety: Variety, left_out: Rows) -> None:
        self._snapshot = snapshot
        self._variety = variety
        # All at once: there may be tens of thousands.
        self._titles: set[int] = set(snapshot.title_keys[left_out].tolist()) - {NO_TITLE}
        self._audio: set[int] = set(self._recordings(left_out))
        self._artists: Counter[str] = Counter()
        self.picked: list[int] = []

    def force(self, row: int) -> None:
        """Take a pinned song whatever its versions or its artist; it fills their places."""
        self._remember_version(row)
        self._artists[self._artist(row)] += 1
        self.picked.append(row)

    def offer(self, row: int, found: int) -> bool:
        """Take a song unless it is a version or its artist has enough; say whether taken.

        It stands for its version ``found``, often itself: neither comes again.
        """
        if self._variety.one_version_per_song and self._is_version(row):
            return False
        artist = self._artist(row)
        cap = self._variety.artist_cap
        if cap is not None and artist and self._artists[artist] >= cap:
            return False
        self.force(row)
        self._remember_version(found)
        return True

    def _is_version(self, row: int) -> bool:
        if int(self._snapshot.title_keys[row]) in self._titles:
            return True
        return not self._audio.isdisjoint(self._recordings(np.array([row])))

    def _remember_version(self, row: int) -> None:
        title = int(self._snapshot.title_keys[row])
        if title != NO_TITLE:
            self._titles.add(title)
        self._audio.update(self._recordings(np.array([row])))

    def _recordings(self, rows: Rows) -> list[int]:
        """Return the audio keys of songs and of what shares their title keys."""
        _, versions = self._snapshot.versions_of(rows)
        found: list[int] = self._snapshot.audio_keys[np.concatenate((rows, versions))].tolist()
        return found

    def _artist(self, row: int) -> str:
        return self._snapshot.first_artists(np.array([row]))[0]


def varied(
    snapshot: Snapshot,
    query: Query,
    variety: Variety,
    candidates: Rows,
    *,
    size: int,
    left_out: Rows,
    pins: Rows,
    farther: float,
) -> Rows:
    """Return the pins, and of the candidates what keeps the list varied, up to ``size`` songs.

    A studio original may be ``farther`` away, in distance, than the version it is listed for.
    Candidates are offered in their order, or with a spread by marginal relevance, where the pins
    are chosen already.
    """
    picker = Picker(snapshot, variety, left_out)
    for row in pins.tolist():
        picker.force(row)
    found = candidates[np.isin(candidates, pins, invert=True)]
    listed = found
    if variety.one_version_per_song:
        listed = originals(snapshot, query, found, farther)
    marginal = Marginal(snapshot, query, listed, variety.spread) if variety.spread else None
    places: Iterable[int] = range(len(listed))
    if marginal:
        places = iter(marginal.take_best, None)
        marginal.keep_away_from(pins)
    for place in places:
        if len(picker.picked) == size:
            break
        taken = picker.offer(int(listed[place]), int(found[place]))
        if taken and marginal:
            marginal.choose(place)
    return np.array(picker.picked, dtype=np.intp)
