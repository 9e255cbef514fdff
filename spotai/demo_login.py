"""Where nothing is configured, people can try the login out: against a stand-in for Spotify."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from spotai.addresses import is_loopback
from spotai.catalog.engine import Database
from spotai.errors import SpotAIError
from spotai.ingest.listeners import listeners_of
from spotai.settings import Settings
from spotai.spotify.standin import Standin

log = logging.getLogger(__name__)

CLIENT_ID: Final = "spotify-standin"


def start_standin(settings: Settings, database: Database) -> Standin | None:
    """Start a stand-in for a server of these settings, None where none is wanted.

    One is for development without a Spotify app, on a server for this machine alone: it listens
    nowhere else, and lets anybody in. Without it, all but the login goes on.
    """
    here = settings.host == "localhost" or is_loopback(settings.host)
    if settings.production or settings.spotify_client_id is not None or not here:
        return None
    try:
        with database.read() as conn:
            cast = listeners_of(conn)
        return Standin.start(
            cast.listeners,
            client_id=CLIENT_ID,
            redirect_uri=settings.redirect_uri,
            songs=cast.songs,
        )
    except SpotAIError as error:
        log.warning("nobody can log in as a made-up listener", extra={"reason": error.message})
        return None


def with_standin(settings: Settings, standin: Standin) -> Settings:
    """Return the settings of a server whose listeners log in at a stand-in."""
    return settings.model_copy(
        update={
            "spotify_client_id": standin.client_id,
            "spotify_api_url": standin.api_url,
            "spotify_accounts_url": standin.accounts_url,
        }
    )


@contextmanager
def closing_here(standin: Standin | None) -> Iterator[None]:
    """End a stand-in with the block, in the process that began it: workers leave it as well."""
    process = os.getpid()
    try:
        yield
    finally:
        if standin is not None and os.getpid() == process:
            standin.stop()
