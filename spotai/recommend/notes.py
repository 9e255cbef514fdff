"""What of a recipe changes nothing, in plain sentences: nothing is accepted in silence.

A field is spoken of when it says something other than its default, and the list would be the same
without that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.features import FEATURES, Feature
from spotai.recommend.profile import Profile
from spotai.recommend.recipe import FeatureSetting, Recipe
from spotai.recommend.targets import Model
from spotai.search import Snapshot

DEFAULT_CONTRAST: Final[float] = Recipe().contrast

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a recipe came to. ``seeds`` and ``known`` are the rows left out, ``told`` counts the
    songs the listener told of as known. ``all_listed``: the list holds every song that matches.
    """

    seeds: Rows
    known: Rows
    told: int
    songs: int
    all_listed: bool


def notes(
    snapshot: Snapshot, recipe: Recipe, profile: Profile, model: Model, outcome: Outcome
) -> tuple[str, ...]:
    """Return a sentence for each part of the recipe that changes nothing."""
    found = (
        *_of_features(recipe, profile, model),
        *_of_weights(recipe, profile, model),
        *_of_extremes(snapshot, model),
        *_of_octaves(snapshot, recipe, model),
        *_of_contrast(recipe, model),
        *_of_choice(recipe, outcome),
        *_of_cap(recipe),
        *_of_known(recipe, outcome),
        *_of_bans(snapshot, recipe, outcome),
    )
    return tuple(f"{each[0].upper()}{each[1:]}." for each in found)


def _of_features(recipe: Recipe, profile: Profile, model: Model) -> Iterator[str]:
    """Speak of what is said of features that do not count, one sentence for each reason."""
    found: dict[str, list[str]] = {}
    for feature in FEATURES:
        if feature.name in model.aims:
            continue
        idle = _idle(feature, recipe.setting(feature.name), profile)
        if idle is not None:
            what, why = idle
            found.setdefault(why, []).append(what)
    for why, parts in found.items():
        yield f"{', '.join(parts)} {'changes' if len(parts) == 1 else 'change'} nothing: {why}"


def _idle(feature: Feature, setting: FeatureSetting, profile: Profile) -> tuple[str, str] | None:
    """Return what is said of a feature that does not count, and why it changes nothing."""
    label = feature.label.lower()
    if setting.weight == "off":
        part = "aim" if setting.edited else "tick" if setting.selected else None
        why = "a variable of weight off does not count"
        return (f"the {part} of {label}", why) if part else None
    if setting.selected is False:
        part = "aim" if setting.edited else "weight"
        why = "a variable that is unticked does not count"
        return (f"the {part} of {label}", why) if setting.touched else None
    if not (setting.selected or setting.touched):
        return None
    if not profile.features[feature.name].available:
        return label, "the songs of this catalog do not differ there, or it is known of none"
    return label, "without songs to start from, a variable counts when it has an aim"


def _of_weights(recipe: Recipe, profile: Profile, model: Model) -> Iterator[str]:
    """Speak of weights that weigh all that counts alike: only what they are to each other counts.

    A weight that ticked its feature did something.
    """
    settings = {name: recipe.setting(name) for name in model.aims}
    ticked = all(
        setting.selected or setting.edited or profile.features[name].selected
        for name, setting in settings.items()
    )
    weights = {setting.weight for setting in settings.values()}
    if not ticked or len(weights) > 1 or "normal" in weights:
        return
    if len(settings) > 1:
        yield f"the weights change nothing: all that counts has the same one, {weights.pop()}"
        return
    (counted,) = (feature for feature in FEATURES if feature.name in settings)
    yield f"the weight of {counted.label.lower()} changes nothing: nothing else counts"


def _of_extremes(snapshot: Snapshot, model: Model) -> Iterator[str]:
    """Speak of aims so far out that the songs there are all as near to them."""
    for feature in FEATURES:
        aim = model.aims.get(feature.name)
        if aim is None or feature.name not in model.edited or feature.kind != "numeric":
            continue
        line = snapshot.maps[feature.name]
        low, high = line.rising
        if aim > high < line.knots[-1]:
            beyond, end, whither = high, "from {} on", "the highest"
        elif aim < low > line.knots[0]:
            beyond, end, whither = low, "up to {}", "the lowest"
        else:
            continue
        yield (
            f"an aim of {feature.label.lower()} {feature.show(aim)} changes nothing that one of "
            f"{feature.show(beyond)} would not: songs {end.format(feature.show(beyond))} are not "
            f"told apart, and a limit brings {whither}"
        )


def _of_octaves(snapshot: Snapshot, recipe: Recipe, model: Model) -> Iterator[str]:
    if not recipe.tempo_octaves:
        return
    for feature in (each for each in FEATURES if each.octaves):
        label, aim = feature.label.lower(), model.aims.get(feature.name)
        start = f"half and double time (tempo_octaves) change nothing: {label}"
        if feature.name not in model.aims:
            yield f"{start} does not count in this recipe; tick it or give it an aim"
        elif not model.octaves[feature.name]:
            low, high = map(feature.show, snapshot.maps[feature.name].rising)
            yield (
                f"{start} {feature.show(aim)} halved or doubled lies outside {low} to {high}, "
                "where nearly all songs are"
            )


def _of_contrast(recipe: Recipe, model: Model) -> Iterator[str]:
    if recipe.contrast != DEFAULT_CONTRAST and model.edited == model.aims.keys():
        yield "contrast changes nothing: all that counts has an aim of its own"


def _of_choice(recipe: Recipe, outcome: Outcome) -> Iterator[str]:
    """Speak of what chooses among the songs that match, where there is nothing to choose."""
    pins, variety = len(set(recipe.pins)), recipe.variety
    spread = ["spread"] if variety.spread else []
    drawn = [] if variety.random_seed is None else ["the random seed"]
    if pins == recipe.size:
        idle, why = spread + drawn, "the pinned songs fill the list"
    elif outcome.all_listed:
        idle, why = spread + drawn, "every song that matches is listed"
    else:
        idle = spread if recipe.size == 1 else []
        why = "a list of one song has nothing to be spread"
    if idle:
        yield f"{' and '.join(idle)} {'change' if len(idle) > 1 else 'changes'} nothing: {why}"
    if recipe.order != "closest" and outcome.songs == 1:
        yield "the order changes nothing in a list of one song"


def _of_cap(recipe: Recipe) -> Iterator[str]:
    cap = recipe.variety.artist_cap
    if cap is not None and cap >= recipe.size:
        yield f"an artist cap of {cap:,} changes nothing in a list of {recipe.size:,}"


def _of_known(recipe: Recipe, outcome: Outcome) -> Iterator[str]:
    if recipe.variety.familiar == "allow" or len(np.setdiff1d(outcome.known, outcome.seeds)):
        return
    if outcome.told == 0:
        why = "none is known yet; add a file or links of them"
    elif len(outcome.known) == 0:
        why = "none of them can be searched"
    else:
        why = "all of them are songs you start from, which are never listed"
    yield f"leaving out songs you know changes nothing: {why}"


def _of_bans(snapshot: Snapshot, recipe: Recipe, outcome: Outcome) -> Iterator[str]:
    bans = tuple(dict.fromkeys(recipe.bans))
    rows, artists = snapshot.rows_of(bans), snapshot.are_artists(bans)
    seeds = np.isin(rows, outcome.seeds) & (rows >= 0)
    known = np.isin(rows, outcome.known) & (rows >= 0) & ~seeds
    for idle, one, many in (
        (
            (rows < 0) & ~artists,
            "no song or artist that can be searched has that id",
            "no song or artist that can be searched has these ids",
        ),
        (seeds, "a song you start from is never listed", "songs you start from are never listed"),
        (known, "a song you know is left out already", "songs you know are left out already"),
    ):
        count = int(idle.sum())
        if count == len(bans) == 1:
            yield f"the ban changes nothing: {one}"
        elif count:
            changes = f"{'changes' if count == 1 else 'change'} nothing"
            yield f"{count:,} of {len(bans):,} bans {changes}: {one if count == 1 else many}"
