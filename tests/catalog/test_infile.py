"""Files of values for MySQL and MariaDB, and the way without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from spotai.catalog.batches import WORTH_A_FILE, insert_tuples
from spotai.catalog.engine import Database
from spotai.catalog.infile import load_data, takes_files
from spotai.catalog.migrations import upgrade
from spotai.catalog.tables import artist
from spotai.catalog.tracks import Counts
from spotai.catalog.upsert import upsert_tracks
from tests.catalog.songs import complete_song, song_id
from tests.catalog.test_tracks import contents
from tests.servers.mariadb import MariaDB

NAMES = (
    "plain",
    "tab\there",
    "line\nbreak",
    "back\\slash",
    "\\N",
    "NULL",
    "Ça 🎵",
    "nul\0",
    "'\"%s",
)


@pytest.fixture
def server(mariadb_url: URL) -> Iterator[Database]:
    database = Database(mariadb_url, wait=5)
    upgrade(database)
    yield database
    database.close()


def test_texts_arrive_as_they_are(server: Database) -> None:
    rows = [(song_id(n), name) for n, name in enumerate(NAMES)]
    with server.write(bulk=True) as conn:
        assert takes_files(conn)
        load_data(conn, "artist", ["id", "name"], rows)
    with server.read() as conn:
        assert [tuple(row) for row in conn.execute(artist.select().order_by("id"))] == rows


@pytest.mark.parametrize("bad", [(song_id(1), "twice"), ("x" * 23, "too long"), (None, "no id")])
def test_a_row_the_server_would_leave_out_is_an_error(
    server: Database, bad: tuple[str, str]
) -> None:
    with server.write(bulk=True) as conn:
        insert_tuples(conn, artist, [(song_id(1), "first")])
    with pytest.raises(RuntimeError, match="artist took"), server.write(bulk=True) as conn:
        load_data(conn, "artist", ["id", "name"], [(song_id(2), "other"), bad])
    with server.read() as conn:
        assert [row.id for row in conn.execute(artist.select())] == [song_id(1)]


def test_what_goes_wrong_while_rows_are_made_is_told(server: Database) -> None:
    def rows() -> Iterator[tuple[str, str]]:
        yield song_id(1), "first"
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"), server.write(bulk=True) as conn:
        load_data(conn, "artist", ["id", "name"], rows())
    with server.read() as conn:
        assert conn.execute(artist.select()).all() == []


def test_both_ways_store_the_same(server: Database, mariadb: MariaDB) -> None:
    songs = [
        complete_song(n, title=NAMES[n % len(NAMES)], features={"tempo": 100 + n / 7, "key": 4.0})
        for n in range(WORTH_A_FILE + 1)
    ]
    found = []
    for allowed in (0, 1):
        mariadb.run(f"SET GLOBAL local_infile = {allowed}")
        server.close()
        with server.write(bulk=True) as conn:
            assert takes_files(conn) == allowed
            assert upsert_tracks(conn, songs) == Counts(added=len(songs))
        found.append(contents(server))
        with server.write(bulk=True) as conn:
            for table in ("track_artist", "track_genre", "track", "artist", "album"):
                conn.exec_driver_sql(f"DELETE FROM {table}")
    assert found[0] == found[1]
