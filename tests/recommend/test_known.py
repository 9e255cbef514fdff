"""Songs the listener knows are left out, with their other versions, unless they are pinned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from spotai.errors import NotFoundError, RecipeError
from spotai.recommend import Recipe, Recommendation, Seed, count_matches, recommend
from spotai.recommend.recipe import Change
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, song_id


def no_playlists(playlist_id: str) -> Sequence[str]:
    raise NotFoundError(f"there is no playlist {playlist_id}")


def ask(snapshot: Snapshot, known: Sequence[str], **fields: Any) -> Recommendation:
    fields["variety"] = {"familiar": "exclude", **fields.get("variety", {})}
    recipe = Recipe.model_validate(fields, strict=False)
    found = recommend(snapshot, recipe, no_playlists, lambda: known)
    counted = count_matches(snapshot, recipe, no_playlists, lambda: known)
    assert counted.total == found.total_matches
    return found


def listed(found: Recommendation) -> list[str]:
    return [each.song.id for each in found.songs]


@pytest.fixture(scope="module")
def seeds(demo: Snapshot) -> list[str]:
    return [demo.ids[row].decode() for row in np.argsort(-demo.values("energy"))[:20].tolist()]


def test_no_known_song_is_listed_or_counted(demo: Snapshot, seeds: list[str]) -> None:
    seed = {"track_ids": seeds}
    first = listed(recommend(demo, Recipe(seed=Seed(track_ids=tuple(seeds))), no_playlists))
    found = ask(demo, [*first, first[0], "0" * 22, seeds[0]], seed=seed)
    assert not set(listed(found)) & set(first)
    assert found.total_matches == len(demo) - len(seeds) - len(first)


def test_known_songs_are_asked_for_only_where_they_are_left_out(
    demo: Snapshot, seeds: list[str]
) -> None:
    def never() -> Sequence[str]:
        raise AssertionError("asked")

    recipe = Recipe(seed=Seed(track_ids=tuple(seeds)))
    asked = recommend(demo, recipe, no_playlists, never)
    assert asked.songs == recommend(demo, recipe, no_playlists).songs


def test_other_versions_of_a_known_song_are_no_news(make_snapshot: MakeSnapshot) -> None:
    titles = ("Blue", "Blue - Live", "Green")
    snapshot = make_snapshot(
        [
            {"energy": 0.5 + n / 100, "title": title, "artists": ("Ann",)}
            for n, title in enumerate(titles)
        ]
    )
    aims = {"energy": {"target": 0.5}}
    assert listed(ask(snapshot, [song_id(0)], features=aims)) == [song_id(2)]
    every = ask(snapshot, [song_id(0)], features=aims, variety={"one_version_per_song": False})
    assert listed(every) == [song_id(1), song_id(2)]


def test_a_pinned_song_is_listed_though_it_is_known(demo: Snapshot, seeds: list[str]) -> None:
    pin = demo.ids[7].decode()
    found = ask(demo, [pin], seed={"track_ids": seeds}, pins=[pin])
    (pinned,) = [each for each in found.songs if each.pinned]
    assert (pinned.song.id, pinned.fails) == (pin, ("variety.familiar",))
    found = ask(demo, [seeds[0]], seed={"track_ids": seeds}, pins=[pin])
    assert [each.fails for each in found.songs if each.pinned] == [()]


def test_nothing_known_is_nothing_to_leave_out(demo: Snapshot, seeds: list[str]) -> None:
    for known in ([], ["0" * 22]):
        found = ask(demo, known, seed={"track_ids": seeds})
        assert found.total_matches == len(demo) - len(seeds)
        assert found.notes[0].startswith("Leaving out songs you know changes nothing: none")


def test_allowing_them_is_offered_when_few_are_left(demo: Snapshot, seeds: list[str]) -> None:
    known = [track.decode() for track in demo.ids[:3_990].tolist()]
    found = ask(demo, known, seed={"track_ids": seeds})
    loosening = found.loosenings[0]
    assert (loosening.listed, len(found.songs)) == (30, 9)
    assert loosening.text == "Songs you know too"
    assert loosening.changes == (Change("variety.familiar", "allow"),)
    allowed = Recipe(seed=Seed(track_ids=tuple(seeds)))
    freed = count_matches(demo, allowed, no_playlists).total
    assert found.total_matches + loosening.gain == freed == len(demo) - len(seeds)


def test_as_many_as_a_session_keeps_go_with_as_many_bans(demo: Snapshot, seeds: list[str]) -> None:
    bans = [f"{n:022}" for n in range(10_000)]
    known = [f"{n:021}x" for n in range(30_000)]
    assert listed(ask(demo, known, seed={"track_ids": seeds}, bans=bans))


def test_beyond_what_a_search_leaves_out_it_is_said(
    make_snapshot: MakeSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spotai.recommend.pipeline.MAX_EXCLUDED", 5)
    snapshot = make_snapshot([{"energy": n / 10} for n in range(8)])
    ids = [song_id(n) for n in range(8)]
    with pytest.raises(RecipeError, match="leave out 5 songs, and these are 6") as refused:
        ask(snapshot, ids[1:4], seed={"track_ids": ids[:2]}, bans=[ids[6], ids[7]])
    assert refused.value.field == "variety.familiar"
