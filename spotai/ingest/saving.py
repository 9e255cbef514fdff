"""Saving a list of songs on Spotify: whatever is cut in the middle, it is done once.

What is about to be sent is noted in SQL before, and taken back when Spotify says no. Where no
answer came, whoever goes on looks at Spotify what has come through: for a new playlist by a marker
in its description, for songs by what stands where they were to go.
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
    key_hash_of,
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

# A playlist that was made just now need not be in Spotify's list yet.
SETTLE_SECONDS: Final = 5
# Spotify takes 300 characters; the marker has 19, and a blank before it.
LONGEST_DESCRIPTION: Final = 280


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be saved. The same order under the same ``key`` is known again.

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
    def known_by(self) -> str:
        """What it is known again by."""
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

        Raises BusyError while somebody else does, and SpotifyRefusedError for a playlist to be
        replaced that was not made here.
        """
        self._check(order)
        with self._database.write_aside() as conn:
            save = take_save(
                conn,
                self._account_id,
                key_hash_of(order.known_by),
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
        if save.base is None:
            there = self._client.entries(save.playlist_id).total
            save = self._note(save, base=there)
        if order.mode == "replace" and save.done == 0:
            first = order.track_ids[:MOST_ADDED]
            self._client.change_playlist(
                save.playlist_id, order.name, described(order.description, save.marker)
            )
            self._client.replace_songs(save.playlist_id, first)
            save = self._note(save, done=len(first))
        if save.sent:
            came = self._came_through(order, save)
            save = self._note(save, done=save.done + (save.sent if came else 0), sent=0)
        while save.done < len(order.track_ids):
            save = self._add(order, save)
        with self._database.write_aside() as conn:
            outdate_reading(conn, self._account_id, LISTING)
        return self._note(save, finished=self._now())

    def _make(self, order: Order, save: Save) -> Save:
        made = self._find_made(save) if save.making else None
        if made is None:
            save = self._note(save, making=self._now())
            made = self._sent(
                save,
                {"making": 0},
                lambda: self._client.create_playlist(
                    order.name, described(order.description, save.marker), public=order.public
                ),
            )
        return self._note(save, playlist_id=made.id, making=0)

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
        left = save.making + SETTLE_SECONDS - self._now()
        if left > 0:
            raise SpotifyUnavailableError(
                "Spotify did not say whether it made the playlist. Try again in some seconds: it "
                "will not be made twice.",
                retry_after=left,
            )
        return None

    def _add(self, order: Order, save: Save) -> Save:
        some = order.track_ids[save.done : save.done + MOST_ADDED]
        save = self._note(save, sent=len(some))
        self._sent(save, {"sent": 0}, lambda: self._client.add_songs(save.playlist_id, some))
        return self._note(save, done=save.done + len(some), sent=0)

    def _came_through(self, order: Order, save: Save) -> bool:
        """Whether the songs that were sent without an answer stand in the playlist."""
        sent = order.track_ids[save.done : save.done + save.sent]
        at = (save.base or 0) + save.done
        part = self._client.entries(save.playlist_id, at)
        if part.total < at + len(sent):
            return False
        there = [entry.id for entry in part.rows]
        return there == list(sent[: len(there)])

    def _sent(self, save: Save, nothing: dict[str, int], send: Callable[[], Any]) -> Any:
        """Send; where Spotify says no, nothing was done, and ``nothing`` is noted."""
        try:
            return send()
        except SpotifyUnavailableError:
            raise
        except SpotAIError:
            self._note(save, **nothing)
            raise

    def _note(self, save: Save, **changed: Any) -> Save:
        with self._database.write_aside() as conn:
            return note_save(conn, save, self._holder, self._now(), **changed)

    def _now(self) -> int:
        return int(self._clock())


def described(description: str, marker: str) -> str:
    """Return a description with its marker."""
    return f"{description} {marker}".strip()
