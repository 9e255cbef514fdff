"""The filter on playlist followers, from the files that tell them to the songs that pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.catalog.engine import Database
from spotai.ingest.load import load_file, load_tracks
from spotai.ingest.snapshots import load_demo, rebuild
from spotai.recommend import Recipe, recommend
from spotai.recommend.recipe import MAX_SIZE
from spotai.search import Snapshot
from spotai.tracks import Track


def passing(snapshot: Snapshot, least: int) -> set[str]:
    """The songs that a recipe lists with this filter: all that pass."""
    recipe = Recipe.model_validate(
        {
            "features": {"energy": {"target": 0.5}},
            "size": MAX_SIZE,
            "filters": {"min_playlist_followers": least},
            "variety": {"one_version_per_song": False},
        }
    )
    found = recommend(snapshot, recipe, lambda _: ())
    assert len(found.songs) == found.total_matches
    return {each.song.id for each in found.songs}


def test_songs_of_followed_demo_playlists_pass(sqlite_database: Database, tmp_path: Path) -> None:
    load_demo(sqlite_database, 2_000)
    snapshot = Snapshot.open(rebuild(sqlite_database, tmp_path / "s"))
    lists = demo_playlists(2_000)
    for least in (1, 1_000, 100_000, 10**6):
        followed = [one.track_ids for one in lists if one.followers >= least]
        expected = {track for track_ids in followed for track in track_ids}
        assert passing(snapshot, least) == expected
        assert 0 < len(expected) < 2_000
    assert passing(snapshot, 10**6 + 1) == set()


def songs(count: int) -> list[Track]:
    return [
        Track(id=f"{n:022d}", source="made", title=f"Song {n}", features=track.features)
        for n, track in enumerate(demo_tracks(count))
    ]


Write = Callable[[dict[int, list[str]]], str]


def mpd(lists: dict[int, list[str]]) -> str:
    """A slice of the Million Playlist Dataset: track ids by followers."""
    playlists = [
        {
            "name": f"List {pid}",
            "pid": pid,
            "num_followers": followers,
            "tracks": [{"track_uri": f"spotify:track:{id_}", "track_name": "x"} for id_ in ids],
        }
        for pid, (followers, ids) in enumerate(lists.items())
    ]
    return json.dumps({"playlists": playlists})


def table(lists: dict[int, list[str]]) -> str:
    rows = [f"p{n},{n},{id_}" for n, ids in lists.items() for id_ in ids]
    return "\n".join(["playlist_id,playlist_followers,track_id", *rows])


@pytest.mark.parametrize(("name", "write"), [("slice.json", mpd), ("lists.csv", table)])
def test_songs_of_followed_playlists_of_a_file_pass(
    sqlite_database: Database,
    tmp_path: Path,
    name: str,
    write: Write,
) -> None:
    load_tracks(sqlite_database, songs(100), name="songs")
    ids = [track.id for track in songs(100)]
    lists = {5: ids[:10], 700: ids[5:20], 0: ids[30:40]}
    (tmp_path / name).write_text(write(lists))
    load_file(sqlite_database, tmp_path / name)
    snapshot = Snapshot.open(rebuild(sqlite_database, tmp_path / "s"))
    assert passing(snapshot, 1) == set(ids[:20])
    assert passing(snapshot, 6) == passing(snapshot, 700) == set(ids[5:20])
    assert passing(snapshot, 701) == set()


def test_songs_of_followed_real_playlists_pass(
    sqlite_database: Database, real_data: Path, tmp_path: Path
) -> None:
    path = real_data / "mpd_format_open_playlists.json"
    told: dict[str, int] = {}
    for one in json.loads(path.read_text())["playlists"]:
        for entry in one["tracks"]:
            id_ = entry["track_uri"].rpartition(":")[2]
            told[id_] = max(told.get(id_, 0), one["num_followers"])
    measured = [track.features for track in demo_tracks(len(told))]
    known = [
        Track(id=id_, source="made", title=id_, features=features)
        for id_, features in zip(told, measured, strict=True)
    ]
    load_tracks(sqlite_database, known, name="songs")
    load_file(sqlite_database, path)
    snapshot = Snapshot.open(rebuild(sqlite_database, tmp_path / "s"))
    ids = [id_.decode() for id_ in snapshot.ids.tolist()]
    assert dict(zip(ids, snapshot.values("playlist_followers"), strict=True)) == told
    assert max(told.values()) > 0
