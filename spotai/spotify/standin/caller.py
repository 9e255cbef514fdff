"""Who calls the Web API, and what they have been allowed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from spotai.spotify.standin.cast import Listener
from spotai.spotify.standin.refusals import INSUFFICIENT_SCOPE, NOT_LISTED, RefusedError
from spotai.spotify.standin.world import LivePlaylist, World


@dataclass(frozen=True, slots=True)
class Caller:
    listener: Listener
    scopes: frozenset[str]

    def needs(self, *scopes: str) -> None:
        """Raises RefusedError unless all of these are granted."""
        if not self.scopes.issuperset(scopes):
            raise RefusedError(403, INSUFFICIENT_SCOPE)

    def may_see(self, one: LivePlaylist) -> bool:
        """Whether the granted scopes let the caller's own list show this playlist."""
        if one.collaborative:
            return "playlist-read-collaborative" in self.scopes
        return one.public or "playlist-read-private" in self.scopes

    def needs_to_see(self, one: LivePlaylist) -> None:
        """Raises RefusedError where the caller's own playlist may be seen, and not by the app."""
        if not self.may_see(one):
            raise RefusedError(403, INSUFFICIENT_SCOPE)

    def needs_to_change(self, one: LivePlaylist) -> None:
        """Raises RefusedError where the caller must not change this playlist."""
        if not one.open_to(self.listener.id):
            raise RefusedError(403, "You cannot add tracks to a playlist you don't own.")
        self.needs("playlist-modify-public" if one.public else "playlist-modify-private")


def identify(world: World) -> Caller:
    """Return who sends the request. Raises RefusedError."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        raise RefusedError(401, "No token provided")
    if kind.lower() != "bearer" or not token:
        raise RefusedError(400, "Only valid bearer authentication supported")
    grant = world.grants.of_access(token)
    listener = world.listeners[grant.listener]
    if not listener.listed:
        raise RefusedError(403, NOT_LISTED, plain=True)
    return Caller(listener, grant.scopes)
