"""``GET /api/session``: who asks, and the token that their changes need."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, after_this_request, request

from spotai.api.operations import NEEDS_DATABASE, operation
from spotai.api.peers import is_https
from spotai.api.schemas import SessionAnswer
from spotai.api.sessions import COOKIE, Opened
from spotai.api.state import state
from spotai.catalog.owners import Owner
from spotai.catalog.sessions import IDLE_SECONDS, hash_of

blueprint = Blueprint("session", __name__)


@operation(blueprint, "GET", "/api/session", problems=NEEDS_DATABASE)
def session() -> SessionAnswer:
    """Say who asks, and give the token that their changes need.

    A cookie is set when there is none or its session is over. `kind` is `spotify` while a login
    with Spotify lasts; `scopes` are what it allows. `login` says how one can log in at `/login`:
    with `spotify`, with a made-up listener (`demo`), or not at all. `account` is whether something
    is kept of a listener who has logged in here, also when their login at Spotify has ended.
    """
    sessions = state().sessions
    opened = sessions.open(request.cookies.get(COOKIE))
    if opened.renewed:
        set_cookie(opened)
    logins = state().logins
    account = logins.account(Owner(hash_of(opened.id), opened.session.account_id))
    scopes = None if account is None else account.scopes
    return SessionAnswer(
        kind="guest" if scopes is None else "spotify",
        name=None if account is None or scopes is None else account.name,
        scopes=scopes or (),
        login=logins.kind,
        account=account is not None,
        csrf_token=sessions.token(opened.id),
        expires=opened.session.expires,
    )


def set_cookie(opened: Opened) -> None:
    """Give the browser the cookie of a session with this answer."""

    @after_this_request
    def set_it(response: Response) -> Response:
        # Its first change prolongs the session, and sets no cookie.
        response.set_cookie(COOKIE, opened.id, max_age=IDLE_SECONDS, **_cookie())
        return response


def drop_cookie() -> None:
    """Take the cookie of its session from the browser with this answer."""

    @after_this_request
    def drop_it(response: Response) -> Response:
        response.delete_cookie(COOKIE, **_cookie())
        return response


def _cookie() -> dict[str, Any]:
    # Spotify sends people back by HTTPS also where its proxy is not declared in the settings.
    secure = state().logins.origin.startswith("https:") or is_https(
        state().settings.trusted_proxies
    )
    return {"path": "/", "secure": secure, "httponly": True, "samesite": "Lax"}
