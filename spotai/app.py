"""The application factory: the only place that wires things together."""

from __future__ import annotations

import logging
import re
import time
from functools import partial
from typing import Final

from flask import Flask, Response, g, request

from spotai import telemetry
from spotai.api import (
    console,
    features,
    health,
    imports,
    known,
    login,
    page,
    playlists,
    problems,
    profiles,
    recipes,
    recommendations,
    saving,
    session,
    setup,
    tracks,
)
from spotai.api.headers import add_security_headers
from spotai.api.holder import SnapshotHolder
from spotai.api.hosts import check_host
from spotai.api.limits import Limits, add_limit_headers
from spotai.api.logins import Logins
from spotai.api.peers import Networks, is_https
from spotai.api.requests import MAX_BODY_BYTES, discard_body, overlook_range
from spotai.api.sessions import Sessions, protect, refuse_other_sites
from spotai.api.shelves import Shelves
from spotai.api.state import EXTENSION, State, state
from spotai.catalog.engine import Database
from spotai.errors import MalformedError
from spotai.settings import Settings

log = logging.getLogger(__name__)

REQUEST_ID_HEADER: Final = "X-Request-ID"
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BLUEPRINTS: Final = (
    health.blueprint,
    features.blueprint,
    tracks.blueprint,
    imports.blueprint,
    profiles.blueprint,
    recommendations.blueprint,
    playlists.blueprint,
    saving.blueprint,
    recipes.blueprint,
    known.blueprint,
    session.blueprint,
    setup.blueprint,
    login.pages,
    login.blueprint,
    console.blueprint,
)


def create_app(settings: Settings, *, database: Database | None = None) -> Flask:
    """Make the WSGI application; opens nothing before the first request.

    The catalog must be prepared (``spotai.ingest.snapshots.prepare``) before it is asked. Without
    ``database`` the one of the settings is used.
    """
    app = Flask("spotai", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.url_map.merge_slashes = False
    database = database or Database(settings.database())
    snapshots = SnapshotHolder(settings.snapshots_dir, made_up=not settings.production)
    logins = Logins(settings, database)
    app.extensions[EXTENSION] = State(
        settings=settings,
        database=database,
        limits=Limits(settings),
        sessions=Sessions(settings, database),
        logins=logins,
        shelves=Shelves(settings, database, logins, snapshots.current),
        snapshots=snapshots,
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    problems.register(app)
    page.register(app)
    app.before_request(_begin)
    app.before_request(_guard)
    # What is added last is called first.
    app.after_request(partial(_finish, trusted=settings.trusted_proxies))
    app.after_request(problems.of_condition)
    app.teardown_request(_forget)
    return app


def _begin() -> None:
    g.started = time.perf_counter()
    given = request.headers.get(REQUEST_ID_HEADER, "")
    known = given if REQUEST_ID.fullmatch(given) else telemetry.new_request_id()
    telemetry.request_id.set(known)
    overlook_range()


def _guard() -> None:
    if not request.host:
        raise MalformedError("The header Host holds no name or address of a server.")
    check_host(request.host, state().settings)
    # Before it is counted: another site's page must not use up what its reader may ask for.
    refuse_other_sites()
    state().limits.count()
    protect(state().sessions)


def _finish(response: Response, trusted: Networks) -> Response:
    if response.status_code >= 400:
        discard_body()
    add_security_headers(response, https=is_https(trusted))
    add_limit_headers(response)
    if request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
    response.headers[REQUEST_ID_HEADER] = telemetry.request_id.get()
    seconds = time.perf_counter() - g.started
    # Templates and known methods only: a stranger must not be able to add labels.
    route = request.url_rule.rule if request.url_rule else "unmatched"
    method = request.method if request.method in METHODS else "other"
    telemetry.HTTP_SECONDS.labels(method, route, str(response.status_code)).observe(seconds)
    log.info(
        "request",
        extra={
            "method": method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "generation": g.snapshot.generation if "snapshot" in g else None,
        },
    )
    return response


def _forget(_error: BaseException | None) -> None:
    telemetry.request_id.set("")
