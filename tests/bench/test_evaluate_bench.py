"""The evaluation's report is written."""

from __future__ import annotations

import json
from pathlib import Path

from bench.ablation import ABLATIONS, ablations
from bench.evaluate import write_report
from bench.machine import is_installed
from spotai.catalog.demo import demo_playlists, demo_tracks
from spotai.evaluation import evaluate
from spotai.evaluation.songs import table_of

SONGS = 600


def test_table_json_and_plot_are_written(tmp_path: Path) -> None:
    playlists = {made.id: made.track_ids for made in demo_playlists(SONGS)}
    measured = evaluate(table_of(list(demo_tracks(SONGS))), playlists, further=ablations)
    table = write_report(tmp_path / "results", measured)
    text = table.read_text("utf-8")
    assert text.count("\n| spotai |") == len(measured.sets)
    assert "![" in text or not is_installed("matplotlib")
    assert (tmp_path / "results/evaluate.png").exists() == is_installed("matplotlib")
    written = json.loads((tmp_path / "results/evaluate.json").read_text("utf-8"))
    assert written["sets"].keys() == measured.sets.keys()
    found = {name: result.metrics for name, result in measured.sets["A"].methods.items()}
    assert found.keys() > ABLATIONS.keys()
    # Each leaves out something that decides.
    assert len({found[name]["median_rank_percent"] for name in ABLATIONS}) == len(ABLATIONS)
