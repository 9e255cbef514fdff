"""Whatever is done to a file, rows, refusals or one clear error come back."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.errors import FormatError, TooLargeError
from spotai.formats.layouts import LAYOUTS
from spotai.formats.recognise import read_playlist
from spotai.formats.rows import ListedTrack, Refusal
from tests.formats.tables import SONG_ID, csv_text, row_of

LINK = f"https://open.spotify.com/track/{SONG_ID}"
TRACK = {"track_uri": f"spotify:track:{SONG_ID}", "track_name": "Ü", "duration_ms": 1}
FILES = {
    **{layout.name: csv_text([row_of(layout)] * 5) for layout in LAYOUTS},
    "mpd": json.dumps({"playlists": [{"name": "x", "pid": 1, "tracks": [TRACK] * 5}]}, indent=1),
    "jspf": json.dumps({"playlist": {"track": [{"location": [LINK], "title": "Ü"}] * 5}}),
    "m3u": f"#EXTM3U\n#EXTINF:1,A - B\n{LINK}\nmusic/a.mp3\n" * 3,
    "links": f"# mine\n{SONG_ID}\n{LINK}\n" * 3,
    "markdown": f"# [P](https://open.spotify.com/playlist/{'p' * 22})\n1. [Ü]({LINK})\n" * 3,
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252")

Change = Callable[[bytes], bytes]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """One thing that happens to files: cut, spoiled, repeated, blown up, packed, unpacked."""
    share = draw(st.floats(0, 1))
    junk = draw(st.binary(max_size=30) | st.text(max_size=20).map(str.encode))
    times = draw(st.integers(1, 4))
    changes: list[Change] = [
        lambda data: data[: int(len(data) * share)],
        lambda data: data[int(len(data) * share) :],
        lambda data: data[: int(len(data) * share)] + junk + data[int(len(data) * share) :],
        lambda data: data.replace(data[int(len(data) * share) :][:1], junk[:1]),
        lambda data: (
            data[: int(len(data) * share)] + b"9x" * 80_000 + data[int(len(data) * share) :]
        ),
        lambda data: data * times,
        gzip.compress,
        lambda data: gzip.compress(data)[: int(len(data) * share) + 3],
    ]
    return draw(st.sampled_from(changes))


def outcome(data: bytes, name: str) -> list[ListedTrack | Refusal]:
    """What is read until the end, or until an error that is meant for people."""
    found: list[ListedTrack | Refusal] = []
    with contextlib.suppress(FormatError, TooLargeError):
        found.extend(read_playlist(io.BytesIO(data), name))
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.sampled_from(ENCODINGS),
    st.lists(changes(), max_size=3),
)
def test_changed_files(kind: str, encoding: str, done: list[Change]) -> None:
    data = FILES[kind].encode(encoding, "replace")
    for change in done:
        data = change(data)
    for item in outcome(data, f"{kind} of mine"):
        assert isinstance(item, ListedTrack | Refusal)
        assert item.line >= 1


@settings(deadline=None)
@given(st.data())
def test_any_order_of_columns_gives_the_same_rows(data: st.DataObject) -> None:
    layout = data.draw(st.sampled_from(LAYOUTS))
    row = row_of(layout)
    columns = data.draw(st.permutations(list(row)))
    shuffled = csv_text([{column: row[column] for column in columns}])
    assert outcome(shuffled.encode(), "mine.csv") == outcome(csv_text([row]).encode(), "mine.csv")


@given(st.sampled_from(sorted(FILES)), st.dictionaries(st.integers(0, 25), st.text(max_size=30)))
def test_any_text_in_any_cell(kind: str, texts: dict[int, str]) -> None:
    layout = next((layout for layout in LAYOUTS if layout.name == kind), LAYOUTS[0])
    row = row_of(layout)
    spoiled = {
        column: texts.get(at, cell).encode("utf-8", "replace").decode()
        for at, (column, cell) in enumerate(row.items())
    }
    found = outcome(csv_text([row, spoiled, row]).encode(), "mine.csv")
    assert isinstance(found[0], ListedTrack)
    assert found[0]._replace(line=0) == ListedTrack(0, *found[-1][1:])


@given(st.binary(max_size=300))
def test_random_bytes(data: bytes) -> None:
    outcome(data, "noise")


def test_a_small_file_that_unpacks_to_a_huge_one_is_too_large() -> None:
    bomb = gzip.compress(f"{SONG_ID}\n".encode() * 2_000_000)
    assert len(bomb) < 2**20
    with pytest.raises(TooLargeError, match=r"bomb\.gz is larger than 1 MiB when unpacked"):
        list(read_playlist(io.BytesIO(bomb), "bomb.gz", largest=2**20))


def test_a_stream_stays_open_and_may_be_read_again() -> None:
    stream = io.BytesIO(f"{SONG_ID}\n".encode())
    for _ in range(2):
        assert [item[:2] for item in read_playlist(stream, "mine.txt")] == [(1, SONG_ID)]
        stream.seek(0)


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n" + "9x" * 80_000 + "/a.mp3\n",
        "\n" * 60_000 + "CREATOR",
        SONG_ID + "\n" + "spotify:" * 100_000 + "\n",
        f"[x](spotify:track:{SONG_ID})\n" + "[" * 500_000 + "](",
        "{" + '"a":[' * 100_000,
        "track_id,playlist_id,playlist_name\n" + "spotify:x" * 10_000 + ",p,n\n",
    ],
    ids=["path", "blank lines", "uris", "brackets", "depth", "cell"],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    outcome(text.encode(), "hostile.txt")
    assert time.process_time() - began < 5
