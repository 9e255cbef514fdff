"""``GET /api/features``: the fifteen song features."""

from __future__ import annotations

from flask import Blueprint, Response

from spotai.api.requests import answer
from spotai.api.schemas import FeaturesAnswer

blueprint = Blueprint("features", __name__)


@blueprint.get("/api/features")
def features() -> Response:
    return answer(FeaturesAnswer.of_all())
