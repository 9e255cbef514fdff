"""From songs people like to songs they will: profile, recipe, search, variety, reasons."""

from spotai.recommend.comparison import Comparison, compare
from spotai.recommend.pipeline import (
    KnownTracks,
    Matches,
    PlaylistTracks,
    Recommendation,
    Recommended,
    Seeds,
    count_matches,
    find_seeds,
    query_of,
    recommend,
)
from spotai.recommend.profile import FeatureProfile, Profile, build_profile
from spotai.recommend.recipe import Recipe, Seed

__all__ = [
    "Comparison",
    "FeatureProfile",
    "KnownTracks",
    "Matches",
    "PlaylistTracks",
    "Profile",
    "Recipe",
    "Recommendation",
    "Recommended",
    "Seed",
    "Seeds",
    "build_profile",
    "compare",
    "count_matches",
    "find_seeds",
    "query_of",
    "recommend",
]
