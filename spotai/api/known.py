"""``/api/known``: the songs that the session's listener knows, and may want left out."""

from __future__ import annotations

from flask import Blueprint

from spotai.api.imports import READS_SONGS, read_songs
from spotai.api.operations import NEEDS_DATABASE, READS_SPOTIFY, operation
from spotai.api.requests import Upload
from spotai.api.schemas import ImportRequest
from spotai.api.shelves import KnownBySpotify
from spotai.api.state import asking_owner, known_by_spotify, needed_owner, open_snapshot, state
from spotai.api.track_schemas import KnownAddedAnswer, KnownAnswer, KnownBySpotifyAnswer
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


@operation(blueprint, "GET", "/api/known", problems=(*NEEDS_DATABASE, *READS_SPOTIFY))
def count() -> KnownAnswer:
    """Count the songs the listener is known to know; none without a session.

    `songs` were added here. With a Spotify login, `spotify` says what is known beside them: songs
    liked, played last and most, and those of own playlists. It is read once a session, and asking
    here begins it; until `complete` ask again.
    """
    owner = asking_owner()
    if owner is None:
        return KnownAnswer(songs=0)
    with state().database.read(soon=True) as conn:
        songs = count_known(conn, owner)
    by_spotify = known_by_spotify()
    told = None if by_spotify is None else _told(by_spotify)
    return KnownAnswer(songs=songs, spotify=told)


@operation(blueprint, "DELETE", "/api/known", needs_session=True, problems=NEEDS_DATABASE)
def forget() -> KnownAnswer:
    """Forget all songs that were added as known."""
    owner = needed_owner()
    with state().database.write_aside() as conn:
        forget_known(conn, owner)
    return KnownAnswer(songs=0)


def _told(known: KnownBySpotify) -> KnownBySpotifyAnswer:
    return KnownBySpotifyAnswer(
        songs=0 if known.songs is None else len(known.songs.track_ids),
        complete=known.songs is not None,
        done=known.reading.done,
        total=known.reading.total,
        lacks=known.lacks,
        problem=None if known.trouble is None else known.trouble.message,
    )
