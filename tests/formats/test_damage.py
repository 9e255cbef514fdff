"""What exactly becomes of a file of each format that is cut, mis-encoded, blown up or reordered."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import FormatError, TooLargeError
from spotai.formats.layouts import LAYOUTS
from spotai.formats.recognise import open_rows, read_playlist
from spotai.formats.rows import Item, ListedTrack, PlaylistEntry, Refusal
from spotai.tracks import Track
from tests.formats.tables import csv_text, row_of

IDS = [f"{number:022}" for number in range(1, 6)]
LINKS = [f"https://open.spotify.com/track/{track_id}" for track_id in IDS]

Make = Callable[[str], str]


def table(layout_name: str) -> Make:
    layout = next(layout for layout in LAYOUTS if layout.name == layout_name)
    title = layout.columns.get("title", "remark")

    def make(name: str) -> str:
        changes = [{layout.columns["id"].partition("|")[0]: each, title: name} for each in IDS]
        return csv_text([row_of(layout) | change for change in changes])

    return make


def mpd(name: str) -> str:
    tracks = [{"track_uri": f"spotify:track:{each}", "track_name": name} for each in IDS]
    playlist = {"name": "x", "pid": 1, "tracks": tracks}
    return json.dumps({"playlists": [playlist]}, indent=1, ensure_ascii=False)


def jspf(name: str) -> str:
    tracks = [{"location": [link], "title": name} for link in LINKS]
    return json.dumps({"playlist": {"track": tracks}}, indent=1, ensure_ascii=False)


def m3u(name: str) -> str:
    return "#EXTM3U\n" + "".join(f"#EXTINF:1,Someone - {name}\n{link}\n" for link in LINKS)


def markdown(name: str) -> str:
    return "# Mine\n" + "".join(f"1. [{name}]({link})\n" for link in LINKS)


def links(name: str) -> str:
    return f"# {name}\n" + "".join(f"{link}\n" for link in LINKS)


FORMATS: dict[str, Make] = {
    **{layout.name: table(layout.name) for layout in LAYOUTS},
    "mpd": mpd,
    "jspf": jspf,
    "m3u": m3u,
    "markdown": markdown,
    "links": links,
}
every_format = pytest.mark.parametrize("kind", FORMATS)


def read(data: bytes) -> list[ListedTrack | Refusal]:
    return list(read_playlist(io.BytesIO(data), "mine"))


def attempt(do: Callable[[], list[Any]]) -> tuple[list[Any], str]:
    """What is read, or what is said in place of it."""
    try:
        return do(), ""
    except (FormatError, TooLargeError) as error:
        return [], error.message


def ids(found: list[ListedTrack | Refusal]) -> list[str]:
    return [item.track_id for item in found if isinstance(item, ListedTrack)]


def load(path: Path) -> list[Item]:
    with open_rows(path) as file:
        return list(file.items)


@every_format
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read(kind: str, encoding: str, tmp_path: Path) -> None:
    data = FORMATS[kind]("Ünder 汉字").encode(encoding)
    assert ids(read(data)) == ids(read(gzip.compress(data))) == IDS
    path = tmp_path / "mine"
    path.write_bytes(data)
    tracks = [item for item in load(path) if isinstance(item, Track)]
    assert [track.id for track in tracks] == IDS
    assert {track.title for track in tracks} <= {"Ünder 汉字", ""}


@every_format
@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-16", "in UTF-16"),
        ("utf-16-le", "in UTF-16|ends too early|no UTF-8"),
        ("latin-1", "0xdc, as files in Latin-1"),
        ("cp1252", "0xdc, as files in Latin-1"),
    ],
)
def test_other_encodings_are_named(kind: str, encoding: str, says: str) -> None:
    data = FORMATS[kind]("Ünder").encode(encoding)
    for changed in (data, gzip.compress(data)):
        with pytest.raises(FormatError, match=says):
            read(changed)


@every_format
def test_a_cut_file_gives_its_beginning_or_is_refused(kind: str) -> None:
    whole = FORMATS[kind]("Ü").encode()
    for length in range(len(whole)):
        found, said = attempt(partial(read, whole[:length]))
        # The last row may have lost its end: it is poorer then, has no id, or is refused.
        *before, last = found or [Refusal(1, said)]
        assert ids(before) == IDS[: len(before)]
        assert ids([last]) in ([], [""], IDS[len(before) : len(before) + 1])


@every_format
def test_a_cut_packed_file_is_always_refused(kind: str) -> None:
    packed = gzip.compress(FORMATS[kind]("Ü").encode())
    for length in range(12, len(packed)):
        with pytest.raises(FormatError, match=r"too early|cut off|is empty|damaged"):
            read(packed[:length])


@every_format
@pytest.mark.parametrize("size", [1_001, 200_000, 2**21])
def test_a_huge_name_takes_nobody_down(kind: str, size: int) -> None:
    """A row with it is refused, or the name is left out; where rows cannot be told, the file is."""
    found, said = attempt(partial(read, FORMATS[kind]("x" * size).encode()))
    assert len(found) == (0 if said else len(IDS))
    assert not said or (said.startswith("mine") and size > 100_000)
    for item in found:
        if isinstance(item, Refusal):
            assert len(item.reason) < 500
        else:
            assert len(item.title) <= 1_000


@pytest.mark.parametrize("kind", ["m3u", "markdown", "links"])
@given(st.data())
def test_reordered_lines_are_the_reordered_playlist(kind: str, data: st.DataObject) -> None:
    head, *lines = FORMATS[kind]("Ü").splitlines(keepends=True)
    size = len(lines) // len(IDS)
    entries = ["".join(lines[at : at + size]) for at in range(0, len(lines), size)]
    order = data.draw(st.permutations(range(len(IDS))))
    text = head + "".join(entries[place] for place in order)
    assert ids(read(text.encode())) == [IDS[place] for place in order]


def _shuffled(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(value[key], data) for key in data.draw(st.permutations(list(value)))}
    if isinstance(value, list):
        return [_shuffled(each, data) for each in value]
    return value


@pytest.mark.parametrize("kind", ["mpd", "jspf"])
@given(st.data())
def test_the_order_of_names_in_json_is_nothing(kind: str, data: st.DataObject) -> None:
    value = {"info": {"playlist_count": 1}} | json.loads(FORMATS[kind]("Ü"))
    shuffled = json.dumps(_shuffled(value, data))
    assert read(shuffled.encode()) == read(json.dumps(value).encode())


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", ["mpd", "jspf"])
@given(st.data())
def test_anything_in_any_place_of_json(kind: str, data: st.DataObject) -> None:
    """One value anywhere is replaced: its entry, or what holds it, is refused or poorer."""
    value = json.loads(FORMATS[kind]("Ü"))
    place: Any = value
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not deeper or data.draw(st.integers(0, 3)) == 0:
            break
        place = place[key]
    place[key] = data.draw(anything)
    found, said = attempt(partial(read, json.dumps(value).encode()))
    assert said.startswith("mine") or not said
    assert all(isinstance(item, ListedTrack | Refusal) for item in found)
    assert set(ids(found)) - {""} <= set(IDS)


@pytest.mark.parametrize("kind", ["m3u", "markdown", "links"])
@given(st.lists(st.text(max_size=60), max_size=6), st.integers(0, 5))
def test_any_text_between_the_lines_of_a_list(kind: str, texts: list[str], place: int) -> None:
    lines = FORMATS[kind]("Ü").splitlines()
    size = (len(lines) - 1) // len(IDS)
    strange = "\n".join(texts).encode(errors="replace").decode().replace("\0", "")
    lines.insert(1 + place * size, strange)
    found = ids(read("\n".join(lines).encode()))
    assert [each for each in found if each in IDS] == IDS


def test_cut_and_spoiled_real_files(real_data: Path, tmp_path: Path) -> None:
    """Real rows before the damage are as they were; what follows is rows, refusals or an error."""
    for path in sorted((real_data / "raw").iterdir()):
        whole = path.read_bytes()
        good, _ = attempt(partial(load, path))
        for eighth in range(1, 8):
            place = len(whole) * eighth // 8
            for junk in (b"", b'"', b"\xff", b"\0", b",;\t" * 50_000, b"\n" * 1_000):
                damaged = tmp_path / path.name
                damaged.write_bytes(whole[:place] + junk + (whole[place:] if junk else b""))
                found, said = attempt(partial(load, damaged))
                before = 0 if said else whole[:place].count(b"\n") // 2
                assert said.startswith(str(damaged)) or (good and not said)
                kinds = (Track, PlaylistEntry, ListedTrack, Refusal)
                assert all(isinstance(item, kinds) for item in found)
                assert found[:before] == good[:before]
