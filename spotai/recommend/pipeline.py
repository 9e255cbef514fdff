"""From a recipe to a list: resolve, search, keep it varied, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spotai.errors import RecipeError
from spotai.recommend.biting import Biting, biting, exclusions, left_out_by_id
from spotai.recommend.changes import conditions_of
from spotai.recommend.draw import draw
from spotai.recommend.facets import songs_of_facet
from spotai.recommend.loosening import Count, Loosening, loosenings, smallest
from spotai.recommend.notes import Outcome, notes
from spotai.recommend.order import arrange
from spotai.recommend.profile import Profile, build_profile
from spotai.recommend.reasons import Reason, explain
from spotai.recommend.recipe import FAMILIAR, Recipe, Variety, all_of
from spotai.recommend.seeds import PlaylistTracks, Seeds, find_seeds
from spotai.recommend.shortage import Shortage
from spotai.recommend.summary import summarise
from spotai.recommend.targets import Model, build_model
from spotai.recommend.unknown import MissingValues, explain_unknown
from spotai.recommend.variety import varied
from spotai.search import Query, Snapshot
from spotai.search.generation import Song
from spotai.search.query import MAX_EXCLUDED
from spotai.telemetry import stage

# Of so many candidates a list of this size can usually be varied.
FIRST_LOOK: Final = 4
# So much less an original may match than the version it is listed for.
ORIGINAL_MATCHES_LESS: Final = 0.2

KnownTracks = Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Recommended:
    """A song of the list. ``fails``: recipe paths a pinned song is listed in spite of.

    ``nearest`` is the seed the song is nearest to, itself where it is one, None without seeds.
    ``summary`` compares the song with it, or with the aims where there is none.
    """

    song: Song
    distance: float
    match: float
    nearest: Song | None
    summary: str
    reasons: tuple[Reason, ...]
    pinned: bool
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The list, and ``total_matches``: songs that pass everything before versions and cap.

    Where there are fewer ``songs`` than asked for, ``loosenings`` bring more to the list, and
    ``biting`` keeps songs from it. ``notes`` say what of the recipe changes nothing.
    """

    songs: tuple[Recommended, ...]
    total_matches: int
    loosenings: tuple[Loosening, ...]
    biting: tuple[Biting, ...]
    notes: tuple[str, ...]
    seeds: Seeds
    generation: int


@dataclass(frozen=True, slots=True)
class Matches:
    """How many songs match, whatever a list of them leaves out.

    ``loosenings`` where these are fewer than asked for, ``biting`` where there are none.
    """

    total: int
    loosenings: tuple[Loosening, ...]
    biting: tuple[Biting, ...]
    generation: int


@dataclass(frozen=True, slots=True)
class _Resolved:
    """``profiled``: the rows of the seeds that the profile was built from. ``known``: the rows of
    songs to leave out because the listener knows them, who told of ``told``.
    """

    seeds: Seeds
    profiled: NDArray[np.intp]
    profile: Profile
    model: Model
    query: Query
    pins: NDArray[np.intp]
    known: NDArray[np.intp]
    told: int


def nothing_known() -> Sequence[str]:
    """Know no song: who asks has told of none."""
    return ()


def recommend(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks = nothing_known,
    missing_values: MissingValues | None = None,
) -> Recommendation:
    """Answer a recipe: the nearest songs that pass, varied, in the order asked for, explained.

    ``known_tracks`` returns the ids of the songs the listener knows; it is asked only where the
    recipe leaves them out. ``missing_values`` tells why seeds and pins cannot be searched. Raises
    RecipeError, NoKnownTracksError or NotFoundError for a recipe that cannot be answered.
    """
    with stage("resolve"):
        resolved = _resolve(snapshot, recipe, playlist_tracks, known_tracks, missing_values)
    with stage("count"):
        total = snapshot.count(resolved.query)
    rows = _pick(snapshot, recipe, resolved)
    with stage("order"):
        rows = _in_order(snapshot, recipe, resolved, rows)
    with stage("explain"):
        listed = _list(snapshot, recipe, resolved, rows)
        looser, bites = _what_is_short(snapshot, recipe, resolved, total, listed)
        said = notes(
            snapshot, recipe, resolved.profile, resolved.model, _outcome(resolved, total, listed)
        )
    return Recommendation(listed, total, looser, bites, said, resolved.seeds, snapshot.generation)


def count_matches(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks = nothing_known,
    missing_values: MissingValues | None = None,
) -> Matches:
    """Count the songs a recipe lets through, and say what holds others back when few are left."""
    resolved = _resolve(snapshot, recipe, playlist_tracks, known_tracks, missing_values)
    total = snapshot.count(resolved.query)
    looser, bites = _what_holds_back(snapshot, recipe, resolved, total)
    return Matches(total, looser, bites, snapshot.generation)


def query_of(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks = nothing_known,
) -> Query:
    """Return the query that ``recommend`` answers a recipe by. Raises what it raises."""
    return _resolve(snapshot, recipe, playlist_tracks, known_tracks, None).query


def _resolve(
    snapshot: Snapshot,
    recipe: Recipe,
    playlist_tracks: PlaylistTracks,
    known_tracks: KnownTracks,
    missing_values: MissingValues | None,
) -> _Resolved:
    _refuse_unknown_genres(snapshot, recipe)
    seeds = find_seeds(snapshot, recipe.seed, playlist_tracks, missing_values)
    told = known_tracks() if recipe.variety.familiar == "exclude" else ()
    known = _searchable(snapshot, told)
    profiled = songs_of_facet(snapshot, seeds.rows, recipe.facet)
    profile = build_profile(snapshot, profiled)
    model = build_model(snapshot, profile, recipe)
    query = replace(
        model.query(k=recipe.size),
        where=all_of(recipe.conditions()),
        exclude=recipe.bans,
        exclude_artists=recipe.bans,
        exclude_rows=_left_out(recipe, seeds, known),
        radius=model.radius(recipe.strictness),
    )
    pins = _find_pins(snapshot, recipe, missing_values)
    query = snapshot.looked_up(query)
    return _Resolved(seeds, profiled, profile, model, query, pins, known, len(told))


def _find_pins(
    snapshot: Snapshot, recipe: Recipe, missing_values: MissingValues | None
) -> NDArray[np.intp]:
    """Return the rows of the pins. Raises RecipeError, with the reason, for one without."""
    pins = tuple(dict.fromkeys(recipe.pins))
    rows = snapshot.rows_of(pins)
    unknown = [pin for pin, row in zip(pins, rows, strict=True) if row < 0]
    for song in explain_unknown(unknown[:1], missing_values):
        raise RecipeError(f"the pinned song {song.id} cannot be listed: {song.text}", field="pins")
    return rows


def _searchable(snapshot: Snapshot, track_ids: Sequence[str]) -> NDArray[np.intp]:
    rows = snapshot.rows_of(dict.fromkeys(track_ids))
    return rows[rows >= 0]


def _left_out(recipe: Recipe, seeds: Seeds, known: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the rows to leave out beside bans. Raises RecipeError when they are too many."""
    rows = np.union1d(seeds.rows, known)
    if len(rows) + len(recipe.bans) > MAX_EXCLUDED:
        raise RecipeError(
            f"a search can leave out {MAX_EXCLUDED:,} songs, and these are "
            f"{len(rows) + len(recipe.bans):,}: those to start from, {len(known):,} you know and "
            f"{len(recipe.bans):,} bans; start from a shorter playlist, ban fewer, or allow songs "
            "you know",
            field=FAMILIAR,
        )
    return rows


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
            picked = _varied(snapshot, resolved, recipe.variety, drawn, recipe.size)
        if len(picked) == recipe.size or len(hits) < k:
            return picked
        k *= 2


def _varied(
    snapshot: Snapshot,
    resolved: _Resolved,
    variety: Variety,
    candidates: NDArray[np.intp],
    size: int,
) -> NDArray[np.intp]:
    return varied(
        snapshot,
        resolved.query,
        variety,
        candidates,
        size=size,
        left_out=np.union1d(resolved.seeds.rows, resolved.known),
        pins=resolved.pins,
        farther=resolved.model.apart(ORIGINAL_MATCHES_LESS),
    )


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
    reasons = explain(snapshot, resolved.model, songs)
    beside = summarise(snapshot, resolved.model, songs, resolved.profiled)
    return tuple(
        Recommended(
            song=song,
            distance=distance,
            match=resolved.model.match(distance),
            nearest=nearest,
            summary=summary,
            reasons=why,
            pinned=song.row in fails,
            fails=fails.get(song.row, ()),
        )
        for song, distance, why, (nearest, summary) in zip(
            songs, distances.tolist(), reasons, beside, strict=True
        )
    )


def _fails(snapshot: Snapshot, recipe: Recipe, resolved: _Resolved) -> dict[int, tuple[str, ...]]:
    """Name for each pinned row the conditions that would have kept the song out."""
    pins, query = resolved.pins, resolved.query
    checks = {path: Query(where=where) for path, where in recipe.conditions().items()}
    checks |= exclusions(recipe, resolved.seeds.rows, resolved.known)
    passed = {path: snapshot.passes(check, pins) for path, check in checks.items()}
    if query.radius is not None:
        passed["strictness"] = snapshot.distances_of(query, pins) <= query.radius
    return {
        row: tuple(path for path, passes in passed.items() if not passes[n])
        for n, row in enumerate(pins.tolist())
    }


def _what_holds_back(
    snapshot: Snapshot, recipe: Recipe, resolved: _Resolved, total: int
) -> tuple[tuple[Loosening, ...], tuple[Biting, ...]]:
    """Return the loosenings when songs are too few, and what bites when there are none."""
    if total >= recipe.size:
        return (), ()
    query, radius = resolved.query, resolved.model.radius
    looser = loosenings(snapshot, recipe, query, radius, total, _counter(snapshot, resolved))
    if total:
        return looser, ()
    return looser, biting(snapshot, recipe, query, resolved.seeds.rows, resolved.known)


def _what_is_short(
    snapshot: Snapshot,
    recipe: Recipe,
    resolved: _Resolved,
    total: int,
    listed: Sequence[Recommended],
) -> tuple[tuple[Loosening, ...], tuple[Biting, ...]]:
    """Return what brings songs to a list that is short, and what keeps songs from it."""
    if len(listed) >= recipe.size:
        return (), ()
    extra = sum(1 for each in listed if each.fails)
    held = len(listed) < total + extra

    def length(changed: Recipe) -> int:
        return len(_pick(snapshot, changed, _changed(snapshot, changed, resolved)))

    def let_through(variety: Variety) -> int:
        rows = snapshot.search(replace(resolved.query, k=total)).rows
        return len(_varied(snapshot, resolved, variety, rows, total + extra)) - extra

    count = _counter(snapshot, resolved)
    short = Shortage(recipe, total, len(listed), held, count, length)
    conditions = conditions_of(snapshot, recipe, resolved.model.radius)
    of_matches = (
        smallest(snapshot, recipe, resolved.query, conditions, total, count)
        if total < recipe.size
        else ()
    )
    looser = short.loosenings(of_matches, conditions)
    rows = resolved.seeds.rows, resolved.known
    if not total:
        return looser, biting(snapshot, recipe, resolved.query, *rows)
    bites = [*left_out_by_id(snapshot, recipe, resolved.query, *rows)]
    bites += short.biting(let_through) if held else ()
    return looser, tuple(sorted(bites, key=lambda each: each.passing))


def _outcome(resolved: _Resolved, total: int, listed: Sequence[Recommended]) -> Outcome:
    passing = sum(1 for each in listed if not each.fails)
    return Outcome(
        seeds=resolved.seeds.rows,
        known=resolved.known,
        told=resolved.told,
        songs=len(listed),
        all_listed=passing == total > 0,
    )


def _counter(snapshot: Snapshot, resolved: _Resolved) -> Count:
    return lambda changed: snapshot.count(_changed(snapshot, changed, resolved).query)


def _changed(snapshot: Snapshot, changed: Recipe, resolved: _Resolved) -> _Resolved:
    """Return what a recipe is resolved to once a loosening changed it: neither seeds nor aims."""
    known = resolved.known
    rows = resolved.query.exclude_rows
    if changed.variety.familiar == "allow" and len(known):
        bans = snapshot.looked_up(Query(exclude=changed.bans, exclude_artists=changed.bans))
        known, rows = known[:0], np.union1d(resolved.seeds.rows, bans.exclude_rows)
    query = replace(
        resolved.query,
        where=all_of(changed.conditions()),
        radius=resolved.model.radius(changed.strictness),
        exclude_rows=rows,
    )
    return replace(resolved, query=query, known=known)
