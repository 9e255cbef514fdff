"""From a recipe to a list: resolve, search, keep it varied, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import NoKnownTracksError, RecipeError
from spotai.recommend.draw import draw
from spotai.recommend.loosening import Loosening, loosenings
from spotai.recommend.order import arrange
from spotai.recommend.profile import Profile, build_profile
from spotai.recommend.reasons import Reason, explain
from spotai.recommend.recipe import Recipe, Seed, all_of
from spotai.recommend.targets import Model, build_model
from spotai.recommend.variety import Picker
from spotai.search import Query, Snapshot
from spotai.search.generation import Song
from spotai.search.query import MAX_EXCLUDED
from spotai.telemetry import stage

# Of so many candidates a list of this size can usually be varied.
FIRST_LOOK: Final = 4
# What is excluded from a search may be 50,000 ids, and a recipe has 10,000 bans of its own.
MOST_SEEDS: Final = 40_000

PlaylistTracks = Callable[[str], Sequence[str]]
KnownTracks = Callable[[], Sequence[str]]


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
    """``known``: rows of the songs to leave out because the listener knows them."""

    seeds: Seeds
    profile: Profile
    model: Model
    query: Query
    pins: NDArray[np.intp]
    known: NDArray[np.intp]


def nothing_known() -> Sequence[str]:
    """Know no song: who asks has told of none."""
    return ()


def find_seeds(snapshot: Snapshot, seed: Seed, playlist_tracks: PlaylistTracks) -> Seeds:
    """Look the seeds up in the snapshot, keeping their order.

    ``playlist_tracks`` returns the track ids of a playlist id, and raises NotFoundError for one
    it does not know. Raises NoKnownTracksError when seeds were given and none is known, and
    RecipeError for a playlist too long to profile.
    """
    ids = seed.track_ids if seed.playlist_id is None else playlist_tracks(seed.playlist_id)
    distinct = tuple(dict.fromkeys(ids))
    if len(distinct) > MOST_SEEDS:
        raise RecipeError(
            f"the playlist holds {len(distinct):,} songs; a profile takes at most {MOST_SEEDS:,}",
            field="seed",
        )
    rows = snapshot.rows_of(distinct)
    unknown = tuple(track for track, row in zip(distinct, rows, strict=True) if row < 0)
    if len(unknown) == len(distinct) and (distinct or seed.playlist_id is not None):
        given = (
            "the song is not" if len(distinct) == 1 else f"none of the {len(distinct):,} songs is"
        )
        raise NoKnownTracksError(
            f"{given} among the {len(snapshot):,} that can be searched; choose other songs, or "
            "load a data set that has them",
            field="seed",
        )
    return Seeds(rows[rows >= 0], unknown)


def recommend(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks = nothing_known,
) -> Recommendation:
    """Answer a recipe: the nearest songs that pass, varied, in the order asked for, explained.

    ``known_tracks`` returns the ids of the songs the listener knows; it is asked only where the
    recipe leaves them out. Raises RecipeError, NoKnownTracksError or NotFoundError for a recipe
    that cannot be answered.
    """
    with stage("resolve"):
        resolved = _resolve(snapshot, recipe, playlist_tracks, known_tracks)
    with stage("count"):
        total = snapshot.count(resolved.query)
    rows = _pick(snapshot, recipe, resolved)
    with stage("order"):
        rows = _in_order(snapshot, recipe, resolved, rows)
    with stage("explain"):
        listed = _list(snapshot, recipe, resolved, rows)
        looser = _loosenings(snapshot, recipe, resolved, total)
    return Recommendation(listed, total, looser, resolved.seeds, snapshot.generation)


def count_matches(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks = nothing_known,
) -> Matches:
    """Count the songs a recipe lets through, and say what holds others back when few are left."""
    resolved = _resolve(snapshot, recipe, playlist_tracks, known_tracks)
    total = snapshot.count(resolved.query)
    return Matches(total, _loosenings(snapshot, recipe, resolved, total), snapshot.generation)


def query_of(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks = nothing_known,
) -> Query:
    """Return the query that ``recommend`` answers a recipe by. Raises what it raises."""
    return _resolve(snapshot, recipe, playlist_tracks, known_tracks).query


def _resolve(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks,
) -> _Resolved:
    _refuse_unbuilt(recipe)
    _refuse_unknown_genres(snapshot, recipe)
    seeds = find_seeds(snapshot, recipe.seed, playlist_tracks)
    known = _find_known(snapshot, recipe, known_tracks)
    profile = build_profile(snapshot, seeds.rows)
    model = build_model(snapshot, profile, recipe)
    query = replace(
        model.query(k=recipe.size),
        where=all_of(recipe.conditions()),
        exclude=_left_out(snapshot, recipe, seeds, known),
        exclude_artists=recipe.bans,
        radius=model.radius(recipe.strictness),
    )
    pins = snapshot.rows_of(dict.fromkeys(recipe.pins))
    if (pins < 0).any():
        unknown = list(dict.fromkeys(recipe.pins))[int(np.argmin(pins))]
        raise RecipeError(f"the pinned song {unknown} is not in the catalog", field="pins")
    return _Resolved(seeds, profile, model, query, pins, known)


def _find_known(snapshot: Snapshot, recipe: Recipe, known_tracks: KnownTracks) -> NDArray[np.intp]:
    """Return the rows of the songs to leave out because they are known. Raises RecipeError."""
    if recipe.variety.familiar == "allow":
        return np.empty(0, dtype=np.intp)
    track_ids = known_tracks()
    if not track_ids:
        raise RecipeError(
            "it is not known yet which songs you know: add a file or links of them, or allow "
            "songs you know",
            field="variety.familiar",
        )
    rows = snapshot.rows_of(dict.fromkeys(track_ids))
    return rows[rows >= 0]


def _left_out(
    snapshot: Snapshot, recipe: Recipe, seeds: Seeds, known: NDArray[np.intp]
) -> list[str | bytes]:
    """Return the distinct ids to leave out. Raises RecipeError when they are too many."""
    rows = np.union1d(seeds.rows, known)
    if len(rows) + len(recipe.bans) > MAX_EXCLUDED:
        raise RecipeError(
            f"a search can leave out {MAX_EXCLUDED:,} songs, and these are "
            f"{len(rows) + len(recipe.bans):,}: those to start from, {len(known):,} you know and "
            f"{len(recipe.bans):,} bans; start from a shorter playlist, ban fewer, or allow songs "
            "you know",
            field="variety.familiar",
        )
    return [*snapshot.ids[rows], *recipe.bans]


def _refuse_unbuilt(recipe: Recipe) -> None:
    """Refuse what this version cannot do yet: accepting it would pretend."""
    unbuilt = {
        "facet": recipe.facet is not None,
        "variety.spread": recipe.variety.spread > 0,
    }
    for field, asked in unbuilt.items():
        if asked:
            raise RecipeError(
                f"{field} cannot be changed in this version yet; leave it out", field=field
            )


def _refuse_unknown_genres(snapshot: Snapshot, recipe: Recipe) -> None:
    known = {name.casefold(): name for name in snapshot.manifest.genres}
    for genre in recipe.filters.genres:
        if genre.casefold() not in known:
            close = [known[name] for name in get_close_matches(genre.casefold(), known)]
            hint = f"; did you mean {', '.join(close)}?" if close else ""
            raise RecipeError(
                f"no song of the catalog has the genre {genre!r}{hint}", field="filters.genres"
            )


def _pick(snapshot: Snapshot, recipe: Recipe, resolved: _Resolved) -> NDArray[np.intp]:
    """Return the rows of the list; k doubles until the size is met or candidates end."""
    k = FIRST_LOOK * recipe.size
    while True:
        with stage("search"):
            hits = snapshot.search(replace(resolved.query, k=k))
        with stage("variety"):
            drawn = draw(hits.rows, recipe.size, recipe.variety.random_seed)
            picked = _varied(snapshot, recipe, resolved, drawn)
        if len(picked) == recipe.size or len(hits) < k:
            return np.array(picked, dtype=np.intp)
        k *= 2


def _varied(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, candidates: NDArray[np.intp]
) -> list[int]:
    """Return the pins, and of the candidates what keeps the list varied, up to its size."""
    left_out = np.union1d(resolved.seeds.rows, resolved.known)
    picker = Picker(snapshot, recipe.variety, left_out)
    pins = resolved.pins.tolist()
    for row in pins:
        picker.force(row)
    pinned = set(pins)
    for row in candidates.tolist():
        if len(picker.picked) == recipe.size:
            break
        if row not in pinned:
            picker.offer(row)
    return picker.picked


def _in_order(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, rows: NDArray[np.intp]
) -> NDArray[np.intp]:
    distances = snapshot.distances_of(resolved.query, rows)
    closest = rows[np.lexsort((snapshot.ids[rows], distances))]
    return arrange(snapshot, closest, recipe.order)


def _list(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, rows: NDArray[np.intp]
) -> tuple[Recommended, ...]:
    distances = snapshot.distances_of(resolved.query, rows)
    fails = _fails(snapshot, recipe, resolved)
    songs = snapshot.songs(rows.tolist())
    return tuple(
        Recommended(
            song=song,
            distance=distance,
            match=resolved.model.match(distance),
            reasons=reasons,
            pinned=song.row in fails,
            fails=fails.get(song.row, ()),
        )
        for song, distance, reasons in zip(
            songs,
            distances.tolist(),
            explain(snapshot, resolved.model, songs),
            strict=True,
        )
    )


def _fails(snapshot: Snapshot, recipe: Recipe, resolved: _Resolved) -> dict[int, tuple[str, ...]]:
    """Name for each pinned row the conditions that would have kept the song out."""
    pins, query = resolved.pins, resolved.query
    checks = {path: Query(where=where) for path, where in recipe.conditions().items()}
    checks["seed"] = Query(exclude=snapshot.ids[resolved.seeds.rows].tolist())
    if len(resolved.known):
        checks["variety.familiar"] = Query(exclude=snapshot.ids[resolved.known].tolist())
    checks["bans"] = Query(exclude=recipe.bans, exclude_artists=recipe.bans)
    passed = {path: snapshot.passes(check, pins) for path, check in checks.items()}
    if query.radius is not None:
        passed["strictness"] = snapshot.distances_of(query, pins) <= query.radius
    return {
        row: tuple(path for path, passes in passed.items() if not passes[n])
        for n, row in enumerate(pins.tolist())
    }


def _loosenings(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, total: int
) -> tuple[Loosening, ...]:
    if total >= recipe.size:
        return ()
    nobody = np.empty(0, dtype=np.intp)
    unfamiliar = len(resolved.known) > 0
    without_known = _left_out(snapshot, recipe, resolved.seeds, nobody) if unfamiliar else None
    return loosenings(snapshot, recipe, resolved.query, total, without_known)
