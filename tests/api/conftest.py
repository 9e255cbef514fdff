"""A small made-up catalog, prepared as `serve` prepares it, and clients that ask it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from spotai.api.problems import Problem
from spotai.api.sessions import CSRF_HEADER
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.ingest.snapshots import prepare
from spotai.search import Snapshot
from spotai.settings import Settings
from spotai.spotify.standin import Listener, Standin
from tests.api.browsers import Browser
from tests.api.listeners import cast
from tests.servers.logins import CLIENT_ID, REDIRECT_URI
from tests.servers.spotify_logins import StartStandin

CheckProblem = Callable[[TestResponse, int, str, str], Problem]


def settings_of(folder: Path, **given: Any) -> Settings:
    url = f"sqlite:///{folder / 'spotai.sqlite3'}"
    # Tests ask faster than people do.
    limits = dict.fromkeys(("limit_reads", "limit_searches", "limit_imports"), 0)
    given = {**limits, **given}
    return Settings(data_dir=folder, database_url=SecretStr(url), **given, _env_file=None)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings_of(tmp_path_factory.mktemp("data"))
    database = Database(made.database())
    prepare(database, made)
    database.close()
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def snapshot(settings: Settings) -> Snapshot:
    return Snapshot.open(settings.snapshots_dir)


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    """Asks a server in production, where an empty catalog stays empty."""
    made = settings_of(tmp_path).model_copy(update={"env": "production"})
    prepare(Database(made.database()), made)
    return create_app(made).test_client()


@pytest.fixture
def production_client(settings: Settings) -> FlaskClient:
    """Asks a server in production whose catalog and snapshot are made up."""
    return create_app(settings.model_copy(update={"env": "production"})).test_client()


@pytest.fixture
def client_without_database(settings: Settings, tmp_path: Path) -> FlaskClient:
    """Asks a server whose database file cannot be opened: its folder is a file."""
    blocked = tmp_path / "blocked"
    blocked.write_text("in the way")
    broken = Database(f"sqlite:///{blocked / 'spotai.sqlite3'}")
    return create_app(settings, database=broken).test_client()


@pytest.fixture
def check_problem() -> CheckProblem:
    def check(response: TestResponse, status: int, slug: str, detail: str) -> Problem:
        problem = Problem.model_validate_json(response.data)
        assert response.status_code == problem.status == status
        assert response.mimetype == "application/problem+json"
        assert problem.type == f"/problems/{slug}"
        assert detail in problem.detail
        assert problem.request_id == response.headers["X-Request-ID"]
        assert problem.title
        return problem

    return check


@pytest.fixture
def token(client: FlaskClient) -> dict[str, str]:
    """The header that the changes of ``client`` need, which has a session now."""
    return open_session(client)


def open_session(client: FlaskClient) -> dict[str, str]:
    """Give a client a session, and return the header that its changes need."""
    return {CSRF_HEADER: client.get("/api/session").get_json()["csrf_token"]}


@pytest.fixture(scope="module")
def running_stage(shared_standins: StartStandin, snapshot: Snapshot) -> Standin:
    return shared_standins(cast(snapshot))


@pytest.fixture
def stage(running_stage: Standin) -> Iterator[Standin]:
    """A stand-in for Spotify with the listeners of ``tests.api.listeners``."""
    running_stage.clear()
    yield running_stage
    running_stage.clear()


@pytest.fixture
def listening_app(settings: Settings, tmp_path: Path, stage: Standin) -> Iterator[Flask]:
    """An application that asks ``stage``; its copy of the catalog is of one test."""
    yield listening(settings, tmp_path / "data", stage)
    stage.clear()
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join()


def listening(settings: Settings, folder: Path, standin: Standin) -> Flask:
    """Return an application on a copy of the catalog, in ``folder``, that asks ``standin``."""
    shutil.copytree(settings.data_dir, folder)
    made = settings_of(
        folder,
        spotify_client_id=CLIENT_ID,
        given_redirect_uri=REDIRECT_URI,
        spotify_api_url=standin.api_url,
        spotify_accounts_url=standin.accounts_url,
    )
    return create_app(made)


@pytest.fixture
def browser(listening_app: Flask) -> Browser:
    """Ada's browser; her login lets us read her playlists and what she knows."""
    return log_in(listening_app, "?scope=known")


def log_in(app: Flask, query: str = "") -> Browser:
    browser = Browser(app)
    browser.log_in(query, Listener(id="ada", name="Ada"))
    return browser


@pytest.fixture
def login_settings(tmp_path: Path, spotify: Standin) -> Settings:
    return settings_of(
        tmp_path / "data",
        spotify_client_id=CLIENT_ID,
        given_redirect_uri=REDIRECT_URI,
        spotify_api_url=spotify.api_url,
        spotify_accounts_url=spotify.accounts_url,
    )


@pytest.fixture
def login_app(login_settings: Settings, database: Database) -> Flask:
    return create_app(login_settings, database=database)
