"""The command ``doctor``: what works, and what to do about the rest."""

from __future__ import annotations

import http.client
import json
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
from pydantic import BaseModel

from spotai.api.schemas import HealthAnswer
from spotai.catalog.engine import Database
from spotai.catalog.migrations import is_current, is_empty
from spotai.catalog.tracks import count_tracks, is_demo
from spotai.commands.terminal import (
    FAILED,
    json_option,
    leave,
    new_table,
    write,
    write_json,
)
from spotai.errors import SpotAIError
from spotai.ingest.snapshots import is_made_up, is_stale
from spotai.search import Snapshot
from spotai.search.checksums import check_files
from spotai.search.files import generations
from spotai.search.manifest import read_manifest
from spotai.settings import Settings, load_settings
from spotai.telemetry import redact

NEWEST_PYTHON = (3, 13)
OLDEST_PYTHON = (3, 11)
MADE_UP_IN_PRODUCTION = (
    "made-up songs are not for production; load real ones: spotai load FILE, then spotai snapshot"
)
ANSWER_SECONDS = 2.0
LONGEST_ANSWER = 1_000


class Check(BaseModel):
    """One thing that was looked at. ``says`` is what was found or, if not ``ok``, what to do."""

    name: str
    ok: bool
    says: str


class Checks(BaseModel):
    ok: bool
    checks: list[Check]


@click.command()
@json_option
def doctor(*, as_json: bool) -> None:
    """Check settings, database and snapshot; say what to fix.

    Changes nothing. The exit code is 1 when something is to be done.
    """
    checks = list(_checks())
    ok = all(check.ok for check in checks)
    if as_json:
        write_json(Checks(ok=ok, checks=checks))
    else:
        table = new_table(show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for check in checks:
            table.add_row("ok" if check.ok else "FIX", check.name, check.says)
        write(table)
    if not ok:
        leave(FAILED)


def _checks() -> Iterator[Check]:
    """Yield the checks in the order in which one needs another; a dead end ends its branch."""
    yield _check("python", _python)
    try:
        settings = load_settings()
    except SpotAIError as error:
        yield Check(name="settings", ok=False, says=error.message)
        return
    yield Check(name="settings", ok=True, says=f"valid; SPOTAI_ENV is {settings.env}")
    yield _check("data folder", lambda: _data_folder(settings.data_dir))
    database = Database(settings.database())
    reachable = _check("database", lambda: _database(database))
    yield reachable
    if reachable.ok:
        yield _check("songs", lambda: _songs(settings, database))
    yield _check("snapshot", lambda: _snapshot(settings, database if reachable.ok else None))
    yield _check("port", lambda: _port(settings))


class _Fault(NamedTuple):
    """Something is not in order; ``says`` is what to do."""

    says: str


_Found = str | _Fault


def _check(name: str, look: Callable[[], _Found]) -> Check:
    try:
        found = look()
    except SpotAIError as error:
        return Check(name=name, ok=False, says=redact(error.message))
    except OSError as error:
        return Check(name=name, ok=False, says=f"{error}")
    if isinstance(found, _Fault):
        return Check(name=name, ok=False, says=found.says)
    return Check(name=name, ok=True, says=found)


def _python() -> _Found:
    version = sys.version_info[:2]
    shown = ".".join(map(str, sys.version_info[:3]))
    if not OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        return _Fault(f"{shown} is not supported; install Python 3.11, 3.12 or 3.13")
    return shown


def _data_folder(folder: Path) -> _Found:
    standing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not standing.is_dir():
        return _Fault(f"{standing} is not a folder; set SPOTAI_DATA_DIR to one")
    try:
        with tempfile.TemporaryFile(dir=standing):
            pass
    except OSError as error:
        return _Fault(
            f"{standing} cannot be written to ({error.strerror}); change its owner or set "
            "SPOTAI_DATA_DIR"
        )
    return f"{folder} can be {'written to' if standing == folder else 'made'}"


def _database(database: Database) -> _Found:
    if database.file is not None and not database.file.exists():
        return _Fault(
            f"{database.file} is not there yet; `spotai serve` or `spotai load FILE` makes it"
        )
    if is_empty(database):
        return _Fault("it is empty; `spotai serve` or `spotai load FILE` sets it up")
    if not is_current(database):
        return _Fault("its tables are of an older version; `spotai serve` updates them")
    database.ping()
    return f"{database} answers, its tables are up to date"


def _songs(settings: Settings, database: Database) -> _Found:
    with database.read() as conn:
        songs = count_tracks(conn)
        made_up = is_demo(conn)
    if songs == 0:
        return _Fault("the catalog is empty; load songs: spotai load FILE")
    if made_up and settings.production:
        return _Fault(MADE_UP_IN_PRODUCTION)
    return f"{songs:,}" + (" made-up ones; load real ones: spotai load FILE" if made_up else "")


def _snapshot(settings: Settings, database: Database | None) -> _Found:
    found = generations(settings.snapshots_dir)
    if found:
        # All of it, however large it is, and before anything is looked up in it.
        check_files(found[0], read_manifest(found[0]), most_bytes=sys.maxsize)
    snapshot = Snapshot.open(found[0] if found else settings.snapshots_dir)
    if settings.production and is_made_up(snapshot):
        return _Fault(MADE_UP_IN_PRODUCTION)
    if database is not None and is_stale(database, snapshot):
        return _Fault("is older than the catalog; build a new one: spotai snapshot")
    return f"generation {snapshot.generation} with {len(snapshot):,} songs, whole"


def _port(settings: Settings) -> _Found:
    where = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        # As the server does: a port whose last connections are still closing is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            if _serves_spotai(settings):
                return f"SpotAI is running on {where}"
            return _Fault(
                f"{where} cannot be used ({error.strerror}); set SPOTAI_PORT or SPOTAI_HOST"
            )
    return f"{where} is free"


def _serves_spotai(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(settings.host, settings.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return bool(json.loads(answer.read(LONGEST_ANSWER)) == HealthAnswer().model_dump())
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
