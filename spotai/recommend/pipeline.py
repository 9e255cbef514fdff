"""From a recipe to a list: resolve, search, keep it varied, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from spotai.errors import NoKnownTracksError, RecipeError
from spotai.recommend.loosening import Loosening, loosenings
from spotai.recommend.profile import Profile, build_profile
from spotai.recommend.reasons import Reason, explain
from spotai.recommend.recipe import Recipe, Seed, all_of
from spotai.recommend.targets import Model, build_model
from spotai.recommend.variety import Picker
from spotai.search import Query, Snapshot
from spotai.search.generation import Song
from spotai.telemetry import stage

PlaylistTracks = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds of a recipe, looked up: distinct ``rows`` and the ids that are not searchable."""

    rows: NDArray[np.intp]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommended:
    """A song of the list. ``fails``: recipe paths a pinned song is listed in spite of."""

    song: Song
    distance: float
    match: float
    reasons: tuple[Reason, ...]
    pinned: bool
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The list, and ``total_matches``: songs that pass everything before versions and cap."""

    songs: tuple[Recommended, ...]
    total_matches: int
    loosenings: tuple[Loosening, ...]
    seeds: Seeds
    generation: int


@dataclass(frozen=True, slots=True)
class Matches:
    total: int
    loosenings: tuple[Loosening, ...]
    generation: int


@dataclass(frozen=True, slots=True)
class _Resolved:
    seeds: Seeds
    profile: Profile
    model: Model
    query: Query
    pins: NDArray[np.intp]


def find_seeds(snapshot: Snapshot, seed: Seed, playlist_tracks: PlaylistTracks) -> Seeds:
    """Look the seeds up in the snapshot, keeping their order.

    ``playlist_tracks`` returns the track ids of a playlist id, and raises NotFoundError for one
    it does not know. Raises NoKnownTracksError when seeds were given and none is known.
    """
    ids = seed.track_ids if seed.playlist_id is None else playlist_tracks(seed.playlist_id)
    distinct = tuple(dict.fromkeys(ids))
    rows = snapshot.rows_of(distinct)
    unknown = tuple(track for track, row in zip(distinct, rows, strict=True) if row < 0)
    if len(unknown) == len(distinct) and (distinct or seed.playlist_id is not None):
        raise NoKnownTracksError(
            f"none of the {len(distinct)} songs is in the catalog of {len(snapshot):,} songs "
            "with features; choose other songs, or load a data set that has them",
            field="seed",
        )
    return Seeds(rows[rows >= 0], unknown)


def recommend(
    snapshot: Snapshot, recipe: Recipe, playlist_tracks: PlaylistTracks
) -> Recommendation:
    """Answer a recipe: the nearest songs that pass, varied, in order of distance, explained.

    Raises RecipeError, NoKnownTracksError or NotFoundError for a recipe that cannot be answered.
    """
    with stage("resolve"):
        resolved = _resolve(snapshot, recipe, playlist_tracks)
    with stage("search"):
        total = snapshot.count(resolved.query)
    with stage("variety"):
        rows = _pick(snapshot, recipe, resolved)
    with stage("explain"):
        listed = _list(snapshot, recipe, resolved, rows)
        looser = _loosenings(snapshot, recipe, resolved.query, total)
    return Recommendation(listed, total, looser, resolved.seeds, snapshot.generation)


def count_matches(snapshot: Snapshot, recipe: Recipe, playlist_tracks: PlaylistTracks) -> Matches:
    """Count the songs a recipe lets through, and say what holds others back when few are left."""
    query = _resolve(snapshot, recipe, playlist_tracks).query
    total = snapshot.count(query)
    return Matches(total, _loosenings(snapshot, recipe, query, total), snapshot.generation)


def _resolve(snapshot: Snapshot, recipe: Recipe, playlist_tracks: PlaylistTracks) -> _Resolved:
    _refuse_unbuilt(recipe)
    seeds = find_seeds(snapshot, recipe.seed, playlist_tracks)
    profile = build_profile(snapshot, seeds.rows)
    model = build_model(snapshot, profile, recipe)
    query = replace(
        model.query(k=recipe.size),
        where=all_of(recipe.conditions()),
        exclude=[*snapshot.ids[seeds.rows], *recipe.bans],
        exclude_artists=recipe.bans,
        radius=model.radius(recipe.strictness),
    )
    pins = snapshot.rows_of(dict.fromkeys(recipe.pins))
    if (pins < 0).any():
        unknown = list(dict.fromkeys(recipe.pins))[int(np.argmin(pins))]
        raise RecipeError(f"the pinned song {unknown} is not in the catalog", field="pins")
    return _Resolved(seeds, profile, model, query, pins)


def _refuse_unbuilt(recipe: Recipe) -> None:
    """Refuse what this version cannot do yet: accepting it would pretend."""
    unbuilt = {
        "facet": recipe.facet is not None,
        "order": recipe.order != "closest",
        "variety.spread": recipe.variety.spread > 0,
        "variety.familiar": recipe.variety.familiar != "allow",
        "variety.random_seed": recipe.variety.random_seed is not None,
    }
    for field, asked in unbuilt.items():
        if asked:
            raise RecipeError(
                f"{field} cannot be changed in this version yet; leave it out", field=field
            )


def _pick(snapshot: Snapshot, recipe: Recipe, resolved: _Resolved) -> NDArray[np.intp]:
    """Return the rows of the list; k doubles until the size is met or candidates end."""
    k = 2 * recipe.size + 50
    while True:
        picker = Picker(snapshot, recipe.variety, resolved.seeds.rows)
        for row in resolved.pins:
            picker.force(int(row))
        hits = snapshot.search(replace(resolved.query, k=k))
        for row in hits.rows:
            if len(picker.picked) == recipe.size:
                break
            if row not in resolved.pins:
                picker.offer(int(row))
        if len(picker.picked) == recipe.size or len(hits) < k:
            return np.array(picker.picked, dtype=np.intp)
        k *= 2


def _list(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, rows: NDArray[np.intp]
) -> tuple[Recommended, ...]:
    distances = snapshot.distances_of(resolved.query, rows)
    order = np.lexsort((snapshot.ids[rows], distances))
    pinned = set(resolved.pins.tolist())
    listed = []
    for row, distance in zip(rows[order].tolist(), distances[order].tolist(), strict=True):
        song = snapshot.song(row)
        listed.append(
            Recommended(
                song=song,
                distance=distance,
                match=resolved.model.match(distance),
                reasons=explain(snapshot, resolved.model, song),
                pinned=row in pinned,
                fails=_fails(snapshot, recipe, resolved, row, distance) if row in pinned else (),
            )
        )
    return tuple(listed)


def _fails(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, row: int, distance: float
) -> tuple[str, ...]:
    """Name the conditions that would have kept a pinned song out."""
    one = np.array([row])
    query = resolved.query
    checks = {path: Query(where=where) for path, where in recipe.conditions().items()}
    checks["seed"] = Query(exclude=[snapshot.ids[r] for r in resolved.seeds.rows])
    checks["bans"] = Query(exclude=recipe.bans, exclude_artists=recipe.bans)
    failed = [path for path, check in checks.items() if not snapshot.passes(check, one)[0]]
    if query.radius is not None and distance > query.radius:
        failed.append("strictness")
    return tuple(failed)


def _loosenings(
    snapshot: Snapshot, recipe: Recipe, query: Query, total: int
) -> tuple[Loosening, ...]:
    return loosenings(snapshot, recipe, query, total) if total < recipe.size else ()
