"""``POST /api/profiles``: what makes a set of songs different from the catalog."""

from __future__ import annotations

from flask import Blueprint, Response

from spotai.api.requests import answer, read_body
from spotai.api.schemas import ProfileAnswer, ProfileRequest
from spotai.api.state import open_snapshot, playlist_tracks
from spotai.recommend import build_profile, find_seeds

blueprint = Blueprint("profiles", __name__)


@blueprint.post("/api/profiles")
def profiles() -> Response:
    asked = read_body(ProfileRequest)
    snapshot = open_snapshot()
    seeds = find_seeds(snapshot, asked.seed, playlist_tracks)
    profile = build_profile(snapshot, seeds.rows)
    return answer(ProfileAnswer.of(profile, seeds, snapshot))
