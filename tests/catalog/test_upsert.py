"""Filling an empty catalog in one go stores what storing batch by batch does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.tracks import Counts
from spotai.catalog.upsert import Upsert
from spotai.tracks import TrackRows, rows_of
from tests.catalog.songs import complete_song, song_id
from tests.catalog.test_tracks import contents

PLAIN = [
    rows_of([complete_song(n) for n in numbers]) for numbers in (range(30, 0, -1), range(31, 60))
]
LABELLED = [rows_of([complete_song(n, genres=("pop", "jazz")) for n in range(20)])]
TWICE = [
    rows_of(
        [complete_song(n % 20, title=f"Take {n}", genres=("pop",) * (n % 2)) for n in range(50)]
    )
]
SEVERAL_SOURCES = [rows_of([complete_song(n % 7, source=f"set {n % 3}") for n in range(20)])]
# As when a bucket of ids is cut: what came before comes again, and between what came before.
BEHIND = [rows_of([complete_song(n, title=title) for n in (5, 9, 40)]) for title in ("A", "B", "C")]
NO_ARTISTS = [rows_of([complete_song(n, artists=()) for n in range(9)])]


class Waiting:
    """Batches in memory."""

    def __init__(self, batches: list[TrackRows]) -> None:
        self._batches = batches
        self.said = {
            pair for rows in batches for pair in zip(rows.sources, rows.groups, strict=True)
        }

    def tracks(self) -> Iterator[TrackRows]:
        yield from self._batches


@pytest.fixture
def server(mariadb_url: URL) -> Iterator[Database]:
    database = Database(mariadb_url, wait=5)
    upgrade(database)
    yield database
    database.close()


@pytest.mark.parametrize(
    "batches",
    [PLAIN, LABELLED, TWICE, SEVERAL_SOURCES, BEHIND, NO_ARTISTS, [*PLAIN, *TWICE, *BEHIND]],
    ids=["plain", "labelled", "twice", "several sources", "behind", "no artists", "all"],
)
def test_filling_ends_as_storing(server: Database, batches: list[TrackRows]) -> None:
    stored = Counts()
    with server.write(bulk=True) as conn:
        for rows in batches:
            stored = stored.plus(Upsert(conn).store(rows))
    expected = contents(server)
    empty(server)
    steps: list[int] = []
    with server.write(bulk=True) as conn:
        upsert = Upsert(conn)
        for rows in batches:
            upsert.put_names(rows.artist_names, rows.album_names)
        assert upsert.fills()
        assert upsert.fill(Waiting(batches), steps.append) == stored
    assert contents(server) == expected
    assert steps == sorted(steps)
    assert steps[-1] == sum(map(len, batches))


def test_a_catalog_with_tracks_is_not_filled(server: Database) -> None:
    with server.write(bulk=True) as conn:
        Upsert(conn).store(rows_of([complete_song(1, id=song_id(1))]))
    with server.write(bulk=True) as conn:
        assert not Upsert(conn).fills()


def empty(database: Database) -> None:
    with database.write(bulk=True) as conn:
        for table in ("track_artist", "track_genre", "track", "artist", "album", "genre"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
