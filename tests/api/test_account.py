"""Leaving: what was kept of a person is in no file and no table afterwards."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

from flask import Flask
from sqlalchemy import select, text

from spotai.api.keys import token_seal
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.catalog.known import add_known
from spotai.catalog.owners import Owner
from spotai.catalog.sessions import hash_of
from spotai.catalog.tables import account, metadata, token
from spotai.settings import Settings
from tests.api.browsers import Browser
from tests.api.conftest import CheckProblem
from tests.servers.logins import ADA, BEN

NAME = "A recipe that tells on its owner"
RECIPE = {"name": NAME, "recipe": {"features": {"tempo": {"target": 120}}}}
KNOWN = "knownsongknownsong0001"


def fill(app: Flask, database: Database, settings: Settings) -> tuple[Browser, list[str]]:
    """Log somebody in twice who keeps all there is to keep; return what tells on them."""
    browser, elsewhere = Browser(app), Browser(app)
    elsewhere.log_in()
    browser.change("POST", "/api/recipes", json=RECIPE)
    with database.write_aside() as conn:
        add_known(conn, Owner(hash_of(browser.cookie or "")), [KNOWN])
    browser.log_in("?scope=save")
    browser.begin("?next=/where-they-went")
    kept = browser.change("POST", "/api/recipes", json=RECIPE).get_json()
    with database.read() as conn:
        theirs = select(account.c.id, token.c.sealed).join(token)
        mine = theirs.where(account.c.spotify_user == ADA.account_id)
        account_id, sealed = conn.execute(mine).one()
    tokens = token_seal(settings).open(account_id, sealed)
    assert tokens is not None
    sessions = [one.cookie or "" for one in (browser, elsewhere)]
    hashes = [hash_of(one) for one in sessions]
    told = [ADA.id, ADA.name, str(ADA.account_id), NAME, KNOWN, kept["id"], "where-they-went"]
    return browser, [*told, account_id, sealed.decode(), *tokens, *sessions, *hashes]


def test_sqlite_keeps_nothing_in_its_files(
    login_settings: Settings, sqlite_database: Database
) -> None:
    app = create_app(login_settings, database=sqlite_database)
    other = Browser(app)
    other.log_in(listener=BEN)
    browser, telling = fill(app, sqlite_database, login_settings)
    file = sqlite_database.file
    assert file is not None
    written = b"".join(path.read_bytes() for path in file.parent.iterdir() if path.is_file())
    plain = [text for text in telling if text.encode() in written]
    assert len(plain) >= 8, "what is looked for afterwards is there before"
    answer = browser.change("DELETE", "/api/account")
    assert answer.get_json() == {"sessions": 2, "recipes": 2, "known_songs": 1}
    assert browser.cookie is None
    left = {
        (path.name, secret)
        for path in file.parent.iterdir()
        for secret in telling
        if secret.encode() in path.read_bytes()
    }
    assert left == set()
    assert other.session()["name"] == BEN.name
    assert browser.session()["kind"] == "guest"


def test_what_a_reader_kept_in_sqlites_log_goes_when_it_ends(
    login_settings: Settings, sqlite_database: Database
) -> None:
    app = create_app(login_settings, database=sqlite_database)
    browser, telling = fill(app, sqlite_database, login_settings)
    file = sqlite_database.file
    assert file is not None

    def left() -> set[str]:
        written = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        return {secret for secret in telling if secret.encode() in written}

    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM account").fetchone()
        assert browser.change("DELETE", "/api/account").status_code == 200
        assert left(), "the reader still sees it"
        # It stays connected: SQLite itself would empty the log with the last connection.
        reader.execute("COMMIT")
        until = time.monotonic() + 10
        while left() and time.monotonic() < until:
            time.sleep(0.1)
        assert left() == set()


def test_mariadb_keeps_nothing_in_its_tables(
    login_settings: Settings, mariadb_database: Database
) -> None:
    app = create_app(login_settings, database=mariadb_database)
    other = Browser(app)
    other.log_in(listener=BEN)
    browser, telling = fill(app, mariadb_database, login_settings)
    assert len(found_in(mariadb_database, telling)) >= 8
    assert browser.change("DELETE", "/api/account").status_code == 200
    assert found_in(mariadb_database, telling) == set()
    assert other.session()["name"] == BEN.name


def found_in(database: Database, telling: list[str]) -> set[str]:
    """Search all tables that the server has for us."""
    with database.read() as conn:
        names = [row[0] for row in conn.execute(text("SHOW TABLES"))]
        assert set(metadata.tables) <= set(names)
        rows = [row for name in names for row in conn.execute(text(f"SELECT * FROM `{name}`"))]
    values = [
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    ]
    return {secret for secret in telling if any(secret.encode() in value for value in values)}


def test_a_guest_leaves_without_a_trace_as_well(login_app: Flask, database: Database) -> None:
    browser = Browser(login_app)
    kept = browser.change("POST", "/api/recipes", json=RECIPE).get_json()
    answer = browser.change("DELETE", "/api/account").get_json()
    assert answer == {"sessions": 1, "recipes": 1, "known_songs": 0}
    assert browser.get(f"/api/recipes/{kept['id']}").status_code == 404
    assert browser.cookie is None


def test_who_has_no_session_has_nothing_to_delete(
    login_app: Flask, check_problem: CheckProblem
) -> None:
    response = login_app.test_client().delete("/api/account")
    check_problem(response, 401, "session-expired", "GET /api/session")


def test_when_the_grant_has_ended_the_account_can_still_be_deleted(
    login_app: Flask, database: Database
) -> None:
    """Who revokes the app at Spotify first has not lost the way to what is kept here."""
    browser = Browser(login_app)
    browser.log_in()
    browser.change("POST", "/api/recipes", json=RECIPE)
    with database.write_aside() as conn:
        conn.execute(token.delete())
    ended = browser.session()
    assert (ended["kind"], ended["name"], ended["account"]) == ("guest", None, True)
    assert ended["scopes"] == []
    assert browser.get("/api/recipes").get_json()["total"] == 1
    browser.log_in()
    assert browser.session()["kind"] == "spotify"
    with database.write_aside() as conn:
        conn.execute(token.delete())
    assert browser.change("DELETE", "/api/account").status_code == 200
    with database.read() as conn:
        assert conn.execute(select(account)).all() == []
