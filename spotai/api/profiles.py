"""``POST /api/profiles``: what makes a set of songs different from the catalog."""

from __future__ import annotations

from flask import Blueprint

from spotai.api.operations import READS_RECIPE, operation
from spotai.api.profile_schemas import ProfileAnswer, ProfileRequest
from spotai.api.state import missing_values_of, open_snapshot, playlist_tracks
from spotai.recommend import portray

blueprint = Blueprint("profiles", __name__)


@operation(blueprint, "POST", "/api/profiles", problems=READS_RECIPE)
def profiles(body: ProfileRequest) -> ProfileAnswer:
    """Say what makes a set of songs different from the catalog.

    The most telling feature comes first. `centre` is the set's own value, `shown` the same for
    people and `standing` where it lies in the catalog; `selected` says whether the feature is
    ticked by default and `influence` how much of the decision it then has, in percent. `facets` are
    the moods of a varied set; `facet` describes the songs of one of them alone.
    """
    snapshot = open_snapshot()
    portrait = portray(snapshot, body.seed, body.facet, playlist_tracks, missing_values_of)
    return ProfileAnswer.of(portrait, snapshot)
