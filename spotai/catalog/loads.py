"""Bookkeeping: which file was loaded when, and what became of its rows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, update

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
    playlists: int
    message: str


def start_load(conn: Connection, file: str, format_name: str, size: int) -> int:
    """Note that a load begins and return its id.

    Loads that should still be running are noted as interrupted: one that merely waits for its
    turn corrects that at its end.
    """
    running = update(load).where(load.c.status == "running")
    conn.execute(running.values(_failed("interrupted")))
    inserted = conn.execute(
        insert(load).values(
            file=_storable(file),
            format=format_name,
            bytes=size,
            started=int(time.time()),
            status="running",
            rows_read=0,
            **Counts()._asdict(),
            refused=0,
            playlists=0,
            message="",
        )
    )
    return int(inserted.lastrowid)


def finish_load(
    conn: Connection, load_id: int, counts: Counts, refused: int, playlists: int
) -> None:
    """Note that a load was read to its end, and how many playlists it stored."""
    conn.execute(
        update(load)
        .where(load.c.id == load_id)
        .values(
            status="done",
            finished=int(time.time()),
            rows_read=sum(counts) + refused,
            **counts._asdict(),
            refused=refused,
            playlists=playlists,
            message="",
        )
    )


def fail_load(conn: Connection, load_id: int, message: str) -> None:
    """Note that a load failed and changed nothing."""
    conn.execute(update(load).where(load.c.id == load_id).values(_failed(message)))


def forget_load(conn: Connection, load_id: int) -> None:
    """Strike out a load that turned out not to be needed."""
    conn.execute(delete(load).where(load.c.id == load_id))


def last_change(conn: Connection) -> Load | None:
    """Return the load that changed the catalog last, by when it began."""
    changes = select(load).where(
        load.c.status == "done", load.c.added + load.c.updated + load.c.playlists > 0
    )
    row = conn.execute(changes.order_by(load.c.id.desc()).limit(1)).first()
    return None if row is None else Load(*row)


def _failed(message: str) -> dict[str, object]:
    return {"status": "failed", "finished": int(time.time()), "message": _storable(message)}


def _storable(text: str) -> str:
    """Return the text with a mark for each byte of a file name that is no UTF-8."""
    return text.encode(errors="replace").decode()
