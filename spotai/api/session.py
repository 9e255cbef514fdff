"""``GET /api/session``: who asks, and the token that their changes need."""

from __future__ import annotations

from flask import Blueprint, Response, after_this_request, request

from spotai.api.operations import NEEDS_DATABASE, operation
from spotai.api.peers import is_https
from spotai.api.schemas import SessionAnswer
from spotai.api.sessions import COOKIE, Opened
from spotai.api.state import state
from spotai.catalog.sessions import IDLE_SECONDS

blueprint = Blueprint("session", __name__)


@operation(blueprint, "GET", "/api/session", problems=NEEDS_DATABASE)
def session() -> SessionAnswer:
    """Say who asks, and give the token that their changes need.

    A cookie is set when there is none or its session is over.
    """
    sessions = state().sessions
    opened = sessions.open(request.cookies.get(COOKIE))
    if opened.renewed:
        _set_cookie(opened)
    return SessionAnswer(
        kind="guest",
        csrf_token=sessions.token(opened.id),
        expires=opened.session.expires,
    )


def _set_cookie(opened: Opened) -> None:
    @after_this_request
    def set_it(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            opened.id,
            # Its first change prolongs the session, and sets no cookie.
            max_age=IDLE_SECONDS,
            path="/",
            secure=is_https(state().settings.trusted_proxies),
            httponly=True,
            samesite="Lax",
        )
        return response
