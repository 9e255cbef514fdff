"""Lists of songs that accounts save on Spotify, and how far each is: none is saved twice.

A save is known by a key of whoever asks for it. What is about to be sent is noted before, so that
whoever goes on after a cut connection knows what may have come through. Times are unix seconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    insert,
    not_,
    or_,
    select,
    update,
)

from spotai.catalog.tables import account, spotify_save
from spotai.errors import BusyError, GrantEndedError, InvalidFieldsError, LeaseLostError

Mode = Literal["create", "replace", "append"]

LEASE_SECONDS: Final = 60
# After a call failed without an answer: until then Spotify may still do what it asked for, and a
# playlist that was made just now need not be in its list.
SETTLE_SECONDS: Final = 30
# What an unfinished or finished save is kept for; what it made can be replaced that long.
KEPT_SECONDS: Final = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Save:
    """One save. ``playlist_id`` is empty until it is known.

    ``unsure``: when a call without an answer failed, or was sent, else 0. ``done`` songs are there;
    ``sent`` more may be, after a call without an answer. ``base`` is how many stood there before
    ours, None until that is known. ``finished`` is 0 until all is done.
    """

    account_id: str
    key_hash: str
    mode: Mode
    playlist_id: str
    base: int | None
    done: int
    sent: int
    unsure: int
    finished: int

    @property
    def marker(self) -> str:
        """What a playlist made for it carries in its description, to be found by."""
        return f"spotai-{self.key_hash[:12]}"

    def unsettled(self, now: int) -> int:
        """For how many seconds what was sent may still come through; 0 or less: no longer."""
        return self.unsure + SETTLE_SECONDS - now


def hash_of(text: str) -> str:
    """Return what a key, or the body that is saved under it, is known again by."""
    return hashlib.sha256(text.encode()).hexdigest()


def take_save(
    conn: Connection,
    account_id: str,
    key_hash: str,
    body_hash: str,
    mode: Mode,
    playlist_id: str,
    *,
    holder: str,
    now: int,
) -> Save:
    """Begin a save, or go on with it; a finished one is only returned.

    ``playlist_id`` is empty for a new one. Raises BusyError while somebody else goes on with it
    or another save of the same playlist is not through, GrantEndedError when the account is
    gone, and InvalidFieldsError where the key was given with another body.
    """
    held = select(account.c.id).where(account.c.id == account_id).with_for_update()
    if conn.scalar(held) is None:
        raise GrantEndedError("This account was deleted here. Log in again to go on.")
    this = _of(account_id, key_hash)
    found = conn.execute(select(spotify_save).where(this)).first()
    if found is not None and found.body_hash != body_hash:
        raise InvalidFieldsError(
            [("key", "was given with another list before; make up another key for each save")]
        )
    if found is None or not found.finished:
        _refuse_beside_another(
            conn, this, account_id, found.playlist_id if found else playlist_id, now
        )
    if found is None:
        old = spotify_save.c.started <= now - KEPT_SECONDS
        conn.execute(delete(spotify_save).where(spotify_save.c.account_id == account_id, old))
        conn.execute(
            insert(spotify_save).values(
                account_id=account_id,
                key_hash=key_hash,
                body_hash=body_hash,
                mode=mode,
                playlist_id=playlist_id,
                base=None if mode == "append" else 0,
                done=0,
                sent=0,
                unsure=0,
                started=now,
                finished=0,
                holder=holder,
                lease_ends=now + LEASE_SECONDS,
            )
        )
    elif not found.finished:
        free = or_(spotify_save.c.lease_ends <= now, spotify_save.c.holder == holder)
        lease = {"holder": holder, "lease_ends": now + LEASE_SECONDS}
        if conn.execute(update(spotify_save).where(this, free).values(lease)).rowcount == 0:
            raise BusyError("This list is being saved just now; ask again in a moment.")
    return _save(conn.execute(select(spotify_save).where(this)).one())


def note_save(conn: Connection, save: Save, holder: str, now: int, **changed: Any) -> Save:
    """Note how far a save is, and prolong its lease. Raises LeaseLostError."""
    this = and_(_of(save.account_id, save.key_hash), spotify_save.c.holder == holder)
    values = {**changed, "lease_ends": now + LEASE_SECONDS}
    if conn.execute(update(spotify_save).where(this).values(values)).rowcount == 0:
        raise LeaseLostError("Somebody else goes on saving this list; ask again in a moment.")
    return _save(conn.execute(select(spotify_save).where(this)).one())


def release_save(conn: Connection, save: Save, holder: str) -> None:
    """Give the lease of a save back, for whoever tries again."""
    this = and_(_of(save.account_id, save.key_hash), spotify_save.c.holder == holder)
    conn.execute(update(spotify_save).where(this).values(holder="", lease_ends=0))


def made_here(conn: Connection, account_id: str, playlist_id: str) -> bool:
    """Whether a playlist of an account was made by a save."""
    made = conn.scalar(
        select(spotify_save.c.key_hash)
        .where(
            spotify_save.c.account_id == account_id,
            spotify_save.c.playlist_id == playlist_id,
            spotify_save.c.mode == "create",
        )
        .limit(1)
    )
    return made is not None


def made_by(conn: Connection, account_id: str) -> frozenset[str]:
    """Return the ids of the playlists of an account that were made by saves."""
    made = conn.scalars(
        select(spotify_save.c.playlist_id).where(
            spotify_save.c.account_id == account_id,
            spotify_save.c.playlist_id != "",
            spotify_save.c.mode == "create",
        )
    )
    return frozenset(made)


def _refuse_beside_another(
    conn: Connection, this: ColumnElement[bool], account_id: str, playlist_id: str, now: int
) -> None:
    """Raise BusyError where the songs of two saves would mix in one playlist.

    What another save sent without an answer may still come through after its lease.
    """
    other = select(spotify_save.c.key_hash).where(
        spotify_save.c.account_id == account_id,
        spotify_save.c.playlist_id == playlist_id,
        spotify_save.c.finished == 0,
        not_(this),
        or_(spotify_save.c.lease_ends > now, spotify_save.c.unsure > now - SETTLE_SECONDS),
    )
    if playlist_id and conn.scalar(other.limit(1)) is not None:
        raise BusyError("Another list is being saved into this playlist; ask again in a moment.")


def _of(account_id: str, key_hash: str) -> ColumnElement[bool]:
    return and_(spotify_save.c.account_id == account_id, spotify_save.c.key_hash == key_hash)


def _save(row: Row[Any]) -> Save:
    return Save(
        account_id=row.account_id,
        key_hash=row.key_hash,
        mode=row.mode,
        playlist_id=row.playlist_id,
        base=row.base,
        done=row.done,
        sent=row.sent,
        unsure=row.unsure,
        finished=row.finished,
    )
