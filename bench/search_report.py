"""The search benchmark's figures as a table, a plot and JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from bench.machine import is_installed
from bench.search_child import Build, Serving

MANY_AXES: Final = 5
WORST_GROWTH: Final = 0.7
OURS: Final = "SpotAI"


@dataclass(frozen=True, slots=True)
class Summary:
    """``number`` measurements."""

    number: int
    p50: float
    p95: float
    worst: float

    @classmethod
    def of(cls, measured: Sequence[float]) -> Self:
        p50, p95, worst = (float(p) for p in np.percentile(measured, (50, 95, 100)))
        return cls(len(measured), p50, p95, worst)


@dataclass(frozen=True, slots=True)
class Compared:
    """A rival: its milliseconds, ours for the same questions in turn, the median of the ratios,
    and the seconds it took to open.
    """

    name: str
    answers: str
    times: Summary
    beside: Summary
    ratio: float
    opened: float


@dataclass(frozen=True, slots=True)
class Result:
    """Everything at one size; times in milliseconds. ``columns``: built without texts."""

    songs: int
    ours: Summary
    kinds: Mapping[str, Summary]
    counts: Mapping[str, Summary]
    visited_percent: Summary
    rivals: Sequence[Compared]
    columns: Build
    texts: Build
    serving: Serving


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised at 1 and at 15 million songs."""

    name: str
    unit: str
    at: Mapping[int, float]
    measured: Callable[[Result], float | None]
    at_least: bool = False


def _promised(million: float, fifteen: float) -> dict[int, float]:
    return {1_000_000: million, 15_000_000: fifteen}


def _ratio_to_faiss(result: Result) -> float | None:
    return next((r.ratio for r in result.rivals if r.name == "FAISS IndexFlatL2"), None)


TARGETS: Final = (
    Target("search, p50", "ms", _promised(1, 5), lambda r: r.ours.p50),
    Target("search, p95", "ms", _promised(5, 30), lambda r: r.ours.p95),
    Target("search, worst", "ms", _promised(10, 80), lambda r: r.ours.worst),
    Target(
        "times as fast as FAISS IndexFlatL2, median",
        "x",
        _promised(50, 100),
        _ratio_to_faiss,
        at_least=True,
    ),
    Target("build from columns", "s", _promised(3, 60), lambda r: r.columns.seconds),
    Target("its peak of private memory", "MB", _promised(500, 3000), lambda r: r.columns.private),
    Target("its peak with file pages", "MB", {}, lambda r: r.columns.resident),
    Target("build with texts", "s", {}, lambda r: r.texts.seconds),
    Target("its peak of private memory, texts", "MB", {}, lambda r: r.texts.private),
    Target("snapshot on disk", "MB", {}, lambda r: r.texts.disk),
    Target("importing the compiler", "s", {}, lambda r: r.serving.imported),
    Target("open and first answer", "s", _promised(0.3, 0.3), lambda r: r.serving.first_answer),
    Target(
        "private memory of a worker beyond imports",
        "MB",
        _promised(150, 200),
        lambda r: r.serving.private,
    ),
    Target("count within 1 range, p95", "ms", _promised(2, 20), lambda r: r.counts["1 range"].p95),
    Target(
        "count within 2 ranges, p95", "ms", _promised(2, 20), lambda r: r.counts["2 ranges"].p95
    ),
)


def growth_of(
    results: Sequence[Result], ours: Sequence[Sequence[tuple[int, float]]]
) -> float | None:
    """Return g of N^g from the smallest to the largest size: the median over the questions with
    five axes or more, each compared with itself. None with one size alone.

    ``ours``: axes and milliseconds of the same questions at each size.
    """
    if len(results) < 2:
        return None
    ratios = [
        later / earlier
        for (axes, earlier), (_, later) in zip(ours[0], ours[-1], strict=True)
        if axes >= MANY_AXES
    ]
    return math.log(float(np.median(ratios))) / math.log(results[-1].songs / results[0].songs)


def write_report(
    folder: Path, machine: Mapping[str, Any], results: Sequence[Result], growth: float | None
) -> Path:
    """Write search.json, search.md and, where matplotlib is installed, search.png; return the
    table's path.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures = {"machine": machine, "growth": growth, "sizes": [asdict(r) for r in results]}
    (folder / "search.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    drawn = is_installed("matplotlib")
    if drawn:
        _draw(folder / "search.png", results)
    table = folder / "search.md"
    parts = [_heading(machine, growth, drawn=drawn), *map(_section, results)]
    table.write_text("\n".join(parts), encoding="utf-8")
    return table


def _heading(machine: Mapping[str, Any], growth: float | None, *, drawn: bool) -> str:
    versions = ", ".join(f"{name} {found}" for name, found in machine["versions"].items())
    lines = [
        "# The search against other engines",
        "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']:g} GB, "
        f"{machine['system']}, Python {machine['python']}, {versions}. "
        f"Load when it began: {machine['load_at_start']:g}.",
        "",
        "Made-up songs; k = 100; contrast, plain and dragged recipes from playlists, 1 to 16 axes, "
        "40 % with ranges. `python -m bench.search` measures it. Milliseconds; a ratio is the "
        "median over the same questions asked in turn.",
        "",
    ]
    if growth is not None:
        lines += [
            f"Growth with {MANY_AXES} axes or more: N^{growth:.2f} "
            f"(at most N^{WORST_GROWTH:g} is wanted).",
            "",
        ]
    if drawn:
        lines += ["![p50 and p95 of each engine](search.png)", ""]
    return "\n".join(lines)


def _section(result: Result) -> str:
    ours = result.ours
    engines = [(OURS, "the whole question", ours.number, *_row(ours), "1")] + [
        (r.name, r.answers, r.times.number, *_row(r.times), f"{r.ratio:,.1f}")
        for r in result.rivals
    ]
    parts = {**result.kinds, **{f"count within {n}": c for n, c in result.counts.items()}}
    visited = result.visited_percent
    return "\n".join(
        [
            f"## {result.songs:,} songs",
            "",
            *_table(("engine", "answers", "questions", "p50", "p95", "worst", "ratio"), engines),
            *_table(("", "wanted", "measured"), _targets(result)),
            *_table(
                ("ours", "questions", "p50", "p95", "worst"),
                [(name, s.number, *_row(s)) for name, s in parts.items()]
                + [("rows looked at, %", visited.number, *_row(visited))],
            ),
        ]
    )


def _targets(result: Result) -> list[tuple[str, str, str]]:
    rows = []
    for target in TARGETS:
        measured, wanted = target.measured(result), target.at.get(result.songs)
        if measured is None:
            continue
        promise = ""
        if wanted is not None:
            met = measured >= wanted if target.at_least else measured <= wanted
            promise = f"{'≥' if target.at_least else '≤'} {wanted:g} {target.unit}"
            promise += "" if met else ", missed"
        rows.append((target.name, promise, f"{_number(measured)} {target.unit}"))
    return rows


def _row(summary: Summary) -> tuple[str, str, str]:
    return _number(summary.p50), _number(summary.p95), _number(summary.worst)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return a table, words to the left and numbers to the right."""
    numbers = [all(str(row[n])[:1].isdigit() for row in rows) for n in range(len(head))]
    rule = ["--:" if number else "---" for number in numbers]
    return [f"| {' | '.join(map(str, row))} |" for row in (head, rule, *rows)] + [""]


def _draw(path: Path, results: Sequence[Result]) -> None:
    """Draw p50 (dot) to p95 (end of the line) of each engine at each size."""
    # A figure without pyplot needs no screen and no global state.
    figure = import_module("matplotlib.figure").Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    names = list(dict.fromkeys(c.name for result in results for c in result.rivals))
    names = [OURS, *names]
    for n, result in enumerate(results):
        times = {OURS: result.ours} | {c.name: c.times for c in result.rivals}
        shown = [name for name in names if name in times]
        places = [names.index(name) + 0.3 * n for name in shown]
        p50 = [times[name].p50 for name in shown]
        above = [times[name].p95 - times[name].p50 for name in shown]
        zeros = [0.0] * len(shown)
        label = f"{result.songs:,} songs"
        axes.errorbar(p50, places, xerr=[zeros, above], fmt="o", capsize=3, label=label)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("milliseconds: median, line to the 95th percentile")
    axes.grid(axis="x", alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=150)
