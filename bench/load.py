"""Time loading a large table, beside what the database's own means take for the bare file.

    python -m bench.load                    # 1.2 million made-up songs, SQLite and MariaDB
    python -m bench.load --file songs.csv   # a file of your own

The made-up file has the columns of the Kaggle set of 1.2 million songs. The rivals put every field
of every line as text into one table without a key, and check nothing: on SQLite the csv module and
executemany, on MariaDB its LOAD DATA LOCAL INFILE. Memory is the peaks of the load and of the
processes it starts, added up (Linux only).
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import random
import re
import sqlite3
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import URL, text

from spotai.catalog.engine import Database
from tests.servers.mariadb import HOW_TO_GET_IT, find_programs, run_mariadb

HEADER: Final = (
    "id", "name", "album", "album_id", "artists", "artist_ids", "track_number", "disc_number",
    "explicit", "danceability", "energy", "key", "loudness", "mode", "speechiness",
    "acousticness", "instrumentalness", "liveness", "valence", "tempo", "duration_ms",
    "time_signature", "year", "release_date",
)  # fmt: skip
LETTERS: Final = string.digits + string.ascii_letters


@click.command()
@click.option("--songs", default=1_200_000, show_default=True, help="How many songs to make up.")
@click.option("--file", type=click.Path(exists=True, path_type=Path), help="Load this file.")
def main(songs: int, file: Path | None) -> None:
    """Print rows a second, memory, and the ratio to the rival."""
    programs = find_programs()
    if programs is None:
        raise click.ClickException(HOW_TO_GET_IT)
    with tempfile.TemporaryDirectory() as folder:
        path = file or write_songs(Path(folder) / "songs.csv", songs)
        table = Table("database", "rows/s", "peak MB", "snapshot s", "rival rows/s", "ratio")
        _row(table, "SQLite", f"sqlite:///{folder}/bench.sqlite3", path, _csv_into_sqlite(path))
        with run_mariadb(*programs) as server:
            with server.fresh_database() as url:
                rival = _load_data(url, path)
            with server.fresh_database() as url:
                _row(table, "MariaDB", url.render_as_string(hide_password=False), path, rival)
        megabytes = path.stat().st_size / 1e6
    console = Console()
    console.print(f"{path.name}, {megabytes:,.0f} MB, Python {platform.python_version()},")
    console.print(f"{os.cpu_count()} cores, {platform.machine()}, {sys.platform}")
    console.print(table)


def write_songs(path: Path, songs: int) -> Path:
    """Write made-up songs in albums, under ids in no order, always the same; return the path."""
    dice = random.Random(7)
    words = [_word(dice) for _ in range(30_000)]
    artists = [(_id(dice), _words(dice, words, 2)) for _ in range(max(songs // 8, 1))]
    with path.open("w", newline="", encoding="utf-8") as opened:
        table = csv.writer(opened)
        table.writerow(HEADER)
        table.writerows(islice(_albums(dice, words, artists), songs))
    return path


def _albums(
    dice: random.Random, words: list[str], artists: list[tuple[str, str]]
) -> Iterator[list[object]]:
    while True:
        album = _words(dice, words, 3), _id(dice)
        date = f"{dice.randint(1960, 2020)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        first = artists[int(dice.paretovariate(0.5) * 50) % len(artists)]
        for number in range(dice.randint(1, 20)):
            guests = [dice.choice(artists)] if dice.random() < 0.25 else []
            credited = [first, *guests]
            yield [
                _id(dice), _words(dice, words, 5), *album,
                str([name for _, name in credited]), str([id_ for id_, _ in credited]),
                number + 1, 1, dice.random() < 0.1, *_features(dice), date[:4], date,
            ]  # fmt: skip


def _features(dice: random.Random) -> list[object]:
    def share(digits: int = 3) -> float:
        return round(dice.random(), digits)

    return [
        share(), share(), dice.randrange(12), round(-30 * dice.random(), 3), dice.randrange(2),
        share(4), share(6), float(f"{dice.random() ** 8:.3g}"), share(4), share(),
        round(60 + 120 * dice.random(), 3), dice.randint(90_000, 400_000),
        dice.choice([4.0, 4.0, 4.0, 3.0]),
    ]  # fmt: skip


def _id(dice: random.Random) -> str:
    return dice.choice("01234567") + "".join(dice.choices(LETTERS, k=21))


def _word(dice: random.Random) -> str:
    return "".join(dice.choices("etaoinshrdlu", range(12, 0, -1), k=dice.randint(2, 9)))


def _words(dice: random.Random, words: list[str], most: int) -> str:
    chosen = (words[int(dice.paretovariate(0.6)) % len(words)] for _ in range(most))
    return " ".join(islice(chosen, dice.randint(1, most))).title()


def _row(table: Table, name: str, url: str, path: Path, rival: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SPOTAI_DATABASE_URL": url, "SPOTAI_DATA_DIR": folder}
        answer, peak = _run(["load", str(path)], environment)
        rate = answer["files"][0]["read"] / answer["files"][0]["seconds"]
        snapshot, _ = _run(["snapshot"], environment)
    cells = (f"{rate:,.0f}", f"{peak / 1024:,.0f}", f"{snapshot['seconds']:.0f}")
    table.add_row(name, *cells, f"{rival:,.0f}", f"{rate / rival:.2f}")


def _run(command: list[str], environment: dict[str, str]) -> tuple[Any, int]:
    """Return what a command of SpotAI answers, and the KiB it and its children took at most."""
    words = [sys.executable, "-m", "spotai", *command, "--json", "--quiet"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment) as process:
        peaks: dict[str, int] = {}
        while process.poll() is None:
            _look(str(process.pid), peaks)
            time.sleep(0.1)
        if process.returncode:
            raise click.ClickException(f"{' '.join(command)} ended with {process.returncode}")
        return json.load(process.stdout or io.BytesIO()), sum(peaks.values())


def _look(process: str, peaks: dict[str, int]) -> None:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
        for one in (process, *children):
            peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{one}/status").read_text("utf-8"))
            peaks[one] = int(peak[1]) if peak else 0
    except OSError:
        return  # one of them has just ended


def _csv_into_sqlite(path: Path) -> float:
    """Return the rows a second of the csv module and executemany."""
    with tempfile.TemporaryDirectory() as folder, path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        columns = next(rows)
        conn = sqlite3.connect(Path(folder) / "rival.sqlite3")
        conn.execute("PRAGMA journal_mode=WAL")
        began = time.perf_counter()
        with conn:
            conn.execute(f"CREATE TABLE song ({', '.join(f'c{n}' for n in range(len(columns)))})")
            marks = ", ".join("?" * len(columns))
            stored = conn.executemany(f"INSERT INTO song VALUES ({marks})", rows).rowcount
        rate = stored / (time.perf_counter() - began)
        conn.close()
    return rate


def _load_data(url: URL, path: Path) -> float:
    """Return the rows a second of the server's own reader of CSV files."""
    with path.open(encoding="utf-8") as file:
        columns = ", ".join(f"c{n} TEXT" for n in range(file.readline().count(",") + 1))
    database = Database(url)
    with database.write(bulk=True) as conn:
        conn.execute(text(f"CREATE TABLE song ({columns}) CHARACTER SET utf8mb4"))
        began = time.perf_counter()
        stored = conn.exec_driver_sql(
            "LOAD DATA LOCAL INFILE %s INTO TABLE song CHARACTER SET utf8mb4 "
            "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' IGNORE 1 LINES",
            (str(path),),
        ).rowcount
    rate = stored / (time.perf_counter() - began)
    database.close()
    return rate


if __name__ == "__main__":
    main()
