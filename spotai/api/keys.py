"""The secret key of the server, and keys derived from it for one purpose each."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from spotai.errors import ConfigurationError
from spotai.settings import SHORTEST_SECRET, Settings
from spotai.spotify.tokens import Seal

KEY_FILE: Final = "secret_key"


def derived_key(settings: Settings, purpose: str) -> bytes:
    """Return 32 bytes that follow from the secret key and ``purpose``.

    Without SPOTAI_SECRET_KEY the secret key is that of the data folder, made when first needed.
    Raises ConfigurationError when the file cannot be written, read or used.
    """
    given = settings.secret_key
    secret = given.get_secret_value() if given is not None else _kept(settings.data_dir)
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def token_seal(settings: Settings) -> Seal:
    """Return what Spotify's tokens are encrypted with. Raises ConfigurationError.

    The key that follows from the secret key decrypts as well where others are set, so that tokens
    from before still count. Those of another app or accounts service do not: they must not be sent
    to this one, as to a stand-in.
    """
    service = f"{settings.spotify_client_id} {settings.spotify_accounts_url}"
    given = [key.get_secret_value().encode() for key in settings.token_keys]
    return Seal([*given, derived_key(settings, "tokens")], service)


def _kept(folder: Path) -> str:
    path = folder / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigurationError(
            f"the secret key cannot be kept in {path} ({reason}); set SPOTAI_SECRET_KEY"
        ) from None
    if len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(f"{path} holds no secret key; delete it, or set SPOTAI_SECRET_KEY")
    return secret


def _make(path: Path) -> None:
    """Make the file whole or not at all; of several processes the first one decides."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
