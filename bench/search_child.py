"""What the search benchmark measures in processes of their own: a build, and a fresh server.

    python -m bench.search_child build FOLDER --songs 1000000
    python -m bench.search_child serve FOLDER QUERIES.json

Each prints one line of JSON.
"""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from bench.machine import PrivatePeak, memory_mb
from bench.search_queries import from_json
from spotai.catalog.demo import demo_columns
from spotai.search import Snapshot, build_snapshot
from spotai.tracks import TrackColumns


@dataclass(frozen=True, slots=True)
class Build:
    """A build; making the songs up is not part of ``seconds``.

    ``reading``: until the last batch was written down; ``ordering``: axes, block order, zones,
    checksums, flushing. Memory in MB, the imports and the maker of songs included: ``private``
    the most the process held for itself, ``resident`` with the pages of its files, which the
    system can take back. None where the system does not tell.
    """

    songs: int
    seconds: float
    reading: float
    ordering: float
    making_up: float
    private: float | None
    resident: float | None
    disk: float


@dataclass(frozen=True, slots=True)
class Serving:
    """A fresh process with a warm page cache: seconds to import the compiler, to open and to answer
    once after that; MB it holds for itself beyond the imports after all queries, None where the
    system does not tell.
    """

    imported: float
    opened: float
    first_answer: float
    private: float | None


class _Batches:
    """Made-up songs, and the time it took to make them up."""

    def __init__(self, songs: int, *, texts: bool) -> None:
        self._batches = demo_columns(songs)
        self._texts = texts
        self.seconds = 0.0
        self.ended = 0.0

    def __iter__(self) -> Iterator[TrackColumns]:
        while True:
            started = time.perf_counter()
            batch = next(self._batches, None)
            if batch is not None and not self._texts:
                batch = without_texts(batch)
            self.ended = time.perf_counter()
            self.seconds += self.ended - started
            if batch is None:
                return
            yield batch


def without_texts(batch: TrackColumns) -> TrackColumns:
    """Return the numbers of a batch alone."""
    blank = [""] * len(batch)
    none: list[tuple[()]] = [()] * len(batch)
    return replace(
        batch, titles=blank, artists=none, albums=blank, release_dates=blank, genres=none
    )


@click.group()
def main() -> None:
    """Measure one thing in this process."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--songs", required=True, type=int)
@click.option("--texts/--no-texts", default=True, help="Without titles, artists and genres.")
def build(folder: Path, songs: int, *, texts: bool) -> None:
    """Build a snapshot of made-up songs in FOLDER."""
    batches = _Batches(songs, texts=texts)
    with PrivatePeak() as memory:
        started = time.perf_counter()
        made = build_snapshot(batches, folder, source="benchmark")
        ended = time.perf_counter()
    measured = Build(
        songs=songs,
        seconds=ended - started - batches.seconds,
        reading=batches.ended - started - batches.seconds,
        ordering=ended - batches.ended,
        making_up=batches.seconds,
        private=memory.peak_mb,
        resident=memory_mb("VmHWM"),
        disk=sum(path.stat().st_size for path in made.iterdir()) / 1e6,
    )
    click.echo(json.dumps(asdict(measured)))


@main.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.argument("queries", type=click.Path(exists=True, path_type=Path))
def serve(folder: Path, queries: Path) -> None:
    """Open the snapshot in FOLDER and answer QUERIES, one after the other."""
    asked = list(from_json(json.loads(queries.read_text("utf-8"))))
    started = time.perf_counter()
    importlib.import_module("numba")
    imported = time.perf_counter() - started
    before = memory_mb("RssAnon")
    started = time.perf_counter()
    snapshot = Snapshot.open(folder)
    opened = time.perf_counter()
    snapshot.search(asked[0])
    answered = time.perf_counter()
    for query in asked:
        snapshot.search(query)
        snapshot.count(query)
    after = memory_mb("RssAnon")
    measured = Serving(
        imported=imported,
        opened=opened - started,
        first_answer=answered - started,
        private=None if before is None or after is None else after - before,
    )
    click.echo(json.dumps(asdict(measured)))


if __name__ == "__main__":
    main()
