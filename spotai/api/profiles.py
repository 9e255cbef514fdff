"""``POST /api/profiles``: what makes a set of songs different from the catalog."""

from __future__ import annotations

from flask import Blueprint

from spotai.api.operations import READS_SEEDS, operation
from spotai.api.profile_schemas import ProfileAnswer, ProfileRequest
from spotai.api.state import open_snapshot, playlist_tracks
from spotai.recommend import build_profile, find_seeds

blueprint = Blueprint("profiles", __name__)


@operation(blueprint, "POST", "/api/profiles", problems=READS_SEEDS)
def profiles(body: ProfileRequest) -> ProfileAnswer:
    """Say what makes a set of songs different from the catalog.

    The most telling feature comes first. `centre` is the set's own value, `shown` the same for
    people, `selected` whether the feature is ticked by default.
    """
    snapshot = open_snapshot()
    seeds = find_seeds(snapshot, body.seed, playlist_tracks)
    profile = build_profile(snapshot, seeds.rows)
    return ProfileAnswer.of(profile, seeds, snapshot)
