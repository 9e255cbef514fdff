"""Every field of the recipe changes real lists in the promised direction.

Each promise is held against the made-up songs everyone starts with, and against real songs where
there are some. Directions are those over several playlists. A field without a promise fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, get_args

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError

from spotai.catalog.demo import demo_playlists
from spotai.errors import RecipeError
from spotai.features import BY_NAME
from spotai.recommend import Recipe, Recommendation, Recommended, find_facets
from spotai.recommend.order import transitions
from spotai.recommend.recipe import Order
from spotai.search import Snapshot
from tests.recommend import feature_promises  # noqa: F401
from tests.recommend.grounds import Ground, ids
from tests.recommend.promises import OF_EVERY_FEATURE, PROMISES, Promise, promise

# Playlists a run takes that is not to be long; a long one takes ten.
FEW: Final = 5


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
    assert [path for path in FIELDS if check_of(path) is None] == []
    assert set(PROMISES) <= set(FIELDS)


@pytest.mark.parametrize("path", FIELDS)
def test_the_field_changes_lists_as_promised(ground: Ground, path: str) -> None:
    check = check_of(path)
    assert check is not None
    check(ground)


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
    # With every version: an original that matches too little leaves its place to another one.
    every: dict[str, Any] = {"size": 150, "variety": {"one_version_per_song": False}}
    for seeds in ground.playlists:
        loose = ground.ask(seeds, **every)
        bar = loose.songs[60].match
        strict = ground.ask(seeds, **every, strictness=bar)
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
        near = ids(ground.ask(seeds))
        unlike = [song for song in ids(ground.ask(seeds, size=150)) if song not in near][-1]
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


@promise("facet")
def one_mood_brings_songs_like_it(ground: Ground) -> None:
    """Of the calmest and the liveliest songs, each mood's list is nearer to its own songs."""
    rows = ground.snapshot.rows_of({song for seeds in ground.playlists for song in seeds})
    by_energy = rows[np.lexsort((rows, ground.snapshot.axis("energy")[rows]))]
    mixed = np.concatenate((by_energy[:30], by_energy[-30:]))
    seeds = tuple(song.decode() for song in ground.snapshot.ids[mixed].tolist())
    facets = find_facets(ground.snapshot, mixed)
    assert len(facets) >= 2
    lists = [ground.ask(seeds, facet=facet.number) for facet in facets]
    for n, facet in enumerate(facets):
        own, other = (ground.rows(lists[m]) for m in (n, n - 1))
        assert ground.apart(own, facet.rows) < ground.apart(other, facet.rows)
        assert not set(ids(lists[n])) & set(seeds)
    with pytest.raises(RecipeError, match=f"has {len(facets)} moods"):
        ground.ask(seeds, facet=len(facets) + 1)


@promise("variety.spread")
def spread_songs_are_further_apart(ground: Ground) -> None:
    def mean_match(found: Recommendation) -> float:
        return float(np.mean([each.match for each in found.songs]))

    further, given = [], []
    for seeds in ground.playlists:
        near, wide = (ground.ask(seeds, variety={"spread": spread}) for spread in (0.0, 1.0))
        assert ids(near) == ids(ground.ask(seeds))
        further.append(ground.scattered(wide) - ground.scattered(near))
        given.append(mean_match(near) - mean_match(wide))
    assert np.median(further) > 0
    assert min(given) >= 0


@promise("variety.familiar")
def known_songs_stay_away(ground: Ground) -> None:
    for seeds in ground.playlists:
        free = ground.ask(seeds)
        known = ids(free)[::2]
        found = ground.ask(seeds, known=known, variety={"familiar": "exclude"})
        assert not set(ids(found)) & set(known)
        assert len(found.songs) == len(free.songs)
        assert found.total_matches == free.total_matches - len(known)
        assert ids(ground.ask(seeds, known=known)) == ids(free)
