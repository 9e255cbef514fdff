"""``/healthz``, ``/readyz``: does it live, can it recommend."""

from __future__ import annotations

import logging

from flask import Blueprint

from spotai.api.operations import NEEDS_SNAPSHOT, operation
from spotai.api.schemas import HealthAnswer, ReadinessAnswer
from spotai.api.state import open_snapshot, state
from spotai.errors import DatabaseUnavailableError, SnapshotMissingError

log = logging.getLogger(__name__)

blueprint = Blueprint("health", __name__)


@operation(blueprint, "GET", "/healthz")
def healthz() -> HealthAnswer:
    """Answer while the process lives."""
    return HealthAnswer()


@operation(blueprint, "GET", "/readyz", problems=NEEDS_SNAPSHOT)
def readyz() -> ReadinessAnswer:
    """Say whether recommendations can be answered.

    That takes a snapshot and no database. `degraded` means that the database does not answer:
    recommendations from track ids go on, playlists have to wait.
    """
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
    return ReadinessAnswer(
        status="ready" if reachable else "degraded",
        generation=snapshot.generation,
        songs=len(snapshot),
        database="reachable" if reachable else "unreachable",
    )
