"""A list that came out short: what keeps songs from it, and which changes bring it how many more.

Whether a song is listed depends on those before it, so nothing is estimated: the list of every
change that is offered is made, and its songs are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import Final

from spotai.recommend.biting import Biting
from spotai.recommend.changes import EVERYTHING, Condition, Step
from spotai.recommend.loosening import (
    MOST,
    Count,
    Loosening,
    changes_of,
    every_limit,
    known_too,
    loosened,
    widest,
)
from spotai.recommend.recipe import ARTIST_CAP, MAX_SIZE, ONE_VERSION, Change, Recipe, Variety

# A cap is raised by one, and to so many times what it is.
TIMES: Final = (2, 5)

Bundle = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A list of ``listed`` songs, fewer than the recipe asks for, of ``matches`` that match.

    ``holds_back``: versions or the artist cap keep songs from it. ``count`` and ``length`` return
    of a changed recipe how many songs match and how many its list has.
    """

    recipe: Recipe
    matches: int
    listed: int
    holds_back: bool
    count: Count
    length: Count

    def loosenings(
        self, of_matches: Iterable[Loosening], conditions: Sequence[Condition]
    ) -> tuple[Loosening, ...]:
        """Return what brings songs to the list: of what lets more songs match, ``of_matches``, and
        of artist cap, versions and known songs.

        Those come first that fill it, the cheapest at the head; then those that bring most. Where
        none fills it, everything at once comes last.
        """
        found = [self._made(each) for each in of_matches]
        if self.holds_back:
            found += self._of_variety()
            found += [self._tried(steps) for steps in (known_too(self.recipe),) if steps]
        found = list({each.changes: each for each in found if _length(each) > self.listed}.values())
        found.sort(key=self._place)
        most = max(map(_length, found), default=self.listed)
        wide = widest(self.recipe, self._everything(conditions), most, self.length)
        if wide is None:
            return tuple(found[:MOST])
        steps, reached = wide
        return (*found[: MOST - 1], replace(self._counted(steps), listed=reached))

    def biting(self, let_through: Callable[[Variety], int]) -> Iterator[Biting]:
        """Yield artist cap and versions where one of them alone keeps songs from the list.

        ``let_through`` returns how many of all songs that match keep to some variety.
        """
        cap = self.recipe.variety.artist_cap
        each_alone = (
            (ARTIST_CAP, _cap_in_words(cap), Variety(artist_cap=cap, one_version_per_song=False)),
            (ONE_VERSION, "One version of a song", Variety()),
        )
        for path, text, alone in each_alone:
            asked = alone.artist_cap or self.recipe.variety.one_version_per_song
            if asked and (passing := let_through(alone)) < self.matches:
                yield Biting(path, text, passing)

    def _of_variety(self) -> list[Loosening]:
        """Return what artist cap and versions bring, both at once only where neither is enough."""
        caps = [(step,) for step in cap_steps(self.recipe.variety)]
        versions = [(step,) for step in version_steps(self.recipe.variety)]
        found = [*self._ever_more(caps, self.listed), *self._ever_more(versions, self.listed)]
        most = max(map(_length, found), default=self.listed)
        if most < self.recipe.size:
            found += self._ever_more([cap + each for each in versions for cap in caps], most)
        return found

    def _ever_more(self, bundles: Iterable[Bundle], most: int) -> Iterator[Loosening]:
        """Yield those of the changes, the cheapest first, that bring more than ``most`` and the
        ones before, up to the first that fills the list.
        """
        for steps in bundles:
            tried = self._tried(steps)
            if _length(tried) > most:
                most = _length(tried)
                yield tried
            if most >= self.recipe.size:
                return

    def _everything(self, conditions: Sequence[Condition]) -> Iterable[Bundle]:
        """Return all limits, alone and with what else keeps songs from the list."""
        limits, known = every_limit(conditions), known_too(self.recipe)
        no_cap, versions = cap_steps(self.recipe.variety)[-1:], version_steps(self.recipe.variety)
        each = [
            limits + variety + more
            for more in ((), known)
            for variety in ((), no_cap, versions, no_cap + versions)
        ]
        return dict.fromkeys(each)

    def _tried(self, steps: Bundle) -> Loosening:
        return self._made(self._counted(steps))

    def _counted(self, steps: Bundle) -> Loosening:
        gain = self.count(self.recipe.changed(changes_of(steps))) - self.matches
        return loosened(steps, gain, self.matches)

    def _made(self, loosening: Loosening) -> Loosening:
        return replace(loosening, listed=self.length(self.recipe.changed(loosening.changes)))

    def _place(self, loosening: Loosening) -> tuple[bool, float, float]:
        length = _length(loosening)
        if length >= self.recipe.size:
            return False, loosening.cost, -length
        return True, -length, loosening.cost


def _length(loosening: Loosening) -> int:
    return loosening.listed or 0


def _cap_in_words(cap: int | None) -> str:
    return "At most one song of an artist" if cap == 1 else f"At most {cap} songs of an artist"


def cap_steps(variety: Variety) -> Bundle:
    """Return higher artist caps, the last of which is none."""
    cap = variety.artist_cap
    if cap is None:
        return ()
    higher = dict.fromkeys((cap + 1, *(cap * times for times in TIMES)))
    steps = [
        Step(
            (Change(ARTIST_CAP, each),),
            f"up to {each} songs of an artist",
            round(log10(each / cap), 2),
            frozenset(),
        )
        for each in higher
        if each <= MAX_SIZE
    ]
    text = "any number of songs of an artist"
    return (*steps, Step((Change(ARTIST_CAP, None),), text, EVERYTHING, frozenset()))


def version_steps(variety: Variety) -> Bundle:
    """Return the step that lets other versions of songs in, if they are kept out."""
    if not variety.one_version_per_song:
        return ()
    change = Change(ONE_VERSION, value=False)
    return (Step((change,), "other versions of songs too", EVERYTHING, frozenset()),)
