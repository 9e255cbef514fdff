"""What each setting of a feature promises, whichever feature it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from spotai.features import NAMES, Feature
from spotai.recommend import Recommendation
from tests.recommend.grounds import Floats, Ground, known_share
from tests.recommend.promises import promise_of_features


@promise_of_features("selected")
def a_ticked_feature_keeps_the_list_near_the_playlist(ground: Ground, feature: Feature) -> None:
    """Unticked, the list strays further from the playlist's own centre in it."""

    def widened(seeds: tuple[str, ...]) -> float:
        centre = ground.centre(ground.snapshot.rows_of(seeds), feature.name)
        ticked, unticked = (
            ground.ask(seeds, contrast=0, features=only(feature, {"selected": selected}))
            for selected in (True, False)
        )
        assert told(feature, ticked)
        assert not told(feature, unticked)
        return ground.strays(unticked, feature.name, centre) - ground.strays(
            ticked, feature.name, centre
        )

    by_playlist = ground.each(widened)
    # Of a value that nearly all songs have, many lists have nothing else either way.
    assert np.median(by_playlist) > -1e-9
    assert by_playlist.mean() > 0


@promise_of_features("target")
def an_aim_moves_the_list_to_it(ground: Ground, feature: Feature) -> None:
    """No list moves away; where most have the value already, as with no vocals, none can move."""
    moved = []
    for aim in aims(ground, feature):
        coordinates = at(ground, feature, aim)

        def nearer(seeds: tuple[str, ...], aim: float = aim, to: Floats = coordinates) -> float:
            untouched = ground.ask(seeds)
            edited = ground.ask(seeds, features={feature.name: {"target": aim}})
            return off(ground, untouched, feature, to) - off(ground, edited, feature, to)

        moved.append(float(np.median(ground.each(nearer))))
    assert min(moved) >= 0
    assert max(moved) > 0


@promise_of_features("weight")
def a_heavier_feature_comes_nearer_its_aim(ground: Ground, feature: Feature) -> None:
    aim = aims(ground, feature)[0]
    strayed: dict[str, float] = {}
    for weight in ("low", "normal", "high"):

        def strays(seeds: tuple[str, ...], weight: str = weight) -> float:
            settings = {feature.name: {"target": aim, "weight": weight}}
            found = ground.ask(seeds, features=settings)
            return ground.strays(found, feature.name, at(ground, feature, aim))

        strayed[weight] = float(ground.each(strays).mean())
    assert strayed["high"] <= strayed["normal"] <= strayed["low"]
    assert strayed["high"] < strayed["low"]
    off_list = ground.ask(ground.playlists[0], features={feature.name: {"weight": "off"}})
    assert not told(feature, off_list)


@promise_of_features("min")
def no_song_lies_below_the_least(ground: Ground, feature: Feature) -> None:
    check_limit(ground, feature, "min", max, lambda values, bound: values >= bound)


@promise_of_features("max")
def no_song_lies_above_the_most(ground: Ground, feature: Feature) -> None:
    check_limit(ground, feature, "max", min, lambda values, bound: values <= bound)


def check_limit(
    ground: Ground,
    feature: Feature,
    limit: str,
    stricter: Callable[[float, float], float],
    holds: Callable[[Floats, float], Any],
) -> None:
    """A limit at the middle of a list and of the catalog throws songs out, ticked or not."""
    middle = float(np.nanmedian(ground.snapshot.values(feature.name)))
    thrown_out = 0
    for seeds in ground.playlists:
        free = ground.ask(seeds)
        middle_of_list = float(np.median(ground.values(free, feature.name)))
        bound = feature.number(stricter(middle, middle_of_list))
        for selected in (None, False):
            settings = {"selected": selected, limit: bound}
            limited = ground.ask(seeds, features={feature.name: settings})
            values = ground.values(limited, feature.name)
            assert len(values) == len(limited.songs) > 0
            assert holds(values, bound).all()
            assert limited.total_matches < free.total_matches
        thrown_out += int((~holds(ground.values(free, feature.name), bound)).sum())
    assert thrown_out > 0


@promise_of_features("only")
def only_the_values_allowed_are_listed(ground: Ground, feature: Feature) -> None:
    rarest = aims(ground, feature)[0]
    for seeds in ground.playlists:
        free = ground.ask(seeds)
        assert known_share(ground.values(free, feature.name), {rarest}) < 1
        limited = ground.ask(seeds, features={feature.name: {"only": (int(rarest),)}})
        values = ground.values(limited, feature.name)
        assert set(values.tolist()) == {rarest}
        assert len(values) == len(limited.songs) > 0
        assert limited.total_matches < free.total_matches


def only(feature: Feature, setting: dict[str, Any]) -> dict[str, Any]:
    """Settings of a feature and of one to go by besides; no other is ticked."""
    beside = "energy" if feature.name != "energy" else "valence"
    unticked = {name: {"selected": False} for name in NAMES}
    return unticked | {beside: {"selected": True}, feature.name: setting}


def aims(ground: Ground, feature: Feature) -> list[float]:
    """Aims a listener could have: what few songs of the catalog have, and the other end."""
    values = ground.snapshot.values(feature.name)
    known = values[~np.isnan(values)]
    if feature.kind == "numeric":
        return [feature.number(float(np.quantile(known, share))) for share in (0.85, 0.15)]
    choices, counts = np.unique(known, return_counts=True)
    common = counts >= len(known) / 100
    rarest = choices[common][np.argsort(counts[common])]
    return [float(each) for each in (rarest[0], rarest[-1])]


def at(ground: Ground, feature: Feature, value: float) -> Floats:
    """Return the coordinates of a value, (axes of the feature,)."""
    return np.array([ground.snapshot.maps[axis].coordinate(value) for axis in feature.axes])


def off(ground: Ground, found: Recommendation, feature: Feature, aim: Floats) -> float:
    """Return how far the middle of a list is from an aim: the median, else the mean."""
    coordinates = ground.coordinates(ground.rows(found), feature.name)
    middle = np.median(coordinates, axis=0) if feature.kind == "numeric" else coordinates.mean(0)
    return float(np.linalg.norm(middle - aim))


def told(feature: Feature, found: Recommendation) -> bool:
    """Whether the songs of a list give the feature as a reason."""
    told = {
        feature.name in {reason.feature.name for reason in each.reasons} for each in found.songs
    }
    assert len(told) == 1
    return told.pop()
