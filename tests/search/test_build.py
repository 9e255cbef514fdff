from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from spotai.errors import (
    DamagedSnapshotError,
    InputError,
    SnapshotBusyError,
    SnapshotMissingError,
)
from spotai.features import AXES, NAMES
from spotai.search import Snapshot, build_snapshot
from spotai.search.checksums import altered_files
from spotai.search.files import VALUES
from spotai.search.manifest import read_manifest
from spotai.search.version_kinds import VersionKind
from spotai.tracks import TrackColumns
from tests.made_songs import PLAIN, MakeSnapshot, artist_id, columns_of, song_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def build(folder: Path, songs: int = 3) -> Path:
    rows = [{"energy": n / 10, "tempo": 100.0 + n} for n in range(songs)]
    return build_snapshot([columns_of(rows)], folder, source="test")


def test_a_song_is_read_back_as_it_was_put_in(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        [
            {
                "title": "Défaite — 敗北",
                "artists": ("Ann", "Bob"),
                "album": "One",
                "release_date": "2000-05-01",
                "explicit": 1,
                "genres": ("jazz", "pop"),
                "followers": 7,
                "energy": 0.7,
                "key": None,
                "popularity": 0,
            },
            {"artists": ()},
        ]
    )
    song = snapshot.song(0)
    assert song.id == song_id(0)
    assert song.title == "Défaite — 敗北"
    assert [artist.name for artist in song.artists] == ["Ann", "Bob"]
    assert (song.album, song.release_date, song.explicit) == ("One", "2000-05-01", True)
    assert song.genres == ("jazz", "pop")
    assert song.values == {**PLAIN, "energy": 0.7, "key": None, "popularity": 0}
    assert snapshot.values("playlist_followers").tolist() == [7, 0]
    assert (snapshot.song(1).artists, snapshot.song(1).explicit) == ((), None)
    assert snapshot.first_artists(np.array([0, 1])) == [artist_id("Ann"), ""]


def test_batches_make_the_same_snapshot_as_one_piece(tmp_path: Path) -> None:
    rows = [
        {"id": song_id(n), "title": f"T{n}", "artists": (f"A{n % 3}",), "genres": (f"g{n % 2}",)}
        | {"energy": n / 20, "popularity": None if n % 4 == 0 else n}
        for n in range(20)
    ]
    whole = Snapshot.open(build_snapshot([columns_of(rows)], tmp_path / "a", source="test"))
    pieces = (columns_of(rows[start : start + 6]) for start in range(0, 20, 6))
    parts = Snapshot.open(build_snapshot(pieces, tmp_path / "b", source="test"))
    assert parts.manifest.files == whole.manifest.files
    assert [parts.song(n) for n in range(20)] == [whole.song(n) for n in range(20)]


def test_tracks_without_the_required_features_stay_out_and_are_counted(folder: Path) -> None:
    optional = ("key", "mode", "time_signature", "popularity", "release_year")
    rows = [{name: None} for name in NAMES]
    snapshot = Snapshot.open(build_snapshot([columns_of(rows)], folder, source="test"))
    kept = [NAMES.index(name) for name in optional]
    assert snapshot.ids.tolist() == sorted(song_id(n).encode() for n in kept)
    assert snapshot.manifest.skipped == 10


def test_missing_values_have_coordinate_0_and_a_bit(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        [{"key": k, "popularity": p} for k, p in ((None, 1), (3, None), (8, 9))]
    )
    missing = {axis: snapshot.missing()[:, a].tolist() for a, axis in enumerate(AXES)}
    assert missing["key_cos"] == missing["key_sin"] == [True, False, False]
    assert missing["popularity"] == [False, True, False]
    assert snapshot.coordinates().shape == snapshot.missing().shape == (3, 16)
    assert (snapshot.coordinates()[snapshot.missing()] == 0).all()
    assert np.isfinite(snapshot.coordinates()).all()


def test_the_maps_are_kept_with_the_snapshot(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"tempo": t} for t in (90.0, 100.0, 140.0)])
    by_map = snapshot.maps["tempo"].coordinates_of(np.array([90.0, 100.0, 140.0]))
    assert snapshot.axis("tempo").tolist() == by_map.astype(np.float32).tolist()
    assert not snapshot.maps["energy"].available


def test_the_manifest_holds_moments_and_extremes_of_known_coordinates(
    make_snapshot: MakeSnapshot,
) -> None:
    rows = [
        {"key": n % 7 if n % 3 else None, "tempo": 90.0 + n**2 % 11, "mode": None}
        for n in range(40)
    ]
    snapshot = make_snapshot(rows)
    for axis in AXES:
        known = snapshot.axis(axis)[~snapshot.missing_on(axis)].astype(np.float64)
        entry = snapshot.extremes[axis]
        expected = (
            [known.mean(), known.var(), known.min(), known.max()] if len(known) else [0.0] * 4
        )
        found = [entry.mean, entry.variance, entry.low, entry.high]
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)
        assert entry.available == (axis in {"key_cos", "key_sin", "tempo"})


def test_ids_must_ascend(folder: Path) -> None:
    with pytest.raises(InputError, match="ascending"):
        build_snapshot(
            [columns_of([{"id": song_id(2)}, {"id": song_id(2)}])], folder, source="test"
        )
    batch = columns_of([{}, {}])
    with pytest.raises(InputError, match="ascending"):
        build_snapshot([batch, batch], folder, source="test")


def test_a_failed_build_leaves_the_earlier_generation_and_nothing_else(folder: Path) -> None:
    first = build(folder)

    def breaks_off() -> Iterator[TrackColumns]:
        yield columns_of([{}])
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        build_snapshot(breaks_off(), folder, source="test")
    assert sorted(path.name for path in folder.iterdir()) == [".lock", first.name]
    assert Snapshot.open(folder).generation == 1


@pytest.mark.parametrize("rows", [[], [{"energy": None}]])
def test_nothing_to_search_is_refused(folder: Path, rows: list[dict[str, object]]) -> None:
    with pytest.raises(InputError, match="spotai load"):
        build_snapshot([columns_of(rows)], folder, source="test")


def test_what_a_killed_build_left_is_cleared_and_the_two_newest_generations_stay(
    folder: Path,
) -> None:
    (folder / ".building-00000001").mkdir(parents=True)
    names = [build(folder).name for _ in range(3)]
    assert names == ["generation-00000001", "generation-00000002", "generation-00000003"]
    assert sorted(p.name for p in folder.iterdir()) == [".lock", *names[1:]]


def test_only_one_process_builds_at_a_time(folder: Path) -> None:
    folder.mkdir()
    with (folder / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(SnapshotBusyError):
            build(folder)


def test_an_open_snapshot_goes_on_when_its_generation_is_replaced(folder: Path) -> None:
    build(folder)
    old = Snapshot.open(folder)
    for _ in range(3):
        build(folder, songs=5)
    assert old.song(2).values["tempo"] == 102.0
    assert len(Snapshot.open(folder)) == 5


def test_no_snapshot_says_how_to_make_one(folder: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="spotai snapshot"):
        Snapshot.open(folder)


def test_a_damaged_generation_is_passed_over(folder: Path) -> None:
    build(folder)
    newest = build(folder, songs=5)
    (newest / "ids.npy").unlink()
    assert Snapshot.open(folder).generation == 1
    with pytest.raises(DamagedSnapshotError, match=r"ids\.npy is missing"):
        Snapshot.open(newest)


def test_a_cut_file_and_another_format_are_named(folder: Path) -> None:
    cut = build(folder)
    heap = cut / "title.npy"
    heap.write_bytes(heap.read_bytes()[:-1])
    with pytest.raises(DamagedSnapshotError, match=r"title\.npy has .* bytes"):
        Snapshot.open(cut)

    newer = build(folder)
    manifest = json.loads((newer / "manifest.json").read_text())
    (newer / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(DamagedSnapshotError, match="snapshot format 99"):
        Snapshot.open(newer)


def test_altered_bytes_are_found_by_their_checksum(folder: Path) -> None:
    built = build(folder)
    manifest = read_manifest(built)
    assert altered_files(built, manifest) == []
    column = built / "map-tempo.npy"
    content = bytearray(column.read_bytes())
    content[-1] ^= 1
    column.write_bytes(content)
    assert altered_files(built, manifest) == ["map-tempo.npy"]


def test_progress_counts_tracks(folder: Path) -> None:
    seen: list[int] = []
    batches = (columns_of([{"id": song_id(n)}]) for n in range(3))
    build_snapshot(batches, folder, source="test", progress=seen.append)
    assert seen == [1, 2, 3]


def test_ids_are_looked_up_in_the_order_given(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{}, {}, {}])
    wanted = [song_id(2), "nonsense", song_id(0), "9" * 22, ""]
    assert snapshot.rows_of(wanted).tolist() == [2, -1, 0, -1, -1]
    assert snapshot.rows_of([]).tolist() == []


def test_songs_of_one_title_and_artist_are_listed_as_versions(make_snapshot: MakeSnapshot) -> None:
    """Not those of another artist, nor those without a title."""
    titles = ["Yes", "No", "Yes (Live)", "", "Yes - Remastered", "", "Yes"]
    artists = ["Ann", "Ann", "Ann", "Ann", "Ann", "Ann", "Bob"]
    snapshot = make_snapshot(
        [
            {"title": title, "artists": (artist,), "energy": n / 10}
            for n, (title, artist) in enumerate(zip(titles, artists, strict=True))
        ]
    )
    rows = snapshot.rows_of([song_id(n) for n in (2, 1, 3, 6, 0)])
    owners, versions = snapshot.versions_of(rows)
    of = {n: {int(i) for i in snapshot.ids[versions[owners == n]]} for n in range(len(rows))}
    assert of == {0: {0, 2, 4}, 1: set(), 2: set(), 3: set(), 4: {0, 2, 4}}
    assert owners.tolist() == sorted(owners.tolist())
    kinds = snapshot.version_kinds[snapshot.rows_of([song_id(n) for n in (0, 4, 2)])]
    assert kinds.tolist() == [VersionKind.ORIGINAL, VersionKind.NEAR, VersionKind.ALTERNATE]
    assert [each.size for each in snapshot.versions_of(np.empty(0, dtype=np.intp))] == [0, 0]


@pytest.mark.parametrize("column", VALUES)
def test_the_largest_of_a_column_is_known_without_reading_it(
    make_snapshot: MakeSnapshot, column: str
) -> None:
    songs = [{"energy": n / 2_000, "followers": n % 7, "explicit": 0} for n in range(900)]
    snapshot = make_snapshot(songs)
    assert snapshot.largest(column) == np.nanmax(snapshot.values(column))
