"""Logging in with Spotify: from the click to a session that acts for an account."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from functools import cached_property
from posixpath import normpath
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from spotai.api.keys import token_seal
from spotai.api.sessions import ID_BYTES, Opened
from spotai.api.token_store import AccountTokens, sealed_grant
from spotai.catalog.accounts import Account, SpotifyUser, find_account, keep_account, move_in
from spotai.catalog.attempts import Attempt, begin_attempt, take_attempt
from spotai.catalog.engine import Database
from spotai.catalog.grants import put_grant
from spotai.catalog.owners import Owner
from spotai.errors import GrantEndedError, LoginNeededError, NotFoundError
from spotai.settings import Settings
from spotai.spotify.access import SpotifyAccess
from spotai.spotify.oauth import Accounts
from spotai.spotify.profile import read_profile
from spotai.spotify.scopes import Use, allows, scopes_for
from spotai.spotify.tokens import Seal

LoginKind = Literal["spotify", "demo"]

LONGEST_NEXT: Final = 2_000
_OURS: Final = frozenset({"login", "logout", "callback"})
_WORDS: Final = {
    "read": "Log in with Spotify to see your playlists.",
    "save": "Log in with Spotify, and let SpotAI save playlists there.",
    "known": "Log in with Spotify, and let SpotAI read which songs you know.",
}


class Logins:
    """The logins of one application; opens nothing before its first use."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._accounts = Accounts.of(settings)

    @property
    def kind(self) -> LoginKind | None:
        """How people can log in: with Spotify, with its stand-in, or not at all."""
        if self._accounts is None:
            return None
        return "demo" if self._settings.has_stand_in else "spotify"

    @property
    def origin(self) -> str:
        """Where Spotify sends people back to, up to the path."""
        parts = urlsplit(self._settings.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    def begin(self, owner: Owner, uses: Iterable[Use], next_path: str) -> str:
        """Note that a session begins to log in; return the address to send its browser to.

        Raises NotFoundError where no login is offered, and DatabaseUnavailableError.
        """
        account = self.account(owner)
        granted = () if account is None else account.scopes or ()
        scopes = scopes_for(uses, granted)
        begun = self._service.begin(scopes)
        sealed = self._seal.seal(begun.state, [begun.verifier])
        attempt = Attempt(sealed, next_path, scopes)
        with self._database.write_aside() as conn:
            now = int(time.time())
            begin_attempt(conn, owner.session_hash, begun.state, attempt, now)
        return begun.url

    def take(self, owner: Owner, state: str) -> Attempt | None:
        """Return the login that a session began under ``state``, for the only time, or None.

        Raises DatabaseUnavailableError.
        """
        with self._database.write_aside() as conn:
            return take_attempt(conn, owner.session_hash, state, int(time.time()))

    def finish(self, owner: Owner, attempt: Attempt, state: str, code: str) -> Opened:
        """Log a session in with the code Spotify sent its browser back with; return the new one.

        Raises GrantEndedError for a code that is no good, SpotifyRefusedError for a listener who
        may not use the app, SpotifyUnavailableError, SpotifyLimitedError, ConfigurationError for an
        app that Spotify does not know, and DatabaseUnavailableError.
        """
        opened = self._seal.open(state, attempt.sealed)
        if opened is None:
            raise GrantEndedError("The keys of this server have changed meanwhile. Log in again.")
        tokens = self._service.finish(code, opened[0], attempt.scopes)
        profile = read_profile(tokens.access, self._settings.spotify_api_url)
        session_id = secrets.token_urlsafe(ID_BYTES)
        now = int(time.time())
        with self._database.write_aside() as conn:
            account_id = keep_account(conn, SpotifyUser(*profile), now)
            put_grant(conn, account_id, sealed_grant(self._seal, account_id, tokens))
            begun = move_in(conn, account_id, owner, session_id, now)
        return Opened(session_id, begun, renewed=True)

    def account(self, owner: Owner) -> Account | None:
        """Return the account that has logged in, None for a guest.

        Raises DatabaseUnavailableError.
        """
        if owner.account_id is None:
            return None
        with self._database.read(soon=True) as conn:
            return find_account(conn, owner.account_id)

    def lasts(self, owner: Owner | None) -> bool:
        """Whether who asks is logged in with Spotify. Raises DatabaseUnavailableError."""
        account = None if owner is None else self.account(owner)
        return account is not None and account.scopes is not None

    def access(self, owner: Owner | None, use: Use) -> SpotifyAccess:
        """Return the access of who asks to what ``use`` needs of Spotify.

        Raises LoginNeededError for a guest and for a login that does not allow it,
        GrantEndedError for one that is over, and DatabaseUnavailableError.
        """
        account = None if owner is None else self.account(owner)
        if account is None or self._accounts is None:
            raise LoginNeededError(_WORDS[use])
        if account.scopes is None:
            raise GrantEndedError("The Spotify login is over. Log in again.")
        if not allows(account.scopes, use):
            raise LoginNeededError(f"{_WORDS[use]} /login?scope={use} asks for that alone.")
        store = AccountTokens(self._database, self._seal, account.id)
        return SpotifyAccess(self._accounts, store)

    @property
    def _service(self) -> Accounts:
        if self._accounts is None:
            raise NotFoundError(
                "Nobody can log in here yet: whoever runs this server has to make a Spotify app "
                "and set SPOTIPY_CLIENT_ID. All else works without."
            )
        return self._accounts

    @cached_property
    def _seal(self) -> Seal:
        return token_seal(self._settings)


def is_own_path(text: str) -> bool:
    """Whether a login may go on at ``text``: a path of the page here, with a query or fragment.

    Browsers drop control characters, and take a backslash for a slash and ``//`` for a host:
    https://url.spec.whatwg.org/#concept-basic-url-parser
    """
    path = text.partition("#")[0].partition("?")[0]
    return (
        len(text) <= LONGEST_NEXT
        and path.startswith("/")
        and "//" not in path
        and "\\" not in text
        and text.isprintable()
        and _first_part(path) not in _OURS
    )


def _first_part(path: str) -> str:
    """Return the first part of a path as the server is asked for it: decoded, without dots."""
    return normpath("/" + unquote(path).lstrip("/")).split("/")[1]
