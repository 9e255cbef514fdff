"""Duplicates and artists of the first fifty songs are counted."""

from __future__ import annotations

from spotai.evaluation.guardrails import FIRST, watch
from spotai.search import Snapshot
from tests.made_songs import MakeSnapshot, song_id


def ids_of(snapshot: Snapshot) -> list[str]:
    return [track.decode() for track in sorted(snapshot.ids.tolist())]


def test_songs_that_are_all_different_are_no_duplicates(made: Snapshot) -> None:
    ids = ids_of(made)
    seen = watch(made, [ids[:20], ids[100:120]], {track: n for n, track in enumerate(ids)})
    assert seen.lists == 2
    assert seen.songs_per_list.value == FIRST
    assert seen.duplicate_songs == 0
    assert 100 / FIRST <= seen.top_artist_percent.value < 100


def test_versions_in_the_list_and_of_the_seeds_are_duplicates(made: Snapshot) -> None:
    ids = ids_of(made)
    # All are one song, which the seeds hold already.
    seen = watch(made, [ids[:20]], dict.fromkeys(ids, 7))
    assert seen.duplicate_songs == FIRST
    # All but the seeds are one song: the first of the list is none too many.
    others = dict.fromkeys(ids, 7) | {track: 100 + n for n, track in enumerate(ids[:20])}
    assert watch(made, [ids[:20]], others).duplicate_songs == FIRST - 1


def test_the_share_of_the_most_frequent_artist(make_snapshot: MakeSnapshot) -> None:
    # Of 20 songs beside the seeds every second is by one artist.
    songs = [
        {"tempo": 100 + n, "energy": n / 30, "artists": ("Anna" if n % 2 else f"Artist {n}",)}
        for n in range(24)
    ]
    seeds = [song_id(n) for n in range(4)]
    seen = watch(make_snapshot(songs), [seeds], {song_id(n): n for n in range(24)})
    assert seen.songs_per_list.value == 20
    assert seen.top_artist_percent.value == 50
