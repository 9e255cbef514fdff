"""From profile and recipe to one weighted Euclidean query.

With mu, v the profile's mean and variance on an axis, g the feature's global weight and m its
weight step, and x the axis' map from natural values:

- untouched: u = max(1/v - 0.9*contrast, 0.05), target clip(mu/(v*u), -8, 8), weight m*g*u. At
  contrast 1 this is a Gaussian log-likelihood ratio of playlist against catalog written as a
  distance; at contrast 0 it is the nearest to the playlist's mean.
- edited: target x(value), weight m/v: no push, no g, the listener has spoken.

The time signature always uses its own g. When neither release year nor popularity counts, the
other features use g = 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from spotai.errors import RecipeError
from spotai.features import FEATURES, UNFITTED_WEIGHT, Feature
from spotai.recommend.profile import Profile
from spotai.recommend.recipe import WEIGHT_STEPS, Recipe
from spotai.search import Query, Snapshot

CATALOG_SHARE: Final = 0.9
LEAST_CONTRAST: Final = 0.05
FURTHEST_TARGET: Final = 8.0
TEMPO_OCTAVES: Final = (0.5, 2.0)
_DATED: Final = ("release_year", "popularity")


@dataclass(frozen=True, slots=True)
class Model:
    """A recipe made ready to search with.

    ``target``, ``weight`` and ``alternatives`` by axis, weighted axes only. ``aims``: the natural
    value shown for each feature that counts, None where neither recipe nor playlist gives one.
    ``mean_distance`` (D0) is the catalog's mean distance, ``least_distance`` (Dmin) the nearest
    any song could come.
    """

    target: Mapping[str, float]
    weight: Mapping[str, float]
    alternatives: Mapping[str, tuple[float, ...]]
    aims: Mapping[str, float | None]
    edited: frozenset[str]
    mean_distance: float
    least_distance: float

    def match(self, distance: float) -> float:
        """Return how well a song at ``distance`` matches: 0 like a typical song, 1 perfectly."""
        span = self.mean_distance - self.least_distance
        return min(max((self.mean_distance - distance) / span, 0.0), 1.0)

    def radius(self, strictness: float) -> float | None:
        """Return the distance at which the match equals ``strictness``; None for no bound."""
        if strictness == 0:
            return None
        return self.mean_distance - strictness * (self.mean_distance - self.least_distance)

    def targets(self, axis: str) -> tuple[float, ...]:
        return (self.target[axis], *self.alternatives.get(axis, ()))

    def query(self, *, k: int = 1) -> Query:
        return Query(target=self.target, weight=self.weight, alternatives=self.alternatives, k=k)


def build_model(snapshot: Snapshot, profile: Profile, recipe: Recipe) -> Model:
    """Turn the recipe's variables into targets and weights over the axes.

    Raises RecipeError when nothing is left to compare songs by.
    """
    steps = {f.name: _step(profile, recipe, f) for f in FEATURES}
    counted = [f for f in FEATURES if steps[f.name] > 0]
    dated = any(steps[name] > 0 for name in _DATED)
    target: dict[str, float] = {}
    weight: dict[str, float] = {}
    for feature in counted:
        for axis, aim, heaviness in _feature_axes(
            snapshot, profile, recipe, feature, steps[feature.name], dated=dated
        ):
            target[axis], weight[axis] = aim, heaviness
    if not weight:
        raise RecipeError(_nothing_counts(profile, recipe), field="features")
    alternatives = _tempo_octaves(snapshot, profile, recipe, target)
    mean = least = 0.0
    for axis, heaviness in weight.items():
        extremes = snapshot.extremes[axis]
        targets = (target[axis], *alternatives.get(axis, ()))
        mean += heaviness * min(1 + t * t for t in targets)
        least += heaviness * min(
            max(0.0, extremes.low - t, t - extremes.high) ** 2 for t in targets
        )
    return Model(
        target=target,
        weight=weight,
        alternatives=alternatives,
        aims={f.name: _aim(profile, recipe, f) for f in counted},
        edited=frozenset(f.name for f in counted if recipe.setting(f.name).edited),
        mean_distance=mean,
        least_distance=least,
    )


def _step(profile: Profile, recipe: Recipe, feature: Feature) -> float:
    """Return m: the weight step of a ticked feature that can be searched by, else 0."""
    setting = recipe.setting(feature.name)
    seen = profile.features[feature.name]
    ticked = setting.selected
    if ticked is None:
        ticked = seen.selected or setting.touched
    has_aim = setting.edited or profile.songs > 0
    return WEIGHT_STEPS[setting.weight] if ticked and has_aim and seen.available else 0.0


def _feature_axes(
    snapshot: Snapshot,
    profile: Profile,
    recipe: Recipe,
    feature: Feature,
    step: float,
    *,
    dated: bool,
) -> list[tuple[str, float, float]]:
    """Return (axis, target, weight) of each available axis of a feature that counts."""
    value = recipe.setting(feature.name).target
    axes = [axis for axis in feature.axes if snapshot.maps[axis].available]
    if value is not None:
        spread = sum(profile.axes[axis].variance for axis in axes)
        share = UNFITTED_WEIGHT if feature.name == "time_signature" else 1.0
        return [(a, snapshot.maps[a].coordinate(value), step * share / spread) for a in axes]
    fixed = feature.name == "time_signature" or dated
    g = feature.weight if fixed else 1.0
    found = []
    for axis in axes:
        seen = profile.axes[axis]
        u = max(1 / seen.variance - CATALOG_SHARE * recipe.contrast, LEAST_CONTRAST)
        pushed = seen.mean / (seen.variance * u)
        found.append((axis, min(max(pushed, -FURTHEST_TARGET), FURTHEST_TARGET), step * g * u))
    return found


def _aim(profile: Profile, recipe: Recipe, feature: Feature) -> float | None:
    target = recipe.setting(feature.name).target
    return profile.features[feature.name].centre if target is None else feature.number(target)


def _tempo_octaves(
    snapshot: Snapshot, profile: Profile, recipe: Recipe, target: Mapping[str, float]
) -> dict[str, tuple[float, ...]]:
    """Return the further tempo targets: half and double time of the centre, where they exist."""
    if not recipe.tempo_octaves or "tempo" not in target:
        return {}
    tempo = snapshot.maps["tempo"]
    edited = recipe.setting("tempo").target
    centre = tempo.natural_of(profile.axes["tempo"].mean) if edited is None else edited
    low, high = tempo.rising
    return {
        "tempo": tuple(
            target["tempo"] + tempo.coordinate(centre * octave) - tempo.coordinate(centre)
            for octave in TEMPO_OCTAVES
            if low <= centre * octave <= high
        )
    }


def _nothing_counts(profile: Profile, recipe: Recipe) -> str:
    if profile.songs == 0 and not any(s.edited for s in recipe.features.values()):
        return "there is nothing to look for: choose a playlist or songs, or set a target"
    return "nothing is ticked: tick at least one feature and give it a weight other than off"
