"""Commands that search: ``recommend`` and ``profile``."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.table import Table

from spotai.api.profile_schemas import ProfileAnswer
from spotai.api.recommendation_schemas import RecommendationAnswer
from spotai.catalog.engine import Database
from spotai.catalog.playlists import get_playlist
from spotai.catalog.tracks import missing_values
from spotai.commands.portrait import print_portrait
from spotai.commands.seeds import STDIN, SeedFile, read_seeds
from spotai.commands.terminal import (
    json_option,
    new_table,
    quiet_option,
    stdout_console,
    warn_each,
    write,
    write_json,
)
from spotai.errors import InvalidFieldsError, RecipeError
from spotai.features import BY_NAME, Feature
from spotai.ingest.snapshots import open_snapshot
from spotai.parsing import parse_json
from spotai.recommend import Recipe, Recommendation, Recommended, Seed, Seeds, portray
from spotai.recommend import recommend as answer_recipe
from spotai.recommend.facets import MOST_FACETS
from spotai.recommend.recipe import MAX_SEEDS, MAX_SIZE
from spotai.settings import Settings, load_settings
from spotai.tracks import DEMO_PREFIX

NARROW = 120
SHOWN_UNKNOWN = 5
TITLE_SHARE = 6
ARTISTS_SHARE = 8
WIDEST_TEXT = 60
MADE_UP = "These songs are made up. Real ones: `spotai load FILE`, then `spotai snapshot`."

_tracks_help = (
    "The songs to go by: a text with one id, URI or link a line, a CSV with a track_id column, "
    "or - for stdin."
)
_playlist_option = click.option(
    "--playlist", metavar="ID", help="The playlist to take, where FILE holds several."
)


@click.command()
@click.option("--tracks", metavar="FILE", help=_tracks_help)
@_playlist_option
@click.option(
    "--recipe",
    "recipe_file",
    metavar="FILE",
    help="A recipe as JSON. --tracks replaces the seed in it, --size the size.",
)
@click.option("--size", type=click.IntRange(1, MAX_SIZE), help="How many songs; 30 if not said.")
@click.option("--known", metavar="FILE", help="Songs you know, to leave out: a file as --tracks.")
@quiet_option
@json_option
def recommend(
    *,
    tracks: str | None,
    playlist: str | None,
    recipe_file: str | None,
    size: int | None,
    known: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """List songs that fit, with reasons.

    They fit the songs of --tracks, or the seed of the recipe. Without either, a recipe with aims
    of its own is enough.
    """
    if tracks is None and recipe_file is None:
        raise click.UsageError("say what to go by: --tracks FILE, --recipe FILE, or both")
    if tracks is None and playlist is not None:
        raise click.UsageError("--playlist chooses among the playlists of --tracks FILE")
    if tracks is not None and tracks == known == STDIN:
        raise click.UsageError("only one of --tracks and --known can be stdin")
    recipe = Recipe() if recipe_file is None else _read_recipe(Path(recipe_file))
    if tracks is not None:
        recipe = _changed(recipe, seed=_seed(read_seeds(tracks, playlist, quiet=quiet)))
    if size is not None:
        recipe = _changed(recipe, size=size)
    known_ids = [] if known is None else _read_known(known, quiet=quiet)
    if known is not None:
        recipe = _changed(recipe, variety=recipe.variety.model_copy(update={"familiar": "exclude"}))
    settings = load_settings()
    snapshot, catalog = open_snapshot(settings), _Catalog(settings)
    result = answer_recipe(
        snapshot, recipe, catalog.playlist_tracks, lambda: known_ids, catalog.missing_values
    )
    if as_json:
        write_json(RecommendationAnswer.of(result))
    else:
        _print_songs(result, recipe, named_known=known is not None)


@click.command()
@click.option("--tracks", required=True, metavar="FILE", help=_tracks_help)
@_playlist_option
@click.option(
    "--facet",
    type=click.IntRange(1, MOST_FACETS),
    help="One mood of a varied playlist, by the number it has without this option.",
)
@quiet_option
@json_option
def profile(
    *, tracks: str, playlist: str | None, facet: int | None, quiet: bool, as_json: bool
) -> None:
    """Show what makes these songs different from the catalog.

    Features that tell most come first; the ticked ones decide a recommendation by default.
    """
    seed = _seed(read_seeds(tracks, playlist, quiet=quiet))
    settings = load_settings()
    snapshot, catalog = open_snapshot(settings), _Catalog(settings)
    portrait = portray(snapshot, seed, facet, catalog.playlist_tracks, catalog.missing_values)
    if as_json:
        write_json(ProfileAnswer.of(portrait, snapshot))
    else:
        print_portrait(portrait)


class _Catalog:
    """Asks the catalog; the database is opened only when something is asked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def playlist_tracks(self, playlist_id: str) -> Sequence[str]:
        with Database(self._settings.database()).read() as conn:
            return get_playlist(conn, playlist_id).track_ids

    def missing_values(self, ids: Sequence[str]) -> Mapping[str, tuple[Feature, ...]]:
        with Database(self._settings.database()).read() as conn:
            return missing_values(conn, ids)


def _seed(seeds: SeedFile) -> Seed:
    warn_each(seeds.not_understood)
    if len(seeds.track_ids) > MAX_SEEDS:
        raise RecipeError(
            f"{seeds.name} holds {len(seeds.track_ids):,} songs; a profile takes at most "
            f"{MAX_SEEDS:,}"
        )
    return Seed(track_ids=tuple(seeds.track_ids))


def _read_known(file: str, *, quiet: bool) -> list[str]:
    """Read the songs a listener knows, of every playlist of a file."""
    found = read_seeds(file, every=True, quiet=quiet)
    warn_each(found.not_understood)
    return found.track_ids


def _read_recipe(path: Path) -> Recipe:
    try:
        return parse_json(Recipe, path.read_bytes().removeprefix(codecs.BOM_UTF8), str(path))
    except OSError as error:
        raise RecipeError(f"the recipe {path} cannot be opened: {error.strerror}") from error
    except InvalidFieldsError as error:
        raise RecipeError(f"{path} is no valid recipe:\n{_faults(error)}") from error


def _changed(recipe: Recipe, **fields: object) -> Recipe:
    """Return the recipe with other values in some fields, checked as a whole again."""
    changed = recipe.model_copy(update=fields).model_dump_json()
    try:
        return parse_json(Recipe, changed.encode(), "the recipe")
    except InvalidFieldsError as error:
        raise RecipeError(
            f"the recipe does not go with these options:\n{_faults(error)}"
        ) from error


def _faults(error: InvalidFieldsError) -> str:
    named = [f"  {path or 'recipe'}: {message}" for path, message in error.faults]
    more = error.total - len(named)
    return "\n".join([*named, f"  and {more:,} more"] if more else named)


def _unknown(seeds: Seeds) -> str:
    given = len(seeds.rows) + len(seeds.unknown)
    first = ", ".join(seeds.unknown[:SHOWN_UNKNOWN])
    more = ", …" if len(seeds.unknown) > SHOWN_UNKNOWN else ""
    return f"Not in the snapshot: {len(seeds.unknown):,} of {given:,} songs given ({first}{more})."


def _print_songs(result: Recommendation, recipe: Recipe, *, named_known: bool) -> None:
    size = recipe.size
    write(_song_table(stdout_console().width, result.songs))
    for note in result.notes:
        write(note)
    if recipe.variety.familiar == "exclude" and not named_known:
        write("The recipe leaves out songs you know. Name them with --known FILE.")
    write(f"Songs that match: {result.total_matches:,}.")
    if result.seeds.unknown:
        write(_unknown(result.seeds))
    if len(result.songs) < size:
        write(f"Found: {len(result.songs):,} of the {size:,} songs asked for.")
    _print_loosenings(result)
    if any(each.song.id.startswith(DEMO_PREFIX) for each in result.songs):
        write(MADE_UP)


def _print_loosenings(result: Recommendation) -> None:
    if result.biting:
        write("What holds songs back, and how many pass it alone:")
    for condition in result.biting:
        write(f"  {condition.text}: {condition.passing:,}.")
    if result.loosenings:
        write("What would bring more:")
    for loosening in result.loosenings:
        more = (loosening.listed or 0) - len(result.songs)
        write(f"  {loosening.text}: {more:,} more.")


def _song_table(width: int, songs: Sequence[Recommended]) -> Table:
    table = new_table()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("match", justify="right", no_wrap=True)
    table.add_column("title", overflow="fold", max_width=min(WIDEST_TEXT, width // TITLE_SHARE))
    table.add_column("artists", overflow="fold", max_width=min(WIDEST_TEXT, width // ARTISTS_SHARE))
    for heading in ("year", "BPM", "key"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    shown_reasons = 2 if width < NARROW else 3
    for number, each in enumerate(songs, start=1):
        table.add_row(
            str(number),
            f"{each.match:.0%}",
            each.song.title or each.song.id,
            ", ".join(artist.name for artist in each.song.artists),
            *(_shown(each, name) for name in ("release_year", "tempo")),
            _key(each),
            "; ".join(reason.text for reason in each.reasons[:shown_reasons]),
        )
    return table


def _shown(each: Recommended, name: str) -> str:
    feature, value = BY_NAME[name], each.song.values[name]
    return "–" if value is None else feature.show(value).removesuffix(f" {feature.unit}")


def _key(each: Recommended) -> str:
    known = [name for name in ("key", "mode") if each.song.values[name] is not None]
    return " ".join(_shown(each, name) for name in known) or "–"
