"""Ids and links as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.formats.links import list_format, read_links, read_list, read_markdown
from spotai.formats.rows import Listing, PlaylistEntry, Refusal
from spotai.tracks import Album, Artist, Track

ID = "6rqhFgbbKwnb9MLmUQDhG6"
DEMO = "demo000000000000000001"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"spotify:track:{ID}",
        f"https://open.spotify.com/track/{ID}",
        f"http://open.spotify.com/track/{ID}?si=0123abcd&utm=x#t=10",
        f"https://open.spotify.com/intl-de/track/{ID}?si=1",
        f"https://open.spotify.com/embed/track/{ID}",
        f"open.spotify.com/track/{ID}/",
        f"  {ID}\r\n",
        f"\ufeff{ID}",
    ],
)
def test_what_a_track_looks_like(text: str) -> None:
    assert list(read_links([text])) == [ID]


def test_several_a_line_comments_and_blank_lines() -> None:
    lines = ["# my favourites", "", f"{ID}, spotify:track:{DEMO};{ID}", "   ", DEMO]
    assert list(read_links(lines)) == [ID, DEMO, ID, DEMO]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"https://open.spotify.com/album/{ID}", "is no track"),
        (f"spotify:playlist:{ID}", "is no track"),
        (f"https://open.spotify.com/audiobook/{ID}", "is no track; copy"),
        (f"spotify:user:some.one:playlist:{ID}", "is no track; copy"),
        (f"https://open.spotify.com/embed/playlist/{ID}", "is no track; copy"),
        ("https://spotify.link/aBcDeF12345", "is a short link, which is not followed"),
        (f"https://example.org/track/{ID}", "no track id or link"),
        (f"https://open.spotify.com.example.org/track/{ID}", "no track id or link"),
        (ID[:-1], "no track id or link"),
        (ID + "x", "no track id or link"),
    ],
)
def test_what_is_not_understood_is_reported_with_its_line(text: str, reason: str) -> None:
    first, refusal = read_links([ID, text])
    assert first == ID
    assert isinstance(refusal, Refusal)
    assert refusal.line == 2
    assert reason in refusal.reason


@given(st.lists(st.text()))
def test_any_text_gives_ids_or_refusals(lines: list[str]) -> None:
    for item in read_links(lines):
        assert isinstance(item, Refusal) or len(item) == 22


def test_a_long_line_is_shown_in_short() -> None:
    (refusal,) = read_links(["x" * 5000])
    assert isinstance(refusal, Refusal)
    assert len(refusal.reason) < 120


@pytest.mark.parametrize("piece", ["spotify:", "spotify.:", "https://open.spotify.com/", "0" * 22])
def test_a_megabyte_of_hostile_text_is_refused_by_its_beginning(piece: str) -> None:
    text = piece * (2**20 // len(piece))
    for hostile in (text, text + ":album:"):
        (refusal,) = read_links([hostile])
        assert isinstance(refusal, Refusal)
        assert "no track id or link" in refusal.reason


def test_many_pieces_are_all_reported() -> None:
    found = list(read_links([f"{ID}, " * 40_000]))
    assert found == [ID] * 40_000


MINE = Listing("p1", "mine", "playlist")


def test_a_plain_list_is_a_playlist() -> None:
    found = list(read_list(["# mine\n", f"{ID} {DEMO}\n", "what is this\n"], MINE))
    assert found == [
        (2, (Track(ID, "playlist"), PlaylistEntry("p1", "mine", "playlist", ID))),
        (2, (Track(DEMO, "playlist"), PlaylistEntry("p1", "mine", "playlist", DEMO))),
        (3, (Refusal(3, "'what' is no track id or link (and 2 more in this line)"),)),
    ]


def test_a_table_of_links_in_markdown() -> None:
    web = "https://open.spotify.com"
    lines = [
        f"### [Road](<x>) [Songs]({web}/playlist/{'p' * 22})\n",
        "| No. | Title | Artist(s) | Album |\n",
        f"| 1 | [A \\[B\\]]({web}/track/{ID}) | [X]({web}/artist/{'x' * 22}), "
        f"[Y]({web}/artist/{'y' * 22}) | [Z]({web}/album/{'z' * 22}) | 2:03 |\n",
    ]
    ((line, (track, entry)),) = read_markdown(lines, MINE)
    assert line == 3
    assert track == Track(
        ID,
        "playlist",
        title="A [B]",
        artists=(Artist("x" * 22, "X"), Artist("y" * 22, "Y")),
        album=Album("z" * 22, "Z"),
    )
    assert entry == PlaylistEntry("p" * 22, "Songs", "playlist", ID)


def test_several_tracks_in_a_line_share_nothing_but_the_line() -> None:
    line = f"- [A](spotify:track:{ID}), [B](spotify:track:{DEMO}) by [X](spotify:artist:{ID})"
    found = [items[0] for _, items in read_markdown([line], MINE)]
    assert found == [Track(ID, "playlist", title="A"), Track(DEMO, "playlist", title="B")]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (f"# mine\n{ID}\n", "links"),
        (f"my songs:\nspotify:track:{ID}\n", "links"),
        (f"Hello, [this](spotify:track:{ID}) is it.", "markdown"),
        (f"[an album](spotify:album:{ID})", None),
        (f"{ID},A title without header\n", None),
        ("plain prose\n", None),
        ("[" * 60_000 + "](", None),
    ],
)
def test_lists_are_known_by_their_first_lines(head: str, kind: str | None) -> None:
    assert list_format(head) == kind
