"""``/healthz``, ``/readyz``: does it live, can it recommend."""

from __future__ import annotations

import logging

from flask import Blueprint, Response

from spotai.api.requests import answer
from spotai.api.schemas import HealthAnswer, ReadinessAnswer
from spotai.api.state import open_snapshot, state
from spotai.errors import DatabaseUnavailableError, SnapshotMissingError

log = logging.getLogger(__name__)

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    return answer(HealthAnswer())


@blueprint.get("/readyz")
def readyz() -> Response:
    """Ready means: can answer recommendations, which takes a snapshot and no database."""
    try:
        state().database.ping()
        reachable = True
    except DatabaseUnavailableError as error:
        log.warning("the database does not answer", extra={"reason": error.message})
        reachable = False
    try:
        snapshot = open_snapshot()
    except SnapshotMissingError as error:
        database = "answers" if reachable else "does not answer"
        raise SnapshotMissingError(f"{error.message}; the database {database}") from None
    return answer(
        ReadinessAnswer(
            status="ready" if reachable else "degraded",
            generation=snapshot.generation,
            songs=len(snapshot),
            database="reachable" if reachable else "unreachable",
        )
    )
