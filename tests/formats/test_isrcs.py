"""Codes of recordings: twelve letters and digits or nothing, whichever reader found them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from spotai.catalog.engine import Database
from spotai.catalog.tables import ISRC_LENGTH, track
from spotai.formats.layouts import LAYOUTS
from spotai.formats.recognise import read_playlist
from spotai.formats.rows import ListedTrack
from spotai.ingest.load import load_file
from tests.catalog.songs import song_id
from tests.formats.tables import SONG_ID, csv_text, row_of

CODE: Final = "USABC1234567"
LINK: Final = f"spotify:track:{SONG_ID}"
ODD: Final = {
    CODE: CODE,
    " us-abc-12-34567\n": CODE,
    "": "",
    f"{CODE}8": "",
    f"{CODE},{CODE}": "",
    f"isrc {CODE}": "",
    "USABC123456": "",
    "USABC123456\uff17": "",
    "\ufb01ABC1234567": "",
    "x" * 100_000: "",
    CODE + "\u0301": "",
}


def jspf(*entries: Mapping[str, Any]) -> str:
    return json.dumps({"playlist": {"title": "Mine", "track": entries}})


def tables_with(text: str) -> dict[str, str]:
    """A file of every format that has a place for an ISRC, or might have, by its name."""
    named = {
        layout.name: csv_text([row_of(layout) | {layout.columns.get("isrc", "isrc"): text}])
        for layout in LAYOUTS
    }
    entry = {"track_uri": LINK, "track_name": "Song", "isrc": text}
    mpd = {"playlists": [{"name": "Mine", "pid": 1, "tracks": [entry]}]}
    return named | {
        "jspf": jspf({"location": LINK, "isrc": text}),
        "jspf identifier": jspf({"location": LINK, "identifier": [f"isrc:{text}", text]}),
        "jspf without id": jspf({"title": "Song", "isrc": text}),
        "mpd": json.dumps(mpd),
    }


def isrcs_read(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, content in tables_with(text).items():
        (entry,) = read_playlist(io.BytesIO(content.encode()), name)
        assert isinstance(entry, ListedTrack)
        found[name] = entry.isrc
    return found


@pytest.mark.parametrize(("text", "code"), ODD.items(), ids=[text[:14] for text in ODD])
def test_an_isrc_is_one_or_is_left_out(text: str, code: str) -> None:
    with_isrc = {"songs", "exportify", "jspf", "jspf identifier", "jspf without id"}
    found = {name: isrc for name, isrc in isrcs_read(text).items() if isrc}
    assert found == dict.fromkeys(with_isrc if code else (), code)


@given(
    st.text(max_size=20)
    | st.from_regex(r"[ -]?[A-Za-z\xdf\ufb01]{2}-?[A-Z\u01310-9]{3}-?\d{7,9}", fullmatch=True)
)
def test_no_reader_hands_on_a_longer_one(text: str) -> None:
    text = text.encode(errors="replace").decode().replace("\0", "")
    for isrc in isrcs_read(text).values():
        assert isrc == "" or (len(isrc) == ISRC_LENGTH and isrc.isascii() and isrc.isalnum())


def test_the_catalog_takes_what_the_readers_make_of_them(
    database: Database, tmp_path: Path
) -> None:
    songs = next(layout for layout in LAYOUTS if layout.name == "songs")
    rows, entries = [], []
    for number, text in enumerate(ODD):
        rows.append(row_of(songs) | {"track_id": song_id(number), "isrc": text})
        uri = f"spotify:track:{song_id(100 + number)}"
        entries.append({"location": uri, "isrc": text})
    (tmp_path / "songs.csv").write_text(csv_text(rows), newline="")
    (tmp_path / "mine.jspf").write_text(jspf(*entries))
    for name in ("songs.csv", "mine.jspf"):
        assert load_file(database, tmp_path / name).added == len(ODD)
    with database.read() as conn:
        stored = conn.execute(select(track.c.id, track.c.isrc)).all()
    codes = dict(enumerate(ODD.values())) | dict(enumerate(ODD.values(), start=100))
    assert dict(map(tuple, stored)) == {song_id(n): code or None for n, code in codes.items()}
