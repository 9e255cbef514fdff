"""What tests of every room share: databases and real songs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser
from sqlalchemy import URL

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from tests.servers.chromium import HOW_TO_GET_CHROMIUM, find_chromium, run_chromium
from tests.servers.mariadb import HOW_TO_GET_IT, MariaDB, find_programs, run_mariadb

pytest_plugins = [
    "tests.made_songs",
    "tests.servers.https_files",
    "tests.servers.spotai",
    "tests.servers.spotify",
    "tests.servers.logins",
    "tests.servers.spotify_logins",
]

IN_CI = os.environ.get("CI") == "true"

# Tests interrupt processes, which inherit this: what a shell starts in the background ignores
# interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def missing(what: str) -> NoReturn:
    """Skip the test on a developer's machine, fail it in CI."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def private_mariadb() -> Iterator[MariaDB]:
    """Run a MariaDB server of the tests' own, or say how to get one."""
    programs = find_programs()
    if programs is None:
        missing(HOW_TO_GET_IT)
    with run_mariadb(*programs) as server:
        yield server


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """A private MariaDB server, shared by the whole session."""
    with private_mariadb() as server:
        yield server


@pytest.fixture
def mariadb_url(mariadb: MariaDB) -> Iterator[URL]:
    """The address of an empty database on MariaDB."""
    with mariadb.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium without a window, shared by the whole session."""
    program = find_chromium()
    if program is None:
        missing(HOW_TO_GET_CHROMIUM)
    with run_chromium(program) as browser:
        yield browser


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    """The address of an SQLite database that is not there yet."""
    return URL.create("sqlite", database=str(tmp_path / "data" / "spotai.sqlite3"))


@pytest.fixture(params=["sqlite", "mariadb"])
def database_url(request: pytest.FixtureRequest) -> URL:
    """The address of an empty database; the test runs once on SQLite and once on MariaDB."""
    url: URL = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: URL) -> Iterator[Database]:
    """A migrated, empty database; the test runs once on SQLite and once on MariaDB."""
    yield from _migrated(database_url)


def _migrated(url: URL) -> Iterator[Database]:
    fresh = Database(url, wait=5)
    upgrade(fresh)
    yield fresh
    fresh.close()


@pytest.fixture
def sqlite_database(sqlite_url: URL) -> Iterator[Database]:
    """A migrated, empty SQLite database."""
    yield from _migrated(sqlite_url)


@pytest.fixture
def mariadb_database(mariadb_url: URL) -> Iterator[Database]:
    """A migrated, empty database on MariaDB."""
    yield from _migrated(mariadb_url)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real songs named by ``SPOTAI_TEST_DATA``."""
    named = os.environ.get("SPOTAI_TEST_DATA")
    if not named:
        pytest.skip("SPOTAI_TEST_DATA names no folder of real songs")
    folder = Path(named)
    if not folder.is_dir():
        missing(f"SPOTAI_TEST_DATA is {folder}, which is no folder")
    return folder


@pytest.fixture(scope="session")
def real_songs(real_data: Path) -> Path:
    """The table of all real songs, ``songs.csv.gz``."""
    return real_data / "songs.csv.gz"
