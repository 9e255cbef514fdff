"""``POST /api/imports``: a playlist, pasted or as a file, becomes songs; nothing is fetched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Final

from flask import Blueprint

from spotai.api.operations import NEEDS_DATABASE, NEEDS_SNAPSHOT, operation
from spotai.api.requests import Upload
from spotai.api.schemas import ImportRequest
from spotai.api.state import open_snapshot, state
from spotai.api.track_schemas import ImportAnswer
from spotai.catalog.stored import tracks_with_isrc
from spotai.errors import BusyError, DependencyError, FormatError, TooLargeError
from spotai.formats.recognise import pasted_lines, read_pasted, read_playlist
from spotai.formats.rows import Refusal
from spotai.ingest.matching import LONGEST_TEXT, Listed, Matching, match_entries
from spotai.recommend.recipe import MAX_SEEDS

TURN_SECONDS: Final = 5.0

blueprint = Blueprint("imports", __name__)


# What reading songs, pasted or as a file, may come to.
READS_SONGS: Final = (
    FormatError,
    TooLargeError,
    BusyError,
    DependencyError,
    *NEEDS_DATABASE,
    *NEEDS_SNAPSHOT,
)


@operation(blueprint, "POST", "/api/imports", problems=READS_SONGS)
def imports(body: ImportRequest | Upload) -> ImportAnswer:
    """Match a playlist, pasted or as a file, with songs of the catalog.

    No link is fetched. A file, plain or gzip, comes as the one `file` of a form, or as the body
    under its own content type. `unmatched` says for each other piece where it stands and why it
    is no song.
    """
    found, shown = read_songs(body, most=MAX_SEEDS)
    return ImportAnswer.of(open_snapshot(), found, shown)


def read_songs(body: ImportRequest | Upload, *, most: int) -> tuple[Matching, Sequence[str]]:
    """Match at most ``most`` entries; return them with the lines of a pasted text as shown.

    Raises the errors of ``READS_SONGS``.
    """
    with _turn():
        if isinstance(body, ImportRequest):
            with closing(read_pasted(body.text)) as entries:
                found = _match(entries, field="text", most=most)
            return found, [line.strip()[:LONGEST_TEXT] for line in pasted_lines(body.text)]
        with closing(read_playlist(body.file, body.name)) as entries:
            return _match(entries, field="file", most=most), ()


@contextmanager
def _turn() -> Iterator[None]:
    """Wait some seconds for one of the few turns to read an import. Raises BusyError."""
    turns = state().imports
    if not turns.acquire(timeout=TURN_SECONDS):
        raise BusyError("Other imports are being read; send this one again in some seconds.")
    try:
        yield
    finally:
        turns.release()


def _match(entries: Iterable[Listed | Refusal], *, field: str, most: int) -> Matching:
    """Match at most ``most`` entries. Raises TooLargeError beyond."""
    try:
        return match_entries(open_snapshot(), entries, _find_isrcs, most=most)
    except TooLargeError as error:
        raise TooLargeError(error.message, field=field) from None


def _find_isrcs(isrcs: Collection[str]) -> Mapping[str, Sequence[str]]:
    with state().database.read() as conn:
        return tracks_with_isrc(conn, isrcs)
