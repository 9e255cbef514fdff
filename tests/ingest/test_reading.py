"""An account's lists are read from a stand-in into SQL, in parts, and once for each state."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

import pytest
import requests

from spotai.catalog.accounts import SpotifyUser, delete_owner, keep_account
from spotai.catalog.engine import Database
from spotai.catalog.grants import Grant as Tokens
from spotai.catalog.grants import put_grant
from spotai.catalog.owners import Owner
from spotai.catalog.readings import LEASE_SECONDS, take_reading
from spotai.errors import (
    GrantEndedError,
    SpotifyLimitedError,
    SpotifyRefusedError,
    SpotifyUnavailableError,
    StillReadingError,
)
from spotai.ingest.reading import FRESH_SECONDS, LIKED, Library, Listener, Shelved
from spotai.spotify.client import Gateway, SpotifyClient
from spotai.spotify.standin import Episode, LocalFile, Playlist, Standin
from spotai.spotify.standin import Listener as Person
from spotai.spotify.standin.cast import made_id
from tests.servers.spotify_logins import EVERY_SCOPE, READ_SCOPES, Grant, StartStandin, a_song

PATIENCE: Final = 60.0
LONG, ODD, SHARED, FOREIGN = (made_id(name) for name in ("long", "odd", "shared", "foreign"))
ANN = Person(
    id="ann",
    name="Ann",
    account_id="ann-for-good",
    playlists=(
        Playlist(LONG, "Long", tuple(a_song(n) for n in range(120))),
        Playlist(
            ODD,
            "Odd",
            (a_song(1), None, LocalFile("Mine", "Me"), Episode(made_id("e"), "Talk", "Show")),
        ),
    ),
    follows=(FOREIGN, SHARED),
    liked=tuple(a_song(n) for n in range(60)),
)
BOB = Person(
    id="bob",
    name="Bob",
    playlists=(
        Playlist(FOREIGN, "Bob's", (a_song(1),), public=True),
        Playlist(SHARED, "Ours", (a_song(2),), collaborative=True, collaborators=("ann",)),
    ),
)


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


MakeLibrary = Callable[..., Library]


@pytest.fixture(scope="module")
def standin(shared_standins: StartStandin) -> Standin:
    return shared_standins([ANN, BOB])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_library(sqlite_database: Database, standin: Standin, clock: Clock) -> MakeLibrary:
    return library_maker(sqlite_database, standin, clock)


def library_maker(database: Database, standin: Standin, clock: Clock) -> MakeLibrary:
    with database.write() as conn:
        ann = keep_account(conn, SpotifyUser("ann-for-good", "ann", "Ann"), int(clock()))
        put_grant(conn, ann, Tokens(b"sealed", (), 0))
    standin.clear()

    def make(holder: str = "me", scopes: str = EVERY_SCOPE) -> Library:
        # A gateway of its own: what closes one's breaker must not hold back the others.
        client = SpotifyClient(Grant(standin, scopes), Gateway(standin.api_url))
        listener = Listener(ann, frozenset({"ann"}), shows_liked=scopes == EVERY_SCOPE)
        return Library(database, client, listener, holder, clock)

    return make


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    return make_library()


def asked(standin: Standin) -> int:
    """Return how often the Web API was asked."""
    return sum(call.path.startswith("/v1/") for call in standin.calls())


def shelved(library: Library, playlist_id: str) -> Shelved:
    found = library.playlist(playlist_id, PATIENCE)
    assert found is not None
    return found


def test_playlists_are_listed_liked_and_own_first(library: Library) -> None:
    listed = library.playlists(PATIENCE)
    assert [(one.listed.id, one.own, one.unreadable) for one in listed] == [
        (LIKED, True, None),
        (LONG, True, None),
        (ODD, True, None),
        (FOREIGN, False, "followed"),
        (SHARED, False, None),
    ]
    assert listed[0].listed.tracks == 60


def test_liked_songs_need_more_than_a_plain_login(make_library: MakeLibrary) -> None:
    assert make_library(scopes=READ_SCOPES).playlists(PATIENCE)[0].unreadable == "scope"
    # Whoever lets us read more need not wait for it.
    assert make_library().playlists(PATIENCE)[0].unreadable is None


def test_a_list_is_asked_for_again_after_a_while(
    library: Library, standin: Standin, clock: Clock
) -> None:
    library.playlists(PATIENCE)
    before = asked(standin)
    library.playlists(PATIENCE)
    assert asked(standin) == before
    clock.now += FRESH_SECONDS
    library.playlists(PATIENCE)
    assert asked(standin) == 2 * before


def test_a_playlist_is_read_whole_and_once(library: Library, standin: Standin) -> None:
    one = shelved(library, LONG)
    reading = library.read(one.listed, PATIENCE)
    assert (reading.done, reading.total, reading.goes_on) == (120, 120, False)
    songs = [a_song(n) for n in range(120)]
    assert [entry.id for entry in library.entries(reading)] == [song.id for song in songs]
    assert library.entries(reading)[7].artists == (songs[7].artists[0].name,)
    assert [entry.id for entry in library.entries(reading, 45, 55)] == [s.id for s in songs[45:55]]
    assert library.entries(reading, 120, 130) == []
    before = asked(standin)
    assert library.read(one.listed, PATIENCE) == reading
    assert asked(standin) == before


def test_everything_odd_is_kept_as_what_it_is(library: Library) -> None:
    reading = library.read(shelved(library, ODD).listed, PATIENCE)
    kinds = [entry.kind for entry in library.entries(reading)]
    assert kinds == ["song", "removed", "local", "episode"]


def test_liked_songs_are_a_playlist(library: Library) -> None:
    reading = library.read(shelved(library, LIKED).listed, PATIENCE)
    assert len(library.entries(reading)) == 60


def test_a_playlist_that_was_changed_is_read_again(
    start_standin: StartStandin, sqlite_database: Database, clock: Clock
) -> None:
    standin = start_standin([ANN, BOB])
    library = library_maker(sqlite_database, standin, clock)()
    first = library.read(shelved(library, ODD).listed, PATIENCE)
    spotify_adds(standin, ODD, a_song(77).uri)
    clock.now += FRESH_SECONDS
    second = library.read(shelved(library, ODD).listed, PATIENCE)
    assert second.complete_mark != first.complete_mark
    assert library.entries(second)[-1].id == a_song(77).id


def spotify_adds(standin: Standin, playlist_id: str, uri: str) -> None:
    answer = requests.post(
        f"{standin.api_url}playlists/{playlist_id}/items",
        json={"uris": [uri]},
        headers={"Authorization": f"Bearer {Grant(standin).token()}"},
        timeout=10,
    )
    assert answer.status_code == 201


def test_a_long_playlist_is_read_in_parts_by_whoever_comes(make_library: MakeLibrary) -> None:
    one = shelved(make_library("first"), LONG).listed
    done = [make_library(holder).read(one, 0).done for holder in ("first", "second", "third")]
    assert done == [50, 100, 120]


def test_while_it_is_read_the_older_one_stays(
    start_standin: StartStandin, sqlite_database: Database, clock: Clock
) -> None:
    standin = start_standin([ANN, BOB])
    library = library_maker(sqlite_database, standin, clock)()
    library.read(shelved(library, LONG).listed, PATIENCE)
    spotify_adds(standin, LONG, a_song(77).uri)
    clock.now += FRESH_SECONDS
    second = library.read(shelved(library, LONG).listed, 0)
    assert second.goes_on
    assert len(library.entries(second)) == 120
    second = library.go_on(second, PATIENCE)
    assert len(library.entries(second)) == 121


def test_nobody_reads_what_somebody_reads(
    library: Library, sqlite_database: Database, standin: Standin, clock: Clock
) -> None:
    one = shelved(library, LONG).listed
    reading = library.read(one, 0)
    with sqlite_database.write() as conn:
        assert take_reading(conn, reading, "another process", int(clock())) is not None
    before = asked(standin)
    assert library.read(one, 0.3).done == 50
    assert asked(standin) == before
    clock.now += LEASE_SECONDS  # it died
    assert library.read(one, PATIENCE).done == 120


def test_four_who_come_at_once_read_once(database: Database, standin: Standin) -> None:
    make = library_maker(database, standin, Clock())
    libraries = [make(f"tab {n}") for n in range(4)]
    standin.clear()
    found: list[int] = []

    def read(library: Library) -> None:
        reading = library.read(shelved(library, LONG).listed, PATIENCE)
        found.append(len(library.entries(reading)))

    threads = [threading.Thread(target=read, args=(library,)) for library in libraries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [120] * 4
    assert asked(standin) == 2 + 3, "the list with the liked songs, and three pages"


def test_a_pause_in_the_middle_is_told_to_all_and_goes_on_from_there(
    make_library: MakeLibrary, standin: Standin, clock: Clock
) -> None:
    one = shelved(make_library(), LONG).listed
    standin.answer("GET /v1/playlists/", 429, retry_after=30, skip=1)
    with pytest.raises(SpotifyLimitedError) as raised:
        make_library().read(one, PATIENCE)
    assert raised.value.retry_after == 30
    before = asked(standin)
    clock.now += 12
    with pytest.raises(SpotifyLimitedError) as raised:
        make_library("other").read(one, PATIENCE)
    assert raised.value.retry_after == 18
    assert asked(standin) == before
    clock.now += 18
    assert make_library("third").read(one, PATIENCE).done == 120
    assert asked(standin) == before + 2, "the first page was read again"


def test_what_is_refused_is_marked(library: Library, clock: Clock) -> None:
    foreign = shelved(library, FOREIGN).listed
    with pytest.raises(SpotifyRefusedError):
        library.read(foreign, PATIENCE)
    with pytest.raises(SpotifyRefusedError):
        library.read(foreign, PATIENCE)
    assert shelved(library, FOREIGN).unreadable == "followed"


def test_an_app_that_may_read_all_is_offered_all(library: Library, standin: Standin) -> None:
    standin.show_old_shape(old=True)
    try:
        assert shelved(library, FOREIGN).unreadable is None
        # The stand-in refuses all the same: then it is known.
        with pytest.raises(SpotifyRefusedError):
            library.read(shelved(library, FOREIGN).listed, PATIENCE)
    finally:
        standin.show_old_shape(old=False)
    assert shelved(library, FOREIGN).unreadable == "followed"


def test_without_spotify_the_older_list_and_what_was_read_go_on(
    make_library: MakeLibrary, standin: Standin, clock: Clock
) -> None:
    library = make_library()
    reading = library.read(shelved(library, LONG).listed, PATIENCE)
    clock.now += FRESH_SECONDS
    standin.answer("GET /v1/", 503, times=100)
    library = make_library()
    assert library.read(shelved(library, LONG).listed, PATIENCE) == reading
    with pytest.raises(SpotifyUnavailableError):
        library.read(shelved(library, ODD).listed, PATIENCE)


def test_a_first_list_that_is_long_is_waited_for(
    start_standin: StartStandin, sqlite_database: Database, clock: Clock
) -> None:
    many = tuple(Playlist(made_id("many", n), f"No {n}") for n in range(120))
    standin = start_standin([Person(id="ann", name="Ann", playlists=many)])
    library = library_maker(sqlite_database, standin, clock)()
    for said in ("50 so far", "100 so far"):
        with pytest.raises(StillReadingError, match=said):
            library.playlists(0)
    assert len(library.playlists(0)) == 121


def test_an_account_that_was_deleted_meanwhile(library: Library, sqlite_database: Database) -> None:
    reading = library.read(shelved(library, LONG).listed, 0)
    with sqlite_database.write() as conn:
        delete_owner(conn, Owner("none", library.listener.account_id))
    with pytest.raises(GrantEndedError):
        library.go_on(reading, PATIENCE)
