"""A dozen made-up playlists, each with a character of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from spotai.catalog.demo.model import Array
from spotai.catalog.demo.songs import BLOCK, SongBlocks
from spotai.catalog.demo.texts import as_text, numbered_ids
from spotai.errors import InputError

# Playlists choose among the first songs only, so that they cost the same beside 15 million.
CHOSEN_AMONG: Final = 5 * BLOCK
UNKNOWN_MISFIT: Final = 9.0

Mood = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class DemoPlaylist:
    """A made-up playlist; ``track_ids`` are in playing order."""

    id: str
    name: str
    description: str
    followers: int
    track_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Character:
    """What a playlist likes: in each mood, the value of a feature and how far it may stray."""

    name: str
    description: str
    followers: int
    size: int
    moods: tuple[Mood, ...]


SLEEPY: Final[Mood] = {
    "energy": (0.12, 0.10), "acousticness": (0.93, 0.08), "loudness": (-19, 5),
    "tempo": (80, 20), "valence": (0.2, 0.15),
}  # fmt: skip
RUNNING: Final[Mood] = {
    "energy": (0.90, 0.06), "tempo": (172, 8), "loudness": (-4.5, 1.5), "acousticness": (0.0, 0.06),
}  # fmt: skip
PARTY: Final[Mood] = {
    "danceability": (0.85, 0.06), "energy": (0.80, 0.10), "valence": (0.80, 0.12),
    "tempo": (122, 8), "release_year": (2019, 5),
}  # fmt: skip

CHARACTERS: Final = (
    _Character(
        "Sleepy Hours", "Soft and slow, until the light goes out.", 184_302, 50, (SLEEPY,),
    ),
    _Character("Running at 172", "Fast, loud and even: one step a beat.", 52_417, 45, (RUNNING,)),
    _Character("Saturday Kitchen Party", "Everybody dances.", 1_000_000, 60, (PARTY,)),
    _Character(
        "Acoustic Morning", "Unplugged, friendly, sung.", 23_950, 40,
        ({
            "acousticness": (0.85, 0.10), "energy": (0.35, 0.10), "valence": (0.60, 0.15),
            "instrumentalness": (0.0, 0.05), "speechiness": (0.03, 0.02),
        },),
    ),
    _Character(
        "Deep Focus", "No words to follow.", 310_776, 55,
        ({
            "instrumentalness": (0.90, 0.05), "speechiness": (0.035, 0.015),
            "energy": (0.45, 0.20), "liveness": (0.1, 0.05), "popularity": (40, 20),
        },),
    ),
    _Character(
        "Rain on the Window", "Sad songs, mostly in minor.", 8_120, 35,
        ({
            "valence": (0.12, 0.08), "energy": (0.30, 0.12), "mode": (0, 0.5),
            "instrumentalness": (0.0, 0.1), "tempo": (100, 25),
        },),
    ),
    _Character(
        "Eighties Drive", "1980 to 1989, windows down.", 96_540, 50,
        ({"release_year": (1984.5, 2.0), "energy": (0.75, 0.12), "danceability": (0.65, 0.10)},),
    ),
    _Character(
        "Spoken Flow", "Words first, beat second.", 41_083, 40,
        ({
            "speechiness": (0.32, 0.07), "danceability": (0.78, 0.10),
            "instrumentalness": (0.0, 0.02), "release_year": (2016, 6),
        },),
    ),
    _Character(
        "Live and Loud", "The audience is part of the band.", 1_245, 30,
        ({"liveness": (0.90, 0.10), "energy": (0.80, 0.12)},),
    ),
    _Character(
        "Grandmother's Gramophone", "What the radio played before 1940.", 37, 25,
        ({"release_year": (1928, 4), "acousticness": (0.98, 0.05)},),
    ),
    _Character(
        "Long Slow Journeys", "Songs that take their time.", 0, 20,
        ({"duration_ms": (480_000, 70_000), "energy": (0.5, 0.25), "popularity": (35, 15)},),
    ),
    _Character(
        "Three Moods of Mine", "Party, run, sleep: a mixed one.", 212, 60,
        (PARTY, RUNNING, SLEEPY),
    ),
)  # fmt: skip


def demo_playlists(count: int = 4_000, *, seed: int = 1) -> tuple[DemoPlaylist, ...]:
    """Make up the playlists of a demo catalog of ``count`` songs.

    They choose from the first ``count`` songs of ``seed``, at most from the first
    ``CHOSEN_AMONG``; in a catalog smaller than a playlist the playlist holds every song.
    Raises InputError when a number is out of range.
    """
    if count < 0:
        raise InputError("The number of demo songs must not be negative", field="count")
    if seed < 0:
        raise InputError("The seed of the demo songs must not be negative", field="seed")
    features = _first_features(min(count, CHOSEN_AMONG), seed)
    ids = as_text(numbered_ids("playlist", np.arange(1, len(CHARACTERS) + 1)))
    return tuple(
        _playlist(id_, character, features, np.random.default_rng([seed, number, 2]))
        for number, (id_, character) in enumerate(zip(ids, CHARACTERS, strict=True))
    )


def _playlist(
    id_: str, character: _Character, features: Mapping[str, Array], rng: np.random.Generator
) -> DemoPlaylist:
    """Share the places among the moods, draw each mood's songs, and shuffle them."""
    liking = np.stack([_liking(mood, features) for mood in character.moods])
    size = min(character.size, liking.shape[1])
    # Adding Gumbel noise and taking the largest draws without replacement, each song with a
    # probability in proportion to exp(liking): the Gumbel-max trick.
    liking += rng.gumbel(size=liking.shape)
    chosen: list[int] = []
    for mood, scores in enumerate(liking):
        places = size * (mood + 1) // len(liking) - len(chosen)
        scores[chosen] = -np.inf
        chosen.extend(np.argsort(-scores, kind="stable")[:places].tolist())
    songs = rng.permutation(np.array(chosen, dtype=np.int64))
    return DemoPlaylist(
        id=id_,
        name=character.name,
        description=character.description,
        followers=character.followers,
        track_ids=tuple(as_text(numbered_ids("", songs))),
    )


def _liking(mood: Mood, features: Mapping[str, Array]) -> Array:
    """Log-likelihood (N,) of each song under independent normal wishes, up to a constant."""
    misfits = (
        np.nan_to_num(((features[name] - value) / spread) ** 2, nan=UNKNOWN_MISFIT)
        for name, (value, spread) in mood.items()
    )
    return -reduce(np.add, misfits) / 2


def _first_features(count: int, seed: int) -> dict[str, Array]:
    blocks = SongBlocks(seed)
    drawn = [blocks.block(n).features for n in range(max(1, math.ceil(count / BLOCK)))]
    return {name: np.concatenate([d[name] for d in drawn])[:count] for name in drawn[0]}
