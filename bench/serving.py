"""Ask a real server for recommendations over HTTP, on many made-up songs.

    python -m bench.serving --songs 15000000
    python -m bench.serving --snapshots FOLDER     # built before, of made-up songs

The server is a process of its own with two workers, as `spotai serve` runs it. It is asked one
question after the other, then by several clients at once. Prints a table.
"""

from __future__ import annotations

import json
import signal
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from bench.machine import describe_machine
from spotai.catalog.demo import demo_columns, demo_playlists
from spotai.search import Snapshot, build_snapshot
from tests.servers.ports import free_port
from tests.servers.spotai import Server

SIZE: Final = 30
SEEDS: Final = 50
UNLIMITED: Final = {"SPOTAI_LIMIT_SEARCHES": "0", "SPOTAI_LIMIT_READS": "0"}

console: Final = Console()


@click.command()
@click.option("--songs", default=15_000_000, show_default=True)
@click.option("--snapshots", type=click.Path(exists=True, path_type=Path), help="Built before.")
@click.option("--questions", default=300, show_default=True)
@click.option("--clients", default=4, show_default=True, help="At once, in the second part.")
def main(songs: int, snapshots: Path | None, questions: int, clients: int) -> None:
    """Print how long recommendations of 30 songs take, and what a worker takes of memory."""
    with tempfile.TemporaryDirectory(prefix="spotai-bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        inside = folder / "data" / "snapshots"
        if snapshots is None:
            with console.status(f"building {songs:,} songs"):
                build_snapshot(demo_columns(songs), inside, source="benchmark")
        else:
            inside.symlink_to(snapshots.absolute())
            songs = len(Snapshot.open(inside))
        recipes = _recipes(songs, questions)
        started = time.perf_counter()
        server = Server(["-m", "spotai", "serve"], folder, free_port(), **UNLIMITED)
        try:
            server.wait_until_it_listens()
            ready = time.perf_counter() - started
            _report(server, recipes, songs, clients, ready)
        finally:
            server.stop(signal.SIGTERM)


def _recipes(songs: int, number: int) -> list[dict[str, Any]]:
    """Return recipes of made-up playlists: untouched, with a limit, with an aim, in turn."""
    edits: Sequence[dict[str, Any]] = (
        {},
        {"release_year": {"min": 1990}},
        {"energy": {"target": 0.8}, "tempo": {"min": 100, "max": 140}},
    )
    playlists = list(demo_playlists(songs))
    return [
        {
            "seed": {"track_ids": list(playlists[n % len(playlists)].track_ids[:SEEDS])},
            "features": edits[n % len(edits)],
            "size": SIZE,
        }
        for n in range(number)
    ]


def _report(
    server: Server, recipes: Sequence[dict[str, Any]], songs: int, clients: int, ready: float
) -> None:
    # Each worker opens the snapshot when it is first asked.
    for recipe in recipes[:20]:
        _ask(server, recipe)
    alone = [_ask(server, recipe) for recipe in recipes]
    began = time.perf_counter()
    at_once = _ask_at_once(server, recipes, clients)
    rate = len(at_once) / (time.perf_counter() - began)
    table = Table(title=f"{songs:,} songs, {SIZE} recommended, milliseconds over HTTP")
    for column in ("clients", "p50", "p95", "worst", "a second"):
        table.add_column(column, justify="right")
    for number, times, speed in (
        (1, alone, 1000 / statistics.mean(alone)),
        (clients, at_once, rate),
    ):
        p50, p95, worst = np.percentile(times, (50, 95, 100))
        table.add_row(str(number), f"{p50:.1f}", f"{p95:.1f}", f"{worst:.1f}", f"{speed:.0f}")
    console.print(table)
    memory = ", ".join(f"{private:.0f} MB" for private in _private_memory(server))
    console.print(f"ready after {ready:.1f} s; private memory of the server's processes: {memory}")
    console.print(json.dumps(describe_machine(("numpy", "numba", "flask", "gunicorn"))))


def _ask(server: Server, recipe: dict[str, Any]) -> float:
    started = time.perf_counter()
    status, answer = server.post("/api/recommendations", recipe)
    taken = (time.perf_counter() - started) * 1000
    if status != 200 or len(answer["tracks"]) != recipe["size"]:
        raise click.ClickException(f"the server answered {status}: {str(answer)[:300]}")
    return taken


def _ask_at_once(server: Server, recipes: Sequence[dict[str, Any]], clients: int) -> list[float]:
    times: list[list[float]] = [[] for _ in range(clients)]

    def ask(client: int) -> None:
        times[client] = [_ask(server, recipe) for recipe in recipes[client::clients]]

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [taken for client in times for taken in client]


def _private_memory(server: Server) -> list[float]:
    """Return the megabytes each process of the server holds for itself alone."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        session = (status.parent / "stat").read_text().rsplit(")", 1)[1].split()[3]
        if int(session) == server.process.pid and "RssAnon" in lines:
            found.append(int(lines["RssAnon"].split()[0]) * 1024 / 1e6)
    return found


if __name__ == "__main__":
    main()
