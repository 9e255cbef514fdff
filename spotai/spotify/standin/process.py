"""The stand-in as a process of its own, held and steered by the one that starts it."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from spotai.errors import DependencyError
from spotai.spotify.standin.cast import STAGE, Listener, Song, Stage

STOP_SECONDS: Final = 10


class Call(NamedTuple):
    """A call that was answered. ``path`` has no query."""

    method: str
    path: str
    status: int


class Standin:
    """A running stand-in; leaving the context ends it. It also ends when this process does.

    ``accounts_url`` and ``api_url`` are what SpotAI's settings need. The orders (``advance`` and
    what follows it) raise DependencyError where it was started without ``control``.
    """

    def __init__(self, process: subprocess.Popen[bytes], address: str, stage: Stage) -> None:
        self.process: Final = process
        self.address: Final = address
        self.accounts_url: Final = address
        self.api_url: Final = f"{address}/v1/"
        self.client_id: Final = stage.client_id
        self.redirect_uri: Final = stage.redirect_uri
        self._key = stage.control_key

    @classmethod
    def start(
        cls,
        listeners: Sequence[Listener],
        *,
        client_id: str,
        redirect_uri: str,
        port: int = 0,
        songs: Sequence[Song] = (),
        old_shape: bool = False,
        control: bool = False,
    ) -> Self:
        """Start one on a free port of 127.0.0.1, or on ``port``, and wait until it answers.

        Raises DependencyError where it does not start.
        """
        stage = Stage(
            listeners=tuple(listeners),
            client_id=client_id,
            redirect_uri=redirect_uri,
            port=port,
            songs=tuple(songs),
            old_shape=old_shape,
            control_key=secrets.token_urlsafe(32) if control else None,
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "spotai.spotify.standin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        address = _tell(process, b"%d\n" % os.getpid() + STAGE.dump_json(stage))
        if not address:
            process.wait()
            raise DependencyError("the stand-in for Spotify did not start; its words are above")
        return cls(process, address, stage)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it, if it has not ended."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def advance(self, seconds: float) -> None:
        """Move its clock on: access tokens last 3600 s, codes 600 s, grants 182 days."""
        self._order(do="advance", seconds=seconds)

    def answer(self, route: str, status: int, *, times: int = 1, skip: int = 0, **how: Any) -> None:
        """Answer calls with a refusal instead of doing the work.

        ``route`` is a regular expression for the beginning of ``METHOD /path``, such as
        ``POST /v1/playlists/[^/]+/items``; the first ``skip`` of them are left alone. ``how`` may
        hold ``message``, ``reason``, ``retry_after`` (seconds) and ``plain`` (no JSON).
        """
        self._order(do="answer", route=route, status=status, times=times, skip=skip, **how)

    def over_quota(self, route: str = "GET /v1/", *, times: int = 1) -> None:
        """Answer that the app has used up its quota."""
        self.answer(route, 429, times=times, reason="QUOTA_EXCEEDED")

    def without_premium(self, route: str = "GET /v1/", *, times: int = 1) -> None:
        """Answer as where the app's owner has no Premium; the words are those people report."""
        words = "Active premium subscription required for the owner of the app."
        self.answer(route, 403, times=times, message=words)

    def cut(self, route: str, *, times: int = 1, skip: int = 0, after_work: bool = True) -> None:
        """Cut the connection without an answer, after doing the work or before it."""
        self._order(do="cut", route=route, times=times, skip=skip, after_work=after_work)

    def hold(self, route: str, seconds: float, *, times: int = 1, skip: int = 0) -> None:
        """Let calls wait before anything is done."""
        self._order(do="hold", route=route, seconds=seconds, times=times, skip=skip)

    def revoke(self, listener: str) -> None:
        """Take back what a listener has allowed: all their tokens are refused from now on."""
        self._order(do="revoke", listener=listener)

    def keep_refresh_tokens(self, *, keep: bool) -> None:
        """Let refresh tokens stay and send no other with a refresh, or let each serve once."""
        self._order(do="refreshes", single_use=not keep)

    def show_old_shape(self, *, old: bool) -> None:
        """Show playlists with ``tracks`` and ``track``, or with ``items`` and ``item``."""
        self._order(do="shape", old=old)

    def calls(self) -> list[Call]:
        """Return the calls answered since the start, or since ``clear``."""
        return [Call(**call) for call in self._order(do="calls")["calls"]]

    def clear(self) -> None:
        """Forget all faults and calls."""
        self._order(do="clear")

    def _order(self, **order: Any) -> Any:
        if self._key is None:
            raise DependencyError("this stand-in was started without control")
        headers = {"X-Control-Key": self._key, "Content-Type": "application/json"}
        request = urllib.request.Request(  # noqa: S310 # our own address
            f"{self.address}/control", json.dumps(order).encode(), headers
        )
        # No proxy stands between two processes of one machine.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=STOP_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise DependencyError(f"the stand-in refused an order: {error.read()!r}") from None


def _tell(process: subprocess.Popen[bytes], stage: bytes) -> str:
    """Send the stage to a new process and return the address it says, empty if it fails."""
    told, says = process.stdin, process.stdout
    if told is None or says is None:
        raise ValueError("the process has no pipes")
    with says:
        with suppress(BrokenPipeError), told:  # it may have ended already
            told.write(stage)
        return says.readline().decode().strip()
