"""Recipes of every kind, for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from spotai.features import FEATURES, Feature
from spotai.recommend import Recipe
from spotai.recommend.recipe import WEIGHT_STEPS
from spotai.tracks import ID_LENGTH

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPOTIFY_IDS = st.text(LETTERS, min_size=ID_LENGTH, max_size=ID_LENGTH)
IDS = SPOTIFY_IDS | st.text(min_size=1, max_size=9)
SHARES = st.floats(0, 1)


def settings_of(feature: Feature) -> st.SearchStrategy[dict[str, Any]]:
    said: dict[str, st.SearchStrategy[Any]] = {
        "selected": st.none() | st.booleans(),
        "weight": st.sampled_from(sorted(WEIGHT_STEPS)),
    }
    if feature.choices:
        values = st.sampled_from(sorted(feature.choices))
        said["target"] = values
        said["only"] = st.lists(values, min_size=1, max_size=2).map(tuple)
        return st.fixed_dictionaries({}, optional=said)
    bounds = (feature.minimum, feature.maximum)
    whole = st.integers(*map(int, bounds))
    numbers: st.SearchStrategy[float] = whole if feature.integer else st.floats(*bounds)
    said["target"] = numbers
    limits = (
        st.tuples(numbers, numbers).map(sorted).map(lambda pair: {"min": pair[0], "max": pair[1]})
    )
    return st.tuples(st.fixed_dictionaries({}, optional=said), st.just({}) | limits).map(
        lambda parts: {**parts[0], **parts[1]}
    )


SETTINGS = [st.tuples(st.just(feature.name), settings_of(feature)) for feature in FEATURES]
FEATURES_SAID = st.lists(st.one_of(SETTINGS), max_size=3).map(dict)
SEEDS = st.fixed_dictionaries({"playlist_id": IDS}) | st.fixed_dictionaries(
    {"track_ids": st.lists(IDS, max_size=5).map(tuple)}
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "explicit": st.none() | st.booleans(),
        "genres": st.lists(st.text(min_size=1, max_size=9), max_size=3).map(tuple),
        "min_playlist_followers": st.integers(0, 2**53),
    },
)
VARIETY = st.fixed_dictionaries(
    {},
    optional={
        "artist_cap": st.integers(1, 500),
        "one_version_per_song": st.booleans(),
        "spread": SHARES,
        "familiar": st.sampled_from(["allow", "exclude"]),
        "random_seed": st.integers(0, 2**53),
    },
)
RECIPES = st.fixed_dictionaries(
    {},
    optional={
        "seed": SEEDS,
        "features": FEATURES_SAID,
        "size": st.integers(10, 500),
        "contrast": SHARES,
        "strictness": SHARES,
        "tempo_octaves": st.booleans(),
        "facet": st.none() | st.integers(1, 5),
        "filters": FILTERS,
        "variety": VARIETY,
        "order": st.sampled_from(["closest", "smooth", "rising", "falling", "wave"]),
        "pins": st.lists(SPOTIFY_IDS, max_size=4).map(tuple),
        "bans": st.lists(SPOTIFY_IDS.map(lambda text: f"{text}!"), max_size=4).map(tuple),
    },
).map(Recipe.model_validate)
