"""The fifteen features: their bounds, what is missing, and how people read a value."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotai.errors import FeatureValueError
from spotai.features import AXES, BY_NAME, FEATURE_OF_AXIS, FEATURES, GROUPS, NAMES, Feature


def test_there_are_fifteen_features_on_sixteen_axes() -> None:
    assert set(NAMES) == {
        "acousticness", "danceability", "duration_ms", "energy", "instrumentalness",
        "key", "liveness", "loudness", "mode", "speechiness", "tempo",
        "time_signature", "valence", "popularity", "release_year",
    }  # fmt: skip
    assert len(NAMES) == len(FEATURES) == 15
    assert len(AXES) == len(set(AXES)) == 16
    assert BY_NAME["key"].axes == ("key_cos", "key_sin")
    assert FEATURE_OF_AXIS["key_sin"] is BY_NAME["key"]


def test_every_feature_belongs_to_exactly_one_group() -> None:
    grouped = [feature for group in GROUPS.values() for feature in group]
    assert sorted(f.name for f in grouped) == sorted(NAMES)
    assert all(GROUPS.values())


@pytest.mark.parametrize(
    ("name", "minimum", "maximum"),
    [
        ("acousticness", 0, 1),
        ("valence", 0, 1),
        ("loudness", -60, 0),
        ("tempo", 1, 400),
        ("key", 0, 11),
        ("mode", 0, 1),
        ("time_signature", 1, 7),
        ("popularity", 0, 100),
        ("release_year", 1860, 2100),
    ],
)
def test_bounds_are_inclusive(name: str, minimum: float, maximum: float) -> None:
    feature = BY_NAME[name]
    assert feature.clean(minimum) == minimum
    assert feature.clean(maximum) == maximum


@pytest.mark.parametrize(
    ("name", "placeholder"),
    [("key", -1), ("mode", -1), ("tempo", 0), ("time_signature", 0), ("duration_ms", 0),
     ("release_year", 0), ("energy", math.nan), ("popularity", None)],
)  # fmt: skip
def test_placeholders_mean_not_known(name: str, placeholder: float | None) -> None:
    assert BY_NAME[name].clean(placeholder) is None


@pytest.mark.parametrize("name", ["popularity", "mode", "key", "instrumentalness", "loudness"])
def test_zero_is_a_real_value_where_it_can_occur(name: str) -> None:
    assert BY_NAME[name].clean(0) == 0.0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("energy", 1.01, "energy is 1.01, outside 0 to 1"),
        ("energy", -0.01, "outside 0 to 1"),
        ("tempo", math.inf, "tempo is inf"),
        ("loudness", -math.inf, "loudness is -inf"),
        ("key", 12, "outside 0 to 11"),
        ("key", 3.5, "key is 3.5, not a whole number"),
        ("time_signature", 2, "not one of"),
        ("popularity", 101, "outside 0 to 100"),
        ("popularity", 50.5, "not a whole number"),
        ("duration_ms", -1, "outside"),
        pytest.param("duration_ms", 10**400, "duration_ms is inf, outside", id="no double"),
        pytest.param("loudness", -(10**400), "loudness is -inf", id="no double, negative"),
        ("release_year", 20, "outside"),
    ],
)
def test_values_out_of_bounds_are_refused_by_name(name: str, value: float, says: str) -> None:
    with pytest.raises(FeatureValueError, match=says):
        BY_NAME[name].clean(value)


@pytest.mark.parametrize(("value", "kept"), [(1.2, 0.0), (-75.0, -60.0), (-7.5, -7.5)])
def test_loudness_is_clamped(value: float, kept: float) -> None:
    assert BY_NAME["loudness"].clean(value) == kept


@given(
    feature=st.sampled_from(FEATURES),
    value=st.none() | st.floats() | st.integers(-1000, 100_000).map(float),
)
def test_what_is_kept_is_valid_and_stays_as_it_is(feature: Feature, value: float | None) -> None:
    try:
        kept = feature.clean(value)
    except FeatureValueError:
        return
    if kept is not None:
        assert feature.minimum <= kept <= feature.maximum
        assert not feature.choices or kept in feature.choices
    assert feature.clean(kept) == kept


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("duration_ms", 205_000, "3:25"),
        ("duration_ms", 59_999, "1:00"),
        ("duration_ms", 3_599_400, "59:59"),
        ("duration_ms", 3_599_600, "1:00:00"),
        ("duration_ms", 3_605_000, "1:00:05"),
        ("duration_ms", 86_400_000, "24:00:00"),
        ("duration_ms", 1e308, "1e+308"),
        ("tempo", 127.6, "128 BPM"),
        ("loudness", -7.25, "−7.2 dB"),
        ("key", 3, "D♯"),
        ("mode", 0, "minor"),
        ("time_signature", 4, "4/4"),
        ("energy", 0.5, "0.50"),
        ("popularity", 64, "64"),
        ("release_year", 1999, "1999"),
    ],
)
def test_values_are_shown_as_people_read_them(name: str, value: float, shown: str) -> None:
    assert BY_NAME[name].show(value) == shown


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_what_is_missing_is_shown_as_unknown(feature: Feature) -> None:
    assert feature.show(None) == "unknown"


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_every_feature_can_be_explained(feature: Feature) -> None:
    assert feature.label
    assert feature.description.endswith(".")
    assert feature.weight >= 0
    assert feature.prior_variance > 0
    if feature.kind == "numeric":
        assert feature.more
        assert feature.less
        assert feature.alike
    else:
        assert feature.choices


@pytest.mark.parametrize(
    ("name", "value", "other", "shown"),
    [
        ("instrumentalness", 0.0, 0.0016, ("0.000", "0.002")),
        ("instrumentalness", 0.1, 0.2, ("0.10", "0.20")),
        ("tempo", 127.6, 128.4, ("127.6 BPM", "128.4 BPM")),
        ("energy", 0.5, 0.5, ("0.50", "0.50")),
        ("duration_ms", 200_000, 200_001, ("3:20", "3:20")),
        ("popularity", 50, 51, ("50", "51")),
    ],
)
def test_values_that_show_alike_can_be_told_apart(
    name: str, value: float, other: float, shown: tuple[str, str]
) -> None:
    assert BY_NAME[name].show_apart(value, other) == shown


def test_search_needs_the_seven_ratios_loudness_tempo_and_duration() -> None:
    assert {f.name for f in FEATURES if f.required} == {
        "acousticness", "danceability", "energy", "instrumentalness", "liveness",
        "speechiness", "valence", "loudness", "tempo", "duration_ms",
    }  # fmt: skip
