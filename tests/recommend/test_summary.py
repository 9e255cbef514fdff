"""The sentence that says what a song is beside the nearest seed, as a listener reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotai.features import BY_NAME, FEATURES, NAMES, Feature, key_words
from spotai.recommend import Recipe, Recommended, build_profile, recommend
from spotai.recommend.summary import CLAUSES, MUCH_ALIKE, compared, features_told
from spotai.recommend.targets import Model, build_model
from spotai.search import Snapshot
from tests.made_songs import PLAIN, MakeSnapshot, Row, song_id

ROOT = Path(__file__).parents[2]
MAJOR, MINOR = 1, 0
C, G, A = 0, 7, 9
UNKNOWN = dict.fromkeys(NAMES)


def beside(make_snapshot: MakeSnapshot, seed: Row, song: Row, *names: str) -> Recommended:
    """A song beside the one seed, when only the features named count; others fill the catalog."""
    spread: list[Row] = [
        {f.name: f.minimum + (f.maximum - f.minimum) * n / 10 for f in FEATURES if not f.choices}
        | {"key": n, "mode": n % 2, "time_signature": 3 + n % 3}
        for n in range(11)
    ]
    snapshot = make_snapshot([seed, song, *spread])
    fields: dict[str, Any] = {
        "seed": {"track_ids": (song_id(0),)},
        "features": {name: {"selected": name in names} for name in NAMES},
        "variety": {"one_version_per_song": False},
        "pins": (song_id(1),),
    }
    listed = recommend(snapshot, Recipe.model_validate(fields), lambda _: ()).songs
    return next(one for one in listed if one.pinned)


@pytest.mark.parametrize(
    ("name", "seed", "song", "sentence"),
    [
        ("release_year", 2000, 2001, "1 year newer"),
        ("release_year", 2000, 1985, "15 years older"),
        ("release_year", 2000, 2000, "same year"),
        ("duration_ms", 200_000, 220_400, "20 s longer"),
        ("duration_ms", 200_000, 80_000, "2 min shorter"),
        ("duration_ms", 200_000, 285_000, "1 min 25 s longer"),
        ("duration_ms", 200_000, 200_300, "as long"),
        ("acousticness", 0.5, 0.52, "a bit more acoustic"),
        ("acousticness", 0.5, 0.501, "as acoustic"),
        ("acousticness", 0.02, 0.02, "also hardly acoustic"),
        ("acousticness", 0.4, 0.4, "as acoustic"),
        ("danceability", 0.1, 0.1, "also hardly danceable"),
        ("liveness", 0.1, 0.1, "also from the studio"),
        ("instrumentalness", 0.0, 0.001, "as vocal"),
        ("instrumentalness", 0.0, 0.02, "a bit more instrumental"),
        ("energy", 0.95, 0.02, "much calmer"),
        ("popularity", 50, 55, "a bit more popular"),
        ("time_signature", 4, 3, "3/4 instead of 4/4"),
        ("time_signature", 4, 4, "also 4/4"),
    ],
)
def test_a_feature_in_the_units_people_think_in(
    make_snapshot: MakeSnapshot, name: str, seed: float, song: float, sentence: str
) -> None:
    said = beside(make_snapshot, {name: seed}, {name: song}, name).summary
    assert said.removeprefix(f"{MUCH_ALIKE}: ") == f"same key, same tempo, {sentence}"
    assert said.startswith(MUCH_ALIKE) == sentence.startswith(("as ", "also ", "same "))


@pytest.mark.parametrize(
    ("seed", "song", "sentence"),
    [
        ({"tempo": 120.2}, {"tempo": 123.0}, "same key, 3 BPM faster"),
        ({"tempo": 120.0}, {"tempo": 90.0}, "same key, 30 BPM slower"),
        ({"tempo": 120.2}, {"tempo": 120.4}, "much alike: same key, same tempo"),
        ({"key": C}, {"key": G}, "same tempo, a fifth up"),
        ({"key": C, "tempo": 120.0}, {"key": G, "tempo": 119.0}, "1 BPM slower, a fifth up"),
    ],
)
def test_tempo_and_the_same_key_are_said_first(
    make_snapshot: MakeSnapshot, seed: Row, song: Row, sentence: str
) -> None:
    assert beside(make_snapshot, seed, song, "tempo", "key", "mode").summary == sentence


def test_tempo_and_the_same_key_are_said_where_they_do_not_count(
    make_snapshot: MakeSnapshot,
) -> None:
    song = {"tempo": 90.0, "energy": 0.51}
    told = beside(make_snapshot, {}, song, "energy").summary
    assert told == "same key, 30 BPM slower, a bit more energetic"
    # Another key is told only where it counts.
    told = beside(make_snapshot, {}, song | {"key": G}, "energy").summary
    assert told == "30 BPM slower, a bit more energetic"
    told = beside(make_snapshot, {}, {"mode": MINOR}, "mode").summary
    assert told == "same tempo, minor instead of major"


@pytest.mark.parametrize(
    ("key", "mode", "other", "other_mode", "words"),
    [
        (C, MAJOR, C, MAJOR, "same key"),
        (C, None, C, MAJOR, "same key"),
        (C, MINOR, C, MAJOR, "parallel minor"),
        (A, MINOR, C, MAJOR, "relative minor"),
        (C, MAJOR, A, MINOR, "relative major"),
        (A, MAJOR, C, MAJOR, "a minor third down"),
        (C, MINOR, A, MAJOR, "a minor third up and minor"),
        (11, MINOR, C, MINOR, "a semitone down"),
        (6, MAJOR, C, MAJOR, "a tritone away"),
        (C, MAJOR, G, MAJOR, "a fifth down"),
    ],
)
def test_what_one_key_is_to_another(
    key: int, mode: int | None, other: int, other_mode: int | None, words: str
) -> None:
    assert key_words(key, mode, other, other_mode) == words


def test_every_way_up_is_the_same_way_down_from_the_other_side() -> None:
    for steps in range(1, 12):
        there, back = key_words(steps, None, 0, None), key_words(0, None, steps, None)
        assert {there.split()[-1], back.split()[-1]} in ({"up", "down"}, {"away"})
        assert there.rsplit(" ", 1)[0] == back.rsplit(" ", 1)[0]


def test_the_nearest_seed_is_named_and_what_has_most_influence_is_told(
    make_snapshot: MakeSnapshot,
) -> None:
    seed = {"title": "Old friend", "artists": ("Ann", "Bob")}
    song = {"tempo": 123.0, "acousticness": 0.45}
    found = beside(make_snapshot, seed, song, "acousticness")
    assert found.nearest is not None
    assert found.nearest.title == "Old friend"
    assert [artist.name for artist in found.nearest.artists] == ["Ann", "Bob"]
    assert found.summary == "same key, 3 BPM faster, a bit less acoustic"
    # What is quoted to people is what they get.
    for document in ("README.md", "docs/api.md", "docs/recipe.md"):
        assert found.summary in " ".join((ROOT / document).read_text("utf-8").split())


def test_popularity_is_told_last(make_snapshot: MakeSnapshot) -> None:
    song = {"popularity": 90, "release_year": 2010, "energy": 0.9, "key": G}
    names = ("popularity", "release_year", "energy")
    told = beside(make_snapshot, {}, song, *names).summary.split(", ")
    assert told[0] == "same tempo"
    assert set(told[1:]) == {"10 years newer", "more energetic"}
    assert beside(make_snapshot, {}, song, names[0]).summary == "same tempo, more popular"


def test_what_differs_goes_before_what_is_the_same(make_snapshot: MakeSnapshot) -> None:
    song = {"release_year": 2000, "tempo": 123.0, "valence": 0.9, "key": G}
    names = ("release_year", "tempo", "valence", "time_signature", "mode")
    told = beside(make_snapshot, {}, song, *names).summary
    assert told == "3 BPM faster, happier, same year"


def test_what_most_of_the_catalog_has_is_told_where_there_is_room(demo: Snapshot) -> None:
    names = ("time_signature", "energy", "valence", "tempo")
    fields = {"features": {name: {"selected": name in names} for name in NAMES}}
    profile = build_profile(demo, np.arange(30))
    model = build_model(demo, profile, Recipe.model_validate(fields))

    def sentence(**values: float) -> str:
        told = [BY_NAME[name] for name in names]
        return compared(demo, model, told, PLAIN | values, PLAIN)

    more, happier = "much more energetic", "much happier"
    both = {"energy": 0.9, "valence": 0.9, "key": G}
    assert sentence(**both, tempo=90.0) == f"30 BPM slower, {more}, {happier}"
    assert sentence(energy=0.9, key=G, tempo=90.0) == f"30 BPM slower, {more}, also 4/4"
    assert sentence(tempo=90.0) == "same key, 30 BPM slower, also 4/4"
    assert sentence() == "much alike: same key, same tempo, also 4/4"


def test_a_key_says_its_mode_and_the_mode_is_not_said_again(make_snapshot: MakeSnapshot) -> None:
    seed, song = {"key": C, "mode": MAJOR}, {"key": A, "mode": MINOR}
    told = beside(make_snapshot, seed, song, "key", "mode").summary
    assert told == "same tempo, relative minor"
    same = beside(make_snapshot, seed, seed, "key", "mode").summary
    assert same == "much alike: same key, same tempo"


def test_what_is_not_known_of_both_is_passed_over(make_snapshot: MakeSnapshot) -> None:
    seed, song = {"release_year": None, "key": None}, {"tempo": 123.0}
    assert beside(make_snapshot, seed, song, "release_year").summary == "3 BPM faster"
    snapshot = make_snapshot([{"release_year": year} for year in (1990, 2000, None)])
    fields: dict[str, Any] = {
        "features": {"release_year": {"target": 1990}},
        "variety": {"one_version_per_song": False},
    }
    listed = recommend(snapshot, Recipe.model_validate(fields), lambda _: ()).songs
    (unknown,) = [each for each in listed if each.song.values["release_year"] is None]
    assert unknown.summary == "nothing that counts is known of both"


def test_a_pinned_seed_is_no_news(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"energy": e} for e in (0.2, 0.4, 0.9)])
    ids = (song_id(0), song_id(1))
    fields: dict[str, Any] = {"seed": {"track_ids": ids}, "pins": ids[:1], "size": 1}
    found = recommend(snapshot, Recipe.model_validate(fields), lambda _: ()).songs[0]
    assert found.nearest == found.song
    assert found.summary == "one of the songs you started from"


def test_without_seeds_a_song_is_compared_with_the_aims(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot([{"tempo": t, "key": G} for t in (90.0, 100.0, 110.0)])
    fields = {"features": {"tempo": {"target": 93}}, "size": 1}
    found = recommend(snapshot, Recipe.model_validate(fields, strict=False), lambda _: ()).songs[0]
    assert found.nearest is None
    assert found.summary == "3 BPM slower"


def sentence_of(snapshot: Snapshot, model: Model, song: Any, other: Any) -> str:
    return compared(snapshot, model, features_told(snapshot, model), song, other)


def octaves(snapshot: Snapshot, target: float) -> Model:
    nothing = build_profile(snapshot, np.array([], dtype=np.intp))
    fields = {"features": {"tempo": {"target": target}}, "tempo_octaves": True}
    return build_model(snapshot, nothing, Recipe.model_validate(fields, strict=False))


@pytest.mark.parametrize(
    ("tempo", "base", "sentence"),
    [
        (64.0, 128.0, "half the tempo"),
        (160.0, 80.0, "double the tempo"),
        (66.0, 128.0, "2 BPM faster than half the tempo"),
        (120.0, 128.0, "8 BPM slower"),
    ],
)
def test_half_and_double_time_are_named_where_they_count(
    demo: Snapshot, tempo: float, base: float, sentence: str
) -> None:
    assert (
        sentence_of(demo, octaves(demo, base), UNKNOWN | {"tempo": tempo}, {"tempo": base})
        == sentence
    )


def values(feature: Feature) -> st.SearchStrategy[float | None]:
    """Any valid value of a feature, its bounds often, and none."""
    if feature.choices:
        return st.none() | st.sampled_from([float(choice) for choice in feature.choices])
    low, high = feature.minimum, feature.maximum
    anything = st.floats(low, high) | st.sampled_from([low, high])
    return st.none() | (anything.map(round) if feature.integer else anything)


songs = st.fixed_dictionaries({f.name: values(f) for f in FEATURES})


@settings(max_examples=80, deadline=None)
@given(songs, songs, st.sets(st.sampled_from(NAMES), min_size=1), st.booleans())
def test_any_two_songs_make_a_sentence_that_is_true(
    demo: Snapshot, song: Any, other: Any, ticked: set[str], tempo_octaves: bool
) -> None:
    fields = {
        "features": {name: {"selected": name in ticked} for name in NAMES},
        "tempo_octaves": tempo_octaves,
    }
    profile = build_profile(demo, np.arange(30))
    model = build_model(demo, profile, Recipe.model_validate(fields))
    sentence = sentence_of(demo, model, song, other)
    clauses = sentence.removeprefix(f"{MUCH_ALIKE}: ").split(", ")
    assert 1 <= len(clauses) <= CLAUSES
    if song["tempo"] is not None and other["tempo"] is not None:
        assert any("tempo" in clause or "BPM" in clause for clause in clauses)
    assert "unknown" not in sentence
    assert "nan" not in sentence
    for feature in FEATURES:
        value, base = song[feature.name], other[feature.name]
        if feature.kind != "numeric" or any("the tempo" in clause for clause in clauses):
            continue
        if any(clause.endswith(feature.more) for clause in clauses):
            assert value > base
        if any(clause.endswith(feature.less) for clause in clauses):
            assert value < base
        if feature.alike in clauses and feature.counted_in:
            assert feature.show(value) == feature.show(base)


def test_plain_songs_are_alike_in_everything(demo: Snapshot) -> None:
    profile = build_profile(demo, np.arange(30))
    for feature in FEATURES:
        fields = {"features": {name: {"selected": name == feature.name} for name in NAMES}}
        model = build_model(demo, profile, Recipe.model_validate(fields))
        sentence = sentence_of(demo, model, PLAIN, PLAIN)
        value = PLAIN[feature.name]
        numeric = feature.as_much(value)
        own = numeric if feature.kind == "numeric" else f"also {feature.show(value)}"
        more = "" if feature.name in {"key", "mode", "tempo"} else f", {own}"
        assert sentence == f"much alike: same key, same tempo{more}"
