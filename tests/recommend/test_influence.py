"""How much each feature decides which songs come first."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from spotai.catalog.demo import demo_playlists
from spotai.features import BY_NAME, NAMES
from spotai.recommend import Recipe, build_profile
from spotai.recommend.influence import NEAREST, influences, shares
from spotai.recommend.profile import Profile
from spotai.recommend.targets import Model, build_model
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot

FIRST = 100


def model_of(snapshot: Snapshot, profile: Profile, *names: str) -> Model:
    """The model of a playlist where only the features named count."""
    ticks = {name: {"selected": name in names} for name in NAMES}
    return build_model(snapshot, profile, Recipe.model_validate({"features": ticks}))


@pytest.mark.parametrize("seeds", [slice(64, 65), slice(90, 128)])
def test_of_a_normal_axis_it_is_the_deviation_of_a_squared_distance(
    make_snapshot: MakeSnapshot, seeds: slice
) -> None:
    snapshot = make_snapshot([{"energy": n / NEAREST} for n in range(NEAREST)])
    rows = np.argsort(snapshot.values("energy"))[seeds]
    model = model_of(snapshot, build_profile(snapshot, rows), "energy")
    weight, target = model.weight["energy"], model.target["energy"]
    expected = weight * sqrt(2 + 4 * target**2)
    assert influences(snapshot, model)["energy"] == pytest.approx(expected, rel=0.1)


def test_what_all_near_songs_have_alike_decides_nothing(make_snapshot: MakeSnapshot) -> None:
    waltzes = [{"time_signature": 3, "energy": 0.5}] * 20
    snapshot = make_snapshot([*waltzes, *({"energy": n / 400} for n in range(400))])
    seeds = np.flatnonzero(snapshot.values("time_signature") == 4)
    model = model_of(snapshot, build_profile(snapshot, seeds), "energy", "time_signature")
    assert model.weight["time_signature"] > model.weight["energy"]
    found = influences(snapshot, model)
    assert found["time_signature"] == 0
    assert found["energy"] > 0


def test_a_value_that_is_not_known_is_as_far_as_a_typical_one(make_snapshot: MakeSnapshot) -> None:
    recipe = Recipe.model_validate({"features": {"popularity": {"target": 60}}}, strict=False)

    def influence(*popularity: int | None) -> float:
        snapshot = make_snapshot([{"popularity": value} for value in popularity * 20])
        nobody = build_profile(snapshot, np.array([], dtype=np.intp))
        model = build_model(snapshot, nobody, recipe)
        return influences(snapshot, model)["popularity"] / model.weight["popularity"]

    # Squared distances of 4 and 0 from the target, and 1 + 1 where nothing is known.
    assert influence(40, 60) == pytest.approx(2)
    assert influence(40, 60, None) == pytest.approx(sqrt(8 / 3))


def test_shares_are_percentages_of_their_sum() -> None:
    assert shares({"energy": 3.0, "tempo": 1.0}) == {"energy": 75.0, "tempo": 25.0}
    assert shares({"energy": 0.0, "tempo": 0.0}) == {"energy": 0.0, "tempo": 0.0}
    assert shares({}) == {}


def test_influence_foretells_what_unticking_changes_in_made_up_songs(demo: Snapshot) -> None:
    rows = [demo.rows_of(made.track_ids) for made in demo_playlists()]
    by_weight, by_influence = foretold(demo, rows)
    assert by_influence > max(by_weight, 0.5)


def test_influence_foretells_what_unticking_changes_in_real_songs(
    real_sample: Snapshot, real_playlists: list[tuple[str, ...]]
) -> None:
    rows = [real_sample.rows_of(ids) for ids in real_playlists]
    by_weight, by_influence = foretold(real_sample, [each[each >= 0] for each in rows])
    assert by_influence > max(by_weight, 0.5)


def foretold(snapshot: Snapshot, playlists: list[NDArray[np.intp]]) -> tuple[float, float]:
    """The mean rank correlation of weight, and of influence, with the songs that unticking
    changes among the first.
    """
    found = []
    for rows in playlists:
        profile = build_profile(snapshot, rows)
        model = build_model(snapshot, profile, Recipe())
        weight = [sum(model.weight.get(a, 0.0) for a in BY_NAME[n].axes) for n in model.aims]
        changed = [_changed(snapshot, profile, model, name) for name in model.aims]
        influence = list(influences(snapshot, model).values())
        found.append([_rank_correlation(each, changed) for each in (weight, influence)])
    by_weight, by_influence = np.mean(found, axis=0).tolist()
    return by_weight, by_influence


def _rank_correlation(one: list[float], other: list[int]) -> float:
    """Spearman's: the correlation of ranks, those of equal values averaged."""
    columns = (np.array(values)[:, None] for values in (one, other))
    ranks = [(c > c.T).sum(axis=1) + (c == c.T).sum(axis=1) / 2 for c in columns]
    return float(np.corrcoef(ranks)[0, 1])


def _changed(snapshot: Snapshot, profile: Profile, model: Model, unticked: str) -> int:
    others = model_of(snapshot, profile, *(name for name in model.aims if name != unticked))
    before, after = (set(snapshot.search(m.query(k=FIRST)).ids) for m in (model, others))
    return len(before - after)
