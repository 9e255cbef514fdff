"""``GET /``, ``/healthz``, ``/readyz``: what is here, does it live, can it recommend."""

from __future__ import annotations

import logging
from typing import Final

from flask import Blueprint, Response

from spotai import __version__
from spotai.api.requests import answer
from spotai.api.schemas import HealthAnswer, ReadinessAnswer, WelcomeAnswer
from spotai.api.state import open_snapshot, state
from spotai.errors import DatabaseUnavailableError, SnapshotMissingError

log = logging.getLogger(__name__)

ENDPOINTS: Final = {
    "GET /api/features": "the fifteen song features",
    "GET /api/tracks": "songs of the catalog by words of title and artists",
    "GET /api/tracks/{id}": "one song of the catalog",
    "POST /api/imports": "pasted links or a playlist file to songs of the catalog",
    "POST /api/profiles": "what makes a set of songs different",
    "POST /api/recommendations": "songs for a recipe, with reasons",
    "POST /api/matches": "how many songs a recipe leaves",
    "GET /api/playlists": "the playlists of the catalog",
    "GET /api/playlists/{id}": "one playlist with its songs",
    "GET /api/session": "a guest's session, and the token its changes need",
    "GET /healthz": "whether the process lives",
    "GET /readyz": "whether it can recommend",
}

blueprint = Blueprint("health", __name__)


@blueprint.get("/")
def welcome() -> Response:
    return answer(WelcomeAnswer(name="SpotAI", version=__version__, endpoints=ENDPOINTS))


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
