"""What titles and albums tell of versions, and what only sounds as if they did."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.search.version_kinds import VersionKind, album_kind, title_kind, version_kinds

ORIGINAL, NEAR, ALTERNATE, IMITATION = VersionKind


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (
            ORIGINAL,
            [
                "Live Forever", "Alive", "Live and Let Die", "Live", "Remix", "Demo", "(Live)",
                "Oasis - Live Forever", "Stay (Live Forever)", "Where I Live (Woods)",
                "(I Can't Get No) Satisfaction", "Umbrella (feat. JAY-Z)", "Jungle (Original Mix)",
                "Angel (Album Version)", "Help! (From \"Help!\")", "Anthem, Pt. 2",
                "Live-In", "Karaoke", "Song 2 - Original Version", "Acoustic - Original Mix", "",
            ],
        ),
        (
            NEAR,
            [
                "Hey Jude - Remastered 2015", "Hey Jude (2009 Digital Remaster)", "She [Mono]",
                "Garota - Remasterizado", "Você - Versão Remasterizada",
                "Live Forever - Remastered",
                "Hello - Radio Edit", "Hello (Single Version)", "1999 - Edit",
                "Yes (Clean Version)",
            ],
        ),
        (
            ALTERNATE,
            [
                "Hey Jude (Live at Wembley)", "Hey Jude - Live", "Hey Jude - Live / Remastered",
                "Bis - Live; 1999 Remaster", "Amor - En Vivo", "Amor - Ao Vivo", "Sogno (Dal vivo)",
                "Song (Live at MSG (1973)) [Remaster]", "Song - Recorded Live, 1999",
                "Song - Live '01", "Song (Remix)", "Song - R3hab Remix", "Song - Radio Remix",
                "Song (Club Mix)", "Song - Instrumental", "Song (Acoustic)", "Canción - Acústico",
                "Song - Demo", "Song (Sped Up)", "Song - Take 2", "Song (Piano Version)",
                "Song (Taylor's Version)", "Song - Japanese Ver.", "Song (MTV Unplugged)",
                "(Untitled) - Live", "Song (Extended Mix)", "Song (Acoustic; Live)",
            ],
        ),
        (
            IMITATION,
            [
                "Song (Karaoke Version)", "Song - Originally Performed by Queen", "Song (Cover)",
                "Song (In the Style of ABBA) [Karaoke]", "Song (Tribute to Queen)",
            ],
        ),
    ],
)  # fmt: skip
def test_only_marked_parts_of_a_title_tell_its_kind(kind: VersionKind, titles: list[str]) -> None:
    assert {title: title_kind(title) for title in titles} == dict.fromkeys(titles, kind)


@pytest.mark.parametrize(
    ("kind", "albums"),
    [
        (
            ORIGINAL,
            [
                "Live Through This", "Alive", "The Way I Live", "Deluxe (Bonus Version)", "",
                "1 (Deluxe Edition)", "Remix Culture", "Anthology (Original Soundtrack)",
            ],
        ),
        (NEAR, ["Abbey Road (Remastered)", "Revolver (2009 Remaster)"]),
        (
            ALTERNATE,
            [
                "Live at Leeds", "Live", "MTV Unplugged in New York", "Homecoming (Live)",
                "Acústico (Ao Vivo)", "The Remixes", "Lemonade (Remixes)", "Queen in Concert",
            ],
        ),
        (IMITATION, ["Karaoke Hits", "A Tribute to Queen"]),
    ],
)  # fmt: skip
def test_whole_albums_tell_the_kind_of_their_songs(kind: VersionKind, albums: list[str]) -> None:
    assert {album: album_kind(album) for album in albums} == dict.fromkeys(albums, kind)


def test_of_title_and_album_the_farther_counts() -> None:
    titles, albums = ["Yes", "Yes - Live", "Yes"], ["Hits", "Hits (Remastered)", "Live at Leeds"]
    assert version_kinds(titles, albums).tolist() == [ORIGINAL, ALTERNATE, ALTERNATE]
    assert version_kinds([], []).dtype == np.uint8


@given(st.lists(st.sampled_from([*"([{}]) -;", " - ", "live", "at", "é", "remaster", "\n"])))
def test_any_title_is_of_some_kind(parts: list[str]) -> None:
    name = "".join(parts)
    assert title_kind(name) in VersionKind
    assert album_kind(name) in VersionKind
