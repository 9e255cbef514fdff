"""What of a recipe changes nothing, in plain sentences: nothing is accepted in silence.

A field is spoken of when it says something other than its default, and the list would be the same
without that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spotai.features import FEATURES, Feature
from spotai.recommend.profile import Profile
from spotai.recommend.recipe import FeatureSetting, Recipe
from spotai.recommend.targets import Model
from spotai.search import Snapshot

DEFAULT_CONTRAST: Final[float] = Recipe().contrast


def notes(
    snapshot: Snapshot, recipe: Recipe, profile: Profile, model: Model, known: int
) -> tuple[str, ...]:
    """Return a sentence for each part of the recipe that changes nothing.

    ``known``: how many songs are left out because the listener knows them.
    """
    found = (
        *_of_features(recipe, profile, model),
        *_of_octaves(snapshot, recipe, model),
        *_of_contrast(recipe, model),
        *_of_variety(recipe, known),
        *_of_bans(snapshot, recipe),
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
        why = "a variable of weight off does not count"
        return (f"the aim of {label}", why) if setting.edited else None
    if setting.selected is False:
        part = "aim" if setting.edited else "weight"
        why = "a variable that is unticked does not count"
        return (f"the {part} of {label}", why) if setting.touched else None
    if not (setting.selected or setting.touched):
        return None
    if not profile.features[feature.name].available:
        return label, "the songs of this catalog do not differ there, or it is known of none"
    return label, "without songs to start from, a variable counts when it has an aim"


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


def _of_variety(recipe: Recipe, known: int) -> Iterator[str]:
    cap = recipe.variety.artist_cap
    if cap is not None and cap >= recipe.size:
        yield f"an artist cap of {cap:,} changes nothing in a list of {recipe.size:,}"
    if recipe.variety.familiar == "exclude" and known == 0:
        yield "leaving out songs you know changes nothing: none of them can be searched"


def _of_bans(snapshot: Snapshot, recipe: Recipe) -> Iterator[str]:
    bans = tuple(dict.fromkeys(recipe.bans))
    idle = int(((snapshot.rows_of(bans) < 0) & ~snapshot.are_artists(bans)).sum())
    if idle:
        changes, those = ("changes", "that id") if idle == 1 else ("change", "these ids")
        yield (
            f"{idle:,} of {len(bans):,} bans {changes} nothing: no song or artist that can be "
            f"searched has {those}"
        )
