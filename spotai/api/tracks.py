"""``GET /api/tracks``: finding songs of the catalog by words, and one song by its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from flask import Blueprint
from pydantic import Field

from spotai.api.operations import FIRST_ITEM, NEEDS_DATABASE, NEEDS_SNAPSHOT, Link, operation
from spotai.api.state import open_snapshot, state
from spotai.api.track_schemas import CatalogTrackAnswer, FoundTrackAnswer, TrackQuery, TracksAnswer
from spotai.catalog.engine import Connection
from spotai.catalog.stored import get_track, get_tracks
from spotai.catalog.text_search import find_tracks
from spotai.catalog.tracks import is_demo
from spotai.errors import NotFoundError, SnapshotMissingError
from spotai.ingest.snapshots import ONLY_MADE_UP
from spotai.tracks import ID_LENGTH

blueprint = Blueprint("tracks", __name__)


TrackId = Annotated[
    str, Field(description="The id of a song of the catalog.", max_length=ID_LENGTH)
]


@operation(
    blueprint,
    "GET",
    "/api/tracks",
    problems=(*NEEDS_DATABASE, *NEEDS_SNAPSHOT),
    links=(Link("getTrack", parameters={"track_id": FIRST_ITEM}),),
)
def tracks(query: TrackQuery) -> TracksAnswer:
    """Find songs of the catalog by words of their title and artists.

    The words come in any order; the last one may be unfinished. Case and accents do not matter.
    A song that is not `in_snapshot` lacks features: it cannot be recommended, nor recommended
    from.
    """
    with state().database.read() as conn:
        _refuse_made_up(conn)
        ids, more = find_tracks(conn, query.q, query.limit, query.offset)
        found = get_tracks(conn, ids)
    items = tuple(
        FoundTrackAnswer.of(stored, in_snapshot=searchable)
        for stored, searchable in zip(found, _in_snapshot(ids), strict=True)
    )
    return TracksAnswer(items=items, more=more)


@operation(
    blueprint,
    "GET",
    "/api/tracks/<track_id>",
    problems=(NotFoundError, *NEEDS_DATABASE, *NEEDS_SNAPSHOT),
)
def track(track_id: TrackId) -> CatalogTrackAnswer:
    """Show all the catalog knows of one song."""
    with state().database.read() as conn:
        _refuse_made_up(conn)
        found = get_track(conn, track_id)
    (searchable,) = _in_snapshot([track_id])
    return CatalogTrackAnswer.of_stored(found, in_snapshot=searchable)


def _refuse_made_up(conn: Connection) -> None:
    """Raise SnapshotMissingError in production while the catalog holds made-up songs only."""
    if state().settings.production and is_demo(conn):
        raise SnapshotMissingError(ONLY_MADE_UP)


def _in_snapshot(ids: Sequence[str]) -> list[bool]:
    """Return which songs can be searched; without a snapshot none can."""
    try:
        snapshot = open_snapshot()
    except SnapshotMissingError:
        return [False] * len(ids)
    return [row >= 0 for row in snapshot.rows_of(ids).tolist()]
