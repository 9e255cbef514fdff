"""The open snapshot: newer ones are noticed, damaged ones left aside, the old one kept."""

from __future__ import annotations

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
        file = generation / "title.npy"
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)
    with pytest.raises(SnapshotMissingError, match="damaged"):
        SnapshotHolder(tmp_path).current()


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
