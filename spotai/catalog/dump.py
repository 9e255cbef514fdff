"""A catalog as an SQL script for the ``mysql`` client: tables, rows and migration version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Column, Connection, MetaData, Row, Table, select
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateIndex, CreateTable

from spotai.catalog.tables import (
    MYSQL,
    account,
    account_known,
    known_tracks,
    load,
    login_attempt,
    metadata,
    provenance,
    recipe,
    search_order,
    search_part,
    search_song,
    search_term,
    session,
    spotify_page,
    spotify_reading,
    spotify_save,
    spotify_songs,
    token,
)
from spotai.tracks import GROUPS

# Far below the 1 MiB that a client may send at once where a server's max_allowed_packet is small.
STATEMENT_BYTES: Final = 256 * 1024
ROWS_AT_ONCE: Final = 1_000

# Other paramstyles would double every per cent sign.
_DIALECT: Final = mysql.dialect(paramstyle="named")
_TIMES: Final = frozenset(
    {load.c.started, load.c.finished, *(provenance.c[f"{group}_time"] for group in GROUPS)}
)
# Made from the other rows, and again whenever a catalog that lacks it is prepared to be served.
WORD_INDEX: Final = frozenset({search_order, search_part, search_song, search_term})
# Sessions, accounts and what belongs to them are of the people of one server, and nobody else's.
OF_PEOPLE: Final = frozenset(
    {
        *(account, session, token, login_attempt, recipe, known_tracks, account_known),
        *(spotify_reading, spotify_page, spotify_songs, spotify_save),
    }
)
WITHOUT_ROWS: Final = WORD_INDEX | OF_PEOPLE
# The client ends lines in its own way and stops at a zero byte, inside texts too.
_CONTROLS: Final = str.maketrans({"\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z"})
_HEAD: Final = """\
SET NAMES utf8mb4;
SET @old_sql_mode = @@sql_mode, sql_mode = 'STRICT_ALL_TABLES';
SET @old_foreign_key_checks = @@foreign_key_checks, foreign_key_checks = 0;
SET @now = UNIX_TIMESTAMP();
"""
_FOOT: Final = """\
SET foreign_key_checks = @old_foreign_key_checks;
SET sql_mode = @old_sql_mode;
"""


def mysql_script(conn: Connection) -> Iterator[str]:
    """Yield, in parts, a script that makes the migrated catalog of ``conn`` in an empty database.

    MySQL and MariaDB read it alike. It fails before it changes anything where a catalog exists,
    and its rows arrive together or not at all; a database left without them is an empty catalog.
    The word index has no rows here: songs are found by words once something prepares the catalog.
    Sessions and accounts have none either.
    Times become that of running the script, so the same catalog always gives the same script.
    """
    version = Table("alembic_version", MetaData(), autoload_with=conn, **MYSQL)
    tables = metadata.sorted_tables
    yield _HEAD
    # Created first: every catalog has it, so that is where the script ends in front of another.
    for table in (version, *tables):
        yield from _definition(table)
    yield from _inserts(conn, version)
    yield "START TRANSACTION;\n"
    for table in tables:
        if table not in WITHOUT_ROWS:
            yield from _inserts(conn, table)
    yield "COMMIT;\n"
    yield _FOOT


def _definition(table: Table) -> Iterator[str]:
    # A table keeps its indexes in a set, which has no order to rely on.
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    statements: list[CreateTable | CreateIndex] = [CreateTable(table), *map(CreateIndex, indexes)]
    for statement in statements:
        text = str(statement.compile(dialect=_DIALECT)).strip()
        yield "\n".join(line.rstrip() for line in text.splitlines()) + ";\n"


def _inserts(conn: Connection, table: Table) -> Iterator[str]:
    """Yield INSERT statements of at most ``STATEMENT_BYTES``, one line a row."""
    preparer = _DIALECT.identifier_preparer
    names = ", ".join(preparer.format_column(column) for column in table.columns)
    head = f"INSERT INTO {preparer.format_table(table)} ({names}) VALUES\n"
    rows = conn.execute(
        select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    )
    for lines in _packed(_tuples(table, rows), STATEMENT_BYTES - len(head)):
        yield head + ",\n".join(lines) + ";\n"


def _tuples(table: Table, rows: Iterable[Row[Any]]) -> Iterator[str]:
    literal = _DIALECT.statement_compiler(_DIALECT, None).render_literal_value
    columns: list[Column[Any]] = list(table.columns)

    def value(column: Column[Any], given: Any) -> str:
        if given is not None and column in _TIMES:
            return "@now"
        return literal(given, column.type).translate(_CONTROLS)

    for row in rows:
        yield f"({','.join(map(value, columns, row))})"


def _packed(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield ``lines`` in lists of at most ``size`` bytes, separators included."""
    packed: list[str] = []
    used = 0
    for line in lines:
        needed = len(line.encode()) + 2
        if packed and used + needed > size:
            yield packed
            packed, used = [], 0
        packed.append(line)
        used += needed
    if packed:
        yield packed
