"""Serving the application with gunicorn: prepare, fork, say where it is."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication

from spotai import telemetry
from spotai.api.holder import SnapshotHolder
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.demo_login import closing_here, start_standin, with_standin
from spotai.doorman import Doorman
from spotai.errors import ConfigurationError, DependencyError, SnapshotMissingError
from spotai.ingest.snapshots import is_made_up, is_stale, prepare
from spotai.recommend import facets
from spotai.settings import Settings
from spotai.worker import ANSWER_SECONDS, Worker

WORKERS: Final = 2
THREADS: Final = 16
STOP_SECONDS: Final = 10
IN_MEMORY: Final = Path("/dev") / "shm"


def serve(settings: Settings) -> None:
    """Serve until stopped by Ctrl-C or SIGTERM, then exit the process with status 0.

    Says on stdout, once, where SpotAI listens and what songs it has; until then callers are told to
    come again. Raises DependencyError when
    the port is in use, ConfigurationError when the address cannot be listened on, and what
    ``prepare`` raises; nothing is left running then.
    """
    telemetry.configure_logging(as_json=settings.production)
    with _bind(settings) as listener:
        _listen(listener, settings)
        database = Database(settings.database(), connections=THREADS)
        with Doorman(listener):
            # Workers share what is compiled and imported before they are forked.
            _make_ready(database, settings)
            songs = _songs(settings, database)
            standin = start_standin(settings, database)
        with closing_here(standin):
            if standin is not None:
                settings = with_standin(settings, standin)
                songs += f"\nLog in as a made-up listener: Spotify's stand-in is {standin.address}"
            # The workers open connections of their own: none is to be open when they are forked.
            database.close()
            app = create_app(settings, database=database)
            _Server(app, listener, f"SpotAI is ready on {_address(listener)}\n{songs}").run()


def prepared_app(settings: Settings) -> Flask:
    """Return the application for another WSGI server, its catalog and snapshot prepared.

    Raises what ``prepare`` raises.
    """
    telemetry.configure_logging(as_json=settings.production)
    database = Database(settings.database(), connections=THREADS)
    _make_ready(database, settings)
    database.close()
    return create_app(settings, database=database)


def _make_ready(database: Database, settings: Settings) -> None:
    """Prepare the catalog and its snapshot, and whatever a first request would wait for."""
    prepare(database, settings)
    # What was deleted while somebody read the database may still be in its log.
    database.leave_no_trace()
    facets.warm_up()


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn around an application that is loaded before forking."""

    def __init__(self, app: Flask, listener: socket.socket, greeting: str) -> None:
        self._app = app
        self._listener = listener
        self._greeting = greeting
        super().__init__()

    def load_config(self) -> None:
        options = {
            # gunicorn closes the descriptor it is given.
            "bind": f"fd://{os.dup(self._listener.fileno())}",
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": Worker,
            "preload_app": True,
            "timeout": ANSWER_SECONDS,
            "graceful_timeout": STOP_SECONDS,
            # Nobody in front of us may say what path was asked for, or by whom.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "control_socket_disable": True,
            "loglevel": "warning",
            # A heartbeat on a slow disk would look like a hung worker.
            "worker_tmp_dir": str(IN_MEMORY) if os.access(IN_MEMORY, os.W_OK) else None,
            "on_starting": _log_as_we_do,
            "when_ready": self._greet,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app

    def _greet(self, _arbiter: Any) -> None:
        sys.stdout.write(f"{self._greeting}\n")
        sys.stdout.flush()


def _log_as_we_do(arbiter: Any) -> None:
    arbiter.log.error_log.handlers.clear()
    arbiter.log.error_log.propagate = True


def _bind(settings: Settings) -> socket.socket:
    """Take the address before anything else, so that a port in use is said at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        raise ConfigurationError(
            f"{settings.host} is no address of this machine; correct SPOTAI_HOST"
        ) from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _unusable(settings, error) from None
    return listener


def _listen(listener: socket.socket, settings: Settings) -> None:
    try:
        listener.listen()
    except OSError as error:
        raise _unusable(settings, error) from None


def _unusable(settings: Settings, error: OSError) -> ConfigurationError | DependencyError:
    where = f"{settings.host}:{settings.port}"
    if error.errno != errno.EADDRINUSE:
        return ConfigurationError(
            f"cannot listen on {where}: {error.strerror}; correct SPOTAI_HOST or SPOTAI_PORT"
        )
    airplay = " On a Mac, AirPlay Receiver uses port 5000." if sys.platform == "darwin" else ""
    return DependencyError(
        f"{where} is in use by another program; stop it, or choose another port: "
        f"SPOTAI_PORT={settings.port + 1}.{airplay}"
    )


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        host = "127.0.0.1" if address.version == 4 else "::1"
    return f"http://{host if address.version == 4 else f'[{host}]'}:{port}"


def _python() -> str:
    """Return this Python as people would type it: by its short path where it lies below here."""
    here, python = Path.cwd(), Path(sys.executable)
    return str(python.relative_to(here) if python.is_relative_to(here) else python)


def _songs(settings: Settings, database: Database) -> str:
    """Say what the server starts with: the songs of the snapshot, and whether there are newer."""
    program = f"{_python()} -m spotai"
    load = f"{program} load FILE, then {program} snapshot"
    try:
        holder = SnapshotHolder(settings.snapshots_dir, made_up=not settings.production)
        snapshot = holder.current()
    except SnapshotMissingError:
        return f"It has no songs yet. Load some: {load}"
    songs = f"{len(snapshot):,} songs"
    said = [f"It has {songs}."]
    if is_made_up(snapshot):
        said = [f"Its {songs} are made up. Load real ones: {load}"]
    if is_stale(database, snapshot):
        said.append(f"The catalog is newer. Make it searchable: {program} snapshot")
    return "\n".join(said)
