"""Access tokens that stay fresh, against the stand-in over HTTP."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

import pytest

from spotai.errors import (
    ConfigurationError,
    GrantEndedError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyUnavailableError,
)
from spotai.spotify import access as rules
from spotai.spotify.access import Held, SpotifyAccess
from spotai.spotify.oauth import Accounts
from spotai.spotify.profile import read_profile
from spotai.spotify.scopes import SCOPES
from spotai.spotify.standin import Standin
from spotai.spotify.tokens import Tokens
from tests.servers.logins import ADA, BEN, CLIENT_ID, REDIRECT_URI, consent, query_of

HOUR = 3600


class Shelf:
    """A token store in memory."""

    def __init__(self, tokens: Tokens) -> None:
        self.held: Held | None = Held(tokens, 1, 0, 0)
        self._lock = Lock()

    def find(self) -> Held | None:
        return self.held

    def lease(self, version: int, now: int, until: int) -> bool:
        with self._lock:
            held = self.held
            if (
                held is None
                or held.version != version
                or max(held.lease_until, held.retry_at) > now
            ):
                return False
            self.held = replace(held, lease_until=until)
            return True

    def replace(self, version: int, tokens: Tokens) -> bool:
        with self._lock:
            if self.held is None or self.held.version != version:
                return False
            self.held = Held(tokens, version + 1, 0, 0)
            return True

    def postpone(self, version: int, retry_at: int) -> None:
        if self.held is not None:
            self.held = replace(self.held, lease_until=0, retry_at=retry_at)

    def drop(self, version: int) -> bool:
        with self._lock:
            if self.held is None or self.held.version != version:
                return False
            self.held = None
            return True

    def age(self) -> None:
        """Let the access token be over."""
        assert self.held is not None
        tokens = replace(self.held.tokens, expires=int(time.time()))
        self.held = replace(self.held, tokens=tokens)


@pytest.fixture
def accounts(spotify: Standin) -> Accounts:
    return Accounts(CLIENT_ID, REDIRECT_URI, spotify.accounts_url)


@pytest.fixture
def log_in(accounts: Accounts) -> Callable[..., Tokens]:
    def log_in_as(listener: object = ADA) -> Tokens:
        begun = accounts.begin(SCOPES["read"])
        code = query_of(consent(begun.url, listener))["code"]  # type: ignore[arg-type]
        return accounts.finish(code, begun.verifier, SCOPES["read"])

    return log_in_as


@pytest.fixture
def shelf(log_in: Callable[..., Tokens]) -> Shelf:
    return Shelf(log_in())


@pytest.fixture
def access(accounts: Accounts, shelf: Shelf) -> SpotifyAccess:
    return SpotifyAccess(accounts, shelf)


def refreshes(spotify: Standin) -> list[int]:
    return [call.status for call in spotify.calls() if call.path == "/api/token"]


def test_a_fresh_token_is_given_as_it_is(access: SpotifyAccess, spotify: Standin) -> None:
    spotify.clear()
    assert access.token() == access.token()
    assert refreshes(spotify) == []


def test_an_old_one_is_refreshed_again_and_again(
    access: SpotifyAccess, shelf: Shelf, spotify: Standin
) -> None:
    seen = {access.token()}
    for _ in range(3):
        shelf.age()
        seen.add(access.token())
    assert len(seen) == 4
    held = shelf.held
    assert held is not None
    assert held.tokens.expires == pytest.approx(time.time() + HOUR, abs=5)
    assert set(held.tokens.scopes) == set(SCOPES["read"])
    assert read_profile(access.token(), spotify.api_url).name == ADA.name


def test_one_that_spotify_refuses_is_renewed_once(access: SpotifyAccess, spotify: Standin) -> None:
    first = access.token()
    spotify.advance(HOUR + 1)
    with pytest.raises(GrantEndedError):
        read_profile(first, spotify.api_url)
    spotify.clear()
    second = access.renew(first)
    assert second != first
    # A second tab was refused with the same one.
    assert access.renew(first) == second
    assert refreshes(spotify) == [200]
    assert read_profile(second, spotify.api_url).user == ADA.account_id


def test_many_at_once_refresh_once(access: SpotifyAccess, shelf: Shelf, spotify: Standin) -> None:
    shelf.age()
    spotify.clear()
    spotify.hold("POST /api/token", 0.3)
    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(lambda _: access.token(), range(8)))
    assert len(tokens) == 1
    assert refreshes(spotify) == [200]


def test_a_revoked_grant_ends_for_all_who_wait(
    access: SpotifyAccess, shelf: Shelf, spotify: Standin
) -> None:
    shelf.age()
    spotify.revoke(ADA.id)
    spotify.clear()
    spotify.hold("POST /api/token", 0.3)

    def ask(_: int) -> str:
        with pytest.raises(GrantEndedError, match="Log in again") as caught:
            access.token()
        return caught.value.slug

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(4))) == {"spotify-login-ended"}
    assert shelf.held is None
    assert refreshes(spotify) == [400]


def test_a_grant_ends_six_months_after_the_login(
    access: SpotifyAccess, shelf: Shelf, spotify: Standin
) -> None:
    spotify.advance(190 * 24 * HOUR)
    shelf.age()
    with pytest.raises(GrantEndedError):
        access.token()


@pytest.mark.parametrize(
    ("status", "kind"), [(500, SpotifyUnavailableError), (429, SpotifyLimitedError)]
)
def test_a_service_in_trouble_is_asked_once_and_not_by_everybody(
    access: SpotifyAccess,
    shelf: Shelf,
    spotify: Standin,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    kind: type[SpotifyUnavailableError | SpotifyLimitedError],
) -> None:
    shelf.age()
    spotify.clear()
    spotify.answer("POST /api/token", status, times=9, retry_after=7)
    with pytest.raises(kind) as caught:
        access.token()
    assert caught.value.retry_after == (7 if status == 429 else 30)
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(SpotifyUnavailableError) as again:
            access.token()
        assert 0 < again.value.retry_after <= 7
    assert time.monotonic() - began < 0.5
    assert refreshes(spotify) == [status]
    # Then it goes on with the same refresh token.
    spotify.clear()
    assert shelf.held is not None
    shelf.held = replace(shelf.held, retry_at=0)
    assert access.token()


def test_while_it_still_counts_an_old_token_is_used(
    access: SpotifyAccess, shelf: Shelf, spotify: Standin
) -> None:
    assert shelf.held is not None
    tokens = replace(shelf.held.tokens, expires=int(time.time()) + 30)
    shelf.held = replace(shelf.held, tokens=tokens)
    spotify.answer("POST /api/token", 503)
    assert access.token() == tokens.access


def test_whoever_dies_with_the_lease_holds_nobody_up_for_ever(
    access: SpotifyAccess, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.age()
    assert shelf.held is not None
    shelf.held = replace(shelf.held, lease_until=int(time.time()) + 100)
    monkeypatch.setattr(rules, "WAIT_SECONDS", 0.2)
    with pytest.raises(SpotifyUnavailableError):
        access.token()
    shelf.held = replace(shelf.held, lease_until=int(time.time()))
    assert access.token()


def test_a_login_that_comes_in_between_wins(
    access: SpotifyAccess, shelf: Shelf, log_in: Callable[..., Tokens], accounts: Accounts
) -> None:
    """A refresh that ends after its lease, or after another login, takes nothing from it."""
    shelf.age()
    newer = log_in()

    class Late(Accounts):
        def refresh(self, tokens: Tokens, keep: Callable[[Tokens], None]) -> Tokens:
            shelf.held = Held(newer, 9, 0, 0)
            return Accounts.refresh(accounts, tokens, keep)

    late = SpotifyAccess(Late(CLIENT_ID, REDIRECT_URI, accounts.url), shelf)
    assert late.token() == newer.access
    assert shelf.held == Held(newer, 9, 0, 0)


def test_an_unknown_app_is_the_operators_to_mend(shelf: Shelf, accounts: Accounts) -> None:
    shelf.age()
    stranger = SpotifyAccess(replace(accounts, client_id="another"), shelf)
    with pytest.raises(ConfigurationError, match="SPOTIPY_CLIENT_ID"):
        stranger.token()
    assert shelf.held is not None


def test_a_used_code_is_no_good(accounts: Accounts) -> None:
    begun = accounts.begin(())
    code = query_of(consent(begun.url))["code"]
    accounts.finish(code, begun.verifier, ())
    with pytest.raises(GrantEndedError):
        accounts.finish(code, begun.verifier, ())


def test_users_are_known_by_what_stays(log_in: Callable[..., Tokens], spotify: Standin) -> None:
    ada = read_profile(log_in().access, spotify.api_url)
    assert ada == (ADA.account_id, ADA.id, ADA.name)
    ben = read_profile(log_in(BEN).access, spotify.api_url)
    assert ben == (BEN.id, BEN.id, BEN.name)


def test_no_secret_is_in_a_log_line_or_an_error(
    accounts: Accounts, shelf: Shelf, spotify: Standin, caplog: pytest.LogCaptureFixture
) -> None:
    """What spotipy raises holds what it was answered, and that may be anything."""
    caplog.set_level(logging.INFO)
    shelf.age()
    assert shelf.held is not None
    refresh = shelf.held.tokens.refresh
    failed: list[SpotAIError] = []
    for status, plain in ((500, True), (500, False), (400, True), (429, False)):
        shelf.held = replace(shelf.held, retry_at=0)
        spotify.answer("POST /api/token", status, message=f"secret {refresh}", plain=plain)
        with pytest.raises(SpotAIError) as caught:
            SpotifyAccess(accounts, shelf).token()
        failed.append(caught.value)
    for error in failed:
        logging.getLogger("test").error("it failed", exc_info=error)
        assert refresh not in str(error)
    assert refresh not in caplog.text
    assert caplog.text.count("it failed") == 4
