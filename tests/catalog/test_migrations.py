"""Databases are brought to the tables the code knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Column, Integer, MetaData, func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from spotai.catalog import migrations
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.provenance import Provenances
from spotai.catalog.tables import metadata, provenance, track, track_artist
from spotai.errors import ConfigurationError
from tests.forked import run_forked


def _differences(database: Database, wanted: MetaData) -> list[Any]:
    with database.read() as conn:
        return list(compare_metadata(MigrationContext.configure(conn), wanted))


def test_the_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    assert _differences(database, metadata) == []


def test_a_column_without_a_migration_would_be_noticed(database: Database) -> None:
    wanted = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(wanted)
    wanted.tables["track"].append_column(Column("mood", Integer))
    assert [difference[0] for difference in _differences(database, wanted)] == ["add_column"]


def _upgrade(url: URL) -> None:
    upgrade(Database(url))


def test_processes_may_start_at_once(database_url: URL) -> None:
    assert run_forked(_upgrade, database_url, times=4) == [0, 0, 0, 0]
    database = Database(database_url)
    with database.read() as conn:
        assert set(inspect(conn).get_table_names()) == {*metadata.tables, "alembic_version"}
    database.close()


def test_nothing_waits_for_a_load_when_there_is_nothing_to_do(
    database: Database, database_url: URL
) -> None:
    impatient = Database(database_url, wait=0)
    with database.write():
        upgrade(impatient)
    impatient.close()


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="newer version"):
        upgrade(database)


@pytest.mark.parametrize("left", [1, 6, 7, len(metadata.tables)])
def test_a_migration_that_was_killed_half_way_is_taken_up_again(
    mariadb_url: URL, left: int
) -> None:
    database = Database(mariadb_url)
    upgrade(database)
    with database.write() as conn:
        for table in reversed(metadata.sorted_tables[left:]):
            table.drop(conn)
        for index in metadata.sorted_tables[left - 1].indexes:
            if not any(column.foreign_keys for column in index.columns):
                index.drop(conn)
        conn.execute(text("DELETE FROM alembic_version"))
    upgrade(database)
    assert _differences(database, metadata) == []
    database.close()


def upgrade_to(database: Database, revision: str) -> None:
    """Make the tables of an earlier version."""
    config = migrations._config()
    with database.write() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, revision)


@pytest.fixture
def earlier(database_url: URL) -> Iterator[Database]:
    database = Database(database_url, wait=5)
    upgrade_to(database, "0002")
    yield database
    database.close()


@pytest.mark.parametrize("undone", [1, 2, 4, 5])
def test_the_second_migration_is_taken_up_again_as_well(mariadb_url: URL, undone: int) -> None:
    steps = (
        "DROP TABLE search_term",
        "DROP TABLE search_song",
        "DROP TABLE search_part",
        "DROP INDEX ix_track_isrc ON track",
        "ALTER TABLE track DROP COLUMN isrc_time, DROP COLUMN isrc_source_id",
    )
    database = Database(mariadb_url)
    upgrade_to(database, "0002")
    with database.write() as conn:
        for step in steps[:undone]:
            conn.execute(text(step))
        conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    upgrade(database)
    assert _differences(database, metadata) == []
    database.close()


OLD_TRACKS = (
    {"id": "a" * 22, "title": "One", "text_source_id": 1, "text_time": 100, "tempo": 120.5},
    {"id": "b" * 22, "title": "Two", "text_source_id": 1, "text_time": 100, "audio_source_id": 2},
    {"id": "c" * 22, "title": "Three", "text_source_id": 1, "text_time": 100},
)


def test_who_said_what_is_kept_and_so_is_all_that_hangs_on_tracks(earlier: Database) -> None:
    with earlier.write() as conn:
        conn.execute(text("INSERT INTO artist (id, name) VALUES ('x', 'Someone')"))
        for row in OLD_TRACKS:
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            conn.execute(text(f"INSERT INTO track ({names}) VALUES ({marks})"), row)
            conn.execute(text("INSERT INTO track_artist VALUES (:id, 0, 'x')"), row)
    upgrade(earlier)
    assert _differences(earlier, metadata) == []
    with earlier.write() as conn:
        told = Provenances(conn)
        kept = {row.id: row for row in conn.execute(select(track))}
        assert (kept["a" * 22].title, kept["a" * 22].tempo) == ("One", 120.5)
        assert [dict(told.origins(row.provenance_id)) for row in kept.values()] == [
            {"text": (1, 100)},
            {"text": (1, 100), "audio": (2, None)},
            {"text": (1, 100)},
        ]
        assert kept["a" * 22].provenance_id == kept["c" * 22].provenance_id
        credited = conn.scalars(select(track_artist.c.track_id).order_by(track_artist.c.track_id))
        assert list(credited) == [row["id"] for row in OLD_TRACKS]
        with pytest.raises(IntegrityError):
            conn.execute(track_artist.insert().values(track_id="none", position=0, artist_id="x"))


def test_the_third_migration_can_be_taken_back(earlier: Database) -> None:
    with earlier.write() as conn:
        for row in OLD_TRACKS:
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            conn.execute(text(f"INSERT INTO track ({names}) VALUES ({marks})"), row)
    upgrade(earlier)
    config = migrations._config()
    with earlier.write(bulk=True) as conn:
        config.attributes["connection"] = conn
        command.downgrade(config, "0002")
    with earlier.read() as conn:
        rows = conn.execute(text("SELECT text_source_id, audio_source_id FROM track ORDER BY id"))
        assert [tuple(row) for row in rows] == [(1, None), (1, 2), (1, None)]


def test_the_third_migration_is_taken_up_again_as_well(mariadb_url: URL) -> None:
    database = Database(mariadb_url)
    upgrade_to(database, "0002")
    with database.write() as conn:
        conn.execute(text("INSERT INTO track (id, text_source_id) VALUES ('a', 1)"))
        conn.execute(text("ALTER TABLE track ADD COLUMN provenance_id INTEGER"))
    upgrade(database)
    with database.write() as conn:
        conn.execute(text("ALTER TABLE track ADD COLUMN meter_time BIGINT"))
        conn.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    upgrade(database)
    assert _differences(database, metadata) == []
    with database.read() as conn:
        assert conn.scalar(select(func.count()).select_from(provenance)) == 1
    database.close()


@pytest.fixture
def without_accounts(database_url: URL) -> Iterator[Database]:
    database = Database(database_url, wait=5)
    upgrade_to(database, "0006")
    with database.write() as conn:
        conn.execute(text("INSERT INTO session VALUES ('guest', 1, 2, 3)"))
        recipe = "INSERT INTO recipe VALUES ('mine', 'guest', 'Mine', '{}', '1.a', 1, 2)"
        conn.execute(text(recipe))
        conn.execute(text("INSERT INTO known_tracks VALUES ('guest', 1, 'a')"))
    yield database
    database.close()


KEPT = text(
    "SELECT recipe.id, name, session_hash, expires, songs FROM recipe "
    "JOIN session ON id_hash = session_hash JOIN known_tracks USING (session_hash)"
)


def test_accounts_come_and_go_and_what_guests_kept_stays(without_accounts: Database) -> None:
    database = without_accounts
    upgrade(database)
    assert _differences(database, metadata) == []
    with database.write() as conn:
        assert conn.execute(KEPT).all() == [("mine", "Mine", "guest", 3, 1)]
        conn.execute(text("INSERT INTO account VALUES ('a', 'user', 'id', 'Name', 1, 2)"))
        conn.execute(
            text(
                "INSERT INTO session (id_hash, created, seen, expires, account_id)"
                " VALUES ('theirs', 1, 2, 3, 'a')"
            )
        )
        conn.execute(
            text(
                "INSERT INTO recipe (id, account_id, name, recipe, link, created, updated)"
                " VALUES ('theirs', 'a', '', '', '', 1, 2)"
            )
        )
    config = migrations._config()
    with database.write(bulk=True) as conn:
        config.attributes["connection"] = conn
        command.downgrade(config, "0006")
    with database.read() as conn:
        assert conn.execute(KEPT).all() == [("mine", "Mine", "guest", 3, 1)]
        assert conn.execute(text("SELECT id FROM recipe")).all() == [("mine",)]
        assert conn.execute(text("SELECT id_hash FROM session")).all() == [("guest",)]
    upgrade(database)
    assert _differences(database, metadata) == []
    with database.write() as conn:
        conn.execute(text("DELETE FROM session"))
        assert conn.execute(text("SELECT id FROM recipe")).all() == []


@pytest.mark.parametrize("undone", [1, 3, 5, 8, 9, 11])
def test_the_last_two_migrations_are_taken_up_again_as_well(mariadb_url: URL, undone: int) -> None:
    of_eighth = (
        "DROP INDEX ix_spotify_save_account_id_playlist_id ON spotify_save",
        "DROP TABLE spotify_save",
        "DROP TABLE spotify_songs",
        "DROP TABLE spotify_page",
        "DROP TABLE spotify_reading",
    )
    steps = (
        *of_eighth,
        "DROP TABLE account_known",
        "DROP TABLE login_attempt",
        "DROP TABLE token",
        "ALTER TABLE recipe DROP FOREIGN KEY fk_recipe_account_id_account",
        "ALTER TABLE recipe DROP INDEX ix_recipe_account_id",
        "ALTER TABLE recipe DROP COLUMN account_id",
        "ALTER TABLE session DROP FOREIGN KEY fk_session_account_id_account",
    )
    database = Database(mariadb_url)
    upgrade(database)
    with database.write() as conn:
        for step in steps[:undone]:
            conn.execute(text(step))
        before = "0007" if undone <= len(of_eighth) else "0006"
        conn.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})
    upgrade(database)
    assert _differences(database, metadata) == []
    database.close()
