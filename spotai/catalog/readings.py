"""How far accounts' lists on Spotify were read, and the pages read of them.

An account has one **reading** of each **subject**: a playlist by its id, or another list by a name.
Whoever holds its lease goes on with it, in whatever process; a lease that is not prolonged ends by
itself. Each time a subject is read anew its reading gets a new number, and the pages of the last
one that came to its end stay until the next one does. ``mark`` says which state of the list is
read, such as Spotify's ``snapshot_id``. All of it goes with the account's tokens. Times are unix
seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from spotai.catalog.batches import put_rows
from spotai.catalog.grants import hold_grant
from spotai.catalog.tables import spotify_page, spotify_reading
from spotai.errors import LeaseLostError

LEASE_SECONDS: Final = 30
# What nobody has asked for that long is not gone on with by itself.
ORPHAN_SECONDS: Final = 24 * 60 * 60

_FREE: Final = {"holder": "", "lease_ends": 0}
_UNTROUBLED: Final = {"problem": "", "message": "", "not_before": 0}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a reading does not go on before ``until``: a problem's slug and its message."""

    slug: str
    message: str
    until: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one subject. ``done`` and ``total`` count entries.

    ``complete`` is the number of the last one that came to its end, ``complete_mark`` and
    ``finished`` are what it read and when it was done.
    """

    account_id: str
    subject: str
    number: int
    mark: str
    done: int
    total: int
    started: int
    complete: int | None
    complete_mark: str
    finished: int
    trouble: Trouble | None

    @property
    def goes_on(self) -> bool:
        """Whether it is not at its end."""
        return self.number != self.complete


def find_reading(conn: Connection, account_id: str, subject: str) -> Reading | None:
    """Return the reading of a subject, None when it was never begun."""
    row = conn.execute(select(spotify_reading).where(_of(account_id, subject))).first()
    return None if row is None else _reading(row)


def find_troubles(conn: Connection, account_id: str, slug: str) -> set[str]:
    """Return the subjects of an account whose readings ended in this problem."""
    return set(
        conn.scalars(
            select(spotify_reading.c.subject).where(
                spotify_reading.c.account_id == account_id, spotify_reading.c.problem == slug
            )
        )
    )


def begin_reading(
    conn: Connection, account_id: str, subject: str, mark: str, total: int, now: int
) -> Reading:
    """Begin to read a subject, unless this state of it is being read, or was read, already.

    The reading of another state is given up. Raises GrantEndedError.
    """
    hold_grant(conn, account_id)
    kept = find_reading(conn, account_id, subject)
    if kept is not None and kept.mark == mark:
        return kept
    begun = {"mark": mark, "done": 0, "total": total, "started": now, **_FREE, **_UNTROUBLED}
    if kept is None:
        never = {"complete": None, "complete_mark": "", "finished": 0}
        own = {"account_id": account_id, "subject": subject, "number": 1}
        conn.execute(insert(spotify_reading).values(**own, **begun, **never))
        return Reading(account_id, subject, 1, mark, 0, total, now, None, "", 0, None)
    number = kept.number + 1
    _delete_pages(conn, kept, but=kept.complete)
    this = _of(account_id, subject)
    conn.execute(update(spotify_reading).where(this).values(number=number, **begun))
    return Reading(
        account_id,
        subject,
        number,
        mark,
        0,
        total,
        now,
        kept.complete,
        kept.complete_mark,
        kept.finished,
        None,
    )


def take_reading(conn: Connection, reading: Reading, holder: str, now: int) -> Reading | None:
    """Take the lease of a reading that goes on; return it as it stands now.

    None when somebody else holds it, when it is to wait, when it is at its end, or began anew.
    """
    free = or_(
        spotify_reading.c.lease_ends <= now,
        spotify_reading.c.holder == holder,
    )
    taken = conn.execute(
        update(spotify_reading)
        .where(_this(reading), _unfinished(), free, spotify_reading.c.not_before <= now)
        .values(holder=holder, lease_ends=now + LEASE_SECONDS, **_UNTROUBLED)
    )
    if taken.rowcount == 0:
        return None
    return find_reading(conn, reading.account_id, reading.subject)


def keep_page(
    conn: Connection,
    reading: Reading,
    holder: str,
    *,
    entries: bytes,
    done: int,
    total: int,
    now: int,
) -> None:
    """Store the page that begins at ``reading.done``; ``done`` entries are read with it.

    Raises LeaseLostError.
    """
    note_progress(conn, reading, holder, done=done, total=total, now=now)
    page = {
        "account_id": reading.account_id,
        "subject": reading.subject,
        "number": reading.number,
        "first": reading.done,
        "entries": entries,
    }
    put_rows(conn, spotify_page, [page])


def note_progress(
    conn: Connection, reading: Reading, holder: str, *, done: int, total: int, now: int
) -> None:
    """Note how far a reading is, and prolong its lease. Raises LeaseLostError."""
    ends = now + LEASE_SECONDS
    values = {"done": done, "total": max(done, total), "lease_ends": ends}
    _change(conn, reading, holder, values)


def complete_reading(conn: Connection, reading: Reading, holder: str, now: int) -> None:
    """Bring a reading to its end: its pages take the place of those before.

    Raises LeaseLostError.
    """
    ended = {"complete": reading.number, "complete_mark": reading.mark, "finished": now}
    _change(conn, reading, holder, {**ended, **_FREE})
    _delete_pages(conn, reading, but=reading.number)


def pause_reading(conn: Connection, reading: Reading, holder: str, trouble: Trouble | None) -> None:
    """Give the lease back, with what is in the way if anything is. Does nothing without it."""
    said = (
        {}
        if trouble is None
        else {"problem": trouble.slug, "message": trouble.message, "not_before": trouble.until}
    )
    held = and_(_this(reading), spotify_reading.c.holder == holder)
    conn.execute(update(spotify_reading).where(held).values(**_FREE, **said))


def outdate_reading(conn: Connection, account_id: str, subject: str) -> None:
    """Note that what was read of a subject is no longer how it is."""
    void = {"finished": 0, "mark": ""}
    conn.execute(update(spotify_reading).where(_of(account_id, subject)).values(void))


def pages_of(
    conn: Connection, reading: Reading, number: int, first: int = 0, last: int | None = None
) -> Iterator[tuple[int, bytes]]:
    """Yield the pages of one number with the place of their first entry, in order.

    Only those that begin at ``first`` or later, and before ``last``.
    """
    wanted = [_pages(reading), spotify_page.c.number == number, spotify_page.c.first >= first]
    if last is not None:
        wanted.append(spotify_page.c.first < last)
    rows = conn.execute(
        select(spotify_page.c.first, spotify_page.c.entries)
        .where(*wanted)
        .order_by(spotify_page.c.first)
    )
    for row in rows:
        yield row.first, row.entries


def find_orphans(conn: Connection, now: int, limit: int) -> list[Reading]:
    """Return readings that nobody goes on with and somebody could, the oldest first."""
    rows = conn.execute(
        select(spotify_reading)
        .where(
            _unfinished(),
            spotify_reading.c.lease_ends <= now,
            spotify_reading.c.not_before <= now,
            spotify_reading.c.started > now - ORPHAN_SECONDS,
        )
        .order_by(spotify_reading.c.started)
        .limit(limit)
    )
    return [_reading(row) for row in rows]


def _change(conn: Connection, reading: Reading, holder: str, values: Mapping[str, Any]) -> None:
    held = and_(_this(reading), spotify_reading.c.holder == holder, _unfinished())
    if conn.execute(update(spotify_reading).where(held).values(values)).rowcount == 0:
        raise LeaseLostError("Another process goes on with this reading.")


def _reading(row: Row[Any]) -> Reading:
    trouble = Trouble(row.problem, row.message, row.not_before) if row.problem else None
    return Reading(
        account_id=row.account_id,
        subject=row.subject,
        number=row.number,
        mark=row.mark,
        done=row.done,
        total=row.total,
        started=row.started,
        complete=row.complete,
        complete_mark=row.complete_mark,
        finished=row.finished,
        trouble=trouble,
    )


def _delete_pages(conn: Connection, reading: Reading, *, but: int | None) -> None:
    others = [] if but is None else [spotify_page.c.number != but]
    conn.execute(delete(spotify_page).where(_pages(reading), *others))


def _of(account_id: str, subject: str) -> ColumnElement[bool]:
    return and_(spotify_reading.c.account_id == account_id, spotify_reading.c.subject == subject)


def _this(reading: Reading) -> ColumnElement[bool]:
    same = spotify_reading.c.number == reading.number
    return and_(_of(reading.account_id, reading.subject), same)


def _pages(reading: Reading) -> ColumnElement[bool]:
    return and_(
        spotify_page.c.account_id == reading.account_id,
        spotify_page.c.subject == reading.subject,
    )


def _unfinished() -> ColumnElement[bool]:
    complete = spotify_reading.c.complete
    return or_(complete.is_(None), complete != spotify_reading.c.number)
