"""``GET /openapi.json``, and the console at ``/apidocs`` that shows it and tries it out.

flasgger's view renders the page; the page, the Swagger UI it loads and how it is started are ours.
docs/decisions/0007-api-console.md says why.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from flasgger.base import APIDocsView
from flask import Blueprint, Response, current_app
from pydantic import RootModel

from spotai.api.examples import SEEDS, fitted
from spotai.api.openapi import describe
from spotai.api.operations import operation
from spotai.api.state import open_snapshot, state
from spotai.catalog.playlists import list_playlists
from spotai.errors import DatabaseUnavailableError, SnapshotMissingError
from spotai.ingest.snapshots import is_made_up

# flasgger looks for its files and its page under this name.
blueprint = Blueprint(
    "flasgger",
    __name__,
    static_folder="apidocs",
    static_url_path="/apidocs/assets",
    template_folder="templates",
)

DESCRIPTION: Final = "openapi"
# Everything comes from here; the icons in the style sheet are data.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class OpenApiAnswer(RootModel[dict[str, Any]]):
    """An OpenAPI 3.1 document."""


@operation(blueprint, "GET", "/openapi.json")
def openapi() -> OpenApiAnswer:
    """Describe this API for programs.

    OpenAPI 3.1, with every call, limit and kind of problem; `/apidocs` shows it to people.
    """
    track_ids = _track_ids()
    shown = (track_ids, _playlist_id() if track_ids else None)
    kept: _Made | None = current_app.extensions.get(DESCRIPTION)
    if kept is None or kept.shown != shown:
        examples = fitted(*shown) if track_ids else None
        kept = _Made(shown, OpenApiAnswer(describe(current_app, examples)))
        current_app.extensions[DESCRIPTION] = kept
    return kept.document


class _Made(NamedTuple):
    """A description, which takes some time to make, and the ids its examples show."""

    shown: tuple[tuple[str, ...], str | None]
    document: OpenApiAnswer


def _track_ids() -> tuple[str, ...]:
    """Return the first songs that are served, none where those of the demo catalog are."""
    try:
        snapshot = open_snapshot()
    except SnapshotMissingError:
        return ()
    if is_made_up(snapshot):
        return ()
    return tuple(bytes(name).decode() for name in snapshot.ids[:SEEDS])


def _playlist_id() -> str | None:
    try:
        with state().database.read() as conn:
            playlists, _ = list_playlists(conn, limit=1)
    except DatabaseUnavailableError:
        return None
    return playlists[0].id if playlists else None


_PAGE: Final = {"title": "SpotAI API"} | {
    key: f"/apidocs/assets/swagger-ui/{file}"
    for key, file in (
        ("swagger_ui_bundle_js", "swagger-ui-bundle.js"),
        ("swagger_ui_css", "swagger-ui.css"),
        ("favicon", "favicon-32x32.png"),
    )
}
blueprint.add_url_rule(
    "/apidocs/",
    "apidocs",
    APIDocsView.as_view("apidocs", view_args={"config": _PAGE}),
    # A redirect would name the host that the request claims.
    strict_slashes=False,
)


@blueprint.after_request
def _restrict(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response
