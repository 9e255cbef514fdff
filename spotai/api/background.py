"""Work that goes on behind the answers, in a few threads of each process, as long as there is any.

What is to be done, and how far it is, is in SQL: a thread that dies with its process only delays
the work until somebody asks for it again, in whatever process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from spotai.catalog.readings import Reading
from spotai.errors import SpotAIError

THREADS: Final = 4

log = logging.getLogger(__name__)

_Key = tuple[str, str]


class Background:
    """``go_on`` goes on with a reading to its end, ``orphans`` are those nobody goes on with.

    May be shared by threads; starts none before it is woken.
    """

    def __init__(
        self, go_on: Callable[[Reading], None], orphans: Callable[[], Sequence[Reading]]
    ) -> None:
        self._go_on = go_on
        self._orphans = orphans
        self._lock = threading.Lock()
        self._waiting: dict[_Key, Reading] = {}
        self._active: set[_Key] = set()
        self._threads = 0

    def wake(self, reading: Reading) -> None:
        """See to it that somebody goes on with a reading; returns at once."""
        with self._lock:
            key = _key(reading)
            if key in self._active or key in self._waiting:
                return
            self._waiting[key] = reading
            if self._threads == THREADS:
                return
            self._threads += 1
        threading.Thread(target=self._work, name="reading", daemon=True).start()

    def _work(self) -> None:
        tried: set[_Key] = set()
        while (reading := self._take(tried)) is not None:
            key = _key(reading)
            tried.add(key)
            try:
                self._go_on(reading)
            except SpotAIError as error:
                # Kept with the reading, for whoever asks for it.
                log.info("a reading stopped", extra={"problem": error.slug})
            except Exception:
                log.exception("a reading failed unexpectedly")
            finally:
                with self._lock:
                    self._active.discard(key)

    def _take(self, tried: set[_Key]) -> Reading | None:
        """Return what to go on with: what waits here, else what was left alone; None ends it."""
        left = () if self._waiting else self._left_alone()
        with self._lock:
            free = [one for one in left if _key(one) not in tried | self._active]
            found = next(iter([*self._waiting.values(), *free]), None)
            if found is None:
                self._threads -= 1
                return None
            self._waiting.pop(_key(found), None)
            self._active.add(_key(found))
            return found

    def _left_alone(self) -> Sequence[Reading]:
        try:
            return self._orphans()
        except SpotAIError as error:
            log.warning("unfinished readings were not looked up", extra={"reason": error.message})
            return ()


def _key(reading: Reading) -> _Key:
    return reading.account_id, reading.subject
