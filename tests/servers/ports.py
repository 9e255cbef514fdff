"""Ports for the servers of tests that run side by side."""

from __future__ import annotations

import itertools
import os
import socket
from contextlib import suppress
from typing import Final

# Below the ports that systems give to whoever asks for any: a port may be used a second later, or
# again, or be meant to stay free. Those who run tests side by side differ in their process ids.
_EACH: Final = 100
_FIRST: Final = 20_000 + _EACH * (os.getpid() % 100)
_PORTS: Final = itertools.cycle(range(_FIRST, _FIRST + _EACH))


def free_port() -> int:
    """Return a port that nobody listens on, another one each time.

    Raises RuntimeError where there is none.
    """
    for port in itertools.islice(_PORTS, _EACH):
        with socket.socket() as probe, suppress(OSError):
            # Connections that have ended keep no server from listening.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"all ports from {_FIRST} on are in use")
