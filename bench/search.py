"""Time the search against other engines on made-up songs, with the questions people ask.

    python -m bench.search                        # 1 and 15 million songs, all rivals
    python -m bench.search --songs 100000 --rivals "numpy columns" --rivals DuckDB

Writes search.md, search.json and search.png. Nothing is timed before our answers and counts have
been found equal to the full scan's. Each rival takes its turn with ours, question by question, so
both find the same caches and the same load; one is freed before the next is opened.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import click
import numpy as np
from rich.console import Console

from bench.machine import describe_machine
from bench.search_child import Build, Serving
from bench.search_queries import Dice, Question, as_json, draw_counts, draw_questions
from bench.search_report import Compared, Result, Summary, growth_of, write_report
from bench.search_rivals import RIVALS, Rival
from spotai.catalog.demo import demo_playlists
from spotai.search import Hits, Query, Snapshot, kernel, scan

ROOT: Final = Path(__file__).parent.parent
RESULTS: Final = Path(__file__).parent / "results"
SIZES: Final = (1_000_000, 15_000_000)
CHECKED: Final = 20
# However slow a rival is, it answers so many.
FEWEST: Final = 10
SEED: Final = 5
PACKAGES: Final = (
    "numpy", "numba", "scikit-learn", "faiss-cpu", "usearch", "duckdb", "pymysql",
)  # fmt: skip

console: Final = Console(stderr=True)


@click.command()
@click.option("--songs", multiple=True, type=int, default=SIZES, show_default=True)
@click.option("--queries", default=1_000, show_default=True, help="Questions to ask ours.")
@click.option(
    "--rivals",
    multiple=True,
    type=click.Choice([rival.name for rival in RIVALS]),
    help="Compare with these alone; all that are installed by default.",
)
@click.option("--seconds", default=60.0, show_default=True, help="How long a rival may take.")
@click.option(
    "--results", default=RESULTS, type=click.Path(path_type=Path), help="Where to write to."
)
def main(
    songs: Sequence[int], queries: int, rivals: Sequence[str], seconds: float, results: Path
) -> None:
    """Time the search and write a table, a plot and the figures."""
    machine = describe_machine(PACKAGES)
    compared = _chosen(rivals)
    with tempfile.TemporaryDirectory() as folder, _phase("compiling"):
        # Once before anything is timed, as on every machine that has built before.
        _child("build", folder, "--songs", 5_000)
    measured, ours = [], []
    for size in sorted(set(songs)):
        with tempfile.TemporaryDirectory(prefix="spotai-bench-") as folder:
            result, times = _measure(Path(folder), size, queries, compared, seconds)
        measured.append(result)
        ours.append(times)
    path = write_report(results, machine, measured, growth_of(measured, ours))
    click.echo(path.read_text("utf-8"))


def _chosen(names: Sequence[str]) -> list[Rival]:
    """Return the rivals asked for. Raises ClickException when one of them is not installed."""
    chosen = []
    for rival in RIVALS:
        if names and rival.name not in names:
            continue
        if rival.installed():
            chosen.append(rival)
        elif names:
            raise click.ClickException(f"{rival.name} is not installed; `make bench` does it")
        else:
            console.print(f"without {rival.name}: it is not installed")
    return chosen


def _measure(
    folder: Path, songs: int, queries: int, rivals: Sequence[Rival], seconds: float
) -> tuple[Result, list[tuple[int, float]]]:
    """Measure everything at one size; also return axes and milliseconds of each question."""
    with _phase(f"building {songs:,} songs"):
        columns, texts = _build(folder, songs)
    snapshot = Snapshot.open(folder / "texts")
    dice = Dice(snapshot, demo_playlists(songs), SEED)
    questions = draw_questions(dice, queries)
    counts = {f"{n} range{'s' * (n > 1)}": draw_counts(dice, queries, n) for n in (1, 2)}
    with _phase("comparing with the full scan"):
        _check(snapshot, [*(q.query for q in questions[:CHECKED]), *_few(counts)])
    with _phase("opening in a fresh process"):
        serving = _serve(folder, questions)
    with _phase(f"{queries:,} questions"):
        times = [_milliseconds(snapshot.search, question.query) for question in questions]
        visited = [_visited(snapshot, question.query) for question in questions]
        counted = {
            name: Summary.of([_milliseconds(snapshot.count, query) for query in asked])
            for name, asked in counts.items()
        }
    kinds = {
        kind: Summary.of([t for q, t in zip(questions, times, strict=True) if kind in _kinds(q)])
        for kind in sorted({kind for question in questions for kind in _kinds(question)})
    }
    result = Result(
        songs=songs,
        ours=Summary.of(times),
        kinds=kinds,
        counts=counted,
        visited_percent=Summary.of([100 * rows / songs for rows in visited]),
        rivals=[
            _compare(snapshot, rival, questions, seconds)
            for rival in rivals
            if songs <= (rival.largest or songs)
        ],
        columns=columns,
        texts=texts,
        serving=serving,
    )
    return result, [(q.axes, t) for q, t in zip(questions, times, strict=True)]


def _kinds(question: Question) -> tuple[str, ...]:
    ranged = "with ranges" if question.query.where.ranges else "without ranges"
    many = "5 axes or more" if question.axes >= 5 else "fewer than 5 axes"
    return question.kind, ranged, many


def _few(counts: dict[str, list[Query]]) -> list[Query]:
    return [query for asked in counts.values() for query in asked[: CHECKED // 4]]


def _check(snapshot: Snapshot, queries: Sequence[Query]) -> None:
    """Raises ClickException when an answer or a count differs from the full scan's."""
    for query in queries:
        ours, reference = snapshot.search(query), scan.scan(snapshot, query)
        if not _equal(ours, reference) or snapshot.count(query) != scan.count(snapshot, query):
            raise click.ClickException(f"the answer differs from the full scan's: {query}")


def _equal(one: Hits, other: Hits) -> bool:
    return np.array_equal(one.ids, other.ids) and np.array_equal(one.distances, other.distances)


def _compare(
    snapshot: Snapshot, rival: Rival, questions: Sequence[Question], seconds: float
) -> Compared:
    """Ask a rival and ours in turn until all is asked or the time is up."""
    with _phase(rival.name):
        started = time.perf_counter()
        theirs, ours = [], []
        with rival.opened(snapshot) as answer:
            opened = time.perf_counter() - started
            answer(questions[-1].query)
            deadline = time.perf_counter() + seconds
            for question in questions:
                theirs.append(_milliseconds(answer, question.query))
                ours.append(_milliseconds(snapshot.search, question.query))
                if len(theirs) >= FEWEST and time.perf_counter() > deadline:
                    break
    return Compared(
        name=rival.name,
        answers=rival.answers,
        times=Summary.of(theirs),
        beside=Summary.of(ours),
        ratio=float(np.median(np.array(theirs) / np.array(ours))),
        opened=opened,
    )


def _milliseconds(answer: Callable[[Query], object], query: Query) -> float:
    started = time.perf_counter()
    answer(query)
    return (time.perf_counter() - started) * 1000


def _visited(snapshot: Snapshot, query: Query) -> int:
    """Return how many rows the kernel looked at."""
    seen = []
    nearest = kernel.nearest

    def counting(*asked: Any) -> Any:
        found = nearest(*asked)
        seen.append(found[2])
        return found

    with patch.object(kernel, "nearest", counting):
        snapshot.search(query)
    return int(seen[0])


def _build(folder: Path, songs: int) -> tuple[Build, Build]:
    """Build without texts and with them, each in a process of its own; keep the latter."""
    bare = Build(**_child("build", folder / "columns", "--songs", songs, "--no-texts"))
    _remove(folder / "columns")
    return bare, Build(**_child("build", folder / "texts", "--songs", songs))


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _serve(folder: Path, questions: Sequence[Question]) -> Serving:
    path = folder / "queries.json"
    path.write_text(json.dumps(as_json(questions)), encoding="utf-8")
    return Serving(**_child("serve", folder / "texts", path))


def _child(*arguments: object) -> dict[str, Any]:
    """Run a measurement in a process of its own. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "bench.search_child", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


@contextmanager
def _phase(name: str) -> Iterator[None]:
    started = time.perf_counter()
    with console.status(name):
        yield
    console.print(f"{name}: {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
