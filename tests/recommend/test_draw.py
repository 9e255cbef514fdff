"""A random seed: other songs, near ones, and the same again for the same number."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from spotai.recommend import Recipe, Recommendation, Seed, recommend
from spotai.recommend.draw import draw
from spotai.recommend.recipe import Variety
from spotai.search import Snapshot

SIZE = 30


def ask(snapshot: Snapshot, seeds: Sequence[str], number: int | None) -> Recommendation:
    variety = Variety(random_seed=number)
    recipe = Recipe(seed=Seed(track_ids=tuple(seeds)), size=SIZE, variety=variety)
    return recommend(snapshot, recipe, lambda _: ())


def songs_of(found: Recommendation) -> set[str]:
    return {each.song.id for each in found.songs}


def mean_match(found: Recommendation) -> float:
    return float(np.mean([each.match for each in found.songs]))


def check_draws(snapshot: Snapshot, seeds: Sequence[str]) -> None:
    exact = ask(snapshot, seeds, None)
    draws = [ask(snapshot, seeds, number) for number in range(5)]
    assert draws[0].songs == ask(snapshot, seeds, 0).songs
    assert all(found.total_matches == exact.total_matches for found in draws)
    distances = [each.distance for each in draws[0].songs]
    assert distances == sorted(distances)
    for found, following in pairwise(draws):
        assert len(songs_of(found)) == SIZE
        assert songs_of(found) != songs_of(following)
        assert mean_match(found) <= mean_match(exact)
    every = set().union(*map(songs_of, draws))
    assert len(every) > 1.5 * SIZE
    assert 0.2 < np.mean([len(songs_of(d) & songs_of(exact)) for d in draws]) / SIZE < 0.9


def test_another_number_brings_other_songs(demo: Snapshot) -> None:
    liveliest = demo.ids[np.argsort(-demo.values("energy"))[:30]]
    check_draws(demo, [each.decode() for each in liveliest])


def test_another_number_brings_other_real_songs(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    for seeds in real_playlists:
        check_draws(real_sample, seeds)


def test_nearer_songs_are_likelier_as_stated() -> None:
    """The first one drawn is candidate i in proportion to exp(-i/size)."""
    size, draws = 5, 4_000
    firsts = Counter(int(draw(np.arange(20), size, number)[0]) for number in range(draws))
    weights = np.exp(-np.arange(20) / size)
    expected = weights / weights.sum()
    seen = np.array([firsts[n] for n in range(20)]) / draws
    # Five standard errors.
    assert (np.abs(seen - expected) <= 5 * np.sqrt(expected / draws)).all()


def test_no_number_leaves_the_candidates_as_they_are() -> None:
    rows = np.array([5, 3, 9])
    assert draw(rows, 2, None).tolist() == [5, 3, 9]
    assert sorted(draw(rows, 2, 2**53).tolist()) == [3, 5, 9]


def test_the_draw_is_the_same_in_another_process() -> None:
    code = (
        "import numpy, spotai.recommend.draw as d; print(d.draw(numpy.arange(50), 10, 7).tolist())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(draw(np.arange(50), 10, 7).tolist())
