"""A catalog written as a script is the same catalog on MySQL, read by the real client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Table, inspect, select

from spotai.catalog.dump import STATEMENT_BYTES, WORD_INDEX, mysql_script
from spotai.catalog.engine import Database
from spotai.catalog.migrations import is_current, upgrade
from spotai.catalog.playlists import Playlist
from spotai.catalog.tables import load, metadata, provenance, track
from spotai.catalog.text_search import refresh
from spotai.catalog.tracks import count_tracks
from spotai.ingest.load import load_tracks
from spotai.ingest.snapshots import DEMO_SONGS, load_demo
from spotai.tracks import Album, Artist
from tests.catalog.songs import complete_song, song_id
from tests.servers.mariadb import run_client

INIT_SQL: Final = Path(__file__).parents[2] / "init.sql"
MOST_BYTES_AT_ONCE: Final = 1024 * 1024
AWKWARD: Final = (
    "it's \"100%\" :a @b #c -- d; /* e */ \\ \\' \\n `f` ?",
    "line one\nline two;\r\n\tDELIMITER //\0\x1a",
    "夜に駆ける · שלום · Дурной · 🎧 · e\u0301",
    "\\",
    "'",
)


@pytest.fixture
def sqlite(sqlite_url: URL) -> Iterator[Database]:
    made = Database(sqlite_url)
    upgrade(made)
    yield made
    made.close()


@pytest.fixture
def mysql(mariadb_url: URL) -> Iterator[Database]:
    made = Database(mariadb_url)
    yield made
    made.close()


def script_of(database: Database) -> bytes:
    with database.read() as conn:
        return "".join(mysql_script(conn)).encode()


def rows(database: Database, table: Table) -> list[Any]:
    """All rows, without the times at which they were stored."""
    kept = [c for c in table.columns if not re.search(r"_time$|^started$|^finished$", c.name)]
    with database.read() as conn:
        return list(conn.execute(select(*kept).order_by(*table.primary_key)).all())


def assert_same(made: Database, original: Database) -> None:
    """The same rows everywhere, once the word index is made as every start makes it."""
    assert not any(rows(made, table) for table in WORD_INDEX)
    for database in (made, original):
        with database.write() as conn:
            refresh(conn)
    assert {table for table in metadata.sorted_tables if rows(original, table)} >= WORD_INDEX
    for table in metadata.sorted_tables:
        assert rows(made, table) == rows(original, table), table.name


def run_whole(url: URL, script: bytes, *options: str) -> None:
    done = run_client(url, script, *options)
    assert (done.returncode, done.stderr) == (0, b"")


def test_init_sql_makes_the_demo_catalog(sqlite: Database, mysql: Database) -> None:
    run_whole(mysql.url, INIT_SQL.read_bytes())
    with mysql.read() as conn:
        assert set(inspect(conn).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert list(compare_metadata(MigrationContext.configure(conn), metadata)) == []
        assert count_tracks(conn) == DEMO_SONGS
    assert is_current(mysql)
    load_demo(sqlite)
    assert_same(mysql, sqlite)


def test_the_times_are_those_of_running_the_script(sqlite: Database, mysql: Database) -> None:
    load_tracks(sqlite, [complete_song(), complete_song(2, artwork="")], name="two")
    run_whole(mysql.url, b"SET timestamp = 1234567890;" + script_of(sqlite))
    with mysql.read() as conn:
        assert conn.execute(select(load.c.started, load.c.finished)).all() == [(1234567890,) * 2]
        times = conn.execute(
            select(provenance.c.audio_time, provenance.c.artwork_time)
            .join(track, track.c.provenance_id == provenance.c.id)
            .order_by(track.c.id)
        ).all()
    assert times == [(1234567890, 1234567890), (1234567890, None)]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--default-character-set=latin1",),
        ("--init-command=SET sql_mode='ANSI,NO_BACKSLASH_ESCAPES'",),
        ("--max-allowed-packet=1M",),
    ],
)
def test_any_text_arrives_whatever_the_client_is_set_to(
    sqlite: Database, mysql: Database, options: tuple[str, ...]
) -> None:
    songs = [
        complete_song(
            n,
            title=text,
            artists=(Artist(song_id(n, "artist"), text),),
            album=Album(song_id(n, "album"), text),
            genres=(text,),
            features={"loudness": -0.1 - 0.2, "tempo": 5e-324, "energy": 1e-7},
        )
        for n, text in enumerate(AWKWARD)
    ]
    mix = Playlist("mix", AWKWARD[0], "made", description=AWKWARD[1], track_ids=(songs[1].id,))
    load_tracks(sqlite, songs, [mix], name=AWKWARD[0])
    run_whole(mysql.url, script_of(sqlite), *options)
    assert_same(mysql, sqlite)


def test_ids_that_differ_by_case_are_different(sqlite: Database, mysql: Database) -> None:
    songs = [complete_song(id="A" * 22), complete_song(id="a" * 22)]
    load_tracks(sqlite, songs, name="case")
    run_whole(mysql.url, script_of(sqlite))
    assert len(rows(mysql, track)) == 2


def test_no_catalog_is_overwritten(mysql: Database) -> None:
    upgrade(mysql)
    load_tracks(mysql, [complete_song()], name="mine")
    before = [rows(mysql, table) for table in metadata.sorted_tables]
    done = run_client(mysql.url, INIT_SQL.read_bytes())
    assert done.returncode == 1
    assert b"already exists" in done.stderr
    assert [rows(mysql, table) for table in metadata.sorted_tables] == before


def test_a_script_that_breaks_off_leaves_an_empty_catalog(mysql: Database) -> None:
    script = INIT_SQL.read_bytes()
    run_whole(mysql.url, script[: script.index(b"COMMIT;")])
    assert is_current(mysql)
    assert load_demo(mysql).added == DEMO_SONGS


def test_a_large_catalog_comes_in_statements_of_moderate_size(sqlite: Database) -> None:
    load_demo(sqlite, 1_500)
    statements = script_of(sqlite).split(b";\n")
    inserts = [text for text in statements if text.startswith(b"INSERT INTO track ")]
    assert len(inserts) > 1
    assert max(map(len, statements)) <= STATEMENT_BYTES < MOST_BYTES_AT_ONCE
