"""Tokens in the database: two processes with four tabs refresh them once, and get four answers."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from spotai.api import token_store
from spotai.api.token_store import AccountTokens, sealed_grant
from spotai.catalog.accounts import SpotifyUser, keep_account
from spotai.catalog.engine import Database
from spotai.catalog.grants import put_grant
from spotai.catalog.tables import token
from spotai.errors import DatabaseUnavailableError, GrantEndedError
from spotai.spotify.access import SpotifyAccess
from spotai.spotify.oauth import Accounts
from spotai.spotify.profile import read_profile
from spotai.spotify.standin import Standin
from spotai.spotify.tokens import Seal, Tokens
from tests.forked import run_forked
from tests.servers.logins import CLIENT_ID, REDIRECT_URI, consent, query_of

TABS = 4
SEAL = Seal([b"a key"])


@pytest.fixture
def account_id(database: Database) -> str:
    with database.write_aside() as conn:
        return keep_account(conn, SpotifyUser("ada", "ada", "Ada"), int(time.time()))


@pytest.fixture
def accounts(spotify: Standin) -> Accounts:
    return Accounts(CLIENT_ID, REDIRECT_URI, spotify.accounts_url)


@pytest.fixture
def tokens(accounts: Accounts) -> Tokens:
    """Tokens of a login, of which the access token is over."""
    begun = accounts.begin(())
    made = accounts.finish(query_of(consent(begun.url))["code"], begun.verifier, ())
    return replace(made, expires=int(time.time()))


def put(database: Database, account_id: str, tokens: Tokens) -> AccountTokens:
    with database.write_aside() as conn:
        put_grant(conn, account_id, sealed_grant(SEAL, account_id, tokens))
    return AccountTokens(database, SEAL, account_id)


def ask_from_tabs(database: Database, accounts: Accounts, account_id: str, folder: Path) -> None:
    """What one worker does for half of the tabs."""

    def ask(tab: int) -> str:
        store = AccountTokens(database, SEAL, account_id)
        try:
            return SpotifyAccess(accounts, store).token()
        except GrantEndedError as error:
            return error.slug

    with ThreadPoolExecutor(TABS) as pool:
        answers = list(pool.map(ask, range(TABS // 2)))
    made = folder / f"{time.monotonic_ns()}.json"
    made.write_text(json.dumps(answers))


def answers_in(folder: Path) -> list[str]:
    return [answer for file in folder.glob("*.json") for answer in json.loads(file.read_text())]


def test_two_workers_and_four_tabs_refresh_once(
    database: Database,
    account_id: str,
    accounts: Accounts,
    tokens: Tokens,
    spotify: Standin,
    tmp_path: Path,
) -> None:
    put(database, account_id, tokens)
    database.close()
    spotify.clear()
    spotify.hold("POST /api/token", 0.5)
    codes = run_forked(ask_from_tabs, database, accounts, account_id, tmp_path, times=2)
    assert codes == [0, 0]
    answers = answers_in(tmp_path)
    assert len(answers) == TABS
    (fresh,) = set(answers)
    assert [call.status for call in spotify.calls()] == [200]
    assert read_profile(fresh, spotify.api_url)


def test_two_workers_and_four_tabs_hear_alike_that_it_is_over(
    database: Database,
    account_id: str,
    accounts: Accounts,
    tokens: Tokens,
    spotify: Standin,
    tmp_path: Path,
) -> None:
    put(database, account_id, tokens)
    database.close()
    spotify.revoke("standin-ada")
    spotify.clear()
    spotify.hold("POST /api/token", 0.5)
    run_forked(ask_from_tabs, database, accounts, account_id, tmp_path, times=2)
    assert answers_in(tmp_path) == ["spotify-login-ended"] * TABS
    assert [call.status for call in spotify.calls()] == [400]
    with database.read() as conn:
        assert conn.execute(select(token)).all() == []


def test_a_deleted_account_gets_no_tokens_from_a_late_refresh(
    database: Database, account_id: str, tokens: Tokens
) -> None:
    store = put(database, account_id, tokens)
    held = store.find()
    assert held is not None
    assert held.tokens == tokens
    assert store.drop(held.version)
    assert not store.replace(held.version, tokens)
    # Nor do those of a later login go for older ones.
    put(database, account_id, replace(tokens, refresh="of a later login"))
    assert not store.replace(held.version, tokens)
    found = store.find()
    assert found is not None
    assert found.tokens.refresh == "of a later login"


def test_what_no_key_reads_is_deleted(database: Database, account_id: str, tokens: Tokens) -> None:
    put(database, account_id, tokens)
    assert AccountTokens(database, Seal([b"another", b"a key"]), account_id).find() is not None
    assert AccountTokens(database, Seal([b"another"]), account_id).find() is None
    with database.read() as conn:
        assert conn.execute(select(token)).all() == []


def test_new_tokens_wait_for_a_load_to_end(
    sqlite_database: Database, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_database.write_aside() as conn:
        account_id = keep_account(conn, SpotifyUser("ada", "ada", "Ada"), 0)
    store = put(sqlite_database, account_id, tokens)
    held = store.find()
    assert held is not None
    with ThreadPoolExecutor(1) as pool:
        with sqlite_database.write(bulk=True):
            late = pool.submit(store.replace, held.version, replace(tokens, access="new"))
            time.sleep(3)
            assert not late.done()
        assert late.result(timeout=30)
    monkeypatch.setattr(token_store, "KEEP_TRYING_SECONDS", 0)
    with sqlite_database.write(bulk=True), pytest.raises(DatabaseUnavailableError):
        store.replace(held.version + 1, tokens)
