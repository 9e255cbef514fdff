"""The stand-in Spotify for tests: listeners with everything that playlists may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import spotipy
from spotipy.cache_handler import MemoryCacheHandler
from spotipy.oauth2 import SpotifyPKCE

from spotai.spotify.standin import (
    Entry,
    Episode,
    Listener,
    LocalFile,
    Named,
    Playlist,
    Song,
    Standin,
)

CLIENT_ID: Final = "an-app-of-ours"
REDIRECT_URI: Final = "http://127.0.0.1:5000/callback"
READ: Final = "playlist-read-private playlist-read-collaborative"
WRITE: Final = "playlist-modify-private playlist-modify-public"
KNOWN: Final = "user-library-read user-top-read user-read-recently-played"
EVERYTHING: Final = f"{READ} {WRITE} {KNOWN}"

SONGS: Final = tuple(
    Song(
        id=f"song{n:018d}",
        name=f"Song {n}",
        artists=(Named(f"artist{n % 7:016d}", f"Artist {n % 7}"),),
        album=Named(f"album{n % 40:017d}", f"Album {n % 40}"),
        duration_ms=180_000 + n,
        release_date=("1999", "2004-11", "2020-02-29", "")[n % 4],
        isrc=f"XX1230{n:06d}",
        artwork="https://i.scdn.co/image/none",
    )
    for n in range(300)
)


def playlist_id(name: str) -> str:
    return f"list{name:0>18}"


ODD: Final[tuple[Entry, ...]] = (
    SONGS[0],
    None,
    LocalFile("A tape", "Somebody", "Tape 3", 221_000),
    Episode("episode000000000000000", "About songs", "A show", 1_800_000),
    SONGS[0],
    SONGS[1],
)

ADA: Final = Listener(
    id="ada",
    name="Ada",
    account_id="account-of-ada",
    playlists=(
        Playlist(playlist_id("private"), "Private", SONGS[:120], description="Mine & nobody's"),
        Playlist(playlist_id("public"), "Public", SONGS[120:125], public=True),
        Playlist(playlist_id("odd"), "Odd", ODD),
        Playlist(playlist_id("long"), "Long", tuple(SONGS[n % 300] for n in range(10_000))),
        Playlist(playlist_id("empty"), "Empty"),
    ),
    follows=(playlist_id("others"), playlist_id("shared")),
    liked=SONGS[:70],
    top=SONGS[10:70],
    recent=SONGS[:60],
)
BEN: Final = Listener(
    id="ben",
    name="Ben",
    playlists=(
        Playlist(playlist_id("others"), "Ben's", SONGS[:10], public=True),
        Playlist(
            playlist_id("shared"),
            "Ours",
            SONGS[:3],
            collaborative=True,
            collaborators=("ada",),
        ),
    ),
)
CLEO: Final = Listener(id="cleo", name="Cleo", listed=False)
LISTENERS: Final = (ADA, BEN, CLEO)


@pytest.fixture
def standin() -> Iterator[Standin]:
    """A stand-in of the test's own, which takes orders."""
    with start_standin() as running:
        yield running


@pytest.fixture(scope="module")
def shared_standin() -> Iterator[Standin]:
    """A stand-in for the tests of a module that do not mind each other; it takes orders."""
    with start_standin() as running:
        yield running


def start_standin(**options: Any) -> Standin:
    """Start the listeners' stand-in; the options are those of ``Standin.start``."""
    return Standin.start(
        LISTENERS,
        **{
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT_URI,
            "songs": SONGS,
            "control": True,
            **options,
        },
    )


class Login(SpotifyPKCE):  # type: ignore[misc] # spotipy has no types
    """spotipy's own login, pointed at the stand-in."""

    def __init__(self, standin: Standin, scope: str = EVERYTHING, **options: Any) -> None:
        self.OAUTH_AUTHORIZE_URL = f"{standin.accounts_url}/authorize"
        self.OAUTH_TOKEN_URL = f"{standin.accounts_url}/api/token"
        super().__init__(
            client_id=standin.client_id,
            redirect_uri=standin.redirect_uri,
            scope=scope,
            cache_handler=MemoryCacheHandler(),
            open_browser=False,
            **options,
        )

    def code(self, listener: str = ADA.id) -> str:
        """Let the listener allow what is asked, and return the code."""
        return answered(consent(self.get_authorize_url(), listener))["code"]

    def tokens(self, listener: str = ADA.id) -> dict[str, Any]:
        """Log the listener in and return what the token endpoint said."""
        self.get_access_token(self.code(listener), check_cache=False)
        told: dict[str, Any] = self.cache_handler.get_cached_token()
        return told


def client(
    standin: Standin, scope: str = EVERYTHING, listener: str = ADA.id, **options: Any
) -> spotipy.Spotify:
    """Return spotipy's own client with a listener logged in. It waits for nothing."""
    token = Login(standin, scope).tokens(listener)["access_token"]
    made = spotipy.Spotify(auth=token, requests_session=requests.Session(), **options)
    made.prefix = standin.api_url
    return made


def consent(authorize_url: str, listener: str = ADA.id, *, allow: bool = True) -> str:
    """Answer the consent page as a browser does; return where it leads."""
    with requests.Session() as browser:
        page = browser.get(authorize_url, timeout=10)
        page.raise_for_status()
        number = re.search(r'name="consent" value="([^"]+)"', page.text)
        assert number
        form = {
            "consent": number[1],
            "listener": listener,
            "decision": "allow" if allow else "deny",
        }
        url = authorize_url.partition("?")[0]
        answer = browser.post(url, data=form, allow_redirects=False, timeout=10)
        assert answer.status_code == 302
        return answer.headers["Location"]


def answered(address: str) -> dict[str, str]:
    """Return what an address that a login comes back to says."""
    query = parse_qs(urlsplit(address).query)
    return {name: values[0] for name, values in query.items()}
