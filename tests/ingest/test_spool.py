"""Rows that wait to be stored come back in ranges of ids, whatever their order was."""

from __future__ import annotations

import itertools
import random
import string
from pathlib import Path

import pytest

from spotai.formats.rows import Block, PlaylistEntry, Refusal
from spotai.ingest import spool as spool_room
from spotai.ingest.spool import NAMED_LIKE_DEMO, Spool, pack, pack_made_up
from spotai.tracks import TrackRows, rows_of
from tests.catalog.songs import complete_song, song_id


def spotify_ids(count: int) -> list[str]:
    """Ids as Spotify makes them: the first digit is 7 at most."""
    dice = random.Random(1)
    letters = string.digits + string.ascii_letters
    return [dice.choice("01234567") + "".join(dice.choices(letters, k=21)) for _ in range(count)]


def ids_in(rows: TrackRows) -> list[str]:
    return [str(values[0]) for values in rows.values]


def block(ids: list[str]) -> Block:
    return Block(rows_of([complete_song(n, id=id_) for n, id_ in enumerate(ids)]), [], [])


def test_rows_come_back_in_ranges_of_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_room, "BATCH_ROWS", 50)
    monkeypatch.setattr(spool_room, "KEPT_IN_MEMORY", 1_000)
    ids = spotify_ids(1_000)
    with Spool(tmp_path) as waiting:
        for start in range(0, len(ids), 100):
            waiting.add(pack(block(ids[start : start + 100])))
        batches = [ids_in(rows) for rows in waiting.tracks()]
        assert waiting.rows == len(ids)
    assert sorted(id_ for some in batches for id_ in some) == sorted(ids)
    assert 10 < len(batches) <= 20
    ends = [(min(some), max(some)) for some in batches]
    assert all(before[1] < after[0] for before, after in itertools.pairwise(ends))
    assert list(tmp_path.iterdir()) == []


def test_ids_of_any_other_kind_are_cut_anyhow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_room, "LARGEST_BATCH", 30)
    ids = [song_id(n, "zz") for n in range(100)]
    with Spool() as waiting:
        for start in range(0, len(ids), 10):
            waiting.add(pack(block(ids[start : start + 10])))
        batches = [len(rows) for rows in waiting.tracks()]
    assert batches == [30, 30, 30, 10]


def test_names_entries_and_refusals_wait_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_room, "BATCH_NAMES", 3)
    entries = [PlaylistEntry("p", "List", "playlist", song_id(n)) for n in range(3)]
    with Spool() as waiting:
        for n in range(3):
            rows = rows_of([complete_song(n)])
            packed = pack(Block(rows, [entries[n]], [Refusal(n, "why")]))
            assert packed.refusals == [Refusal(n, "why")]
            waiting.add(packed)
        names = list(waiting.names())
        assert [entry for some in waiting.entries() for entry in some] == entries
        assert all(not rows.artist_names for rows in waiting.tracks())
    assert {name for some in names for _, name in some.artists} == {f"Artist {n}" for n in range(3)}
    assert {name for some in names for _, name in some.albums} == {f"Album {n}" for n in range(3)}


def test_what_a_file_holds_is_never_made_up() -> None:
    made = rows_of([complete_song(source="demo")])
    with Spool() as waiting:
        waiting.add(pack(Block(made, [PlaylistEntry("p", "List", "demo", song_id(1))], [])))
        assert [rows.sources for rows in waiting.tracks()] == [[NAMED_LIKE_DEMO]]
        assert [entry.source for some in waiting.entries() for entry in some] == [NAMED_LIKE_DEMO]
    with Spool() as waiting:
        waiting.add(pack_made_up(Block(rows_of([complete_song(source="demo")]), [], [])))
        assert [rows.sources for rows in waiting.tracks()] == [["demo"]]
