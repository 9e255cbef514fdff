from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import NAMES
from spotai.recommend import Recipe, build_profile, recommend
from spotai.recommend.reasons import explain
from spotai.recommend.targets import build_model
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, Row, song_id


def reason(make_snapshot: MakeSnapshot, rows: list[Row], name: str, **fields: Any) -> Any:
    """The reason of one feature for the last song, all others being seeds unless aims are set."""
    seeds = tuple(song_id(n) for n in range(len(rows) - 1))
    only = {"selected": True, **fields}
    recipe = Recipe.model_validate(
        {"seed": {"track_ids": seeds}, "features": {name: only}, "size": 1}
        | {"variety": {"one_version_per_song": False}},
        strict=False,
    )
    listed = recommend(make_snapshot(rows), recipe, lambda _: ()).songs[0]
    return next(r for r in listed.reasons if r.feature.name == name)


TEMPOS = [100.0, 104.0, 108.0, 112.0, 116.0, 120.0, 124.0]


@pytest.mark.parametrize(
    ("tempo", "text"),
    [
        (112.0, "tempo 112 BPM, like your aim"),
        (113.0, "tempo 113 BPM, a bit faster than your aim (112 BPM)"),
        (118.0, "tempo 118 BPM, faster than your aim (112 BPM)"),
        (190.0, "tempo 190 BPM, much faster than your aim (112 BPM)"),
        (60.0, "tempo 60 BPM, much slower than your aim (112 BPM)"),
    ],
)
def test_numbers_are_compared_in_words(
    make_snapshot: MakeSnapshot, tempo: float, text: str
) -> None:
    rows: list[Row] = [{"tempo": t} for t in [*TEMPOS, tempo]]
    assert reason(make_snapshot, rows, "tempo", target=112).text == text


def test_half_time_is_called_half_time(make_snapshot: MakeSnapshot) -> None:
    slow = [{"tempo": t, "title": f"Slow {t}"} for t in (60.0, 62.0, 64.0, 66.0, 68.0)]
    rows: list[Row] = [*slow, *({"tempo": t} for t in (90.0, 100.0, 110.0, 128.0))]
    recipe = Recipe.model_validate(
        {"features": {"tempo": {"target": 128}}, "tempo_octaves": True}, strict=False
    )
    listed = recommend(make_snapshot(rows), recipe, lambda _: ()).songs
    texts = {r.song.values["tempo"]: r.reasons[0].text for r in listed}
    assert texts[128.0] == "tempo 128 BPM, like your aim"
    assert texts[64.0] == "tempo 64 BPM, like half of your aim (128 BPM)"
    assert texts[68.0] == "tempo 68 BPM, faster than half of your aim (128 BPM)"
    assert texts[100.0].startswith("tempo 100 BPM, slower than your aim")


def test_an_untouched_feature_is_compared_with_the_playlist(make_snapshot: MakeSnapshot) -> None:
    rows: list[Row] = [{"tempo": t} for t in [*TEMPOS, 112.0]]
    assert reason(make_snapshot, rows, "tempo").text == "tempo 112 BPM, like the playlist"


@pytest.mark.parametrize(
    ("hardly", "text"),
    [
        (0.0, "instrumentalness 0.000, a bit less instrumental than the playlist (0.002)"),
        (0.0016, "instrumentalness 0.00, like the playlist"),
    ],
)
def test_what_speaks_against_a_song_is_told_with_the_digits_it_takes(
    make_snapshot: MakeSnapshot, hardly: float, text: str
) -> None:
    """All songs are hardly instrumental: their ranks lie dense."""
    seeds = [{"instrumentalness": value} for value in (0.0014, 0.0015, 0.0016, 0.0017, 0.0018)]
    catalog = [{"instrumentalness": n / 100_000} for n in range(300)]
    rows: list[Row] = [*seeds, *catalog, {"instrumentalness": hardly}]
    snapshot = make_snapshot(rows)
    profile = build_profile(snapshot, snapshot.rows_of([song_id(n) for n in range(5)]))
    ticks = {name: {"selected": name == "instrumentalness"} for name in NAMES}
    model = build_model(snapshot, profile, Recipe.model_validate({"features": ticks}))
    song = snapshot.song(int(snapshot.rows_of([song_id(len(rows) - 1)])[0]))
    ((found,),) = explain(snapshot, model, [song])
    assert found.text == text
    assert (found.contribution < 0) == (hardly == 0)


@pytest.mark.parametrize(
    ("popularity", "text"),
    [
        (76, "popularity 76, a bit more popular than the playlist (70)"),
        (86, "popularity 86, more popular than a typical song (45), as is the playlist (70)"),
    ],
)
def test_beyond_the_playlist_is_no_reason_against_a_song(
    make_snapshot: MakeSnapshot, popularity: int, text: str
) -> None:
    rows: list[Row] = [{"popularity": p} for p in [*range(91), popularity]]
    recipe = Recipe.model_validate(
        {"seed": {"track_ids": tuple(song_id(n) for n in range(68, 73))}, "size": 50}
        | {"features": {"popularity": {"selected": True}}}
        | {"variety": {"one_version_per_song": False}},
        strict=False,
    )
    listed = recommend(make_snapshot(rows), recipe, lambda _: ()).songs
    song = next(one for one in listed if one.song.id == song_id(91))
    found = next(r for r in song.reasons if r.feature.name == "popularity")
    assert found.contribution > 0
    assert found.text == text


def test_an_edited_aim_is_the_listeners(make_snapshot: MakeSnapshot) -> None:
    rows: list[Row] = [{"tempo": t} for t in [*TEMPOS, 120.0]]
    found = reason(make_snapshot, rows, "tempo", target=120)
    assert found.text == "tempo 120 BPM, like your aim"
    assert (found.value, found.aim) == (120.0, 120.0)


@pytest.mark.parametrize(
    ("name", "seeds", "value", "text"),
    [
        ("key", [0, 0, 5], 0, "key C, the most common in the playlist"),
        ("key", [0, 0, 5], 7, "key G, a fifth from C"),
        ("key", [0, 0, 5], 6, "key F♯, 6 fifths from C"),
        (
            "mode",
            [1, 1, 0],
            1,
            "mode major, the most common in the playlist, but less so than in the catalog",
        ),
        ("mode", [0, 0, 1], 1, "mode major, not minor"),
        ("mode", [1, 1, 0], 0, "mode minor, not major"),
        ("time_signature", [4, 4, 3], 3, "time signature 3/4, not 4/4"),
        ("time_signature", [3, 3, 4], 5, "time signature 5/4, like 3/4 not 4/4"),
        ("mode", [1, 1, 0], None, "mode unknown"),
        ("release_year", [1990, 1990, 2000], None, "release year unknown"),
    ],
)
def test_categories_and_unknown_values_in_words(
    make_snapshot: MakeSnapshot, name: str, seeds: list[int], value: int | None, text: str
) -> None:
    found = reason(make_snapshot, [{name: v} for v in [*seeds, value]], name)
    assert found.text == text
    assert found.value == value


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        (0, "mode minor, as the playlist is in a major key less often than the catalog"),
        (1, "mode major, the most common in the playlist, but less so than in the catalog"),
    ],
)
def test_a_choice_that_the_catalog_has_more_often_than_the_playlist(
    make_snapshot: MakeSnapshot, mode: int, text: str
) -> None:
    """What the search asks for is then the other one, whatever is most common."""
    seeds, others = [1, 1, 1, 0, 0], [*[1] * 30, 0]
    snapshot = make_snapshot([{"mode": value} for value in (*seeds, *others)])
    profile = build_profile(snapshot, snapshot.rows_of([song_id(n) for n in range(len(seeds))]))
    ticks = {name: {"selected": name == "mode"} for name in NAMES}
    model = build_model(snapshot, profile, Recipe.model_validate({"features": ticks}))
    row = int(np.flatnonzero(snapshot.values("mode") == mode)[-1])
    ((found,),) = explain(snapshot, model, [snapshot.song(row)])
    assert model.aims["mode"] == 1
    assert found.text == text
    assert (found.contribution > 0) == (mode == 0)


@pytest.mark.parametrize(
    ("aim", "text"),
    [
        (100, "popularity 90, among the highest 0.2 %, as is your aim (100)"),
        (91, "popularity 90, like your aim (91)"),
    ],
)
def test_ends_of_an_axis_tell_no_values_apart(
    make_snapshot: MakeSnapshot, aim: int, text: str
) -> None:
    rows: list[Row] = [{"popularity": n % 50, "tempo": 90 + n / 10} for n in range(600)]
    recipe = {"features": {"popularity": {"target": aim}}, "size": 1}
    snapshot = make_snapshot([*rows, {"popularity": 90}])
    listed = recommend(snapshot, Recipe.model_validate(recipe), lambda _: ()).songs[0]
    assert listed.match == 1.0
    assert listed.reasons[0].text == text


def test_what_is_beyond_the_playlist_is_told_with_the_digits_it_takes(
    make_snapshot: MakeSnapshot,
) -> None:
    seeds = [{"instrumentalness": 0.002} for _ in range(5)]
    catalog = [{"instrumentalness": n / 300_000} for n in range(300)]
    snapshot = make_snapshot([*seeds, *catalog, {"instrumentalness": 0.45}])
    profile = build_profile(snapshot, snapshot.rows_of([song_id(n) for n in range(5)]))
    ticks = {name: {"selected": name == "instrumentalness"} for name in NAMES}
    model = build_model(snapshot, profile, Recipe.model_validate({"features": ticks}))
    row = int(np.argmax(snapshot.values("instrumentalness")))
    ((found,),) = explain(snapshot, model, [snapshot.song(row)])
    assert found.text == (
        "instrumentalness 0.45, more instrumental than a typical song (0.001), "
        "as is the playlist (0.002)"
    )


def test_what_is_unlike_the_playlist_speaks_against_the_song(make_snapshot: MakeSnapshot) -> None:
    rows: list[Row] = [{"energy": e} for e in (0.85, 0.9, 0.95, 0.1)]
    assert reason(make_snapshot, rows, "energy").contribution < 0
    near: list[Row] = [{"energy": e} for e in (0.85, 0.9, 0.1, 0.95)]
    recipe = Recipe.model_validate(
        {"features": {"energy": {"target": 0.95}}, "size": 1}, strict=False
    )
    listed = recommend(make_snapshot(near), recipe, lambda _: ()).songs[0]
    assert listed.reasons[0].contribution > 0


songs = st.integers(0, 3_999)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_reasons_of_any_song_add_up_to_what_it_is_nearer(
    demo: Snapshot, data: st.DataObject
) -> None:
    """Whatever is ticked, aimed at or unknown, they sum to D0 - d, and none is out of order."""
    rows = np.array(data.draw(st.lists(songs, min_size=1, max_size=20)), dtype=np.intp)
    ticked = data.draw(st.sets(st.sampled_from(NAMES), min_size=1))
    settings_of: dict[str, dict[str, Any]] = {name: {"selected": name in ticked} for name in NAMES}
    if "tempo" in ticked:
        settings_of["tempo"] |= {"target": data.draw(st.none() | st.floats(1, 400))}
    fields = {
        "features": settings_of,
        "tempo_octaves": data.draw(st.booleans()),
        "contrast": data.draw(st.floats(0, 1)),
    }
    recipe = Recipe.model_validate(fields, strict=False)
    model = build_model(demo, build_profile(demo, rows), recipe)
    listed = demo.songs(data.draw(st.lists(songs, min_size=1, max_size=5)))
    distances = demo.distances_of(model.query(), np.array([song.row for song in listed]))
    for distance, reasons in zip(distances.tolist(), explain(demo, model, listed), strict=True):
        contributions = [reason.contribution for reason in reasons]
        assert contributions == sorted(contributions, reverse=True)
        assert {reason.feature.name for reason in reasons} == set(model.aims)
        gained = model.mean_distance - distance
        assert sum(contributions) == pytest.approx(gained, rel=1e-12, abs=1e-9)
        for reason in reasons:
            assert "nan" not in reason.text
            if reason.value is None:
                assert reason.contribution == 0
                assert reason.text == f"{reason.feature.label.lower()} unknown"
