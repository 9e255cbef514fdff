"""The stand-in as a server on this machine's own address."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from spotai.errors import DependencyError
from spotai.spotify.standin.accounts import Accounts
from spotai.spotify.standin.cast import STAGE, Stage
from spotai.spotify.standin.control import Control
from spotai.spotify.standin.webapi import nothing_here, web_api
from spotai.spotify.standin.world import World

HOST: Final = "127.0.0.1"
LARGEST_BODY: Final = 1_000_000
_LOOK_SECONDS: Final = 0.2


def create_app(stage: Stage, address: str) -> Flask:
    """Return the stand-in as an application that is reached at ``address``."""
    world = World(stage, address)
    app = Flask(__name__)
    app.config.update(TRUSTED_HOSTS=[HOST, "localhost"], MAX_CONTENT_LENGTH=LARGEST_BODY)
    app.url_map.strict_slashes = False  # spotipy asks for "me/"
    if stage.control_key is not None:
        Control(world, stage.control_key).add_to(app)
    app.register_blueprint(web_api(world))
    app.register_blueprint(Accounts(world).blueprint())

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        status = error.code or 500
        if status in {404, 405} and request.path.startswith("/v1/"):
            return nothing_here(world)
        answer = jsonify(error={"status": status, "message": error.name})
        answer.status_code = status
        return answer

    return app


def run(stage: Stage, ready: Callable[[str], None], *, parent: int | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM, or until the process ``parent`` has ended.

    ``ready`` is told the address as soon as calls are taken. Raises DependencyError where the port
    cannot be had.
    """
    server = _bind(stage.port)
    address = f"http://{HOST}:{server.server_address[1]}"
    server.app = create_app(stage, address)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        ready(address)
        server.serve_forever(poll_interval=_LOOK_SECONDS)
    except _LeaveError:
        pass
    finally:
        server.server_close()


class _LeaveError(BaseException):
    """Told to end."""


class _Handler(WSGIRequestHandler):
    """Writes no log: addresses hold codes."""

    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 # werkzeug's name
        pass


def _bind(port: int) -> BaseWSGIServer:
    def none_yet(*_: object) -> list[bytes]:
        raise AssertionError("asked before it was ready")

    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            # By ourselves: where the port is taken, werkzeug writes to stderr and exits.
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            raise DependencyError(
                f"the stand-in cannot listen on port {port} ({error.strerror}); choose another one"
            ) from error
        return make_server(
            HOST, port, none_yet, threaded=True, request_handler=_Handler, fd=listener.fileno()
        )


def _leave(*_: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise _LeaveError


def _end_with(parent: int) -> None:
    """Leave when the parent is gone, however it ended: orphans get another parent."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """The child process of ``process.Standin``: a stage on stdin, the address to stdout."""
    parent, _, stage = sys.stdin.buffer.read().partition(b"\n")

    def ready(address: str) -> None:
        sys.stdout.write(address + "\n")
        sys.stdout.flush()

    try:
        run(STAGE.validate_json(stage), ready, parent=int(parent))
    except DependencyError as error:
        sys.exit(f"Error: {error.message}")
