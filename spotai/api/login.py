"""``/login``, ``/callback``, ``/logout`` and ``/api/account``: how people come and go."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, cast
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, after_this_request, redirect, request
from markupsafe import escape

from spotai.api.logins import is_own_path
from spotai.api.operations import NEEDS_DATABASE, operation
from spotai.api.problems import of_ours
from spotai.api.schemas import DeletedAccountAnswer, LoggedOutAnswer
from spotai.api.session import drop_cookie, set_cookie
from spotai.api.sessions import COOKIE
from spotai.api.state import asking_owner, needed_owner, state
from spotai.catalog.accounts import delete_owner, leave
from spotai.catalog.owners import Owner
from spotai.catalog.sessions import hash_of
from spotai.errors import (
    ConfigurationError,
    DatabaseUnavailableError,
    GrantEndedError,
    InvalidFieldsError,
    LoginAttemptError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)
from spotai.spotify.scopes import SCOPES, Use

log = logging.getLogger(__name__)

# Both are addresses for people; what they answer instead of a redirect is a page.
pages = Blueprint("login", __name__)
blueprint = Blueprint("leaving", __name__)

REASON: Final = "login"
MOVED: Final = "moved"
LONGEST_PARAMETER: Final = 4_096
# What the page is told in its address, by what went wrong at Spotify.
REASONS: Final[Mapping[type[SpotAIError], str]] = MappingProxyType(
    {
        GrantEndedError: "failed",
        ConfigurationError: "misconfigured",
        SpotifyRefusedError: "not-listed",
        SpotifyUnavailableError: "unavailable",
        SpotifyLimitedError: "unavailable",
    }
)

PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>SpotAI: {title}</title>
<main>
<h1>{title}</h1>
<p>{detail}</p>
<p><a href="/">Back to SpotAI</a></p>
</main>
"""


@pages.before_request
def _only_look() -> Response | None:
    """Answer HEAD with nothing: what looks at a link before its reader must not use it up."""
    if request.method != "HEAD":
        return None
    return Response(status=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})


@pages.get("/login")
def login() -> Response:
    """Send the browser to Spotify, to ask its listener for what ``scope`` needs, then to ``next``.

    The session's cookie belongs to the name the page is opened under: who comes by another one than
    Spotify will send them back to is sent there first.
    """
    next_path = request.args.get("next", "/")
    if not is_own_path(next_path):
        raise InvalidFieldsError([("next", "must be a path of this page, such as /tune")])
    uses = _uses(request.args.get("scope", ""))
    logins = state().logins
    if logins.kind is not None and MOVED not in request.args and not _comes_back():
        again = {"next": next_path, "scope": " ".join(uses), MOVED: "1"}
        return _sent(f"{logins.origin}/login?{urlencode(again)}")
    sessions = state().sessions
    opened = sessions.open(request.cookies.get(COOKIE))
    owner = Owner(hash_of(opened.id), opened.session.account_id)
    url = logins.begin(owner, uses, next_path)
    if opened.renewed:
        set_cookie(opened)
    return _sent(url)


@pages.get("/callback")
def callback() -> Response:
    """Take what Spotify sends a browser back with, and send it on to where its login began."""
    owner = asking_owner()
    if owner is None:
        raise LoginAttemptError(
            "This browser has begun no login here, or keeps no cookies for this address. "
            "Go back and log in again."
        )
    logins = state().logins
    given = _parameter("state")
    attempt = logins.take(owner, given)
    if attempt is None:
        there = "You are logged in already." if owner.account_id else "Go back and log in again."
        raise LoginAttemptError(f"This login was finished before, or began elsewhere. {there}")
    if "error" in request.args:
        denied = request.args["error"] == "access_denied"
        return _sent(_with_reason(attempt.next, "denied" if denied else "failed"))
    try:
        opened = logins.finish(owner, attempt, given, _parameter("code"))
    except tuple(REASONS) as error:
        log.warning("a login failed", extra={"problem": error.slug, "reason": error.message})
        return _sent(_with_reason(attempt.next, REASONS[type(error)]))
    set_cookie(opened)
    return _sent(attempt.next)


@pages.errorhandler(SpotAIError)
def _failed(error: SpotAIError) -> Response:
    """Answer people with a page and a way back, programs with the problem."""
    problem = of_ours(error)
    problem.headers["Cache-Control"] = "no-store"
    if request.accept_mimetypes.best_match(("application/json", "text/html")) != "text/html":
        return problem
    told = problem.get_json(force=True)
    problem.set_data(PAGE.format(title=escape(told["title"]), detail=escape(told["detail"])))
    problem.mimetype = "text/html"
    return problem


@operation(blueprint, "POST", "/logout", problems=NEEDS_DATABASE)
def logout() -> LoggedOutAnswer:
    """Log a listener out.

    The session ends, and with the account's last one its Spotify tokens. Recipes and known songs of
    the account stay for the next login. A guest's session goes on.
    """
    owner = asking_owner()
    if owner is None or owner.account_id is None:
        return LoggedOutAnswer(logged_out=False)
    with state().database.write_aside() as conn:
        leave(conn, owner)
    drop_cookie()
    _leave_no_trace()
    return LoggedOutAnswer(logged_out=True)


@operation(blueprint, "DELETE", "/api/account", needs_session=True, problems=NEEDS_DATABASE)
def delete_account() -> DeletedAccountAnswer:
    """Delete everything that is kept of who asks.

    That is the account with its tokens, sessions, recipes and known songs; of a guest, the session
    with what it keeps. It cannot be undone.
    """
    owner = needed_owner()
    with state().database.write_aside() as conn:
        deleted = delete_owner(conn, owner)
    drop_cookie()
    _leave_no_trace()
    return DeletedAccountAnswer.model_validate(deleted)


def _uses(text: str) -> list[Use]:
    uses = text.replace(",", " ").split()
    if not set(uses) <= set(SCOPES):
        raise InvalidFieldsError([("scope", f"must be some of {', '.join(SCOPES)}")])
    return cast("list[Use]", uses)


def _comes_back() -> bool:
    """Whether Spotify will send the browser back to the name it has come by."""
    here = urlsplit(f"//{request.host}").hostname
    return here == urlsplit(state().logins.origin).hostname


def _parameter(name: str) -> str:
    given = request.args.getlist(name)
    if len(given) != 1 or not 0 < len(given[0]) <= LONGEST_PARAMETER:
        raise LoginAttemptError(f"The answer has no {name}. Go back and log in again.")
    return given[0]


def _with_reason(path: str, reason: str) -> str:
    """Return a path of the page that says why its listener is not logged in."""
    address, mark, fragment = path.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{REASON}={reason}{mark}{fragment}"


def _sent(address: str) -> Response:
    response = cast("Response", redirect(address, HTTPStatus.SEE_OTHER))
    response.headers["Cache-Control"] = "no-store"
    return response


def _leave_no_trace() -> None:
    @after_this_request
    def empty(response: Response) -> Response:
        try:
            emptied = state().database.leave_no_trace(later=True)
        except DatabaseUnavailableError:
            emptied = False
        if not emptied:
            log.info("what was deleted leaves the database's log when nothing reads it any more")
        return response
