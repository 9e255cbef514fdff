"""The search benchmark runs, and every engine in it answers what it says it answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bench.search import main
from bench.search_queries import Dice, Question, as_json, draw_questions, from_json
from bench.search_rivals import NEAREST, RIVALS, UNWEIGHTED, WHOLE, Rival
from spotai.catalog.demo import demo_columns, demo_playlists
from spotai.features import AXES
from spotai.search import Query, Snapshot, build_snapshot, scan

SONGS = 4_000
# What FAISS' bindings warn of is not ours.
pytestmark = pytest.mark.filterwarnings("ignore:builtin type .*:DeprecationWarning")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("bench")
    build_snapshot(demo_columns(SONGS), folder, source="test")
    return Snapshot.open(folder)


@pytest.fixture(scope="module")
def questions(snapshot: Snapshot) -> Sequence[Question]:
    return draw_questions(Dice(snapshot, demo_playlists(SONGS), 3), 200)


def asked(query: Query, answers: str) -> Query:
    """The part of a query that an engine answers."""
    if answers == WHOLE:
        return query
    target = {axis: query.target.get(axis, 0.0) for axis in AXES}
    weight = dict.fromkeys(AXES, 1.0) if answers == UNWEIGHTED else query.weight
    return Query(target=target, weight=weight, k=query.k)


def distances(snapshot: Snapshot, query: Query, answers: str) -> np.ndarray:
    """The distances of all songs that pass, as the engine measures them, inf for the others."""
    everything = np.arange(len(snapshot))
    away = scan.distances_of(snapshot, query, everything)
    if answers != WHOLE:
        for axis in query.weighted:
            away -= snapshot.missing_on(axis) * query.weight[axis]
    away[~snapshot.passes(query, everything)] = np.inf
    return away


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_a_rival_finds_the_nearest(
    rival: Rival, snapshot: Snapshot, questions: Sequence[Question]
) -> None:
    if not rival.installed():
        pytest.skip(f"{rival.name} is not installed; requirements-bench.txt has it")
    with rival.opened(snapshot) as answer:
        for question in questions[:30]:
            query = asked(question.query, rival.answers)
            away = distances(snapshot, query, rival.answers)
            expected = np.sort(away)[: query.k]
            rows = answer(question.query)
            assert len(set(rows.tolist())) == len(rows)
            np.testing.assert_allclose(
                np.sort(away[rows]), expected[expected < np.inf], rtol=1e-4, atol=1e-4
            )


def test_the_rivals_answer_three_questions() -> None:
    assert {rival.answers for rival in RIVALS} == {WHOLE, NEAREST, UNWEIGHTED}


def test_the_mix_holds_what_people_ask(questions: Sequence[Question]) -> None:
    assert {question.kind for question in questions} == {"contrast", "plain", "dragged"}
    assert {question.axes for question in questions} >= {1, 8, 16}
    ranged = sum(bool(question.query.where.ranges) for question in questions)
    assert 0.3 < ranged / len(questions) < 0.5
    farthest = max(abs(t) for question in questions for t in question.query.target.values())
    assert farthest > 4  # beyond every song
    assert all(question.query.exclude for question in questions)


def test_the_same_questions_are_asked_at_every_size(
    questions: Sequence[Question], tmp_path: Path
) -> None:
    build_snapshot(demo_columns(SONGS + 1_000), tmp_path, source="test")
    larger = draw_questions(
        Dice(Snapshot.open(tmp_path), demo_playlists(SONGS + 1_000), 3), len(questions)
    )
    same = [
        (one.kind, one.query.where.ranges.keys()) == (other.kind, other.query.where.ranges.keys())
        for one, other in zip(questions, larger, strict=True)
    ]
    assert all(same)


def test_another_process_asks_the_same(snapshot: Snapshot, questions: Sequence[Question]) -> None:
    read = list(from_json(json.loads(json.dumps(as_json(questions)))))
    assert len(read) == len(questions)
    for question, query in zip(questions, read, strict=True):
        ours, theirs = snapshot.search(question.query), snapshot.search(query)
        assert np.array_equal(ours.ids, theirs.ids)
        assert np.array_equal(ours.distances, theirs.distances)


def test_it_runs_and_writes_what_it_found(tmp_path: Path) -> None:
    rivals = [r.name for r in RIVALS if r.installed() and r.name != "MariaDB"]
    options = [word for name in rivals for word in ("--rivals", name)]
    sizes = ["--songs", "2000", "--songs", str(SONGS)]
    more = ["--queries", "30", "--seconds", "1", "--results", str(tmp_path)]
    result = CliRunner().invoke(main, [*sizes, *more, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output

    found = json.loads((tmp_path / "search.json").read_text("utf-8"))
    assert [size["songs"] for size in found["sizes"]] == [2_000, SONGS]
    for size in found["sizes"]:
        assert [rival["name"] for rival in size["rivals"]] == rivals
        assert all(rival["ratio"] > 0 for rival in size["rivals"])
        assert 0 < size["ours"]["p50"] <= size["ours"]["p95"] <= size["ours"]["worst"]
        assert 0 < size["visited_percent"]["p50"] <= 100
        assert size["columns"]["songs"] == size["texts"]["songs"] == size["songs"]
        assert size["columns"]["disk"] < size["texts"]["disk"]
    table = (tmp_path / "search.md").read_text("utf-8")
    assert f"## {SONGS:,} songs" in table
    assert all(f"| {name} |" in table for name in rivals)
    assert found["machine"]["processor"] in table
