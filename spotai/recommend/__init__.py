"""From songs people like to songs they will: profile, recipe, search, variety, reasons."""

from spotai.recommend.biting import Biting
from spotai.recommend.comparison import Comparison, compare
from spotai.recommend.facets import Facet, find_facets
from spotai.recommend.loosening import Loosening
from spotai.recommend.pipeline import (
    KnownTracks,
    Matches,
    Recommendation,
    Recommended,
    count_matches,
    query_of,
    recommend,
)
from spotai.recommend.portrait import FeaturePortrait, Portrait, portray
from spotai.recommend.profile import FeatureProfile, Profile, build_profile
from spotai.recommend.recipe import Recipe, Seed
from spotai.recommend.seeds import PlaylistTracks, Seeds, find_seeds
from spotai.recommend.unknown import UnknownSong

__all__ = [
    "Biting",
    "Comparison",
    "Facet",
    "FeaturePortrait",
    "FeatureProfile",
    "KnownTracks",
    "Loosening",
    "Matches",
    "PlaylistTracks",
    "Portrait",
    "Profile",
    "Recipe",
    "Recommendation",
    "Recommended",
    "Seed",
    "Seeds",
    "UnknownSong",
    "build_profile",
    "compare",
    "count_matches",
    "find_facets",
    "find_seeds",
    "portray",
    "query_of",
    "recommend",
]
