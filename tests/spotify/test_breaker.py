"""A dead Spotify costs its callers nothing after a few calls, and is found again by one of them."""

from __future__ import annotations

import pytest

from spotai.errors import (
    NotFoundError,
    SpotAIError,
    SpotifyLimitedError,
    SpotifyQuotaError,
    SpotifyUnavailableError,
)
from spotai.spotify.breaker import FAILURES, LONGEST_HOLD, PAUSE_SECONDS, Breaker
from spotai.spotify.faults import unavailable


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def fail(breaker: Breaker, error: SpotAIError) -> None:
    with pytest.raises(type(error)), breaker.call():
        raise error


def refused(breaker: Breaker) -> SpotifyUnavailableError:
    """Return what a call is refused with that must not be made."""
    with pytest.raises(SpotifyUnavailableError) as raised, breaker.call():
        pytest.fail("a call was let through")
    return raised.value


def close(breaker: Breaker) -> None:
    for _ in range(FAILURES):
        fail(breaker, unavailable())


def test_calls_are_held_back_after_failures_in_a_row(breaker: Breaker, clock: Clock) -> None:
    close(breaker)
    clock.now += 5
    assert refused(breaker).retry_after == PAUSE_SECONDS - 5


def test_an_answer_between_failures_starts_the_count_again(breaker: Breaker) -> None:
    for _ in range(FAILURES - 1):
        fail(breaker, unavailable())
    fail(breaker, NotFoundError("an answer all the same"))
    for _ in range(FAILURES - 1):
        fail(breaker, unavailable())
    with breaker.call():
        pass


def test_one_call_looks_while_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    close(breaker)
    clock.now += PAUSE_SECONDS
    with breaker.call():
        refused(breaker)
    with breaker.call(), breaker.call():
        pass


def test_a_look_that_fails_closes_again(breaker: Breaker, clock: Clock) -> None:
    close(breaker)
    clock.now += PAUSE_SECONDS
    fail(breaker, unavailable())
    refused(breaker)


def test_a_look_that_is_broken_off_leaves_room_for_the_next(breaker: Breaker, clock: Clock) -> None:
    close(breaker)
    clock.now += PAUSE_SECONDS
    with pytest.raises(KeyboardInterrupt), breaker.call():
        raise KeyboardInterrupt
    with breaker.call():
        pass


@pytest.mark.parametrize("kind", [SpotifyLimitedError, SpotifyQuotaError])
def test_a_pause_asked_for_holds_everybody_back(
    breaker: Breaker, clock: Clock, kind: type[SpotifyLimitedError | SpotifyQuotaError]
) -> None:
    fail(breaker, kind("later", retry_after=40))
    clock.now += 10.5
    with pytest.raises(kind, match="later") as raised, breaker.call():
        pytest.fail("a call was let through")
    assert raised.value.retry_after == 30
    clock.now += 29.5
    with breaker.call():
        pass


def test_a_pause_of_a_day_is_looked_at_again_every_minute(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, SpotifyLimitedError("tomorrow", retry_after=86_400))
    clock.now += LONGEST_HOLD
    with breaker.call():
        pass
