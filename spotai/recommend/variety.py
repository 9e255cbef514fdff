"""Variety: one version of a song, and no more songs of an artist than the listener wants."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from spotai.recommend.recipe import Variety
from spotai.search import Snapshot


class Picker:
    """Takes songs one by one while they keep the list varied.

    Two songs are versions of one when they share the title key or the audio key (versions.py).
    """

    def __init__(self, snapshot: Snapshot, variety: Variety, seeds: NDArray[np.intp]) -> None:
        self._snapshot = snapshot
        self._variety = variety
        self._titles: set[int] = set()
        self._audio: set[int] = set()
        self._artists: Counter[str] = Counter()
        self.picked: list[int] = []
        for row in seeds:
            self._remember_version(int(row))

    def force(self, row: int) -> None:
        """Take a pinned song whatever its versions or its artist; it fills their places."""
        self._remember_version(row)
        self._artists[self._artist(row)] += 1
        self.picked.append(row)

    def offer(self, row: int) -> bool:
        """Take a song unless it is a version or its artist has enough; say whether taken."""
        if self._variety.one_version_per_song and self._is_version(row):
            # What shares a key with this version only is a version of the same song as well.
            self._remember_version(row)
            return False
        artist = self._artist(row)
        cap = self._variety.artist_cap
        if cap is not None and artist and self._artists[artist] >= cap:
            return False
        self.force(row)
        return True

    def _is_version(self, row: int) -> bool:
        title, audio = self._keys(row)
        return title in self._titles or audio in self._audio

    def _remember_version(self, row: int) -> None:
        title, audio = self._keys(row)
        # Key 0 means the song has no title to compare.
        if title:
            self._titles.add(title)
        self._audio.add(audio)

    def _keys(self, row: int) -> tuple[int, int]:
        return int(self._snapshot.title_keys[row]), int(self._snapshot.audio_keys[row])

    def _artist(self, row: int) -> str:
        return self._snapshot.first_artists(np.array([row]))[0]
