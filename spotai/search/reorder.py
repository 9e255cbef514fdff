"""The last pass of a build: every file in block order, and what is known of the blocks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import DTypeLike, NDArray

from spotai.search.blocks import PARTS, Order, block_order, lay_out, zone_of
from spotai.search.compiled import Array, compiled
from spotai.search.cores import for_each
from spotai.search.files import TEXTS, VALUES, load_array, value_file
from spotai.search.lookup import slots_of
from spotai.search.versions import NO_TITLE

Rows = NDArray[np.int32]
# Where the parts of a kind, blocks or regions, begin: rows, and their number at the end.
Parts = Mapping[str, NDArray[np.int64]]


def put_in_order(folder: Path) -> None:
    """Write the files of a generation, which are in order of id, anew in block order."""
    coordinates = np.array(load_array(folder, "coordinates"))
    put = block_order(coordinates)
    order, blocks, regions = put
    np.save(folder / "region-begins.npy", regions)
    parts = {"block": blocks, "region": blocks[regions]}
    _write_ranks(folder, order, parts)
    _write_missing(folder, load_array(folder, "missing")[order], parts)
    _write_coordinates(folder, coordinates, put)
    del coordinates
    _write_values(folder, order, parts)
    for name in ("ids", "title_key", "audio_key", "version_kind"):
        np.save(folder / f"{name}.npy", load_array(folder, name)[order])
    _index_versions(folder)
    np.save(folder / "slots.npy", slots_of(load_array(folder, "ids")))
    lists = (*TEXTS, "track_artist", "track_genre")
    for_each(lambda name: _reorder_lists(folder, name, order), lists)
    _sort_artists(folder)


def new_array(path: Path, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return a new ``.npy`` file of zeros to write into, memory-mapped."""
    if 0 in shape:
        # An empty file cannot be mapped.
        with path.open("wb") as file:
            np.save(file, np.zeros(shape, dtype=dtype))
        return np.zeros(shape, dtype=dtype)
    mapped: NDArray[Any] = open_memmap(path, mode="w+", dtype=dtype, shape=shape)
    _take_room(path)
    return mapped


def _take_room(path: Path) -> None:
    """Take the room of a whole file on disk, or raise OSError: a write into a mapped file that
    finds the disk full kills the process.
    """
    if hasattr(os, "posix_fallocate"):  # not on macOS
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)


def _write_ranks(folder: Path, order: Rows, parts: Parts) -> None:
    # Rows came in order of id, so where a row stood is its place in order of id.
    np.save(folder / "rank.npy", order)
    for part, begins in parts.items():
        np.save(folder / f"{part}-rows.npy", begins)
        np.save(folder / f"{part}-first_rank.npy", np.minimum.reduceat(order, begins[:-1]))


def _write_missing(folder: Path, missing: NDArray[np.uint16], parts: Parts) -> None:
    np.save(folder / "missing.npy", missing)
    for part, begins in parts.items():
        every = np.bitwise_and.reduceat(missing, begins[:-1])
        np.save(folder / f"{part}-all_missing.npy", every)
        np.save(folder / f"{part}-any_missing.npy", np.bitwise_or.reduceat(missing, begins[:-1]))


def _write_coordinates(folder: Path, coordinates: NDArray[np.float32], order: Order) -> None:
    """Write coordinates, (A, N) in order of id, as (N, A) in block order, their codes and zones."""
    axes, songs = coordinates.shape
    blocks, regions = len(order.blocks) - 1, len(order.regions) - 1
    ordered = new_array(folder / "coordinates.npy.new", np.float32, (songs, axes))
    codes = new_array(folder / "codes.npy", np.uint8, (songs * axes,))
    of_blocks = np.empty((2, axes, blocks), dtype=np.float32)
    of_regions = np.empty((2, axes, regions), dtype=np.float32)
    arrays = (coordinates, order, of_blocks, of_regions, ordered, codes)
    ends = np.linspace(0, regions, PARTS + 1).astype(np.int64).tolist()
    for_each(lambda part: lay_out(*arrays, *part), pairwise(ends))
    del ordered, codes
    (folder / "coordinates.npy.new").replace(folder / "coordinates.npy")
    for part, zones in (("block", of_blocks), ("region", of_regions)):
        for kind, zone in zip(("low", "high"), zones, strict=True):
            np.save(folder / f"{part}-coordinates_{kind}.npy", zone)


def _write_values(folder: Path, order: Rows, parts: Parts) -> None:
    """Write the natural values as one file, (V, N), and their zones."""
    values = new_array(folder / "values.npy", np.float64, (len(VALUES), len(order)))
    zones: dict[str, list[NDArray[Any]]] = {}
    for part, begins in parts.items():
        extremes = np.empty((2, len(VALUES), len(begins) - 1))
        zones[part] = [*extremes, np.empty(extremes.shape[1:], dtype=bool)]

    def write(position: int) -> None:
        path = value_file(VALUES[position])
        column = values[position]
        np.take(load_array(folder, path), order, out=column, mode="clip")
        for part, begins in parts.items():
            zone_of(column, begins, *(kind[position] for kind in zones[part]))
        (folder / f"{path}.npy").unlink()

    for_each(write, range(len(VALUES)))
    for part, kinds in zones.items():
        for kind, zone in zip(("low", "high", "unknown"), kinds, strict=True):
            np.save(folder / f"{part}-values_{kind}.npy", zone)


def _index_versions(folder: Path) -> None:
    """List the rows whose title key others share, in order of key, and these keys."""
    keys = load_array(folder, "title_key")
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    again = np.append(keys[1:] == keys[:-1], np.False_)
    shared = (again | np.roll(again, 1)) & (keys != NO_TITLE)
    np.save(folder / "version_key.npy", keys[shared])
    np.save(folder / "version_row.npy", order[shared].astype(np.int32))


def _reorder_lists(folder: Path, name: str, order: NDArray[np.integer[Any]]) -> None:
    """Put lists in order: their items one after the other, and (N+1,) offsets."""
    offsets, items = (load_array(folder, part) for part in (f"{name}-offsets", name))
    begins = _begins(np.diff(offsets)[order])
    ordered = new_array(folder / f"{name}.npy.new", items.dtype, items.shape)
    _gather_lists(offsets, items, order, begins, ordered)
    del ordered
    (folder / f"{name}.npy.new").replace(folder / f"{name}.npy")
    np.save(folder / f"{name}-offsets.npy", begins)


def _sort_artists(folder: Path) -> None:
    """Number the artists in order of id, and list the rows of each."""
    ids = np.asarray(load_array(folder, "artist_id"))
    order = np.argsort(ids)
    np.save(folder / "artist_id.npy", ids[order])
    _reorder_lists(folder, "artist_name", order)
    numbers = np.empty(len(order), dtype=np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    credited = numbers[load_array(folder, "track_artist")]
    np.save(folder / "track_artist.npy", credited)
    offsets = load_array(folder, "track_artist-offsets")
    rows = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    np.save(folder / "artist_track.npy", rows[np.argsort(credited, kind="stable")])
    begins = _begins(np.bincount(credited, minlength=len(ids)))
    np.save(folder / "artist_track-offsets.npy", begins)


def _begins(lengths: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))


@compiled
def _gather_lists(
    offsets: Array, items: Array, order: Array, begins: Array, ordered: Array
) -> None:
    """Write the items of each list in order, where ``begins`` says."""
    for place in range(order.size):
        start = offsets[order[place]]
        for n in range(begins[place + 1] - begins[place]):
            ordered[begins[place] + n] = items[start + n]
