"""``POST /api/imports``: a playlist, pasted or as a file, becomes songs; nothing is fetched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing

from flask import Blueprint, Response, request

from spotai.api.requests import JSON, answer, read_body, read_upload
from spotai.api.schemas import ImportRequest
from spotai.api.state import open_snapshot, state
from spotai.api.track_schemas import ImportAnswer
from spotai.catalog.stored import tracks_with_isrc
from spotai.errors import TooLargeError
from spotai.formats.recognise import pasted_lines, read_pasted, read_playlist
from spotai.formats.rows import Refusal
from spotai.ingest.matching import LONGEST_TEXT, Listed, Matching, match_entries
from spotai.recommend.recipe import MAX_SEEDS

blueprint = Blueprint("imports", __name__)


@blueprint.post("/api/imports")
def imports() -> Response:
    if request.mimetype in {JSON, ""}:
        text = read_body(ImportRequest).text
        with closing(read_pasted(text)) as entries:
            found = _match(entries, field="text")
        shown = [line.strip()[:LONGEST_TEXT] for line in pasted_lines(text)]
        return answer(ImportAnswer.of(open_snapshot(), found, shown))
    with read_upload() as (file, name), closing(read_playlist(file, name)) as entries:
        return answer(ImportAnswer.of(open_snapshot(), _match(entries, field="file")))


def _match(entries: Iterable[Listed | Refusal], *, field: str) -> Matching:
    """Match at most as many entries as a recipe takes seeds. Raises TooLargeError beyond."""
    try:
        return match_entries(open_snapshot(), entries, _find_isrcs, most=MAX_SEEDS)
    except TooLargeError as error:
        raise TooLargeError(error.message, field=field) from None


def _find_isrcs(isrcs: Collection[str]) -> Mapping[str, Sequence[str]]:
    with state().database.read() as conn:
        return tracks_with_isrc(conn, isrcs)
