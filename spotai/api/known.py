"""``/api/known``: the songs that the session's listener knows, and may want left out."""

from __future__ import annotations

from flask import Blueprint

from spotai.api.imports import READS_SONGS, read_songs
from spotai.api.operations import NEEDS_DATABASE, operation
from spotai.api.requests import Upload
from spotai.api.schemas import ImportRequest
from spotai.api.state import asking_owner, needed_owner, open_snapshot, state
from spotai.api.track_schemas import KnownAddedAnswer, KnownAnswer
from spotai.catalog.known import MOST_KNOWN, add_known, count_known, forget_known

blueprint = Blueprint("known", __name__)


@operation(blueprint, "POST", "/api/known", needs_session=True, problems=READS_SONGS)
def add(body: ImportRequest | Upload) -> KnownAddedAnswer:
    """Add songs the listener knows, pasted or as a file, as in an import.

    A recipe with `variety.familiar` `exclude` leaves them out. They belong to the session, or to
    the account that has logged in there, which may know 30,000 songs, and go with it.
    """
    owner = needed_owner()
    found, shown = read_songs(body, most=MOST_KNOWN)
    rows = [match.row for match in found.matches]
    track_ids = [track.decode() for track in open_snapshot().ids[rows].tolist()]
    with state().database.write_aside() as conn:
        added, songs = add_known(conn, owner, track_ids)
    return KnownAddedAnswer.of(found, shown, added=added, songs=songs)


@operation(blueprint, "GET", "/api/known", problems=NEEDS_DATABASE)
def count() -> KnownAnswer:
    """Count the songs the listener is known to know; none without a session."""
    owner = asking_owner()
    if owner is None:
        return KnownAnswer(songs=0)
    with state().database.read(soon=True) as conn:
        return KnownAnswer(songs=count_known(conn, owner))


@operation(blueprint, "DELETE", "/api/known", needs_session=True, problems=NEEDS_DATABASE)
def forget() -> KnownAnswer:
    """Forget all songs the listener is known to know."""
    owner = needed_owner()
    with state().database.write_aside() as conn:
        forget_known(conn, owner)
    return KnownAnswer(songs=0)
