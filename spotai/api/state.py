"""What the handlers of one application share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from flask import current_app, g, request

from spotai.api.holder import SnapshotHolder
from spotai.api.limits import Limits
from spotai.api.logins import Logins
from spotai.api.sessions import COOKIE, SAFE_METHODS, Sessions
from spotai.api.shelves import KnownBySpotify, Shelves
from spotai.catalog.engine import Database
from spotai.catalog.known import MOST_KNOWN, get_known
from spotai.catalog.owners import Owner
from spotai.catalog.playlists import get_playlist
from spotai.catalog.sessions import Session, hash_of
from spotai.catalog.tracks import missing_values
from spotai.errors import (
    DatabaseUnavailableError,
    GrantEndedError,
    NotFoundError,
    SessionExpiredError,
)
from spotai.features import Feature
from spotai.search import Snapshot
from spotai.settings import Settings
from spotai.spotify.access import SpotifyAccess
from spotai.spotify.scopes import Use

EXTENSION: Final = "spotai"
# A file made for it takes 250 MB to read and match, and two at once take no less time than one
# after the other.
IMPORTS_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class State:
    """Kept in ``app.extensions["spotai"]``. ``imports`` are the turns to read one."""

    settings: Settings
    database: Database
    snapshots: SnapshotHolder
    limits: Limits
    sessions: Sessions
    logins: Logins
    shelves: Shelves
    imports: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(IMPORTS_AT_ONCE))


def state() -> State:
    """Return the state of the application that answers."""
    found: State = current_app.extensions[EXTENSION]
    return found


def open_snapshot() -> Snapshot:
    """Return the snapshot of this request: one and the same until it is answered.

    Raises SnapshotMissingError.
    """
    if "snapshot" not in g:
        g.snapshot = state().snapshots.current()
    snapshot: Snapshot = g.snapshot
    return snapshot


def own_tracks(playlist_id: str) -> Sequence[str] | None:
    """Return the track ids of a playlist on Spotify of the account that asks, None for another.

    Raises StillReadingError, and what reading from Spotify raises.
    """
    songs = state().shelves.songs(asking_owner(), playlist_id, open_snapshot())
    return None if songs is None else songs.track_ids


def playlist_tracks(playlist_id: str) -> Sequence[str]:
    """Return the track ids of a playlist: on Spotify, of the account that asks, or the catalog's.

    Raises NotFoundError, DatabaseUnavailableError, and what ``own_tracks`` raises.
    """
    ended: GrantEndedError | None = None
    try:
        own = own_tracks(playlist_id)
    except GrantEndedError as error:
        own, ended = None, error
    if own is not None:
        return own
    try:
        with state().database.read() as conn:
            return get_playlist(conn, playlist_id).track_ids
    except NotFoundError:
        if ended is not None:
            raise ended from None
        raise


def missing_values_of(ids: Sequence[str]) -> Mapping[str, tuple[Feature, ...]]:
    """Return for the songs in the catalog what a search needs and nobody knows of them.

    Raises DatabaseUnavailableError, soon: a profile can be answered without.
    """
    with state().database.read(soon=True) as conn:
        return missing_values(conn, ids)


def asking_owner() -> Owner | None:
    """Return whom what the asking session keeps belongs to, None where there is no session.

    Raises DatabaseUnavailableError when that cannot be looked up.
    """
    found = _asking_session()
    return None if found is None else _owner_of(found)


def _owner_of(session: Session) -> Owner:
    return Owner(hash_of(request.cookies[COOKIE]), session.account_id)


def _asking_session() -> Session | None:
    session_id = request.cookies.get(COOKIE)
    if session_id is None:
        return None
    if request.method in SAFE_METHODS:
        return state().sessions.find(session_id)
    if "session" in g:
        session: Session = g.session
        return session
    # It was let through because the database did not answer: its token was not checked.
    raise DatabaseUnavailableError("The session was not looked up a moment ago.")


def needed_owner() -> Owner:
    """Return whom what the session that asks for a change keeps belongs to.

    Raises SessionExpiredError where there is none, and DatabaseUnavailableError.
    """
    owner = asking_owner()
    if owner is None:
        raise SessionExpiredError(
            "This belongs to a session. Ask GET /api/session for one, then send this again with "
            "its cookie and its token."
        )
    return owner


def known_tracks() -> Sequence[str]:
    """Return the ids of the songs that the listener who asks knows, none without a session.

    Those they added, then those that Spotify knows of, ``MOST_KNOWN`` at most. Raises
    DatabaseUnavailableError, and while Spotify was not asked for all of them, what keeps that
    from coming to its end; StillReadingError where nothing does.
    """
    session = _asking_session()
    if session is None:
        return ()
    owner = _owner_of(session)
    with state().database.read(soon=True) as conn:
        added = get_known(conn, owner)
    by_spotify = state().shelves.known(owner, session.created)
    if by_spotify is None:
        return added
    return [*added, *by_spotify.needed().track_ids][:MOST_KNOWN]


def known_by_spotify() -> KnownBySpotify | None:
    """Return what Spotify knows of the songs that who asks knows; None for a guest.

    Raises DatabaseUnavailableError.
    """
    session = _asking_session()
    if session is None:
        return None
    return state().shelves.known(_owner_of(session), session.created)


def spotify_access(use: Use) -> SpotifyAccess:
    """Return the access of who asks to what ``use`` needs of Spotify.

    Raises LoginNeededError, GrantEndedError and DatabaseUnavailableError.
    """
    return state().logins.access(asking_owner(), use)
