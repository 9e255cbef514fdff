"""Accounts, logins that were begun, and leaving, in both databases."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from spotai.catalog.accounts import (
    FORGOTTEN_SECONDS,
    SpotifyUser,
    delete_owner,
    find_account,
    forget_unused,
    keep_account,
    leave,
    move_in,
)
from spotai.catalog.attempts import (
    ATTEMPT_SECONDS,
    Attempt,
    begin_attempt,
    delete_old_attempts,
    take_attempt,
)
from spotai.catalog.dump import OF_PEOPLE, mysql_script
from spotai.catalog.engine import Connection, Database
from spotai.catalog.grants import Grant, find_grant, put_grant
from spotai.catalog.known import MOST_KNOWN, add_known, get_known
from spotai.catalog.owners import Owner
from spotai.catalog.recipes import MOST_RECIPES, get_recipe, list_recipes, save_recipe
from spotai.catalog.sessions import (
    LONGEST_SECONDS,
    delete_expired,
    find_session,
    hash_of,
    note_seen,
    start_session,
)
from spotai.catalog.tables import login_attempt
from spotai.errors import NotFoundError, SessionExpiredError
from tests.made_songs import song_id

NOW = 1_800_000_000
ADA = SpotifyUser("user ada", "ada", "Ada 🎷")
BEN = SpotifyUser("user ben", "ben", "Ben")
ATTEMPT = Attempt(b"sealed", "/tune", ("a", "b"))


def log_in(database: Database, user: SpotifyUser = ADA, now: int = NOW) -> tuple[str, Owner]:
    """Log a new guest in; return the id of the session and whose it is now."""
    guest, listener = (secrets.token_urlsafe(8) for _ in range(2))
    with database.write_aside() as conn:
        start_session(conn, guest, now)
        account_id = keep_account(conn, user, now)
        put_grant(conn, account_id, Grant(b"sealed", ("read",), now + 3600))
        move_in(conn, account_id, Owner(hash_of(guest)), listener, now)
    return listener, Owner(hash_of(listener), account_id)


def everything(database: Database) -> dict[str, int]:
    """How many rows there are of people, by table."""
    with database.read() as conn:
        counts = {t.name: conn.scalar(select(func.count()).select_from(t)) or 0 for t in OF_PEOPLE}
    return {name: count for name, count in counts.items() if count}


def test_a_listener_has_one_account_whatever_they_are_called(database: Database) -> None:
    with database.write_aside() as conn:
        first = keep_account(conn, ADA, NOW)
        assert keep_account(conn, ADA._replace(name="Ada L.", id="ada2"), NOW + 5) == first
        assert keep_account(conn, BEN, NOW) != first
        assert keep_account(conn, ADA._replace(user="user Ada"), NOW) != first
        found = find_account(conn, first)
        assert find_account(conn, first.swapcase()) is None
    assert found is not None
    assert (found.name, found.spotify_id, found.scopes) == ("Ada L.", "ada2", None)
    assert len(first) == 22


def test_a_login_takes_over_what_the_guest_kept(database: Database) -> None:
    with database.write_aside() as conn:
        start_session(conn, "guest", NOW)
        guest = Owner(hash_of("guest"))
        saved = save_recipe(conn, guest, "Mine", "{}", None, NOW)
        add_known(conn, guest, ["a", "b"])
        begin_attempt(conn, guest.session_hash, "state", ATTEMPT, NOW)
        account_id = keep_account(conn, ADA, NOW)
        begun = move_in(conn, account_id, guest, "listener", NOW)
        listener = Owner(hash_of("listener"), account_id)
        assert find_session(conn, "guest", NOW) is None
        assert find_session(conn, "listener", NOW) == begun
        assert note_seen(conn, "listener", begun, NOW + 9).account_id == account_id
        assert [one.id for one in list_recipes(conn, listener, 9)[0]] == [saved.id]
        assert get_known(conn, listener) == ["a", "b"]
        assert take_attempt(conn, listener.session_hash, "state", NOW) == ATTEMPT
        with pytest.raises(SessionExpiredError):
            save_recipe(conn, guest, "Too late", "{}", None, NOW)
    # The session ends some day; what is the account's stays.
    with database.write_aside() as conn:
        assert delete_expired(conn, NOW + LONGEST_SECONDS) == 1
        assert get_recipe(conn, saved.id, NOW + LONGEST_SECONDS).name == "Mine"
        assert get_known(conn, listener) == ["a", "b"]


def test_a_listener_may_bring_more_recipes_than_may_be_saved(database: Database) -> None:
    _, listener = log_in(database)
    with database.write_aside() as conn:
        for n in range(MOST_RECIPES):
            save_recipe(conn, listener, str(n), "{}", None, NOW)
        start_session(conn, "guest", NOW)
        guest = Owner(hash_of("guest"))
        save_recipe(conn, guest, "One more", "{}", None, NOW)
        move_in(conn, listener.account_id or "", guest, "again", NOW)
        assert list_recipes(conn, listener, 1)[1] == MOST_RECIPES + 1


def test_known_songs_are_taken_over_as_far_as_there_is_room(database: Database) -> None:
    ids = [song_id(n) for n in range(MOST_KNOWN)]
    _, listener = log_in(database)
    with database.write_aside() as conn:
        add_known(conn, listener, ids[:-1])
        start_session(conn, "guest", NOW)
        guest = Owner(hash_of("guest"))
        add_known(conn, guest, [ids[0], ids[-1], "zzz"])
        move_in(conn, listener.account_id or "", guest, "again", NOW)
        known = get_known(conn, listener)
    assert len(known) == MOST_KNOWN
    assert set(known) == set(ids)


def test_tokens_go_with_the_last_session(database: Database) -> None:
    _, one = log_in(database)
    _, other = log_in(database)
    account_id = one.account_id or ""
    with database.write_aside() as conn:
        leave(conn, one)
        assert find_grant(conn, account_id) is not None
        forget_unused(conn, NOW)
        assert find_grant(conn, account_id) is not None
        leave(conn, other)
        assert find_grant(conn, account_id) is None
    log_in(database)
    with database.write_aside() as conn:
        delete_expired(conn, NOW + LONGEST_SECONDS)
        forget_unused(conn, NOW + LONGEST_SECONDS)
    assert everything(database) == {"account": 1}


def test_an_account_that_nobody_logs_into_is_forgotten(database: Database) -> None:
    log_in(database)
    _, later = log_in(database, BEN, NOW + 1)
    with database.write_aside() as conn:
        forget_unused(conn, NOW + FORGOTTEN_SECONDS - 1)
        assert find_account(conn, later.account_id or "") is not None
        forget_unused(conn, NOW + FORGOTTEN_SECONDS)
        assert find_account(conn, later.account_id or "") is not None
    assert everything(database)["account"] == 1


@pytest.mark.parametrize("logged_in", [True, False])
def test_deleting_leaves_nothing_and_takes_nothing_of_others(
    database: Database, logged_in: bool
) -> None:
    log_in(database, BEN)
    before = everything(database)
    if logged_in:
        log_in(database)
        _, owner = log_in(database)
    else:
        owner = Owner(hash_of("guest"))
        with database.write_aside() as conn:
            start_session(conn, "guest", NOW)
    with database.write_aside() as conn:
        saved = save_recipe(conn, owner, "Mine", "{}", None, NOW)
        add_known(conn, owner, ["a", "b"])
        begin_attempt(conn, owner.session_hash, "state", ATTEMPT, NOW)
        assert delete_owner(conn, owner) == (2 if logged_in else 1, 1, 2)
        with pytest.raises(NotFoundError):
            get_recipe(conn, saved.id, NOW)
    assert everything(database) == before


def test_a_login_answers_once_to_the_session_that_began_it(database: Database) -> None:
    with database.write_aside() as conn:
        for name in ("mine", "yours"):
            start_session(conn, name, NOW)
        begin_attempt(conn, hash_of("mine"), "state", ATTEMPT, NOW)
        begin_attempt(conn, hash_of("mine"), "old", ATTEMPT, NOW - ATTEMPT_SECONDS)
        for given in ("State", "state ", "", hash_of("state")):
            assert take_attempt(conn, hash_of("mine"), given, NOW) is None
        assert take_attempt(conn, hash_of("yours"), "state", NOW) is None
        assert take_attempt(conn, hash_of("mine"), "old", NOW) is None
        assert take_attempt(conn, hash_of("mine"), "state", NOW) == ATTEMPT
        assert take_attempt(conn, hash_of("mine"), "state", NOW) is None
        assert attempts(conn) == 1
        delete_old_attempts(conn, NOW)
        assert attempts(conn) == 0


def attempts(conn: Connection) -> int:
    return conn.scalar(select(func.count()).select_from(login_attempt)) or 0


def test_of_many_who_bring_the_same_answer_one_is_let_in(database: Database) -> None:
    with database.write_aside() as conn:
        start_session(conn, "mine", NOW)
        begin_attempt(conn, hash_of("mine"), "state", ATTEMPT, NOW)

    def come(_: int) -> bool:
        with database.write_aside() as conn:
            return take_attempt(conn, hash_of("mine"), "state", NOW) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(come, range(8))) == 1


def test_a_dump_gives_nobody_away(database: Database) -> None:
    log_in(database)
    with database.read() as conn:
        script = "".join(mysql_script(conn))
    assert "CREATE TABLE account " in script
    assert ADA.user not in script
    assert ADA.name not in script
