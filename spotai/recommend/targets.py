"""From profile and recipe to one weighted Euclidean query.

With mu, v the profile's mean and variance on an axis, g the feature's global weight and m its
weight step, and x the axis' map from natural values:

- untouched: u = max(1/v - 0.9*contrast, 0.05), target clip(mu/(v*u), -8, 8), weight m*g*u. At
  contrast 1 this is a Gaussian log-likelihood ratio of playlist against catalog written as a
  distance; at contrast 0 it is the nearest to the playlist's mean.
- edited: target x(value), weight m/v: no push, no g, the listener has spoken.

An unfitted feature (the time signature) uses its g in every case. When nothing counts that lies
outside the recording (release year, popularity), the other features use g = 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from spotai.errors import RecipeError
from spotai.features import FEATURES, NAMES, Feature
from spotai.recommend.profile import Profile
from spotai.recommend.recipe import WEIGHT_STEPS, Recipe
from spotai.search import Query, Snapshot

FURTHEST_TARGET: Final = 8.0
OCTAVES: Final[Mapping[float, str]] = MappingProxyType({0.5: "half", 2.0: "double"})


@dataclass(frozen=True, slots=True)
class Model:
    """A recipe made ready to search with.

    ``target``, ``weight`` and ``alternatives`` by axis, weighted axes only. ``aims``: the natural
    value shown for each feature that counts, None where neither recipe nor playlist gives one.
    ``octaves``: the factor of each alternative target. ``mean_distance`` (D0) is the catalog's
    mean distance, ``least_distance`` (Dmin) the nearest any song could come.
    """

    target: Mapping[str, float]
    weight: Mapping[str, float]
    alternatives: Mapping[str, tuple[float, ...]]
    octaves: Mapping[str, tuple[float, ...]]
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
        # From the near end, so that strictness 1 is exactly the distance of a perfect match.
        span = self.mean_distance - self.least_distance
        return self.least_distance + (1 - strictness) * span

    def apart(self, match: float) -> float:
        """Return how far apart in distance two songs are whose matches differ by ``match``."""
        return match * (self.mean_distance - self.least_distance)

    def targets(self, axis: str) -> tuple[float, ...]:
        return (self.target[axis], *self.alternatives.get(axis, ()))

    def query(self, *, k: int = 1) -> Query:
        return Query(target=self.target, weight=self.weight, alternatives=self.alternatives, k=k)


def build_model(snapshot: Snapshot, profile: Profile, recipe: Recipe) -> Model:
    """Turn the recipe's variables into targets and weights over the axes.

    Raises RecipeError when nothing is left to compare songs by.
    """
    _refuse_unavailable(profile, recipe)
    steps = {f.name: _step(profile, recipe, f) for f in FEATURES}
    counted = [f for f in FEATURES if steps[f.name] > 0]
    fitted = any(not feature.heard for feature in counted)
    target: dict[str, float] = {}
    weight: dict[str, float] = {}
    for feature in counted:
        for axis, aim, heaviness in _feature_axes(
            snapshot, profile, recipe, feature, steps[feature.name], fitted=fitted
        ):
            target[axis], weight[axis] = aim, heaviness
    if not weight:
        raise RecipeError(_nothing_counts(profile, recipe), field="features")
    octaves = _octaves(snapshot, profile, recipe, target)
    alternatives = {axis: tuple(found.values()) for axis, found in octaves.items()}
    mean = least = 0.0
    for axis, heaviness in weight.items():
        extremes = snapshot.extremes[axis]
        targets = (target[axis], *alternatives.get(axis, ()))
        beyond = [max(0.0, extremes.low - t, t - extremes.high) for t in targets]
        mean += min(1 + t * t for t in targets) * heaviness
        least += min(b * b for b in beyond) * heaviness
    return Model(
        target=target,
        weight=weight,
        alternatives=alternatives,
        octaves={axis: tuple(found) for axis, found in octaves.items()},
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
    fitted: bool,
) -> list[tuple[str, float, float]]:
    """Return (axis, target, weight) of each available axis of a feature that counts."""
    value = recipe.setting(feature.name).target
    axes = [axis for axis in feature.axes if snapshot.maps[axis].available]
    if value is not None:
        spread = sum(profile.axes[axis].variance for axis in axes)
        share = feature.weight if feature.unfitted else 1.0
        return [(a, snapshot.maps[a].coordinate(value), step * share / spread) for a in axes]
    g = feature.weight if fitted or feature.unfitted else 1.0
    found = []
    for axis in axes:
        seen = profile.axes[axis]
        u = seen.distinctiveness(recipe.contrast)
        pushed = seen.mean / (seen.variance * u)
        found.append((axis, min(max(pushed, -FURTHEST_TARGET), FURTHEST_TARGET), step * g * u))
    return found


def _aim(profile: Profile, recipe: Recipe, feature: Feature) -> float | None:
    target = recipe.setting(feature.name).target
    return profile.features[feature.name].centre if target is None else feature.number(target)


def _octaves(
    snapshot: Snapshot, profile: Profile, recipe: Recipe, target: Mapping[str, float]
) -> dict[str, dict[float, float]]:
    """Return the further targets of a feature with octaves by their factor, where they exist.

    An octave lies as far from the target as its natural value lies from the centre's.
    """
    if not recipe.tempo_octaves:
        return {}
    found = {}
    for name in (f.name for f in FEATURES if f.octaves and f.name in target):
        axis = snapshot.maps[name]
        edited = recipe.setting(name).target
        centre = axis.natural_of(profile.axes[name].mean) if edited is None else edited
        low, high = axis.rising
        found[name] = {
            factor: target[name] + axis.coordinate(centre * factor) - axis.coordinate(centre)
            for factor in OCTAVES
            if low <= centre * factor <= high
        }
    return found


def _refuse_unavailable(profile: Profile, recipe: Recipe) -> None:
    for name, seen in profile.features.items():
        if recipe.setting(name).edited and not seen.available:
            label = seen.feature.label.lower()
            raise RecipeError(
                f"{label} cannot be aimed at: the songs of this catalog do not differ in it, or it "
                "is known of none of them",
                field=f"features.{name}.target",
            )


def _nothing_counts(profile: Profile, recipe: Recipe) -> str:
    if profile.songs == 0 and not any(recipe.setting(name).edited for name in NAMES):
        return "there is nothing to look for: choose a playlist or songs, or set a target"
    if not any(seen.available for seen in profile.features.values()):
        return "the songs of this catalog do not differ in any feature; load more songs"
    return "nothing is ticked: tick at least one feature and give it a weight other than off"
