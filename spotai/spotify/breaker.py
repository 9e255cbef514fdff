"""A circuit breaker: when Spotify is down, or wants a pause, callers learn it without a call.

After ``FAILURES`` calls in a row without a usable answer no call is made for ``PAUSE_SECONDS``;
then one is let through to see, and the others go on being refused until it has come back. A pause
that Spotify asks for itself (``Retry-After``) holds all calls back too: its limit is that of the
app, and calls made meanwhile would only prolong it.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from spotai.errors import (
    SpotAIError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyUnavailableError,
)

FAILURES: Final = 3
PAUSE_SECONDS: Final = 20.0
# A pause of a day has been seen: now and then one call looks whether it still holds.
LONGEST_HOLD: Final = 60


class Breaker:
    """One for each Web API and process; may be shared by threads. ``clock`` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0
        self._looking = False
        self._pause: SpotifyLimitedError | SpotifyQuotaError | None = None
        self._pause_ends = 0.0
        self._hold_ends = 0.0

    @contextmanager
    def call(self) -> Iterator[None]:
        """Let the body call Spotify, and learn from how it ends.

        Raises SpotifyUnavailableError, SpotifyLimitedError or SpotifyQuotaError at once while calls
        are held back.
        """
        self._enter()
        try:
            yield
        except SpotifyUnavailableError:
            self._leave(answered=False)
            raise
        except (SpotifyLimitedError, SpotifyQuotaError) as error:
            self._hold(error)
            self._leave(answered=True)
            raise
        except SpotAIError:
            self._leave(answered=True)
            raise
        except BaseException:
            # It says nothing about Spotify; the next call looks again.
            self._leave(answered=None)
            raise
        self._leave(answered=True)

    def _enter(self) -> None:
        with self._lock:
            now = self._clock()
            if self._pause is not None and now < self._hold_ends:
                left = math.ceil(self._pause_ends - now)
                raise type(self._pause)(self._pause.message, retry_after=left)
            if now < self._closed_until or (self._looking and self._failures >= FAILURES):
                raise SpotifyUnavailableError(
                    "Spotify has not answered several times in a row. Try again in half a minute; "
                    "everything that needs no Spotify account goes on meanwhile.",
                    retry_after=max(1, math.ceil(self._closed_until - now)),
                )
            self._looking = self._failures >= FAILURES

    def _hold(self, error: SpotifyLimitedError | SpotifyQuotaError) -> None:
        with self._lock:
            now = self._clock()
            self._pause = error
            self._pause_ends = now + error.retry_after
            self._hold_ends = now + min(error.retry_after, LONGEST_HOLD)

    def _leave(self, *, answered: bool | None) -> None:
        with self._lock:
            self._looking = False
            if answered:
                self._failures = 0
            elif answered is False:
                self._failures += 1
                if self._failures >= FAILURES:
                    self._closed_until = self._clock() + PAUSE_SECONDS
