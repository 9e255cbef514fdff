"""Bookkeeping: which file was loaded when, and what became of its rows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from spotai.catalog.tables import load
from spotai.catalog.tracks import Counts

Status = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Load:
    """One load. ``bytes`` is the file's size; times are unix seconds."""

    id: int
    file: str
    format: str
    bytes: int
    started: int
    finished: int | None
    status: Status
    rows_read: int
    added: int
    updated: int
    merged: int
    refused: int
    message: str


def start_load(conn: Connection, file: str, format_name: str, size: int) -> int:
    """Note that a load begins and return its id."""
    inserted = conn.execute(
        insert(load).values(
            file=file,
            format=format_name,
            bytes=size,
            started=int(time.time()),
            status="running",
            rows_read=0,
            **Counts()._asdict(),
            refused=0,
            message="",
        )
    )
    return int(inserted.lastrowid)


def finish_load(conn: Connection, load_id: int, counts: Counts, refused: int) -> None:
    """Note that a load was read to its end."""
    conn.execute(
        update(load)
        .where(load.c.id == load_id)
        .values(
            status="done",
            finished=int(time.time()),
            rows_read=sum(counts) + refused,
            **counts._asdict(),
            refused=refused,
        )
    )


def fail_load(conn: Connection, load_id: int, message: str) -> None:
    """Note that a load failed and changed nothing."""
    failed = {"status": "failed", "finished": int(time.time()), "message": message}
    conn.execute(update(load).where(load.c.id == load_id).values(failed))


def last_done(conn: Connection) -> Load | None:
    """Return the load that was read to its end last, by when it began."""
    done = select(load).where(load.c.status == "done").order_by(load.c.id.desc()).limit(1)
    row = conn.execute(done).first()
    return None if row is None else Load(*row)


def list_loads(conn: Connection, limit: int = 20) -> list[Load]:
    """Return the latest loads, newest first."""
    return [
        Load(*row) for row in conn.execute(select(load).order_by(load.c.id.desc()).limit(limit))
    ]
