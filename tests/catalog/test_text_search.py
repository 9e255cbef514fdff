"""Finding songs by words: the same on every database, true after every change."""

from __future__ import annotations

import csv
import gzip
import random
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from sqlalchemy import URL, select

from spotai.catalog import search_parts, text_search
from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.stored import get_tracks
from spotai.catalog.tables import search_part, search_term
from spotai.catalog.text_search import find_tracks, forget, is_fresh, refresh
from spotai.catalog.tracks import delete_demo
from spotai.catalog.upsert import upsert_tracks
from spotai.ingest.load import load_tracks
from spotai.tracks import Artist, Track
from tests.catalog.songs import song_id

QUERIES = 300


def song(number: int, title: str, *artists: str, popularity: float | None = 50) -> Track:
    return Track(
        id=song_id(number),
        source="tidytuesday",
        title=title,
        artists=tuple(Artist(f"{name:a<22}"[:22], name) for name in artists),
        features={} if popularity is None else {"popularity": popularity},
    )


def store(database: Database, *songs: Track) -> None:
    with database.write() as conn:
        upsert_tracks(conn, songs)
        refresh(conn)


def found(database: Database, query: str, limit: int = 10, offset: int = 0) -> list[str]:
    """The titles of what is found."""
    with database.read() as conn:
        ids, _ = find_tracks(conn, query, limit, offset)
        return [track.title for track in get_tracks(conn, ids)]


@pytest.fixture
def songs(database: Database) -> Database:
    store(
        database,
        song(1, "Halo", "Beyoncé", popularity=70),
        song(2, "Single Ladies (Put a Ring on It)", "Beyoncé", popularity=80),
        song(3, "Beyoncé", "Somebody", popularity=1),
        song(4, "Beyond Beyoncé", "Nobody", "Other", popularity=99),
        song(5, "夜に駆ける", "YOASOBI", popularity=85),
        song(6, "Don't Stop Me Now", "Queen", popularity=88),
        song(7, "حبيبي", "عمرو دياب", popularity=None),
        song(8, "🔥", "The The", popularity=3),
        song(9, "Bohemian Rhapsody", "Queen", popularity=77),
        song(10, "Vitamin C", "CAN", popularity=60),
        Track(id=song_id(11), source="tidytuesday"),
    )
    return database


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param(
            "BEYONCE",
            ["Beyoncé", "Single Ladies (Put a Ring on It)", "Halo", "Beyond Beyoncé"],
            id="title, artist, popularity",
        ),
        pytest.param(
            "be",
            ["Beyond Beyoncé", "Single Ladies (Put a Ring on It)", "Halo", "Beyoncé"],
            id="from two letters on",
        ),
        pytest.param("queen dont", ["Don't Stop Me Now"], id="words of both, in any order"),
        pytest.param("now queen don\u2019t", ["Don't Stop Me Now"], id="another apostrophe"),
        pytest.param("rhapsody bohem", ["Bohemian Rhapsody"], id="the last may be unfinished"),
        pytest.param("boh rhapsody", [], id="the others not"),
        pytest.param("bohemain rhapsdy", ["Bohemian Rhapsody"], id="typos"),
        pytest.param("quuen", ["Don't Stop Me Now", "Bohemian Rhapsody"], id="a changed letter"),
        pytest.param("qween", [], id="not in the first two letters"),
        pytest.param("駆け", ["夜に駆ける"], id="no blanks"),
        pytest.param("駆", ["夜に駆ける"], id="one letter of such a script"),
        pytest.param("に夜", [], id="in another order"),
        pytest.param("حبيب", ["حبيبي"], id="right to left"),
        pytest.param("دياب", ["حبيبي"], id="its artist"),
        pytest.param("🔥", ["🔥"], id="emoji"),
        pytest.param("the", ["🔥"], id="a word others leave out"),
        pytest.param("vitamin c", ["Vitamin C"], id="a lone letter"),
        pytest.param("vitamin d", ["Vitamin C"], id="a lone letter too many"),
        pytest.param("c", ["Vitamin C"], id="a lone letter alone"),
        pytest.param("can vit", ["Vitamin C"], id="short words"),
    ],
)
def test_songs_are_found(songs: Database, query: str, titles: list[str]) -> None:
    assert found(songs, query) == titles


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            " ",
            "?",
            "%",
            "_",
            "'",
            '"',
            "\\",
            "*",
            "+-<>()~@",
            "NEAR(a b)",
            '"halo" OR "queen"',
        ),
        *("halo OR%", "' OR 1=1 --", "\0", "ha\0lo x", "\ud800", "\U0010ffff", "z" * 10_000),
        *("q " * 5_000, "夜" * 5_000, "\u0301", "title:halo^2", "{halo} -queen", "xx" * 40),
    ],
)
def test_nothing_in_a_query_has_a_meaning_of_its_own(songs: Database, query: str) -> None:
    assert found(songs, query) == []


def test_pages_follow_one_another(database: Database) -> None:
    store(database, *(song(n, f"Same {n % 3}", "A", popularity=n % 4) for n in range(30)))
    with database.read() as conn:
        all_of_them, more = find_tracks(conn, "same", 30)
        pages = [find_tracks(conn, "same", 7, start) for start in range(0, 30, 7)]
    assert not more
    assert [track for page, _ in pages for track in page] == all_of_them
    assert [more for _, more in pages] == [True, True, True, True, False]
    assert all_of_them == sorted(all_of_them, key=lambda id_: (-(int(id_[4:]) % 4), id_))


def test_what_changes_is_found_as_it_is(songs: Database) -> None:
    store(songs, replace(song(9, "Bicycle Race", "Queen"), source="kaggle600k"))
    assert found(songs, "bohemian") == []
    assert found(songs, "bicycle queen") == ["Bicycle Race"]
    store(songs, song(4, "Beyond Beyoncé", "Nobody", "Other", popularity=98))
    with songs.write() as conn:
        upsert_tracks(
            conn, [replace(song(1, "Halo", "Beyoncé", popularity=99), source="kaggle600k")]
        )
        assert not is_fresh(conn)
        refresh(conn)
        assert is_fresh(conn)
    assert found(songs, "beyoncé")[1:3] == ["Halo", "Single Ladies (Put a Ring on It)"]


def test_an_artist_in_a_better_spelling_is_found_by_it(database: Database) -> None:
    store(database, replace(song(1, "Hoppípolla"), artists=(Artist("s" * 22, "Sigur R?s"),)))
    assert found(database, "rós") == []
    store(database, replace(song(2, "Sæglópur"), artists=(Artist("s" * 22, "Sigur Rós"),)))
    assert found(database, "rós") == ["Hoppípolla", "Sæglópur"]


def test_forgotten_songs_are_not_found_until_they_are_indexed(songs: Database) -> None:
    with songs.write() as conn:
        forget(conn, [song_id(6)])
    assert found(songs, "queen") == ["Bohemian Rhapsody"]
    assert found(songs, "queen", limit=1) == ["Bohemian Rhapsody"]
    with songs.write() as conn:
        refresh(conn)
    assert found(songs, "queen") == ["Don't Stop Me Now", "Bohemian Rhapsody"]


def test_deleted_songs_are_gone_and_leave_nothing(database: Database) -> None:
    made_up = Track(id=song_id(1, "demo"), source="demo", title="Made up")
    load_tracks(database, [made_up], name="demo", made_up=True)
    with database.write() as conn:
        refresh(conn)
    assert found(database, "made") == ["Made up"]
    with database.write() as conn:
        delete_demo(conn)
        assert find_tracks(conn, "made", 10) == ([], False)
        refresh(conn)
        assert conn.execute(select(search_term.c.terms)).all() == []


def test_the_order_does_not_depend_on_parts(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    songs = [song(n, f"Word {'odd' * (n % 2)}", f"A{n}", popularity=n * 7 % 10) for n in range(40)]
    store(database, *songs)
    queries = ("word", "wo", "odd", "word odd", "a1", "wird")
    whole = [found_ids(database, query) for query in queries]
    with database.write() as conn:
        forget(conn, [track.id for track in songs])
        monkeypatch.setattr(text_search, "PART_SONGS", 7)
        refresh(conn)
        assert len(conn.execute(select(search_part.c.id)).all()) == 6
    assert [found_ids(database, query) for query in queries] == whole


def test_a_server_that_cuts_long_texts_short_is_asked_for_rows(
    mariadb_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_parts, "LONGEST_TEXT", 1024)
    database = Database(mariadb_url)
    upgrade(database)
    store(database, *(song(n, f"A song\nof {n}", f"Artist {n}") for n in range(40)))
    assert found(database, "song 39 artist") == ["A song\nof 39"]
    assert len(found_ids(database, "song")) == 15
    database.close()


def test_songs_that_are_read_bit_by_bit_are_ranked_together(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_parts, "SONGS_AT_ONCE", 7)
    store(database, *(song(n, "Same", f"A{n}", popularity=n % 7) for n in range(60)))
    with database.read() as conn:
        ids, _ = find_tracks(conn, "same", 60)
        assert find_tracks(conn, "a59", 2) == ([song_id(59)], False)
    assert ids == sorted(ids, key=lambda id_: (-(int(id_[4:]) % 7), id_))


def found_ids(database: Database, query: str) -> list[str]:
    with database.read() as conn:
        return find_tracks(conn, query, 15)[0]


def test_small_loads_leave_few_parts(database: Database) -> None:
    for number in range(40):
        store(database, song(number, f"Song {number}"))
    with database.read() as conn:
        assert len(conn.execute(select(search_part.c.id)).all()) <= 6
    assert len(found(database, "song", limit=50)) == 40


@pytest.mark.long
def test_real_songs_are_found_alike_on_both_databases(
    sqlite_url: URL, mariadb_url: URL, real_data: Path
) -> None:
    with gzip.open(real_data / "songs.csv.gz", "rt", encoding="utf-8") as file:
        rows = random.Random(2).sample(list(csv.DictReader(file)), 4_000)
    tracks = [
        Track(
            id=row["track_id"],
            source=row["source"],
            title=row["name"],
            artists=tuple(
                Artist(f"{crc32(name.encode()):022d}", name)
                for name in dict.fromkeys(row["artists"].split("; "))
            ),
            features={"popularity": float(row["popularity"])} if row["popularity"] else {},
        )
        for row in rows
    ]
    answers = []
    for url in (sqlite_url, mariadb_url):
        database = Database(url)
        upgrade(database)
        store(database, *tracks)
        answers.append([found_ids(database, query) for query in real_queries(rows)])
        database.close()
    assert answers[0] == answers[1]
    assert sum(map(bool, answers[0])) > QUERIES * 0.8


def real_queries(rows: list[dict[str, str]]) -> list[str]:
    """Titles cut short, artists, both, and titles with a wrong letter."""
    chance = random.Random(3)
    queries = []
    for number, row in enumerate(chance.sample(rows, QUERIES)):
        title, artist = row["name"], row["artists"].split("; ")[0]
        middle = len(title) // 2
        kinds = (
            title[: chance.randint(2, max(2, len(title)))],
            artist,
            f"{artist} {title[:3]}",
            title[:middle] + "e" + title[middle + 1 :],
        )
        queries.append(kinds[number % len(kinds)])
    return queries
