"""``GET /api/session``: who asks, and the token that their changes need."""

from __future__ import annotations

import time

from flask import Blueprint, Response, request

from spotai.api.peers import is_https
from spotai.api.requests import answer
from spotai.api.schemas import SessionAnswer
from spotai.api.sessions import COOKIE
from spotai.api.state import state

blueprint = Blueprint("session", __name__)


@blueprint.get("/api/session")
def session() -> Response:
    sessions = state().sessions
    opened = sessions.open(request.cookies.get(COOKIE))
    response = answer(
        SessionAnswer(
            kind="guest",
            csrf_token=sessions.token(opened.id),
            expires=opened.session.expires,
        )
    )
    if opened.renewed:
        response.set_cookie(
            COOKIE,
            opened.id,
            max_age=opened.session.expires - int(time.time()),
            path="/",
            secure=is_https(state().settings.trusted_proxies),
            httponly=True,
            samesite="Lax",
        )
    return response
