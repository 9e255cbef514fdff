"""Request and answer of ``/api/profiles``: what makes a set of songs different."""

from __future__ import annotations

from typing import Self

from spotai.api.schemas import RequestBody
from spotai.api.track_schemas import Answer, Number
from spotai.recommend import Comparison, FeatureProfile, Profile, Seed, Seeds, compare
from spotai.search import Snapshot


class ProfileRequest(RequestBody):
    """``seed`` as in a recipe: a playlist id or track ids."""

    seed: Seed


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
