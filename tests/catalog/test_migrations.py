"""Databases are brought to the tables the code knows."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Column, Integer, MetaData, inspect, text

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.tables import metadata
from spotai.errors import ConfigurationError


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
    spawn = multiprocessing.get_context("fork")
    processes = [spawn.Process(target=_upgrade, args=(database_url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
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
    upgrade(database)
    with database.write() as conn:
        for step in steps[:undone]:
            conn.execute(text(step))
        conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    upgrade(database)
    assert _differences(database, metadata) == []
    database.close()
