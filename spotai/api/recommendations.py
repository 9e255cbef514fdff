"""``POST /api/recommendations`` and ``POST /api/matches``: what a recipe brings."""

from __future__ import annotations

from flask import Blueprint

from spotai.api.operations import READS_RECIPE, operation
from spotai.api.recommendation_schemas import MatchesAnswer, RecommendationAnswer
from spotai.api.state import known_tracks, missing_values_of, open_snapshot, playlist_tracks
from spotai.recommend import Recipe, count_matches, recommend

blueprint = Blueprint("recommendations", __name__)


@operation(blueprint, "POST", "/api/recommendations", problems=READS_RECIPE)
def recommendations(body: Recipe) -> RecommendationAnswer:
    """Find songs for a recipe, with reasons.

    Every field of a recipe has a default. `match` is 0 for a song like any other and 1 for a
    perfect one; each feature that counts gives a reason, what speaks most for the song first.
    `summary` compares the song with the `nearest` seed in natural units. `total_matches` counts the
    songs that pass everything. Where the list is shorter than `size`, for whatever reason,
    `loosenings` says which changes, set at their paths in the recipe, make it how long (`listed`),
    and `biting` what keeps songs from it. `notes` say what of the recipe changes nothing.
    """
    found = recommend(open_snapshot(), body, playlist_tracks, known_tracks, missing_values_of)
    return RecommendationAnswer.of(found)


@operation(blueprint, "POST", "/api/matches", problems=READS_RECIPE)
def matches(body: Recipe) -> MatchesAnswer:
    """Count the songs a recipe leaves.

    The same body as for recommendations, and no list: `loosenings` where fewer match than `size`,
    by the songs that match with them, `biting` where none does. What versions and the artist cap
    keep from a list is said with the list.
    """
    found = count_matches(open_snapshot(), body, playlist_tracks, known_tracks, missing_values_of)
    return MatchesAnswer.of(found)
