"""Spotify's accounts service: consent by Authorization Code with PKCE, and tokens."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from spotai.spotify.standin.consent import consent_page, message_page
from spotai.spotify.standin.refusals import TokenRefusedError
from spotai.spotify.standin.world import World

SCOPES: Final = frozenset(
    {
        "app-remote-control",
        "playlist-modify-private",
        "playlist-modify-public",
        "playlist-read-collaborative",
        "playlist-read-private",
        "streaming",
        "ugc-image-upload",
        "user-follow-modify",
        "user-follow-read",
        "user-library-modify",
        "user-library-read",
        "user-modify-playback-state",
        "user-read-currently-playing",
        "user-read-email",
        "user-read-playback-position",
        "user-read-playback-state",
        "user-read-private",
        "user-read-recently-played",
        "user-top-read",
    }
)
COOKIE: Final = "spotify_standin_consent"
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_MOST_WAITING: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for consent: ``cookie`` is what the browser that was asked holds."""

    scopes: frozenset[str]
    challenge: str
    state: str | None
    cookie: str


class Accounts:
    """The pages and calls; requests for consent wait in memory, the oldest make room."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: dict[str, _Asked] = {}

    def blueprint(self) -> Blueprint:
        pages = Blueprint("accounts", __name__)
        pages.add_url_rule("/authorize", view_func=self.authorize, methods=["GET"])
        pages.add_url_rule("/authorize", "decide", self.decide, methods=["POST"])
        pages.add_url_rule("/api/token", view_func=self.token, methods=["POST"])
        pages.register_error_handler(TokenRefusedError, TokenRefusedError.response)
        return pages

    def authorize(self) -> AnyResponse:
        """Ask for consent. Only a request of the app itself is ever sent back to it."""
        args = request.args
        if args.get("client_id") != self._world.client_id:
            return message_page("INVALID_CLIENT: Invalid client", 400)
        if args.get("redirect_uri") != self._world.redirect_uri:
            return message_page("INVALID_CLIENT: Invalid redirect URI", 400)
        state = args.get("state")
        fault = _fault_of(args)
        if fault:
            return self._back(state, error=fault)
        scopes = frozenset(args.get("scope", "").split())
        asked = _Asked(scopes, args["code_challenge"], state, secrets.token_urlsafe(32))
        if args.get("approve") == "1":
            return self._allow(asked, next(iter(self._world.listeners)))
        return self._ask(asked)

    def decide(self) -> AnyResponse:
        """Take the answer given on the consent page, once, from the browser that was asked."""
        form = request.form
        with self._world.lock:
            asked = self._waiting.get(form.get("consent", ""))
            held = request.cookies.get(COOKIE, "").encode()
            if asked is None or not secrets.compare_digest(held, asked.cookie.encode()):
                return message_page("This consent is not open any more. Log in again.", 400)
            listener = form.get("listener", "")
            allowed = form.get("decision") == "allow"
            if allowed and listener not in self._world.listeners:
                return message_page("There is no such listener.", 400)
            del self._waiting[form["consent"]]
        answer = (
            self._allow(asked, listener)
            if allowed
            else self._back(asked.state, error="access_denied")
        )
        answer.delete_cookie(COOKIE, path="/authorize", httponly=True, samesite="Lax")
        return answer

    def token(self) -> Response:
        """Exchange a code or a refresh token."""
        form, grants = request.form, self._world.grants
        if form.get("client_id") != self._world.client_id:
            raise TokenRefusedError("invalid_client", "Invalid client")
        kind = form.get("grant_type", "")
        with self._world.lock:
            if kind == "authorization_code":
                tokens = grants.redeem(
                    _given("code"), _given("code_verifier"), _given("redirect_uri")
                )
            elif kind == "refresh_token":
                tokens = grants.refresh(_given("refresh_token"))
            else:
                raise TokenRefusedError(
                    "unsupported_grant_type",
                    "grant_type must be client_credentials, authorization_code or refresh_token",
                )
        answer = jsonify(tokens)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _ask(self, asked: _Asked) -> AnyResponse:
        consent = secrets.token_urlsafe(32)
        with self._world.lock:
            while len(self._waiting) >= _MOST_WAITING:
                del self._waiting[next(iter(self._waiting))]
            self._waiting[consent] = asked
        answer = consent_page(self._world, consent, asked.scopes)
        answer.set_cookie(
            COOKIE, asked.cookie, path="/authorize", httponly=True, samesite="Lax", max_age=600
        )
        return answer

    def _allow(self, asked: _Asked, listener: str) -> AnyResponse:
        with self._world.lock:
            code = self._world.grants.new_code(
                listener, asked.scopes, asked.challenge, self._world.redirect_uri
            )
        return self._back(asked.state, code=code)

    def _back(self, state: str | None, **said: str) -> AnyResponse:
        """Send the browser to the registered address and no other."""
        told = said if state is None else {**said, "state": state}
        joint = "&" if "?" in self._world.redirect_uri else "?"
        answer = redirect(f"{self._world.redirect_uri}{joint}{urlencode(told)}", 302)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _fault_of(args: Mapping[str, str]) -> str | None:
    """Return the error to send back for a request that cannot be put to a listener, if any."""
    if args.get("response_type") != "code":
        return "unsupported_response_type"
    if not SCOPES.issuperset(args.get("scope", "").split()):
        return "invalid_scope"
    proper = _CHALLENGE.fullmatch(args.get("code_challenge", ""))
    return None if proper and args.get("code_challenge_method") == "S256" else "invalid_request"


def _given(name: str) -> str:
    value = request.form.get(name)
    if not value:
        raise TokenRefusedError("invalid_request", f"{name} must be supplied")
    return value
