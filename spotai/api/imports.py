"""``POST /api/imports``: pasted ids and links become songs of the catalog; nothing is fetched."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from spotai.api.requests import answer, read_body
from spotai.api.schemas import ImportAnswer, ImportRequest, TrackAnswer, Unmatched
from spotai.api.state import open_snapshot
from spotai.errors import TooLargeError
from spotai.formats.links import read_links
from spotai.formats.rows import Refusal
from spotai.recommend.recipe import MAX_SEEDS
from spotai.search import Snapshot

LONGEST_TEXT: Final = 200

blueprint = Blueprint("imports", __name__)


@blueprint.post("/api/imports")
def imports() -> Response:
    asked = read_body(ImportRequest)
    return answer(match_links(open_snapshot(), asked.text))


def match_links(snapshot: Snapshot, text: str) -> ImportAnswer:
    """Find the songs of ``text`` in the snapshot; each piece that is none gets a reason.

    Raises TooLargeError beyond 10,000 pieces, as many as a recipe takes.
    """
    lines: dict[str, int] = {}
    unmatched: list[Unmatched] = []
    pieces = 0
    for number, line in enumerate(text.splitlines(), start=1):
        shown = line.strip()[:LONGEST_TEXT]
        for piece in read_links([line]):
            pieces += 1
            if pieces > MAX_SEEDS:
                raise TooLargeError(
                    f"at most {MAX_SEEDS:,} songs are taken at once; split the text", field="text"
                )
            if isinstance(piece, Refusal):
                unmatched.append(Unmatched(line=number, text=shown, reason=piece.reason))
            else:
                lines.setdefault(piece, number)
    rows = dict(zip(lines, snapshot.rows_of(lines).tolist(), strict=True))
    duplicates = pieces - len(unmatched) - len(lines)
    unmatched += [
        Unmatched(line=lines[track], text=track, reason="no song of the catalog has this id")
        for track, row in rows.items()
        if row < 0
    ]
    return ImportAnswer(
        tracks=tuple(TrackAnswer.of(snapshot.song(row)) for row in rows.values() if row >= 0),
        unmatched=tuple(sorted(unmatched, key=lambda each: each.line)),
        duplicates=duplicates,
    )
