"""The whole evaluation, on made-up songs."""

from __future__ import annotations

import pytest

from spotai.evaluation.groups import merge_songs, song_groups
from spotai.evaluation.methods import methods_over
from spotai.evaluation.metrics import METRICS
from spotai.evaluation.run import Evaluation, evaluate
from spotai.evaluation.songs import SongTable
from spotai.evaluation.split import split_playlists
from spotai.search import Snapshot
from tests.evaluation.conftest import SONGS, playlists_of


@pytest.fixture(scope="module")
def measured(made_table: SongTable) -> Evaluation:
    return evaluate(made_table, playlists_of(SONGS))


def test_both_sets_hold_what_they_should(made_table: SongTable, measured: Evaluation) -> None:
    merged = merge_songs(made_table, song_groups(made_table), made_table.main_source)
    splits = split_playlists(playlists_of(SONGS), merged.song_of)
    used = {int(song) for split in splits for song in (*split.seeds, *split.hidden)}
    assert measured.source == made_table.main_source
    assert measured.sets["A"].songs == len(merged.table)
    assert measured.sets["U"].songs == len(used) < len(merged.table)
    assert {each.playlists for each in measured.sets.values()} == {len(splits)}


def test_every_method_is_measured_in_both_sets(made: Snapshot, measured: Evaluation) -> None:
    for among in measured.sets.values():
        assert list(among.methods) == list(methods_over(made))
        for result in among.methods.values():
            assert tuple(result.metrics) == METRICS
            for interval in result.metrics.values():
                assert interval.low <= interval.value <= interval.high


def test_chance_is_at_the_middle_and_ours_far_before_it(measured: Evaluation) -> None:
    for among in measured.sets.values():
        chance = among.methods["random"].metrics["median_rank_percent"]
        ours = among.methods["spotai"].metrics["median_rank_percent"]
        assert chance.value == pytest.approx(50, abs=10)
        assert ours.high < chance.low


def test_the_original_is_once_itself(measured: Evaluation) -> None:
    for among in measured.sets.values():
        ratio = among.methods["original"].ratio_to_original
        assert ratio is not None
        assert ratio == (1, 1, 1)


def test_fewer_candidates_can_only_help(measured: Evaluation) -> None:
    for name, among in measured.sets["A"].methods.items():
        fewer = measured.sets["U"].methods[name].metrics["recall@500"].value
        assert fewer >= among.metrics["recall@500"].value


def test_progress_comes_to_its_end(made_table: SongTable) -> None:
    told: list[tuple[int, int]] = []
    some = dict(list(playlists_of(SONGS).items())[:2])
    evaluate(made_table, some, progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}


def test_the_list_holds_no_song_twice(measured: Evaluation) -> None:
    assert measured.guardrails["A"].duplicate_songs == 0
    assert measured.guardrails["whole_table"].lists == measured.sets["A"].playlists
