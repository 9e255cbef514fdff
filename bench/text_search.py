"""Time finding songs by words: building the index, and questions of many kinds.

    python -m bench.text_search --songs songs.csv.gz

Our index on SQLite and on a MariaDB server of its own, beside SQLite's FTS5 and MariaDB's FULLTEXT
on the same texts. FTS5 is given its best case: its rows are stored by popularity, so the first
matches are the best and it ranks nothing. FULLTEXT knows no words of one or two letters. Neither
mends typos nor cuts scripts without spaces. Times of questions are those of one read transaction.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import numpy as np
from rich.console import Console
from rich.table import Table
from sqlalchemy import URL, func, select, text

from spotai.catalog.engine import Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.search_words import words_of
from spotai.catalog.tables import artist, track, track_artist
from spotai.catalog.text_search import find_tracks, forget, refresh
from spotai.ingest.load import load_file
from tests.servers.mariadb import HOW_TO_GET_IT, find_programs, run_mariadb

LIMIT: Final = 10
UNSPACED: Final = ("\u3040", "\u9fff")
RIGHT_TO_LEFT: Final = ("\u0590", "\u06ff")

Texts = Sequence[tuple[str, str]]
Ask = Callable[[str], object]


@click.command()
@click.option("--songs", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--queries", default=40, show_default=True, help="Questions of each kind.")
def main(songs: Path, queries: int) -> None:
    """Print how long building took, and p50 and p95 of each kind of question."""
    programs = find_programs()
    if programs is None:
        raise click.ClickException(HOW_TO_GET_IT)
    builds: dict[str, float] = {}
    asks: dict[str, Ask] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        run_mariadb(*programs) as server,
        server.fresh_database() as mariadb,
        _loaded(f"sqlite:///{folder}/bench.sqlite3", songs) as lite,
        _loaded(mariadb, songs) as maria,
    ):
        texts = _texts(lite)
        for name, database in (("SQLite", lite), ("MariaDB", maria)):
            builds[name] = _rebuild(database)
            asks[name] = _asking(database)
        builds["FTS5"], asks["FTS5"] = _fts5(Path(folder) / "fts5.sqlite3", texts)
        builds["FULLTEXT"], asks["FULLTEXT"] = _fulltext(maria, texts)
        kinds = _questions(texts, queries)
        times = {name: _times(ask, kinds) for name, ask in asks.items()}
    _report(len(texts), builds, times)


@contextmanager
def _loaded(url: URL | str, songs: Path) -> Iterator[Database]:
    database = Database(url)
    upgrade(database)
    load_file(database, songs)
    yield database
    database.close()


def _texts(database: Database) -> Texts:
    """Return title and artists of every song, the most popular first."""
    names = func.aggregate_strings(artist.c.name, " ")
    with database.read() as conn:
        rows = conn.execute(
            select(func.coalesce(track.c.title, ""), func.coalesce(names, ""))
            .outerjoin(track_artist, track_artist.c.track_id == track.c.id)
            .outerjoin(artist)
            .group_by(track.c.id)
            .order_by(track.c.popularity.desc(), track.c.id)
        )
        return [(title, artists) for title, artists in rows]


def _rebuild(database: Database) -> float:
    with database.write() as conn:
        forget(conn, conn.scalars(select(track.c.id)).all())
    with database.write() as conn:
        return _time(lambda: refresh(conn))


def _asking(database: Database) -> Ask:
    def ask(query: str) -> object:
        with database.read() as conn:
            return find_tracks(conn, query, LIMIT)

    return ask


def _fts5(path: Path, texts: Texts) -> tuple[float, Ask]:
    conn = sqlite3.connect(path)
    conn.execute(
        "CREATE VIRTUAL TABLE song USING fts5"
        "(title, artists, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
    )

    def build() -> None:
        with conn:
            conn.executemany("INSERT INTO song (title, artists) VALUES (?, ?)", texts)

    def ask(query: str) -> object:
        words = " ".join(f'"{word}"' for word in words_of(query))
        found = "SELECT rowid FROM song WHERE song MATCH ? ORDER BY rowid LIMIT ?"
        return conn.execute(found, (f"{words}*", LIMIT)).fetchall()

    return _time(build), ask


def _fulltext(database: Database, texts: Texts) -> tuple[float, Ask]:
    def build() -> None:
        with database.write() as conn:
            conn.execute(
                text(
                    "CREATE TABLE rival (place INT PRIMARY KEY, title TEXT, artists TEXT) "
                    "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
                )
            )
            rows = [(place, *both) for place, both in enumerate(texts)]
            conn.exec_driver_sql("INSERT INTO rival VALUES (%s, %s, %s)", rows)
            conn.execute(text("ALTER TABLE rival ADD FULLTEXT (title, artists)"))

    found = text(
        "SELECT place FROM rival WHERE MATCH (title, artists) AGAINST (:words IN BOOLEAN MODE) "
        "ORDER BY place LIMIT :most"
    )

    def ask(query: str) -> object:
        words = " ".join(f"+{word}" for word in words_of(query) if word.isalnum())
        with database.read() as conn:
            return conn.execute(found, {"words": f"{words}*", "most": LIMIT}).all()

    return _time(build), ask


def _questions(texts: Texts, most: int) -> Mapping[str, Sequence[str]]:
    """Return questions for songs of the better known half, the same ones every time."""
    chance = np.random.default_rng(5)
    known = texts[: len(texts) // 2]
    sample = chance.permutation(len(known))[: len(known) // 8]
    plain = [known[place] for place in sample if len(known[place][0]) > 5]
    spaced = [(title, name) for title, name in plain if title.isascii() and " " in title]
    longest = [max(title.split(), key=len) for title, _ in spaced]
    return {
        "two letters": [title[:2] for title, _ in plain[:most]],
        "three letters": [title[:3] for title, _ in plain[:most]],
        "four letters": [title[:4] for title, _ in plain[:most]],
        "a word": [title.split()[0] for title, _ in spaced[:most]],
        "two words": [" ".join(title.split()[:2]) for title, _ in spaced[:most]],
        "a title": [title for title, _ in plain[most : 2 * most]],
        "artist and title": [f"{name} {title}" for title, name in plain[2 * most : 3 * most]],
        "a typo": [f"{word[: len(word) // 2]}q{word[len(word) // 2 + 1 :]}" for word in longest][
            :most
        ],
        "Chinese, Japanese": [title[:3] for title, _ in _in_script(texts, UNSPACED)[:most]],
        "right to left": [title[:6] for title, _ in _in_script(texts, RIGHT_TO_LEFT)[:most]],
    }


def _in_script(texts: Texts, letters: tuple[str, str]) -> Texts:
    first, last = letters
    return [both for both in texts if both[0] and first <= both[0][0] <= last]


def _times(ask: Ask, kinds: Mapping[str, Sequence[str]]) -> dict[str, list[float]]:
    for queries in kinds.values():
        ask(queries[0])
    return {
        kind: [_time(lambda q=query: ask(q)) for query in queries]  # type: ignore[misc]
        for kind, queries in kinds.items()
    }


def _time(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _report(
    songs: int, builds: Mapping[str, float], times: Mapping[str, Mapping[str, list[float]]]
) -> None:
    table = Table(title=f"{songs:,} songs; questions in milliseconds, p50 / p95")
    table.add_column("")
    for name in builds:
        table.add_column(name, justify="right")
    table.add_row("building, seconds", *(f"{seconds:.1f}" for seconds in builds.values()))
    table.add_row(
        "songs a second",
        *(f"{songs / seconds:,.0f}" for seconds in builds.values()),
        end_section=True,
    )
    for kind in next(iter(times.values())):
        table.add_row(kind, *(_percentiles(found[kind]) for found in times.values()))
    together = [[t for some in found.values() for t in some] for found in times.values()]
    table.add_row("all of them", *map(_percentiles, together))
    console = Console(file=sys.stdout)
    console.print(table)
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _percentiles(seconds: Sequence[float]) -> str:
    p50, p95 = np.percentile(seconds, (50, 95)) * 1000
    return f"{p50:.1f} / {p95:.1f}"


if __name__ == "__main__":
    main()
