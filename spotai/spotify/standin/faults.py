"""Faults on demand: what tests order, and which calls meet it."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from spotai.spotify.standin.refusals import RefusedError, TokenRefusedError


class Order(BaseModel):
    """Base of the orders of ``POST /control``."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(Order):
    """Strikes calls whose ``METHOD /path`` matches ``route`` from its beginning on: after the first
    ``skip`` of them so many as ``times``.
    """

    route: str = "."
    times: int = Field(1, ge=1)
    skip: int = Field(0, ge=0)


class Answer(Fault):
    """Answer instead of doing the work. ``plain`` sends the message alone, as no JSON.

    The token endpoint says ``reason``, ``server_error`` if there is none, and ``message`` in its
    own way.
    """

    do: Literal["answer"] = "answer"
    status: int = Field(ge=400, le=599)
    message: str = ""
    reason: str | None = None
    retry_after: int | None = None
    plain: bool = False

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}

    def refusal(self) -> RefusedError:
        message = self.message or ("Too many requests" if self.status == 429 else "Server error.")
        return RefusedError(
            self.status, message, reason=self.reason, headers=self.headers, plain=self.plain
        )

    def token_refusal(self) -> TokenRefusedError:
        error = self.reason or "server_error"
        return TokenRefusedError(error, self.message, self.status, headers=self.headers)


class Cut(Fault):
    """Cut the connection without an answer, when the work is done or before."""

    do: Literal["cut"] = "cut"
    after_work: bool = True


class Hold(Fault):
    """Hold the call for a time before anything is done."""

    do: Literal["hold"] = "hold"
    seconds: float = Field(gt=0, le=600)


class Advance(Order):
    """Move the clock on."""

    do: Literal["advance"] = "advance"
    seconds: float = Field(ge=0)


class Revoke(Order):
    """Take back what a listener has allowed, as they do in their account's settings."""

    do: Literal["revoke"] = "revoke"
    listener: str


class Refreshes(Order):
    """Give another refresh token with each refresh, or let the one there is stay."""

    do: Literal["refreshes"] = "refreshes"
    single_use: bool


class Shape(Order):
    """Show playlists in the old shape or the new one from now on."""

    do: Literal["shape"] = "shape"
    old: bool


class Calls(Order):
    """Tell the calls since the start, or since they were forgotten."""

    do: Literal["calls"] = "calls"


class Clear(Order):
    """Forget all faults and calls."""

    do: Literal["clear"] = "clear"


ORDERS: Final[TypeAdapter[Any]] = TypeAdapter(
    Annotated[
        Answer | Cut | Hold | Advance | Revoke | Refreshes | Shape | Calls | Clear,
        Field(discriminator="do"),
    ]
)


@dataclass(slots=True)
class _Waiting:
    fault: Fault
    skip: int
    left: int


class Faults:
    """The faults ordered and the calls counted; of no call more than method, path and status."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._calls: list[dict[str, object]] = []

    def order(self, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(_Waiting(fault, fault.skip, fault.times))

    def strike(self, method: str, path: str) -> list[Fault]:
        """Return the faults that this call meets, in the order in which they were ordered."""
        met = []
        with self._lock:
            for waiting in self._waiting:
                if not re.match(waiting.fault.route, f"{method} {path}"):
                    continue
                if waiting.skip:
                    waiting.skip -= 1
                else:
                    waiting.left -= 1
                    met.append(waiting.fault)
            self._waiting = [waiting for waiting in self._waiting if waiting.left]
        return met

    def count(self, method: str, path: str, status: int) -> None:
        with self._lock:
            self._calls.append({"method": method, "path": path, "status": status})

    def calls(self) -> list[dict[str, object]]:
        with self._lock:
            return list(self._calls)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._calls.clear()
