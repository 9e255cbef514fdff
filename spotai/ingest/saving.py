"""Saving a list of songs on Spotify: whatever is cut in the middle, it is done once.

What is about to be sent is noted in SQL before, and taken back when Spotify says no. Where no
answer came, whoever goes on looks at Spotify what has come through: for a new playlist by a marker
in its description, for songs by what stands where they were to go. What is not there may still
come: nothing is sent again before ``SETTLE_SECONDS`` have gone by since the call failed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass
from typing import Any, Final

from spotai.catalog.engine import Database
from spotai.catalog.readings import outdate_reading
from spotai.catalog.saves import (
    Mode,
    Save,
    hash_of,
    made_here,
    note_save,
    release_save,
    take_save,
)
from spotai.errors import (
    DependencyError,
    SpotAIError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
)
from spotai.ingest.reading import LISTING
from spotai.spotify.client import MOST_ADDED, SpotifyClient
from spotai.spotify.shapes import Listed

# Spotify takes 300 characters; the marker has 19, and a blank before it.
LONGEST_DESCRIPTION: Final = 280


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be saved. It is known again by its ``key``, which serves for one order only.

    ``playlist_id`` is the one to replace or to append to. ``description`` is without the marker.
    """

    key: str
    mode: Mode
    name: str
    description: str
    track_ids: tuple[str, ...]
    public: bool = False
    playlist_id: str = ""

    @property
    def body(self) -> str:
        """All of it, for comparing with what was given under the same key before."""
        return json.dumps(astuple(self))


class Saver:
    """Saves for one account. ``holder`` names who saves, another one for each request.

    Raises what ``SpotifyClient`` raises; the same order goes on from there when it is given again.
    """

    def __init__(
        self,
        database: Database,
        client: SpotifyClient,
        account_id: str,
        holder: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._client = client
        self._account_id = account_id
        self._holder = holder
        self._clock = clock

    def save(self, order: Order) -> Save:
        """Carry an order out, or what is left of it; return it as it was finished.

        Raises BusyError while somebody else does, SpotifyRefusedError for a playlist to be replaced
        that was not made here, and InvalidFieldsError for a key that was given with another order.
        """
        self._check(order)
        with self._database.write_aside() as conn:
            save = take_save(
                conn,
                self._account_id,
                hash_of(order.key),
                hash_of(order.body),
                order.mode,
                order.playlist_id,
                holder=self._holder,
                now=self._now(),
            )
        if save.finished:
            return save
        try:
            return self._carry_out(order, save)
        except BaseException:
            # Without the database the lease ends by itself.
            with suppress(DependencyError), self._database.write_aside() as conn:
                release_save(conn, save, self._holder)
            raise

    def _check(self, order: Order) -> None:
        if order.mode != "replace":
            return
        with self._database.read() as conn:
            if not made_here(conn, self._account_id, order.playlist_id):
                raise SpotifyRefusedError(
                    "Only a playlist that was saved from here is replaced, so that none of your "
                    "own is lost. Save a new one, or append to it."
                )

    def _carry_out(self, order: Order, save: Save) -> Save:
        if not save.playlist_id:
            save = self._make(order, save)
        if save.sent:
            save = self._look_for_sent(order, save)
        elif save.unsure:
            self._wait_for(save)
        if save.base is None:
            there = self._client.entries(save.playlist_id).total
            save = self._note(save, base=there)
        if order.mode == "replace" and save.done == 0:
            save = self._replace(order, save)
        while save.done < len(order.track_ids):
            save = self._add(order, save)
        self._check_total(order, save)
        with self._database.write_aside() as conn:
            outdate_reading(conn, self._account_id, LISTING)
        return self._note(save, unsure=0, finished=self._now())

    def _make(self, order: Order, save: Save) -> Save:
        made = self._find_made(save) if save.unsure else None
        if made is None:
            self._wait_for(save)
            save = self._note(save, unsure=self._now())
            made = self._sent(
                save,
                {"unsure": 0},
                lambda: self._client.create_playlist(
                    order.name, described(order.description, save.marker), public=order.public
                ),
            )
        return self._note(save, playlist_id=made.id, unsure=0)

    def _find_made(self, save: Save) -> Listed | None:
        """Return the playlist that was asked for, if it was made although no answer came."""
        offset, more = 0, True
        while more:
            part = self._client.playlists(offset)
            for one in part.rows:
                if save.marker in one.description:
                    return one
            offset += part.count
            more = part.more and part.count > 0
        return None

    def _replace(self, order: Order, save: Save) -> Save:
        first = order.track_ids[:MOST_ADDED]
        self._client.change_playlist(
            save.playlist_id, order.name, described(order.description, save.marker)
        )
        save = self._note(save, unsure=self._now())
        self._sent(save, {"unsure": 0}, lambda: self._client.replace_songs(save.playlist_id, first))
        return self._note(save, done=len(first), unsure=0)

    def _add(self, order: Order, save: Save) -> Save:
        some = order.track_ids[save.done : save.done + MOST_ADDED]
        save = self._note(save, sent=len(some), unsure=self._now())
        self._sent(
            save,
            {"sent": 0, "unsure": 0},
            lambda: self._client.add_songs(save.playlist_id, some),
        )
        return self._note(save, done=save.done + len(some), sent=0, unsure=0)

    def _look_for_sent(self, order: Order, save: Save) -> Save:
        """Note whether the songs that were sent without an answer stand in the playlist."""
        if self._came_through(order, save):
            return self._note(save, done=save.done + save.sent, sent=0, unsure=0)
        self._wait_for(save)
        return self._note(save, sent=0, unsure=0)

    def _came_through(self, order: Order, save: Save) -> bool:
        sent = order.track_ids[save.done : save.done + save.sent]
        at = (save.base or 0) + save.done
        part = self._client.entries(save.playlist_id, at)
        if part.total < at + len(sent):
            return False
        there = [entry.id for entry in part.rows]
        return there == list(sent[: len(there)])

    def _check_total(self, order: Order, save: Save) -> None:
        """Look whether all songs stand there before the save is called finished.

        Spotify may be late to count them. Where a replaced list is still another after a while, it
        is replaced once more.
        """
        there = self._client.entries(save.playlist_id).total
        wanted = (save.base or 0) + save.done
        replaces, waited = order.mode == "replace", save.unsure > 0
        # Songs that a listener adds, or takes away meanwhile, are no fault: all were taken.
        if there == wanted or (not replaces and (there > wanted or waited)):
            return
        anew = {"done": 0} if replaces and waited else {}
        self._wait_for(self._note(save, unsure=self._now(), **anew))

    def _wait_for(self, save: Save) -> None:
        """Raise while what was sent without an answer may still come through."""
        left = save.unsettled(self._now())
        if left > 0:
            raise SpotifyUnavailableError(
                "Spotify did not say yet whether it has done all of it. Try again in some seconds: "
                "nothing will be saved twice.",
                retry_after=left,
            )

    def _sent(self, save: Save, nothing: dict[str, int], send: Callable[[], Any]) -> Any:
        """Send; where Spotify says no, nothing was done, and ``nothing`` is noted.

        Without an answer it may be done later: how long we wait counts from when the call failed.
        """
        try:
            return send()
        except BaseException as fault:
            no = isinstance(fault, SpotAIError) and not isinstance(fault, SpotifyUnavailableError)
            # What was noted before and the lease hold without the database.
            with suppress(DependencyError):
                self._note(save, **(nothing if no else {"unsure": self._now()}))
            raise

    def _note(self, save: Save, **changed: Any) -> Save:
        with self._database.write_aside() as conn:
            return note_save(conn, save, self._holder, self._now(), **changed)

    def _now(self) -> int:
        return int(self._clock())


def described(description: str, marker: str) -> str:
    """Return a description with its marker."""
    return f"{description} {marker}".strip()
