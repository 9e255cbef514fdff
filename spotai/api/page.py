"""The page people use: the built client from ``spotai/static``, under addresses of its own."""

from __future__ import annotations

from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    request,
    send_from_directory,
)
from werkzeug.exceptions import HTTPException, NotFound

from spotai.api import problems

BUILT: Final = Path(__file__).parents[1] / "static"
FOLDER: Final = "PAGE_FOLDER"
YEAR_SECONDS: Final = 31_536_000

NOT_BUILT: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>SpotAI: the page is not built</title>
<h1>The page is not built yet</h1>
<p>Install Node 22.12 or newer, or 20.19 and later 20, and run <code>make setup</code>, or
<code>cd client &amp;&amp; npm ci &amp;&amp; npm run build</code>. Then load this address again.</p>
<p>The API works without it: <a href="/api/features">/api/features</a>.</p>
"""

blueprint = Blueprint("page", __name__)


def register(app: Flask, folder: Path = BUILT) -> None:
    """Serve the client built into ``folder``, and answer people's wrong addresses with it."""
    app.config[FOLDER] = folder
    app.register_blueprint(blueprint)
    app.register_error_handler(HTTPStatus.NOT_FOUND, _not_found)


@blueprint.get("/")
@blueprint.get("/tune")
@blueprint.get("/setup")
def page() -> Response:
    return _page()


@blueprint.get("/favicon.svg")
def icon() -> Response:
    return send_from_directory(_folder(), "favicon.svg")


@blueprint.get("/assets/<name>")
def asset(name: str) -> Response:
    """A script or style; its name changes with its content, so it may be kept for a year."""
    response = _packed(name) or send_from_directory(_assets(), name, max_age=YEAR_SECONDS)
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


def _packed(name: str) -> Response | None:
    """Return the gzip that the build put beside a file, None where it is not wanted or there."""
    kind = guess_type(name)[0]
    if kind is None or request.accept_encodings["gzip"] <= 0:
        return None
    try:
        response = send_from_directory(_assets(), f"{name}.gz", mimetype=kind, max_age=YEAR_SECONDS)
    except NotFound:
        return None
    response.content_encoding = "gzip"
    return response


def _assets() -> Path:
    return _folder() / "assets"


def _not_found(error: HTTPException) -> Response:
    wanted = request.accept_mimetypes.best_match(("application/json", "text/html"))
    inside = request.path.startswith(("/api/", "/assets/"))
    if wanted != "text/html" or inside or request.method not in {"GET", "HEAD"}:
        return problems.of_http(error)
    # There is nothing here that a copy could be, or a part be of.
    response = _page(conditional=False)
    if response.status_code == HTTPStatus.OK:
        response.status_code = HTTPStatus.NOT_FOUND
    return response


def _page(*, conditional: bool = True) -> Response:
    try:
        response = send_from_directory(_folder(), "index.html", conditional=False, etag=conditional)
    except NotFound:
        return make_response(NOT_BUILT, HTTPStatus.SERVICE_UNAVAILABLE)
    response.cache_control.no_cache = True
    if conditional:
        # But for a Range: the page is small, and sent whole.
        response.make_conditional(request)
    return response


def _folder() -> Path:
    folder: Path = current_app.config[FOLDER]
    return folder
