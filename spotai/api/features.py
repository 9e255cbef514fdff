"""``GET /api/features``: the fifteen song features."""

from __future__ import annotations

from flask import Blueprint

from spotai.api.operations import operation
from spotai.api.schemas import FeaturesAnswer

blueprint = Blueprint("features", __name__)


@operation(blueprint, "GET", "/api/features")
def features() -> FeaturesAnswer:
    """List the fifteen song features.

    Name, label, unit, bounds, kind, and the words for more and less of each.
    """
    return FeaturesAnswer.of_all()
