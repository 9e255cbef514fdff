"""Request and answer of ``/api/profiles``: what makes a set of songs different."""

from __future__ import annotations

from typing import Final, Self

from spotai.api.schemas import RequestBody
from spotai.api.track_schemas import Answer, ArtistAnswer, Number
from spotai.features import Feature, fifths
from spotai.recommend import (
    Comparison,
    Facet,
    FeaturePortrait,
    FeatureProfile,
    Portrait,
    Seed,
    UnknownSong,
)
from spotai.recommend.recipe import FacetNumber
from spotai.recommend.unknown import Cause
from spotai.search import Snapshot

EXAMPLES: Final = 3


class ProfileRequest(RequestBody):
    """``seed`` as in a recipe: a playlist id or track ids. ``facet`` profiles one facet alone."""

    seed: Seed
    facet: FacetNumber | None = None


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

    ``known`` and ``unknown`` count songs. ``spread`` is the standard deviation of the songs on the
    feature's search axes, drawn towards a typical one where they are few: 1 is as varied as the
    catalog. ``percentile`` says how many percent of the catalog lie below the centre, null for key,
    mode and time signature; ``standing`` says it in words.

    ``telling`` says how much the feature tells about the set, ``selected`` whether it is ticked by
    default. ``distinctiveness`` is what the distance to the centre counts for. ``influence`` says
    how much of what decides which songs come first lies with the feature, in percent, by the
    default recipe: 0 while it is not ticked.

    ``histogram`` lays a numeric feature over the catalog's, ``shares`` the others, those of the key
    in the order of the circle of fifths (C, G, D and so on); null where the catalog knows no value.
    """

    feature: str
    label: str
    available: bool
    known: int
    unknown: int
    centre: Number | None
    shown: str
    spread: float | None
    quartiles: tuple[Number, Number, Number] | None
    catalog_centre: Number | None
    catalog_shown: str | None
    percentile: float | None
    standing: str | None
    telling: float
    selected: bool
    distinctiveness: float | None
    influence: float
    histogram: HistogramAnswer | None
    shares: tuple[ShareAnswer, ...] | None

    @classmethod
    def of(cls, profile: FeatureProfile, portrait: FeaturePortrait) -> Self:
        feature, catalog = profile.feature, profile.catalog_centre
        standing, compared = portrait.standing, portrait.compared
        numeric = feature.kind == "numeric"
        return cls(
            feature=feature.name,
            label=feature.label,
            available=profile.available,
            known=profile.known,
            unknown=profile.unknown,
            centre=profile.centre,
            shown=feature.show(profile.centre),
            spread=portrait.spread,
            quartiles=profile.quartiles,
            catalog_centre=catalog,
            catalog_shown=None if catalog is None else feature.show(catalog),
            percentile=standing.percentile if standing else None,
            standing=standing.text if standing else None,
            telling=profile.telling,
            selected=profile.selected,
            distinctiveness=portrait.distinctiveness,
            influence=portrait.influence,
            histogram=_histogram(compared) if compared and numeric else None,
            shares=_shares(feature, compared) if compared and not numeric else None,
        )


def _histogram(comparison: Comparison) -> HistogramAnswer:
    return HistogramAnswer(
        edges=comparison.points, playlist=comparison.seeds, catalog=comparison.catalog
    )


def _shares(feature: Feature, comparison: Comparison) -> tuple[ShareAnswer, ...]:
    rows = zip(comparison.points, comparison.seeds, comparison.catalog, strict=True)
    shares = [
        ShareAnswer(value=int(value), playlist=seeds, catalog=catalog)
        for value, seeds, catalog in rows
    ]
    if feature.kind == "circular":
        shares.sort(key=lambda share: fifths(share.value))
    return tuple(shares)


class ExampleAnswer(Answer):
    """A song by name."""

    id: str
    name: str
    artists: tuple[ArtistAnswer, ...]


class FacetAnswer(Answer):
    """One mood of a varied set, of so many ``songs``; its name says what sets it apart from the
    others. ``examples`` are the songs nearest to its centre.
    """

    number: int
    name: str
    songs: int
    examples: tuple[ExampleAnswer, ...]

    @classmethod
    def of(cls, facet: Facet, snapshot: Snapshot) -> Self:
        songs = snapshot.songs(facet.rows[:EXAMPLES].tolist())
        return cls(
            number=facet.number,
            name=facet.name,
            songs=len(facet.rows),
            examples=tuple(
                ExampleAnswer(
                    id=song.id,
                    name=song.title,
                    artists=tuple(map(ArtistAnswer.model_validate, song.artists)),
                )
                for song in songs
            ),
        )


class UnknownSongAnswer(Answer):
    """A song that cannot be used, and why; ``text`` says it to people.

    ``reason`` is ``not_in_catalog``; ``values_missing``, with the features that a search needs and
    nobody knows of it; ``not_in_snapshot`` for a song that came to the catalog after the snapshot;
    or ``not_searchable`` while the catalog cannot be asked.
    """

    id: str
    reason: Cause
    missing: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, song: UnknownSong) -> Self:
        return cls(
            id=song.id,
            reason=song.reason,
            missing=tuple(feature.name for feature in song.missing),
            text=song.text,
        )


class ProfileAnswer(Answer):
    """The profile of ``songs`` distinct songs, the most telling feature first.

    ``facet`` is the one that was asked for; ``facets`` and ``unknown`` are those of the whole set.
    """

    songs: int
    facet: int | None
    facets: tuple[FacetAnswer, ...]
    unknown: tuple[UnknownSongAnswer, ...]
    generation: int
    features: tuple[FeatureProfileAnswer, ...]

    @classmethod
    def of(cls, portrait: Portrait, snapshot: Snapshot) -> Self:
        profile = portrait.profile
        ranked = sorted(profile.features.items(), key=lambda seen: -seen[1].telling)
        return cls(
            songs=profile.songs,
            facet=portrait.facet,
            facets=tuple(FacetAnswer.of(facet, snapshot) for facet in portrait.facets),
            unknown=tuple(map(UnknownSongAnswer.of, portrait.unknown)),
            generation=snapshot.generation,
            features=tuple(
                FeatureProfileAnswer.of(seen, portrait.features[name]) for name, seen in ranked
            ),
        )
