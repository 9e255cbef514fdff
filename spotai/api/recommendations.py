"""``POST /api/recommendations`` and ``POST /api/matches``: what a recipe brings."""

from __future__ import annotations

from flask import Blueprint, Response

from spotai.api.requests import answer, read_body
from spotai.api.schemas import MatchesAnswer, RecommendationAnswer
from spotai.api.state import open_snapshot, playlist_tracks
from spotai.recommend import Recipe, count_matches, recommend

blueprint = Blueprint("recommendations", __name__)


@blueprint.post("/api/recommendations")
def recommendations() -> Response:
    recipe = read_body(Recipe)
    return answer(RecommendationAnswer.of(recommend(open_snapshot(), recipe, playlist_tracks)))


@blueprint.post("/api/matches")
def matches() -> Response:
    recipe = read_body(Recipe)
    return answer(MatchesAnswer.of(count_matches(open_snapshot(), recipe, playlist_tracks)))
