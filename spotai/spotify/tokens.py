"""Tokens, and how they are kept: encrypted, each for its owner alone.

Fernet is AES-128-CBC with HMAC-SHA256: https://github.com/fernet/spec/blob/master/Spec.md
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PURPOSE: Final = b"spotai tokens"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Spotify gives for a login. ``expires`` is of the access token, in unix seconds.

    They show in no ``repr``, so in no log line or exception that names one.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    scopes: tuple[str, ...]
    expires: int


class Seal:
    """Encrypts with the first of its keys and decrypts with any of them; thread-safe.

    A key is any secret of enough random bytes. ``service`` is whom the secrets may be sent to: what
    was sealed for another one stays closed.
    """

    def __init__(self, keys: Sequence[bytes], service: str = "") -> None:
        self._fernet = MultiFernet([Fernet(_fernet_key(key)) for key in keys])
        self._service = service

    def seal(self, owner: str, secrets: Sequence[str]) -> bytes:
        """Encrypt texts for ``owner``."""
        return self._fernet.encrypt(json.dumps([self._service, owner, *secrets]).encode())

    def open(self, owner: str, sealed: bytes) -> Sequence[str] | None:
        """Return the texts, None when no key fits or they were sealed for somebody else."""
        try:
            service, named, *secrets = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            return None
        return secrets if (service, named) == (self._service, owner) else None


def _fernet_key(key: bytes) -> bytes:
    return urlsafe_b64encode(hmac.digest(key, PURPOSE, "sha256"))
