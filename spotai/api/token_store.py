"""An account's tokens in the database, for those who call Spotify: encrypted there, plain here."""

from __future__ import annotations

import logging
import time
from typing import Final

from spotai.catalog.engine import Database
from spotai.catalog.grants import (
    Grant,
    drop_grant,
    find_grant,
    postpone,
    replace_grant,
    take_lease,
)
from spotai.errors import DatabaseUnavailableError
from spotai.spotify.access import Held
from spotai.spotify.tokens import Seal, Tokens

log = logging.getLogger(__name__)

# A refresh token is used up once Spotify has answered: what came for it must not be lost because a
# load holds SQLite's only write lock just then.
KEEP_TRYING_SECONDS: Final = 30.0


class AccountTokens:
    """The ``spotai.spotify.access.TokenStore`` of one account.

    Everything raises DatabaseUnavailableError.
    """

    def __init__(self, database: Database, seal: Seal, account_id: str) -> None:
        self._database = database
        self._seal = seal
        self._account_id = account_id

    def find(self) -> Held | None:
        """Return the tokens; those that no key decrypts any more are deleted."""
        with self._database.read(soon=True) as conn:
            found = find_grant(conn, self._account_id)
        if found is None:
            return None
        opened = self._seal.open(self._account_id, found.sealed)
        if opened is None:
            log.warning("tokens cannot be decrypted with SPOTAI_TOKEN_KEYS, and are deleted")
            self.drop(found.version)
            return None
        access, refresh = opened
        tokens = Tokens(access, refresh, found.scopes, found.expires)
        return Held(tokens, found.version, found.lease_until, found.retry_at)

    def lease(self, version: int, now: int, until: int) -> bool:
        """Take the lease to refresh tokens; False when somebody has it, or they have changed."""
        with self._database.write_aside() as conn:
            return take_lease(conn, self._account_id, version, now, until)

    def replace(self, version: int, tokens: Tokens) -> bool:
        """Store what came of a refresh; False when there are other tokens by now, or none."""
        grant = sealed_grant(self._seal, self._account_id, tokens, version)
        until = time.monotonic() + KEEP_TRYING_SECONDS
        while True:
            try:
                with self._database.write_aside() as conn:
                    return replace_grant(conn, self._account_id, grant)
            except DatabaseUnavailableError:
                if time.monotonic() > until:
                    raise
                time.sleep(1)

    def postpone(self, version: int, retry_at: int) -> None:
        """Give the lease back: nobody is to refresh before ``retry_at``."""
        with self._database.write_aside() as conn:
            postpone(conn, self._account_id, version, retry_at)

    def drop(self, version: int) -> bool:
        """Delete tokens; False when there are other ones by now, or none."""
        with self._database.write_aside() as conn:
            return drop_grant(conn, self._account_id, version)


def sealed_grant(seal: Seal, account_id: str, tokens: Tokens, version: int = 0) -> Grant:
    """Encrypt the tokens of an account."""
    sealed = seal.seal(account_id, (tokens.access, tokens.refresh))
    return Grant(sealed, tokens.scopes, tokens.expires, version)
