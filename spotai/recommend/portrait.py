"""The portrait of a playlist: its profile with all that explains it, for people to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from spotai.recommend.comparison import Comparison, compare
from spotai.recommend.facets import Facet, facet_of, find_facets
from spotai.recommend.influence import influences, shares
from spotai.recommend.profile import Profile, build_profile
from spotai.recommend.recipe import Recipe, Seed
from spotai.recommend.seeds import PlaylistTracks, find_seeds
from spotai.recommend.standing import Standing, standing_of
from spotai.recommend.targets import build_model
from spotai.recommend.unknown import MissingValues, UnknownSong, explain_unknown
from spotai.search import Snapshot


@dataclass(frozen=True, slots=True)
class FeaturePortrait:
    """What explains one feature of some songs.

    ``spread`` and ``distinctiveness`` are means over the feature's axes, None where the catalog
    does not vary in it. ``spread``: the root of the variance that a profile goes by, 1.0 as in
    the catalog. ``influence``: its percentage of what decides which songs come first by the default
    recipe, 0.0 while it is unticked there. ``compared`` and ``standing`` are None where no value is
    known.
    """

    spread: float | None
    distinctiveness: float | None
    influence: float
    compared: Comparison | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """The profile of some songs, or of one facet of them, and ``facets`` of all of them."""

    profile: Profile
    facet: int | None
    features: Mapping[str, FeaturePortrait]
    facets: tuple[Facet, ...]
    unknown: tuple[UnknownSong, ...]


def portray(
    snapshot: Snapshot,
    seed: Seed,
    facet: int | None,
    playlist_tracks: PlaylistTracks,
    missing_values: MissingValues,
) -> Portrait:
    """Describe the songs of a seed, or those of one facet alone.

    Raises what ``find_seeds`` raises, and RecipeError for a facet that there is not.
    """
    seeds = find_seeds(snapshot, seed, playlist_tracks, missing_values)
    facets = find_facets(snapshot, seeds.rows)
    rows = seeds.rows if facet is None else facet_of(facets, facet).rows
    profile = build_profile(snapshot, rows)
    compared = compare(snapshot, rows)
    influence = _influence(snapshot, profile)
    return Portrait(
        profile=profile,
        facet=facet,
        features={
            name: _feature(snapshot, profile, name, compared.get(name), influence.get(name, 0.0))
            for name in profile.features
        },
        facets=facets,
        unknown=explain_unknown(seeds.unknown, missing_values),
    )


def _influence(snapshot: Snapshot, profile: Profile) -> Mapping[str, float]:
    """Return what share of the influence each feature has that the default recipe ticks."""
    if not any(seen.selected for seen in profile.features.values()):
        return {}
    return shares(influences(snapshot, build_model(snapshot, profile, Recipe())))


def _feature(
    snapshot: Snapshot, profile: Profile, name: str, compared: Comparison | None, influence: float
) -> FeaturePortrait:
    seen = profile.features[name]
    axes = [profile.axes[axis] for axis in seen.feature.axes if snapshot.maps[axis].available]
    return FeaturePortrait(
        spread=sqrt(fmean(axis.variance for axis in axes)) if axes else None,
        distinctiveness=fmean(axis.distinctiveness() for axis in axes) if axes else None,
        influence=influence,
        compared=compared,
        standing=standing_of(snapshot, seen, compared),
    )
