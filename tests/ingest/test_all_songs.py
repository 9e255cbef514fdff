"""Every real song and playlist in both databases: each row accounted for, and the same in both."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pytest
from sqlalchemy import Select, Table, func, select

from spotai.catalog.columns import column_batches
from spotai.catalog.engine import Connection, Database
from spotai.catalog.migrations import upgrade
from spotai.catalog.tables import load, playlist, playlist_track, provenance, source, track
from spotai.features import FEATURES, GROUPS
from spotai.formats import cells
from spotai.ingest.load import LoadReport, load_file
from tests.servers.mariadb import MariaDB

pytestmark = pytest.mark.long

SONGS: Final = 264_763
PLAYLISTS: Final = 725
STEP: Final = 20_000


class Loaded(NamedTuple):
    database: Database
    songs: LoadReport
    playlists: LoadReport


class Files(NamedTuple):
    """What a plain CSV reader sees: track ids in order, and the track ids of each playlist."""

    track_ids: list[str]
    titles: dict[str, str]
    measured: dict[str, int]
    playlists: dict[str, list[str]]
    names: dict[str, str]


def load_everything(database: Database, folder: Path) -> Loaded:
    upgrade(database)
    songs = load_file(database, folder / "songs.csv.gz")
    return Loaded(database, songs, load_file(database, folder / "playlists_dev.csv.gz"))


@pytest.fixture(scope="module")
def in_sqlite(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    file = tmp_path_factory.mktemp("everything") / "spotai.sqlite3"
    loaded = load_everything(Database(f"sqlite:///{file}"), real_data)
    yield loaded
    loaded.database.close()


@pytest.fixture(scope="module")
def in_mariadb(real_data: Path, mariadb: MariaDB) -> Iterator[Loaded]:
    with mariadb.fresh_database() as url:
        loaded = load_everything(Database(url), real_data)
        yield loaded
        loaded.database.close()


@pytest.fixture(params=["in_sqlite", "in_mariadb"])
def loaded(request: pytest.FixtureRequest) -> Loaded:
    found: Loaded = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def files(real_data: Path) -> Files:
    found = Files([], {}, defaultdict(int), defaultdict(list), {})
    for row in rows_of(real_data / "songs.csv.gz"):
        found.track_ids.append(row["track_id"])
        found.titles[row["track_id"]] = row["name"]
        for feature in FEATURES:
            found.measured[feature.name] += bool(row.get(feature.name))
    for row in rows_of(real_data / "playlists_dev.csv.gz"):
        found.playlists[row["playlist_id"]].append(row["track_id"])
        found.names[row["playlist_id"]] = row["playlist_name"]
    return found


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def count(conn: Connection, table: Table) -> int:
    return int(conn.execute(select(func.count()).select_from(table)).scalar_one())


def test_every_row_of_the_songs_is_accounted_for(loaded: Loaded, files: Files) -> None:
    report = loaded.songs
    assert report.read == len(files.track_ids) == SONGS
    assert report.read == report.added + report.updated + report.merged + report.refused
    assert report.refused == len(report.refusals)
    assert len({refusal.line for refusal in report.refusals}) == report.refused
    assert all(refusal.reason for refusal in report.refusals)
    assert report.added == len(files.titles) - report.refused
    with loaded.database.read() as conn:
        assert count(conn, track) == report.added
        stored = set(conn.scalars(select(track.c.id)))
        titled = conn.execute(select(func.count(track.c.title))).scalar_one()
    assert stored <= files.titles.keys()
    blank = sum(not title.strip() for title in files.titles.values())
    assert titled == report.added - blank


def test_every_row_of_the_playlists_is_accounted_for(loaded: Loaded, files: Files) -> None:
    report = loaded.playlists
    entries = sum(map(len, files.playlists.values()))
    assert report.read == report.added + report.updated + report.merged + report.refused == entries
    assert (report.added, report.refused) == (0, 0)
    assert report.playlists == len(files.playlists) == PLAYLISTS
    with loaded.database.read() as conn:
        assert count(conn, playlist) == PLAYLISTS
        assert count(conn, playlist_track) == entries
        names = {row.id: row.name for row in conn.execute(select(playlist))}
        stored = defaultdict(list)
        by_place = select(playlist_track).order_by(playlist_track.c.playlist_id, "position")
        for row in conn.execute(by_place):
            stored[row.playlist_id].append(row.track_id)
    assert stored == files.playlists
    assert names == {key: cells.name(name) for key, name in files.names.items()}


def test_the_books_tell_what_the_reports_tell(loaded: Loaded) -> None:
    with loaded.database.read() as conn:
        rows = conn.execute(select(load).order_by(load.c.id)).all()
    for row, report in zip(rows, (loaded.songs, loaded.playlists), strict=True):
        for name in ("file", "format", "added", "updated", "merged", "refused", "playlists"):
            assert getattr(row, name) == getattr(report, name)
        assert (row.status, row.rows_read) == ("done", report.read)


def test_both_databases_report_the_same(in_sqlite: Loaded, in_mariadb: Loaded) -> None:
    for ours, theirs in zip(in_sqlite[1:], in_mariadb[1:], strict=True):
        ours.seconds = theirs.seconds = 0
        assert ours == theirs


def tracks_with_sources(last: str) -> Select[Any]:
    """Tracks after an id, all columns but times, sources by name: their numbers are nobody's."""
    named = {f"{group}_source_id": source.alias(group) for group in GROUPS}
    statement = select(
        *(column for column in track.c if column.name != "provenance_id"),
        *(alias.c.name.label(column) for column, alias in named.items()),
    ).join(provenance, provenance.c.id == track.c.provenance_id)
    for column, alias in named.items():
        statement = statement.outerjoin(alias, alias.c.id == provenance.c[column])
    return statement.where(track.c.id > last).order_by(track.c.id).limit(STEP)


def test_both_databases_hold_equal_tracks(in_sqlite: Loaded, in_mariadb: Loaded) -> None:
    last, compared = "", 0
    with in_sqlite.database.read() as ours, in_mariadb.database.read() as theirs:
        while True:
            statement = tracks_with_sources(last)
            rows, others = (conn.execute(statement).all() for conn in (ours, theirs))
            assert rows == others
            if not rows:
                break
            last, compared = rows[-1].id, compared + len(rows)
    assert compared == in_sqlite.songs.added


def test_both_databases_hold_equal_columns(in_sqlite: Loaded, in_mariadb: Loaded) -> None:
    """With artists in order, genres, album names and followers."""
    with in_sqlite.database.read() as ours, in_mariadb.database.read() as theirs:
        batches = zip(column_batches(ours, STEP), column_batches(theirs, STEP), strict=True)
        for batch, other in batches:
            for name in batch.__slots__:
                one, two = getattr(batch, name), getattr(other, name)
                if name == "features":
                    for feature in FEATURES:
                        np.testing.assert_array_equal(one[feature.name], two[feature.name])
                elif isinstance(one, np.ndarray):
                    np.testing.assert_array_equal(one, two)
                else:
                    assert list(map(tuple_of, one)) == list(map(tuple_of, two))


def tuple_of(value: Any) -> Any:
    return value if isinstance(value, str) else tuple(value)


def test_both_databases_hold_equal_playlists(in_sqlite: Loaded, in_mariadb: Loaded) -> None:
    entries = select(playlist_track).order_by(
        playlist_track.c.playlist_id, playlist_track.c.position
    )
    lists = select(playlist.c.id, playlist.c.name, playlist.c.kind, playlist.c.followers).order_by(
        playlist.c.id
    )
    with in_sqlite.database.read() as ours, in_mariadb.database.read() as theirs:
        assert ours.execute(entries).all() == theirs.execute(entries).all()
        assert ours.execute(lists).all() == theirs.execute(lists).all()


def test_features_of_the_file_are_there(loaded: Loaded, files: Files) -> None:
    """Of each feature as many as the file has cells, less what quirks take away."""
    with loaded.database.read() as conn:
        counts = [func.count(track.c[feature.name]).label(feature.name) for feature in FEATURES]
        known = conn.execute(select(*counts)).one()
    for feature in FEATURES:
        if feature.name != "release_year":
            given = files.measured[feature.name]
            assert 0.99 * given <= getattr(known, feature.name) <= given
