"""Bring a database to the tables of this version, with Alembic, from the program itself."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from spotai.catalog.engine import Database
from spotai.errors import ConfigurationError

log = logging.getLogger(__name__)


def upgrade(database: Database) -> None:
    """Apply the revisions the database lacks; safe when several processes start at once.

    Raises DatabaseUnavailableError, and ConfigurationError when the database was made by a newer
    version of SpotAI.
    """
    if is_current(database):
        return
    config = _config()
    # SQLite changes a table by copying it: dropping the old one must not take its rows' children.
    with database.write(bulk=True) as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
    log.info("the tables of the database are up to date")


def is_current(database: Database) -> bool:
    """Return whether the database has the tables of this version; changes nothing.

    Raises as ``upgrade`` does.
    """
    scripts = ScriptDirectory.from_config(_config())
    with database.read() as conn:
        return _revision(conn, scripts) == scripts.get_current_head()


def is_empty(database: Database) -> bool:
    """Return whether the database has never had any table of ours; changes nothing.

    Raises as ``upgrade`` does.
    """
    with database.read() as conn:
        return _revision(conn, ScriptDirectory.from_config(_config())) is None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _revision(conn: Connection, scripts: ScriptDirectory) -> str | None:
    revision = MigrationContext.configure(conn).get_current_revision()
    if revision is not None and revision not in {s.revision for s in scripts.walk_revisions()}:
        raise ConfigurationError(
            f"The database has revision {revision}, which this version of SpotAI does not know. "
            "Install the newer version again, or use another database."
        )
    return revision
