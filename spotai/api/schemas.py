"""Requests and answers of the HTTP API, and of ``--json`` on the command line.

Numbers are in natural units, null where not known. Requests refuse unknown names, numbers as
text, NaN and infinity. An answer is made by its ``of`` from what the rooms below return.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from spotai.api.track_schemas import Answer, Number, TrackAnswer, track_fields
from spotai.catalog.playlists import Kind, Playlist, PlaylistSummary
from spotai.features import FEATURES
from spotai.recommend import (
    Comparison,
    FeatureProfile,
    Matches,
    Profile,
    Recommendation,
    Recommended,
    Seed,
    Seeds,
    compare,
)
from spotai.recommend.reasons import Reason
from spotai.search import Snapshot

# Ten thousand links, as many songs as a recipe takes, have about as many characters.
LONGEST_IMPORT: Final = 1_000_000


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class ImportRequest(_Request):
    """``text``: ids, URIs and links of tracks, one or more a line."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_IMPORT)]


class ProfileRequest(_Request):
    """``seed`` as in a recipe: a playlist id or track ids."""

    seed: Seed


class Page(BaseModel):
    """Which part of a list to answer; read from the query string."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=2**31)


class FeatureAnswer(Answer):
    """What one of the fifteen features is."""

    name: str
    label: str
    unit: str
    description: str
    kind: Literal["numeric", "circular", "category"]
    minimum: Number
    maximum: Number
    integer: bool
    required: bool
    choices: dict[int, str]
    axes: tuple[str, ...]
    more: str
    less: str


class FeaturesAnswer(Answer):
    features: tuple[FeatureAnswer, ...]

    @classmethod
    def of_all(cls) -> Self:
        return cls(features=tuple(map(FeatureAnswer.model_validate, FEATURES)))


class ReasonAnswer(Answer):
    """One feature's part in a song's place; ``contribution`` is a distance, positive is for it."""

    feature: str
    value: Number | None
    aim: Number | None
    contribution: float
    text: str

    @classmethod
    def of(cls, reason: Reason) -> Self:
        return cls(
            feature=reason.feature.name,
            value=reason.value,
            aim=reason.aim,
            contribution=reason.contribution,
            text=reason.text,
        )


class RecommendedAnswer(TrackAnswer):
    """A song of the list. ``fails``: recipe fields a pinned song is listed in spite of."""

    match: float
    distance: float
    pinned: bool
    fails: tuple[str, ...]
    reasons: tuple[ReasonAnswer, ...]

    @classmethod
    def of_recommended(cls, recommended: Recommended) -> Self:
        return cls(
            **track_fields(recommended.song),
            match=recommended.match,
            distance=recommended.distance,
            pinned=recommended.pinned,
            fails=recommended.fails,
            reasons=tuple(map(ReasonAnswer.of, recommended.reasons)),
        )


class LooseningAnswer(Answer):
    """Giving up the recipe's condition at ``field`` brings exactly ``gain`` more songs."""

    field: str
    text: str
    gain: int


class SeedsAnswer(Answer):
    """How many seeds could be used, and the ids of those that could not."""

    known: int
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, seeds: Seeds) -> Self:
        return cls(known=len(seeds.rows), unknown=seeds.unknown)


class RecommendationAnswer(Answer):
    """``total_matches``: songs that pass everything, before versions and the artist cap."""

    tracks: tuple[RecommendedAnswer, ...]
    total_matches: int
    generation: int
    loosenings: tuple[LooseningAnswer, ...]
    seeds: SeedsAnswer

    @classmethod
    def of(cls, result: Recommendation) -> Self:
        return cls(
            tracks=tuple(map(RecommendedAnswer.of_recommended, result.songs)),
            total_matches=result.total_matches,
            generation=result.generation,
            loosenings=tuple(map(LooseningAnswer.model_validate, result.loosenings)),
            seeds=SeedsAnswer.of(result.seeds),
        )


class MatchesAnswer(Answer):
    total_matches: int
    generation: int
    loosenings: tuple[LooseningAnswer, ...]

    @classmethod
    def of(cls, matches: Matches) -> Self:
        return cls(
            total_matches=matches.total,
            generation=matches.generation,
            loosenings=tuple(map(LooseningAnswer.model_validate, matches.loosenings)),
        )


class HistogramAnswer(Answer):
    """The shares of the known values in n bins; ``edges`` are n + 1, in natural units.

    A bin holds its lower edge; the first and the last also hold what lies beyond.
    """

    edges: tuple[Number, ...]
    playlist: tuple[float, ...]
    catalog: tuple[float, ...]


class ShareAnswer(Answer):
    """The shares of the known values that are ``value``."""

    value: int
    playlist: float
    catalog: float


class FeatureProfileAnswer(Answer):
    """One feature of a set of songs; ``shown`` is its centre as people read it.

    ``known`` and ``unknown`` count songs. ``telling`` says how much the feature tells about the
    set, ``selected`` whether it is ticked by default. ``histogram`` lays a numeric feature over the
    catalog's, ``shares`` the others; null where the catalog knows no value.
    """

    feature: str
    label: str
    available: bool
    known: int
    unknown: int
    centre: Number | None
    shown: str
    quartiles: tuple[Number, Number, Number] | None
    catalog_centre: Number | None
    catalog_shown: str | None
    telling: float
    selected: bool
    histogram: HistogramAnswer | None
    shares: tuple[ShareAnswer, ...] | None

    @classmethod
    def of(cls, profile: FeatureProfile, comparison: Comparison | None) -> Self:
        feature, catalog = profile.feature, profile.catalog_centre
        numeric = feature.kind == "numeric"
        return cls(
            feature=feature.name,
            label=feature.label,
            available=profile.available,
            known=profile.known,
            unknown=profile.unknown,
            centre=profile.centre,
            shown=feature.show(profile.centre),
            quartiles=profile.quartiles,
            catalog_centre=catalog,
            catalog_shown=None if catalog is None else feature.show(catalog),
            telling=profile.telling,
            selected=profile.selected,
            histogram=_histogram(comparison) if comparison and numeric else None,
            shares=_shares(comparison) if comparison and not numeric else None,
        )


def _histogram(comparison: Comparison) -> HistogramAnswer:
    return HistogramAnswer(
        edges=comparison.points, playlist=comparison.seeds, catalog=comparison.catalog
    )


def _shares(comparison: Comparison) -> tuple[ShareAnswer, ...]:
    rows = zip(comparison.points, comparison.seeds, comparison.catalog, strict=True)
    return tuple(
        ShareAnswer(value=int(value), playlist=seeds, catalog=catalog)
        for value, seeds, catalog in rows
    )


class ProfileAnswer(Answer):
    """The profile of ``songs`` distinct songs, the most telling feature first."""

    songs: int
    unknown: tuple[str, ...]
    generation: int
    features: tuple[FeatureProfileAnswer, ...]

    @classmethod
    def of(cls, profile: Profile, seeds: Seeds, snapshot: Snapshot) -> Self:
        compared = compare(snapshot, seeds.rows)
        ranked = sorted(profile.features.values(), key=lambda seen: -seen.telling)
        return cls(
            songs=profile.songs,
            unknown=seeds.unknown,
            generation=snapshot.generation,
            features=tuple(
                FeatureProfileAnswer.of(seen, compared.get(seen.feature.name)) for seen in ranked
            ),
        )


class PlaylistSummaryAnswer(Answer):
    """A playlist in a list; ``tracks`` is their number, ``followers`` 0 where not known."""

    id: str
    name: str
    description: str
    followers: int
    tracks: int


class PlaylistsAnswer(Answer):
    """One page of playlists. ``source`` is ``demo`` while the catalog is made up."""

    items: tuple[PlaylistSummaryAnswer, ...]
    total: int
    limit: int
    offset: int
    source: Kind

    @classmethod
    def of(
        cls, playlists: Iterable[PlaylistSummary], page: Page, *, total: int, source: Kind
    ) -> Self:
        return cls(
            items=tuple(map(PlaylistSummaryAnswer.model_validate, playlists)),
            total=total,
            limit=page.limit,
            offset=page.offset,
            source=source,
        )


class PlaylistAnswer(Answer):
    """A playlist with one page of its tracks.

    ``total`` counts all tracks, ``unknown`` holds the ids of this page that the snapshot has not.
    """

    id: str
    name: str
    description: str
    followers: int
    source: Kind
    tracks: tuple[TrackAnswer, ...]
    unknown: tuple[str, ...]
    total: int
    limit: int
    offset: int

    @classmethod
    def of(cls, playlist: Playlist, page: Page, snapshot: Snapshot) -> Self:
        ids = playlist.track_ids[page.offset : page.offset + page.limit]
        found = list(zip(ids, snapshot.rows_of(ids).tolist(), strict=True))
        return cls(
            id=playlist.id,
            name=playlist.name,
            description=playlist.description,
            followers=playlist.followers,
            source=playlist.kind,
            tracks=tuple(TrackAnswer.of(snapshot.song(row)) for _, row in found if row >= 0),
            unknown=tuple(track_id for track_id, row in found if row < 0),
            total=len(playlist.track_ids),
            limit=page.limit,
            offset=page.offset,
        )


class SessionAnswer(Answer):
    """Who asks. ``csrf_token`` goes with every change; ``expires`` is in unix seconds."""

    kind: Literal["guest"]
    csrf_token: str
    expires: int


class HealthAnswer(Answer):
    status: Literal["alive"] = "alive"


class ReadinessAnswer(Answer):
    """``degraded``: recommendations go on from track ids, playlists wait for the database."""

    status: Literal["ready", "degraded"]
    generation: int
    songs: int
    database: Literal["reachable", "unreachable"]
