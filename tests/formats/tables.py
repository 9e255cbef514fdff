"""Writing small files in the formats the readers know."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from spotai.features import FEATURES
from spotai.formats.table import Layout

SONG_ID = "0aZ" + "1" * 19

MEASURED = {
    f.name: f"{f.minimum if f.integer else (f.minimum + f.maximum) / 2:g}" for f in FEATURES
}
SONG = {
    **{name: value for name, value in MEASURED.items() if name != "release_year"},
    "track_id": SONG_ID,
    "name": "Song, with a comma",
    "artists": "First; Second",
    "album_id": "",
    "album_name": "Album",
    "release_date": "1999-12-31",
    "explicit": "True",
    "genre": "pop; rock",
    "source": "kaggle600k",
}
ENTRY = {
    **{
        n: v for n, v in SONG.items() if n in MEASURED and n not in {"popularity", "time_signature"}
    },
    "track_id": SONG_ID,
    "track_name": "Song",
    "track_artist": "First",
    "track_popularity": "77",
    "track_album_id": "a" * 22,
    "track_album_name": "Album",
    "track_album_release_date": "2012",
    "playlist_name": "Pop Remix",
    "playlist_id": "p" * 22,
    "playlist_genre": "pop",
    "playlist_subgenre": "dance pop",
}
CELLS = {
    "id": SONG_ID,
    "title": "Song",
    "artists": "First",
    "artist_ids": "",
    "album": "Album",
    "album_id": "",
    "date": "1999-12-31",
    "year": "1999",
    "explicit": "True",
    "genres": "pop",
    "subgenres": "dance pop",
    "playlist_id": "p" * 22,
    "playlist_name": "Pop Remix",
}


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as CSV; the header is that of the first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_csv(path: Path, *rows: Mapping[str, str]) -> Path:
    """Write rows as CSV, packed when the name ends in ``.gz``."""
    data = csv_text(rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def row_of(layout: Layout) -> dict[str, str]:
    """A row of any layout, with every feature and the columns it needs."""
    row = dict.fromkeys(layout.marks, "x")
    for meaning, written in layout.written.items():
        if meaning not in layout.optional or meaning in layout.features:
            text = MEASURED.get(meaning) or CELLS[meaning]
            if meaning == "artists" and layout.name in {"kaggle-1.2m", "kaggle-600k"}:
                text = "['First', \"Second's\"]"
            row[written.partition("|")[0]] = text
    return row


def header_of(layout: Layout) -> str:
    return ",".join(layout.needed) + "\n"
