"""``POST /api/playlists``: a list of songs becomes a playlist of the listener's on Spotify."""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Final, Literal, Self

from flask import Blueprint
from pydantic import Field, model_validator

from spotai.api.operations import NEEDS_DATABASE, READS_SPOTIFY, Link, operation
from spotai.api.schemas import RequestBody
from spotai.api.shelves import HOLDER_BYTES
from spotai.api.state import needed_owner, state
from spotai.api.track_schemas import Answer
from spotai.errors import BusyError, InvalidFieldsError, NotFoundError
from spotai.ingest.saving import LONGEST_DESCRIPTION, Order
from spotai.recommend.recipe import Id
from spotai.tracks import DEMO_PREFIX

blueprint = Blueprint("saving", __name__)

MOST_SAVED: Final = 500
PLAYLIST_URL: Final = "https://open.spotify.com/playlist/"
LINK: Final = re.compile(r"/\?recipe=[A-Za-z0-9._-]+")
TRACK_ID: Final = re.compile(r"[0-9A-Za-z]{22}")


class PlaylistToSave(RequestBody):
    """A list to save. ``key`` is made up by who asks, another one for each save: the same request
    under the same key is done once, however often it is sent, and another one is refused.

    ``mode``: ``create`` makes a playlist; ``replace`` puts the songs in place of those of one that
    was saved here, ``append`` at the end of one. ``link``, as ``/api/links`` and ``/api/recipes``
    answer it, goes into the description.
    """

    key: Annotated[str, Field(min_length=8, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    description: Annotated[str, Field(max_length=200)] = ""
    link: str | None = None
    track_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_SAVED)]
    public: bool = False
    mode: Literal["create", "replace", "append"] = "create"
    playlist_id: Id | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.mode == "create") != (self.playlist_id is None):
            raise ValueError("give a playlist_id to replace or append to, and none to create")
        return self

    @model_validator(mode="after")
    def _is_plain_text(self) -> Self:
        if not self.name.strip() or not (self.name + self.description).isprintable():
            raise ValueError("name and description must be one line each, the name not blank")
        return self


class SavedPlaylistAnswer(Answer):
    """A saved playlist: its id, how many songs were saved, and where it is to be heard.

    ``url`` is null at the stand-in for Spotify.
    """

    id: str
    name: str
    songs: int
    url: str | None


@operation(
    blueprint,
    "POST",
    "/api/playlists",
    status=201,
    needs_session=True,
    problems=(*NEEDS_DATABASE, *READS_SPOTIFY, BusyError, NotFoundError),
    links=(Link("getPlaylist", parameters={"playlist_id": "$response.body#/id"}),),
)
def save(body: PlaylistToSave) -> SavedPlaylistAnswer:
    """Save songs as a playlist of the listener's on Spotify.

    Private unless `public`. When it is cut or refused in the middle, send the same again: it goes
    on from there, and neither a playlist nor a song comes twice. /login?scope=save asks for what it
    needs.
    """
    owner = needed_owner()
    saver = state().shelves.saver(owner, secrets.token_hex(HOLDER_BYTES))
    stand_in = state().settings.has_stand_in
    _refuse_what_spotify_lacks(body.track_ids, stand_in=stand_in)
    order = Order(
        key=body.key,
        mode=body.mode,
        name=body.name,
        description=_description(body),
        track_ids=body.track_ids,
        public=body.public,
        playlist_id=body.playlist_id or "",
    )
    saved = saver.save(order)
    return SavedPlaylistAnswer(
        id=saved.playlist_id,
        name=body.name,
        songs=saved.done,
        url=None if stand_in else f"{PLAYLIST_URL}{saved.playlist_id}",
    )


def _description(body: PlaylistToSave) -> str:
    if body.link is None:
        return body.description
    if not LINK.fullmatch(body.link):
        raise InvalidFieldsError([("link", "must be a link to a recipe, as it was answered")])
    description = f"{body.description} {state().logins.origin}{body.link}".strip()
    if len(description) > LONGEST_DESCRIPTION:
        raise InvalidFieldsError(
            [("link", "is too long for a description: save the recipe, and give its id instead")]
        )
    return description


def _refuse_what_spotify_lacks(track_ids: tuple[str, ...], *, stand_in: bool) -> None:
    for at, track_id in enumerate(track_ids):
        made_up = track_id.startswith(DEMO_PREFIX) and not stand_in
        if made_up or not TRACK_ID.fullmatch(track_id):
            raise InvalidFieldsError(
                [(f"track_ids.{at}", "is no song on Spotify; made-up songs cannot be saved there")]
            )
