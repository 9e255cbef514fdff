"""The songs of a list that was read, as a recipe starts from them: looked up once, then kept."""

from __future__ import annotations

from spotai.catalog.engine import Database
from spotai.catalog.matched import Songs, find_songs, put_songs
from spotai.catalog.readings import Reading
from spotai.ingest.listed_songs import look_up
from spotai.ingest.matching import FindIsrcs
from spotai.ingest.reading import entries_of, shown_number
from spotai.search import Snapshot


def songs_of(
    database: Database, reading: Reading, snapshot: Snapshot, find_isrcs: FindIsrcs
) -> Songs:
    """Return the songs of a list that was read to its end; ``told`` is ``Skipped`` as JSON.

    Raises DatabaseUnavailableError.
    """
    number = shown_number(reading)
    with database.read() as conn:
        kept = find_songs(conn, reading.account_id, reading.subject)
    if kept is not None and (kept.number, kept.generation) == (number, snapshot.generation):
        return kept
    found = look_up(snapshot, entries_of(database, reading), find_isrcs)
    songs = Songs(
        number=number,
        generation=snapshot.generation,
        track_ids=found.track_ids,
        told=found.skipped.to_json(),
        finished=reading.finished,
    )
    with database.write_aside() as conn:
        put_songs(conn, reading.account_id, reading.subject, songs)
    return songs
