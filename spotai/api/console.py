"""``GET /openapi.json``, and the console at ``/apidocs`` that shows it and tries it out.

flasgger's view renders the page; the page, the Swagger UI it loads and how it is started are ours.
docs/decisions/0007-api-console.md says why.
"""

from __future__ import annotations

from typing import Any, Final

from flasgger.base import APIDocsView
from flask import Blueprint, Response, current_app
from pydantic import RootModel

from spotai.api.openapi import describe
from spotai.api.operations import operation

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
    made = current_app.extensions
    if DESCRIPTION not in made:
        made[DESCRIPTION] = OpenApiAnswer(describe(current_app))
    document: OpenApiAnswer = made[DESCRIPTION]
    return document


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
