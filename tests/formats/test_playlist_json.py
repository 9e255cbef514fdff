"""Million Playlist Dataset slices and JSPF, read piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import FormatError, TooLargeError
from spotai.formats.json_stream import LARGEST_VALUE, MOST_PARTS, JsonStream
from spotai.formats.playlist_json import read_playlists
from spotai.formats.rows import Item, ListedTrack, Listing, PlaylistEntry, Refusal
from spotai.tracks import Album, Artist, Track

ID, ARTIST, ALBUM = "t" * 22, "a" * 22, "b" * 22
PIECE = 65_536
MINE = Listing("p1", "mine", "playlist")
ENTRY = {
    "pos": 0,
    "artist_name": "Someone",
    "track_uri": f"spotify:track:{ID}",
    "artist_uri": f"spotify:artist:{ARTIST}",
    "track_name": "Song",
    "album_uri": f"spotify:album:{ALBUM}",
    "duration_ms": 200_000,
    "album_name": "Album",
}
SLICE = {
    "info": {"slice": "0-1"},
    "playlists": [
        {"name": "One", "pid": 7, "num_tracks": 1, "tracks": [ENTRY]},
        {"name": "Two", "pid": 8, "tracks": [{**ENTRY, "track_uri": "spotify:local:x"}, ENTRY]},
    ],
}
JSPF = {
    "playlist": {
        "title": "Road",
        "track": [
            {"location": [f"https://open.spotify.com/track/{ID}"], "title": "Song"},
            {"identifier": ["isrc:USABC1234567"], "title": "Other", "creator": "Someone"},
            {"title": "Third", "identifier": "https://musicbrainz.org/recording/1"},
            {},
        ],
    }
}


def pieces(text: str, size: int = 7) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def items(data: Any, size: int = 7) -> list[Item]:
    text = data if isinstance(data, str) else json.dumps(data)
    rows = read_playlists(JsonStream(pieces(text, size), "mine.json"), MINE)
    return [item for _, found in rows for item in found]


def test_a_slice_of_the_million_playlist_dataset() -> None:
    first, second = "mpd7", "mpd8"
    track = Track(
        id=ID,
        source="mpd",
        title="Song",
        artists=(Artist(ARTIST, "Someone"),),
        album=Album(ALBUM, "Album"),
        features={"duration_ms": 200_000.0},
    )
    reason = "in playlist 'Two': 'spotify:local:x' is no track: it is a Spotify local"
    assert items(SLICE) == [
        track,
        PlaylistEntry(first, "One", "mpd", ID),
        Refusal(2, reason),
        track,
        PlaylistEntry(second, "Two", "mpd", ID),
    ]


def test_jspf_with_and_without_spotify_ids() -> None:
    track, entry, *rest = items(JSPF)
    assert isinstance(track, Track)
    assert (track.id, track.title) == (ID, "Song")
    assert entry == PlaylistEntry("p1", "Road", "playlist", ID)
    assert rest == [
        ListedTrack(2, "", "USABC1234567", "Other", ("Someone",), "p1", "Road"),
        ListedTrack(3, "", "", "Third", (), "p1", "Road"),
        Refusal(4, "names no track: neither Spotify id, nor ISRC, nor title"),
    ]


def test_the_first_identifiers_of_a_track_are_looked_at() -> None:
    def isrc_behind(others: int) -> str:
        listed = ["https://musicbrainz.org/recording/1"] * others + ["isrc:USABC1234567"]
        (item,) = items({"playlist": {"track": [{"title": "a", "identifier": listed}]}})
        assert isinstance(item, ListedTrack)
        return item.isrc

    assert isrc_behind(15) == "USABC1234567"
    assert isrc_behind(16) == ""


def test_parts_that_give_rows_do_not_count_as_idle() -> None:
    track = json.dumps({"title": "Song", "identifier": [""] * 80})
    tracks = MOST_PARTS // 80 + 10
    text = f'{{"playlist": {{"track": [{",".join([track] * tracks)}]}}}}'
    assert len(items(text, size=PIECE)) == tracks


@pytest.mark.parametrize("duration", [10**400, -(10**400)], ids=["long", "negative"])
def test_a_duration_that_no_song_has_refuses_its_entry(duration: int) -> None:
    listed = {"title": "a", "creator": "b", "duration": duration}
    for data in (
        {"playlist": {"track": [listed]}},
        {"playlists": [{"pid": 1, "tracks": [{**ENTRY, "duration_ms": duration}]}]},
    ):
        (refusal,) = items(data)
        assert isinstance(refusal, Refusal)
        assert "inf, outside" in refusal.reason


@pytest.mark.parametrize("cut", [10, 60, 200, -3, -1])
def test_a_cut_off_file_is_called_so(cut: int) -> None:
    with pytest.raises(FormatError, match=r"ends too early, at line \d+: the JSON is cut off"):
        items(json.dumps(SLICE, indent=1)[:cut])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"tracks": []}', "neither an array 'playlists'"),
        ('{"playlists": [], }' + " " * 20, "is no JSON at line 1"),
        ('{"playlists"\n\n: [nonsense, and more of it]}', "no JSON at line 3"),
        ('{"playlists": [' + "[" * 200_000, "JSON"),
        ('{"playlists": []} {}', "more behind the end"),
        ('{"playlists": [' + "9" * 5_000 + ",       1]}", "beyond reason"),
    ],
)
def test_other_json_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        items(text, size=1_000)


@pytest.mark.parametrize(
    "playlist", [None, 3, {}, {"tracks": [1]}, {"pid": 1, "tracks": [1, None]}]
)
def test_playlists_that_are_none_are_refused_one_by_one(playlist: Any) -> None:
    found = items({"playlists": [playlist, SLICE["playlists"][0]]})  # type: ignore[index]
    assert isinstance(found[0], Refusal)
    assert isinstance(found[-1], PlaylistEntry)


@pytest.mark.parametrize("begins", ['{"playlists": ["', '{"playlist": {"track": ["', '{"'])
def test_one_value_beyond_measure_is_too_large_before_it_is_held(begins: str) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        yield begins
        for _ in range(1_000):
            taken += PIECE
            yield "\N{PARTY POPPER}" * PIECE

    with pytest.raises(TooLargeError, match="characters"):
        list(read_playlists(JsonStream(endless(), "mine.json"), MINE))
    assert taken <= 3 * 2**20


def test_a_long_playlist_is_read_track_by_track() -> None:
    track = json.dumps({"title": "Song", "creator": "Someone", "annotation": "x" * 1_000})
    tracks = [track] * (3 * LARGEST_VALUE // len(track))
    text = f'{{"playlist": {{"title": "Road", "track": [{",".join(tracks)}], "date": ""}}}}'
    found = items(text, size=PIECE)
    assert len(found) == len(tracks)
    assert {type(item) for item in found} == {ListedTrack}
    assert {item.playlist_name for item in found if isinstance(item, ListedTrack)} == {"Road"}


def test_a_long_playlist_of_the_data_set_is_read_track_by_track() -> None:
    track = json.dumps({**ENTRY, "track_name": "x" * 200})
    tracks = ",".join([track] * (3 * LARGEST_VALUE // len(track)))
    long = f'{{"name": "Long", "pid": 1, "tracks": [{tracks}], "num_edits": 2}}'
    short = json.dumps({"tracks": [ENTRY], "pid": 2, "name": "Short"})
    found = items(f'{{"playlists": [{long}, {short}]}}', size=PIECE)
    names = [item.playlist_name for item in found if isinstance(item, PlaylistEntry)]
    assert names == ["Long"] * (len(names) - 1) + ["Short"]
    assert len(names) == tracks.count('"pos"') + 1


@pytest.mark.parametrize(
    ("begins", "part", "kind", "says"),
    [
        ('{"items": ["', "x", TooLargeError, "1,048,576 characters.*neither an array 'playlists'"),
        ('{"items": [', "{},", TooLargeError, "1,048,576 characters.*neither an array 'playlists'"),
        ('{"playlists": [], "a": ["', "x", TooLargeError, "characters, the most .* may have[.]$"),
        ('{"playlists": ["', "x", TooLargeError, "characters, the most that one may have[.]$"),
        ('{"items": [nonsense', "x", FormatError, "is no JSON at line 1"),
    ],
)
def test_what_is_too_large_is_told_from_what_is_damaged(
    begins: str, part: str, kind: type[Exception], says: str
) -> None:
    with pytest.raises(kind, match=says) as caught:
        items(begins + part * (2 * LARGEST_VALUE // len(part)), size=PIECE)
    assert "damaged" not in str(caught.value)
    assert "Unterminated" not in str(caught.value)


def test_a_playlist_has_a_name_that_can_be_shown() -> None:
    raw, clean = "\u202eOne\x1b[31m\x07\nTwo", "One[31m Two"
    slice_ = {"playlists": [{"name": raw, "pid": 7, "tracks": [ENTRY]}]}
    jspf = {"playlist": {"title": raw, "track": JSPF["playlist"]["track"][:1]}}
    for data in (slice_, jspf):
        _, entry = items(data)
        assert isinstance(entry, PlaylistEntry)
        assert entry.playlist_name == clean


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(json_values, st.integers(1, 50))
def test_any_value_is_read_whole_from_any_pieces(value: Any, size: int) -> None:
    assert JsonStream(pieces(json.dumps(value), size), "x").value() == value


@given(st.dictionaries(st.sampled_from([*ENTRY, *SLICE, "x"]), json_values))
def test_any_entry_is_a_track_or_a_refusal(entry: dict[str, Any]) -> None:
    found = items({"playlists": [{"name": "One", "pid": 1, "tracks": [ENTRY | entry]}]})
    assert isinstance(found[0], Track | Refusal | ListedTrack)


@pytest.mark.parametrize(
    ("told", "followers"),
    [(1200, 1200), (0, 0), (True, 0), (-1, 0), (1.5, 0), ("7", 0), (2**60, 0), (None, 0)],
)
def test_followers_of_a_playlist(told: object, followers: int) -> None:
    track = {"track_uri": f"spotify:track:{ID}", "track_name": "Song"}
    named = {"name": "One", "pid": 7, "num_followers": told}
    # Before the tracks, as in the data set, or where the whole playlist is read at once.
    for one in ({**named, "tracks": [track]}, {"tracks": [track], **named}):
        entries = [item for item in items({"playlists": [one]}) if isinstance(item, PlaylistEntry)]
        assert [entry.followers for entry in entries] == [followers]
