"""``GET /api/playlists``: a listener's playlists on Spotify, and those of the catalog."""

from __future__ import annotations

from typing import Annotated, Final

from flask import Blueprint
from pydantic import Field

from spotai.api.operations import (
    FIRST_ITEM,
    NEEDS_DATABASE,
    NEEDS_SNAPSHOT,
    READS_SPOTIFY,
    Link,
    operation,
)
from spotai.api.playlist_schemas import PlaylistAnswer, PlaylistsAnswer, PlaylistsQuery
from spotai.api.schemas import Page
from spotai.api.shelves import LISTING_SECONDS, READING_SECONDS
from spotai.api.state import asking_owner, open_snapshot, state
from spotai.catalog.playlists import Kind, Playlist, get_playlist, list_playlists
from spotai.catalog.saves import made_by
from spotai.catalog.tracks import is_demo
from spotai.errors import LoginNeededError, NotFoundError, SnapshotMissingError
from spotai.ingest.listed_songs import Skipped, look_up
from spotai.ingest.read_songs import songs_of
from spotai.ingest.reading import Library, Shelved
from spotai.ingest.snapshots import ONLY_MADE_UP
from spotai.recommend.recipe import Id

blueprint = Blueprint("playlists", __name__)

_AS_SEED: Final = {"seed": {"playlist_id": FIRST_ITEM}}

PlaylistId = Annotated[
    Id, Field(description="The id of a playlist of the list; `liked` are a listener's liked songs.")
]


@operation(
    blueprint,
    "GET",
    "/api/playlists",
    problems=(*NEEDS_DATABASE, *NEEDS_SNAPSHOT, *READS_SPOTIFY),
    links=(
        Link("getPlaylist", parameters={"playlist_id": FIRST_ITEM}),
        Link("postProfiles", body=_AS_SEED),
        Link("postRecommendations", body=_AS_SEED),
        Link("postMatches", body=_AS_SEED),
    ),
)
def playlists(query: PlaylistsQuery) -> PlaylistsAnswer:
    """List the listener's playlists on Spotify, else those of the catalog.

    With a Spotify login `source` is `spotify`: liked songs, own playlists, then followed ones.
    Otherwise, and for `source=catalog`, the catalog's, the most followed first; `source` is `demo`
    while the catalog is made up, else `catalog`.
    """
    owner = asking_owner()
    if query.source == "spotify" or (query.source is None and state().logins.lasts(owner)):
        library = state().shelves.library(owner)
        shelf = library.playlists(LISTING_SECONDS)
        with state().database.read() as conn:
            made = made_by(conn, library.listener.account_id)
        return PlaylistsAnswer.of_shelf(shelf, query, made)
    with state().database.read() as conn:
        found, total = list_playlists(conn, query.limit, query.offset)
        source: Kind = "demo" if is_demo(conn) else "catalog"
    if source == "demo" and state().settings.production:
        raise SnapshotMissingError(ONLY_MADE_UP)
    return PlaylistsAnswer.of(found, query, total=total, source=source)


@operation(
    blueprint,
    "GET",
    "/api/playlists/<playlist_id>",
    problems=(NotFoundError, *NEEDS_DATABASE, *NEEDS_SNAPSHOT, *READS_SPOTIFY),
)
def playlist(playlist_id: PlaylistId, query: Page) -> PlaylistAnswer:
    """Show one playlist with a page of its tracks.

    `unknown` holds the ids of the page that cannot be searched. A listener's own playlist is read
    from Spotify when it has changed since it was read last; a long one behind the answer, and
    `reading` says how far that is.
    """
    owner = asking_owner()
    if not state().logins.lasts(owner):
        return PlaylistAnswer.of(_of_catalog(playlist_id), query, open_snapshot())
    library = state().shelves.library(owner)
    if library.kept_playlist(playlist_id) is None:
        try:
            return PlaylistAnswer.of(_of_catalog(playlist_id), query, open_snapshot())
        except NotFoundError:
            pass  # it may be new on Spotify
    shelved = library.playlist(playlist_id, LISTING_SECONDS)
    if shelved is None:
        raise NotFoundError(
            "There is no playlist with this id among yours, or in the catalog; pick one of the "
            "list."
        )
    return _read(library, shelved, query)


def _of_catalog(playlist_id: str) -> Playlist:
    with state().database.read() as conn:
        return get_playlist(conn, playlist_id)


def _read(library: Library, shelved: Shelved, page: Page) -> PlaylistAnswer:
    if shelved.unreadable == "scope":
        raise LoginNeededError(
            "Log in with Spotify, and let SpotAI read your liked songs: /login?scope=known asks "
            "for that."
        )
    shelves, snapshot = state().shelves, open_snapshot()
    reading = shelves.read_on(library.read(shelved.listed, READING_SECONDS))
    entries = library.entries(reading, page.offset, page.offset + page.limit)
    found = look_up(snapshot, entries, shelves.find_isrcs)
    skipped = None
    if not reading.goes_on:
        songs = songs_of(state().database, reading, snapshot, shelves.find_isrcs)
        skipped = Skipped.from_json(songs.told)
    return PlaylistAnswer.of_read(shelved, reading, entries, found, skipped, page, snapshot)
