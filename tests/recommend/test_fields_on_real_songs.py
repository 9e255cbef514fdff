"""Every field of the recipe changes real lists in the promised direction.

Each promise is held against the made-up songs everyone starts with, and against real songs where
there are some. Directions are those over several playlists. A field without a promise fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, get_args

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError

from spotai.catalog.demo import demo_playlists
from spotai.errors import RecipeError
from spotai.features import BY_NAME, NAMES, Feature
from spotai.recommend import Recipe, Recommendation, Recommended
from spotai.recommend.order import transitions
from spotai.recommend.recipe import Order
from spotai.search import Snapshot
from tests.recommend.grounds import Floats, Ground, ids, known_share

Promise = Callable[[Ground], None]
FeaturePromise = Callable[[Ground, Feature], None]

PROMISES: Final[dict[str, Promise]] = {}
OF_EVERY_FEATURE: Final[dict[str, FeaturePromise]] = {}
# Playlists a run takes that is not to be long; a long one takes ten.
FEW: Final = 5
# Refused in this version: once they are accepted they need a promise.
PENDING: Final[Mapping[str, dict[str, Any]]] = {
    "facet": {"facet": 1},
    "variety.spread": {"variety": {"spread": 0.5}},
    "variety.familiar": {"variety": {"familiar": "exclude"}},
}


def promise(field: str) -> Callable[[Promise], Promise]:
    """Register what a field of the recipe promises."""

    def register(check: Promise) -> Promise:
        PROMISES[field] = check
        return check

    return register


def promise_of_features(setting: str) -> Callable[[FeaturePromise], FeaturePromise]:
    """Register what a setting promises that every feature has, or every one of a kind."""

    def register(check: FeaturePromise) -> FeaturePromise:
        OF_EVERY_FEATURE[setting] = check
        return check

    return register


def fields_of(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the paths of all fields of a recipe, down to those that are no models."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from fields_of(kind, f"{path}{name}.")
        else:
            yield path + name


FIELDS: Final = tuple(fields_of(Recipe))


def check_of(path: str) -> Promise | None:
    setting = re.fullmatch(r"features\.(\w+)\.(\w+)", path)
    if setting is None:
        return PROMISES.get(path)
    feature, check = BY_NAME[setting[1]], OF_EVERY_FEATURE.get(setting[2])
    return None if check is None else lambda ground: check(ground, feature)


@pytest.fixture(scope="module")
def demo_ground(demo: Snapshot) -> Ground:
    return Ground(demo, [made.track_ids for made in demo_playlists()[:FEW]])


@pytest.fixture(scope="module")
def real_ground(real_sample: Snapshot, real_playlists: list[tuple[str, ...]]) -> Ground:
    known = [real_sample.rows_of(each) >= 0 for each in real_playlists]
    return Ground(
        real_sample,
        [
            tuple(track for track, is_known in zip(*each, strict=True) if is_known)
            for each in zip(real_playlists, known, strict=True)
        ],
    )


@pytest.fixture(scope="module")
def few_real_ground(real_ground: Ground) -> Ground:
    return Ground(real_ground.snapshot, real_ground.playlists[:FEW])


@pytest.fixture(params=["demo", "few_real", pytest.param("real", marks=pytest.mark.long)])
def ground(request: pytest.FixtureRequest) -> Ground:
    found: Ground = request.getfixturevalue(f"{request.param}_ground")
    return found


def test_every_field_has_a_promise() -> None:
    assert [path for path in FIELDS if check_of(path) is None] == list(PENDING)
    assert set(PROMISES) <= set(FIELDS)


@pytest.mark.parametrize("path", [path for path in FIELDS if path not in PENDING])
def test_the_field_changes_lists_as_promised(ground: Ground, path: str) -> None:
    check = check_of(path)
    assert check is not None
    check(ground)


@pytest.mark.parametrize("path", PENDING)
def test_what_changes_nothing_yet_is_refused(ground: Ground, path: str) -> None:
    with pytest.raises(RecipeError) as refused:
        ground.ask(ground.playlists[0], **PENDING[path])
    assert refused.value.field == path


@promise("version")
def only_this_version(ground: Ground) -> None:
    seeds = ground.playlists[0]
    assert ids(ground.ask(seeds, version=1)) == ids(ground.ask(seeds))
    with pytest.raises(ValidationError):
        ground.ask(seeds, version=2)


@promise("seed.playlist_id")
def a_playlist_stands_for_its_songs(ground: Ground) -> None:
    for number, seeds in enumerate(ground.playlists):
        by_playlist = ground.ask((), seed={"playlist_id": str(number)})
        assert ids(by_playlist) == ids(ground.ask(seeds))


@promise("seed.track_ids")
def songs_bring_songs_like_them(ground: Ground) -> None:
    """A list is nearer to its own playlist than the list of the next playlist is."""
    seeds = [ground.snapshot.rows_of(each) for each in ground.playlists]
    lists = [ground.ask(each) for each in ground.playlists]
    rows = [ground.rows(found) for found in lists]
    gained = [
        ground.apart(rows[n - 1], each) - ground.apart(rows[n], each)
        for n, each in enumerate(seeds)
    ]
    assert np.median(gained) > 0
    assert all(not set(ids(found)) & set(ground.playlists[n]) for n, found in enumerate(lists))


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


@promise("size")
def a_longer_list_begins_like_a_shorter_one(ground: Ground) -> None:
    for seeds in ground.playlists:
        short, longer = (ids(ground.ask(seeds, size=size)) for size in (7, 60))
        assert (len(short), len(longer)) == (7, 60)
        assert longer[:7] == short


@promise("contrast")
def contrast_leads_away_from_the_catalog(ground: Ground) -> None:
    everything = np.arange(len(ground.snapshot))
    of_playlist, of_catalog = [], []
    for seeds in ground.playlists:
        rows = ground.snapshot.rows_of(seeds)
        near, beyond = (ground.rows(ground.ask(seeds, contrast=c)) for c in (0.0, 1.0))
        of_playlist.append(ground.apart(beyond, rows) - ground.apart(near, rows))
        of_catalog.append(ground.apart(beyond, everything) - ground.apart(near, everything))
    assert np.median(of_playlist) > 0
    assert np.median(of_catalog) > 0


@promise("strictness")
def no_song_matches_less_than_asked(ground: Ground) -> None:
    for seeds in ground.playlists:
        loose = ground.ask(seeds, size=150)
        bar = loose.songs[60].match
        strict = ground.ask(seeds, size=150, strictness=bar)
        assert min(each.match for each in strict.songs) >= bar - 1e-9
        assert 0 < strict.total_matches < loose.total_matches
        assert ids(strict) == ids(loose)[: len(strict.songs)]


@promise("tempo_octaves")
def half_time_counts_as_the_same_tempo(ground: Ground) -> None:
    def more_in_half_time(seeds: tuple[str, ...]) -> float:
        settings = {"tempo": {"target": 170, "weight": "high"}}
        once, octaves = (
            ground.values(ground.ask(seeds, features=settings, tempo_octaves=count), "tempo")
            for count in (False, True)
        )
        return float((abs(octaves - 85) < 8).mean() - (abs(once - 85) < 8).mean())

    assert np.median(ground.each(more_in_half_time)) > 0


@promise("filters.explicit")
def only_songs_known_to_be_explicit_or_not(ground: Ground) -> None:
    for seeds in ground.playlists:
        for wanted in (True, False):
            found = ground.ask(seeds, filters={"explicit": wanted})
            assert {each.song.explicit for each in found.songs} == {wanted}
    free = [each.song.explicit for seeds in ground.playlists for each in ground.ask(seeds).songs]
    assert len(set(free)) > 1


@promise("filters.genres")
def only_songs_of_the_genres(ground: Ground) -> None:
    wanted = {"rock", "pop"}
    others = 0
    for seeds in ground.playlists:
        free, found = ground.ask(seeds), ground.ask(seeds, filters={"genres": tuple(wanted)})
        assert all(wanted & genres_of(each) for each in found.songs)
        assert 0 < found.total_matches < free.total_matches
        others += sum(not wanted & genres_of(each) for each in free.songs)
    assert others > 0


def genres_of(listed: Recommended) -> set[str]:
    """The genres of a song; the filter knows them in whatever case."""
    return {genre.casefold() for genre in listed.song.genres}


@promise("filters.min_playlist_followers")
def only_songs_of_well_followed_playlists(ground: Ground) -> None:
    followers = ground.snapshot.values("playlist_followers")
    least = int(followers.max() / 2) + 1
    for seeds in ground.playlists:
        found = ground.ask(seeds, filters={"min_playlist_followers": least})
        assert (followers[ground.rows(found)] >= least).all()
        eligible = ground.snapshot.ids[followers >= least]
        assert found.total_matches == len({each.decode() for each in eligible} - set(seeds))


@promise("variety.artist_cap")
def no_artist_comes_more_often_than_the_cap(ground: Ground) -> None:
    def most(found: Recommendation) -> int:
        first = [each.song.artists[0].id for each in found.songs]
        return max(map(first.count, first))

    free = ground.each(lambda seeds: most(ground.ask(seeds, size=200)))
    assert free.max() > 1
    capped = ground.each(lambda seeds: most(ground.ask(seeds, size=200, variety={"artist_cap": 1})))
    assert capped.max() == 1


@promise("variety.one_version_per_song")
def a_song_comes_in_one_version(ground: Ground) -> None:
    def doubles(seeds: tuple[str, ...], *, one: bool) -> int:
        variety = {"one_version_per_song": one}
        rows = ground.rows(ground.ask(seeds, size=500, variety=variety))
        known = np.concatenate((rows, ground.snapshot.rows_of(seeds)))
        titles = ground.snapshot.title_keys[known]
        titles = titles[titles != 0]
        return len(titles) - len(np.unique(titles))

    among_seeds = ground.each(
        lambda seeds: (
            len(seeds) - len(np.unique(ground.snapshot.title_keys[ground.snapshot.rows_of(seeds)]))
        )
    )
    assert (ground.each(lambda seeds: doubles(seeds, one=True)) == among_seeds).all()
    assert ground.each(lambda seeds: doubles(seeds, one=False)).sum() > among_seeds.sum()


@promise("variety.random_seed")
def a_number_brings_other_songs_and_the_same_each_time(ground: Ground) -> None:
    def drawn(seeds: tuple[str, ...], number: int | None) -> Recommendation:
        return ground.ask(seeds, variety={"random_seed": number})

    def mean_match(found: Recommendation) -> float:
        return float(np.mean([each.match for each in found.songs]))

    for seeds in ground.playlists:
        first, again, other = (drawn(seeds, number) for number in (1, 1, 2))
        nearest = drawn(seeds, None)
        assert ids(first) == ids(again)
        assert len({frozenset(ids(each)) for each in (first, other, nearest)}) == 3
        candidates = ground.ask(seeds, size=120)
        assert mean_match(candidates) < mean_match(first) < mean_match(nearest)


def steps_of(ground: Ground, found: Recommendation) -> float:
    """The mean cost of a step from one song of a list to the next."""
    return float(np.diag(transitions(ground.snapshot, ground.rows(found)), 1).mean())


def energies(ground: Ground, found: Recommendation) -> list[float]:
    return [float(each) for each in ground.values(found, "energy")]


def turns(ground: Ground, found: Recommendation) -> int:
    """How often the energy of a list turns from rising to falling, or back."""
    ways = np.sign(np.diff(energies(ground, found)))
    return int((np.diff(ways[ways != 0]) != 0).sum())


@promise("order")
def each_order_is_the_one_named(ground: Ground) -> None:
    for seeds in ground.playlists:
        lists = {order: ground.ask(seeds, order=order) for order in get_args(Order)}
        closest = lists.pop("closest")
        distances = [each.distance for each in closest.songs]
        assert distances == sorted(distances)
        assert all(sorted(ids(found)) == sorted(ids(closest)) for found in lists.values())
        assert all(ids(found) != ids(closest) for found in lists.values())
        rising = energies(ground, lists.pop("rising"))
        assert rising == sorted(rising)
        assert energies(ground, lists.pop("falling")) == rising[::-1]
        assert turns(ground, lists.pop("wave")) == 3
        assert steps_of(ground, lists.pop("smooth")) < steps_of(ground, closest) / 1.5
        assert not lists


@promise("pins")
def a_pinned_song_is_listed_whatever_it_is_like(ground: Ground) -> None:
    for seeds in ground.playlists:
        unlike = ids(ground.ask(seeds, size=150))[-1]
        assert unlike not in ids(ground.ask(seeds))
        found = ground.ask(seeds, pins=(unlike,), strictness=0.99)
        assert [each.song.id for each in found.songs if each.pinned] == [unlike]


@promise("bans")
def banned_songs_and_artists_stay_away(ground: Ground) -> None:
    for seeds in ground.playlists:
        free = ground.ask(seeds)
        song, artist = free.songs[0].song, free.songs[1].song.artists[0].id
        found = ground.ask(seeds, bans=(song.id, artist))
        assert song.id not in ids(found)
        assert all(artist != by.id for each in found.songs for by in each.song.artists)
        kept = [
            each.song.id
            for each in free.songs
            if each.song.id != song.id and artist not in {by.id for by in each.song.artists}
        ]
        # Other versions of what is banned may come in between.
        still = [each for each in ids(found) if each in kept]
        assert still == kept[: len(still)] != []
        assert found.total_matches < free.total_matches


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
