"""The open snapshot: newer ones are noticed, damaged ones left aside, the old one kept."""

from __future__ import annotations

import json
import os
import resource
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from spotai.api.holder import SnapshotHolder
from spotai.catalog.demo import demo_columns
from spotai.errors import SnapshotMissingError
from spotai.search import Snapshot, build_snapshot


def build(folder: Path, songs: int) -> Path:
    return build_snapshot(demo_columns(songs), folder, source="test")


def cut(generation: Path) -> None:
    with (generation / "coordinates.npy").open("r+b") as file:
        file.truncate(50)


def alter(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    said = [record for record in caplog.records if record.message == "snapshot left aside"]
    return [vars(record)["reason"] for record in said]


def test_without_a_snapshot_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="python -m spotai snapshot"):
        SnapshotHolder(tmp_path).current()


def test_the_first_snapshot_is_found_when_it_comes(tmp_path: Path) -> None:
    holder = SnapshotHolder(tmp_path, look_seconds=0)
    with pytest.raises(SnapshotMissingError):
        holder.current()
    build(tmp_path, 100)
    assert holder.current().generation == 1


def test_a_newer_generation_is_noticed_and_the_older_one_still_answers(tmp_path: Path) -> None:
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path, look_seconds=0)
    before = holder.current()
    assert holder.current() is before
    build(tmp_path, 200)
    after = holder.current()
    assert (before.generation, after.generation) == (1, 2)
    assert len(after) > len(before)
    shutil.rmtree(before.folder)
    assert before.song(0).id == before.ids[0].decode()


def test_it_does_not_look_all_the_time(tmp_path: Path) -> None:
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path, look_seconds=1_000)
    assert holder.current().generation == 1
    build(tmp_path, 100)
    assert holder.current().generation == 1


def test_a_damaged_generation_is_left_aside(tmp_path: Path) -> None:
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path, look_seconds=0)
    before = holder.current()
    cut(build(tmp_path, 200))
    assert holder.current() is before
    build(tmp_path, 300)
    assert holder.current().generation == 3


def test_an_older_one_serves_when_the_newest_is_damaged_from_the_start(tmp_path: Path) -> None:
    build(tmp_path, 100)
    cut(build(tmp_path, 200))
    assert SnapshotHolder(tmp_path).current().generation == 1


def test_a_file_altered_without_changing_its_size_is_damage(tmp_path: Path) -> None:
    older = build(tmp_path, 100)
    newest = build(tmp_path, 200)
    for generation in (newest, older):
        served = SnapshotHolder(tmp_path).current().generation
        assert served == int(generation.name[-8:])
        alter(generation / "title.npy")
    with pytest.raises(SnapshotMissingError, match="damaged"):
        SnapshotHolder(tmp_path).current()


def test_a_file_repaired_in_place_is_noticed_and_each_reason_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(tmp_path, 100)
    newest = build(tmp_path, 200)
    alter(newest / "title.npy")
    holder = SnapshotHolder(tmp_path, look_seconds=0, retry_seconds=0)
    assert [holder.current().generation for _ in range(3)] == [1, 1, 1]
    assert [reason.count("title.npy") for reason in reasons(caplog)] == [1]
    alter(newest / "album.npy")
    assert [holder.current().generation for _ in range(3)] == [1, 1, 1]
    assert [reason.count("album.npy") for reason in reasons(caplog)] == [0, 1]
    for name in ("title.npy", "album.npy"):
        alter(newest / name)
    assert holder.current().generation == 2


def test_it_does_not_try_again_all_the_time(tmp_path: Path) -> None:
    build(tmp_path, 100)
    newest = build(tmp_path, 200)
    alter(newest / "title.npy")
    holder = SnapshotHolder(tmp_path, look_seconds=0, retry_seconds=1_000)
    assert holder.current().generation == 1
    alter(newest / "title.npy")
    assert holder.current().generation == 1


def test_a_good_one_met_with_too_many_files_open_is_opened_later(tmp_path: Path) -> None:
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path, look_seconds=0, retry_seconds=0)
    assert holder.current().generation == 1
    build(tmp_path, 200)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path(os.devnull).open() as free:
        # From not even one more file to as many as the list of a folder and one file need.
        for more in range(3):
            resource.setrlimit(resource.RLIMIT_NOFILE, (free.fileno() + more, limits[1]))
            try:
                assert holder.current().generation == 1
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert holder.current().generation == 2


def test_a_copy_in_place_of_a_damaged_one_is_another_whatever_its_times_say(
    tmp_path: Path,
) -> None:
    good = build(tmp_path, 100)
    shutil.copytree(good, tmp_path / "kept")
    alter(good / "title.npy")
    holder = SnapshotHolder(tmp_path, look_seconds=0, retry_seconds=1_000)
    with pytest.raises(SnapshotMissingError, match="damaged"):
        holder.current()
    times = good.stat()
    # The folder itself stays, and so does its inode.
    for file in (tmp_path / "kept").iterdir():
        (good / file.name).unlink()
        shutil.copy2(file, good)
    os.utime(good, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert holder.current().generation == 1


def test_a_cut_manifest_is_damage(tmp_path: Path) -> None:
    build(tmp_path, 100)
    manifest = build(tmp_path, 200) / "manifest.json"
    contents = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**contents, "axes": contents["axes"][:3]}))
    assert SnapshotHolder(tmp_path).current().generation == 1
    manifest.write_text("[" * 100_000)
    assert SnapshotHolder(tmp_path).current().generation == 1


def test_only_damaged_ones_are_none(tmp_path: Path) -> None:
    cut(build(tmp_path, 100))
    with pytest.raises(SnapshotMissingError, match="damaged"):
        SnapshotHolder(tmp_path).current()


def test_a_folder_that_is_made_anew_is_another_snapshot(tmp_path: Path) -> None:
    build(tmp_path, 100)
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path, look_seconds=0)
    assert holder.current().generation == 2
    shutil.rmtree(tmp_path)
    assert holder.current().generation == 2
    build(tmp_path, 300)
    assert holder.current().generation == 1
    assert len(holder.current()) > 100


def test_threads_share_one_snapshot(tmp_path: Path) -> None:
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path)
    found: list[Snapshot] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.append(holder.current())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(snapshot) for snapshot in found}) == 1


def test_made_up_songs_are_left_aside_where_they_are_not_for_use(tmp_path: Path) -> None:
    build(tmp_path, 100)
    holder = SnapshotHolder(tmp_path, made_up=False, look_seconds=0)
    with pytest.raises(SnapshotMissingError, match=r"made-up.*python -m spotai load FILE"):
        holder.current()
    columns = next(demo_columns(100))
    real = np.array([b"r" + id_[1:] for id_ in columns.ids], dtype=columns.ids.dtype)
    build_snapshot([replace(columns, ids=real)], tmp_path, source="test")
    assert holder.current().generation == 2
