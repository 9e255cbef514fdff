"""Songs are read as the loader reads them, and those that cannot be searched are left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spotai.errors import FormatError
from spotai.evaluation.songs import read_songs
from tests.commands.conftest import write_songs
from tests.made_songs import song_id


def changed(file: Path, number: int, **cells: str) -> None:
    """Write other cells into the row of a song."""
    header, *rows = [line.split(",") for line in file.read_text("utf-8").splitlines()]
    for column, cell in cells.items():
        # From the end: names may hold commas, numbers do not.
        rows[number][header.index(column) - len(header)] = cell
    file.write_text("\n".join(map(",".join, [header, *rows])) + "\n", "utf-8")


def test_songs_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    table = read_songs(write_songs(tmp_path / "songs.csv", 30))
    assert [track.decode() for track in table.ids] == [song_id(n) for n in range(30)]
    assert table.main_source == "made"
    assert all(table.titles)
    assert all(table.first_artists())


def test_songs_that_cannot_be_searched_are_left_out(tmp_path: Path) -> None:
    file = write_songs(tmp_path / "songs.csv", 30)
    changed(file, 3, duration_ms="0")
    zeros = dict.fromkeys(("tempo", "danceability", "valence", "energy", "acousticness"), "0")
    changed(file, 5, **zeros, speechiness="0")
    changed(file, 7, key="-1")
    table = read_songs(file)
    left_out = {song_id(n) for n in range(30)} - {track.decode() for track in table.ids}
    assert left_out == {song_id(3), song_id(5)}
    # Not every feature is needed.
    assert np.isnan(table.features["key"][table.ids.tolist().index(song_id(7).encode())])


def test_an_id_counts_once(tmp_path: Path) -> None:
    file = write_songs(tmp_path / "songs.csv", 10)
    file.write_text(file.read_text("utf-8") + file.read_text("utf-8").split("\n", 1)[1], "utf-8")
    assert len(read_songs(file)) == 10


def test_a_table_without_a_song_to_search_is_refused(tmp_path: Path) -> None:
    file = write_songs(tmp_path / "songs.csv", 1)
    changed(file, 0, duration_ms="0")
    with pytest.raises(FormatError, match="no song with all features"):
        read_songs(file)


def test_columns_are_in_order_of_id(tmp_path: Path) -> None:
    file = write_songs(tmp_path / "songs.csv", 20)
    header, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    table = read_songs(file)
    columns = table.columns()
    assert columns.ids.tolist() == sorted(table.ids.tolist())
    place = table.ids.tolist().index(columns.ids[4])
    assert columns.titles[4] == table.titles[place]
    assert columns.artists[4] == table.artists[place]
    assert columns.features["energy"][4] == table.features["energy"][place]
