"""Answers of the API to a recipe: the list with its reasons, the count, what to loosen."""

from __future__ import annotations

from typing import Self

from spotai.api.track_schemas import Answer, ArtistAnswer, Number, TrackAnswer, track_fields
from spotai.recommend import Matches, Recommendation, Recommended, Seeds
from spotai.recommend.reasons import Reason
from spotai.search.generation import Song


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


class NearestAnswer(Answer):
    """The seed a song is nearest to."""

    id: str
    name: str
    artists: tuple[ArtistAnswer, ...]

    @classmethod
    def of(cls, seed: Song) -> Self:
        described = track_fields(seed)
        return cls(**{name: described[name] for name in cls.model_fields})


class RecommendedAnswer(TrackAnswer):
    """A song of the list. ``fails``: recipe fields a pinned song is listed in spite of.

    ``match`` is the share of the way from a typical song of the catalog, 0, to a perfect one, 1.
    ``summary`` says in a few words what the song is beside the ``nearest`` seed; without seeds,
    beside the aims.
    """

    match: float
    distance: float
    nearest: NearestAnswer | None
    summary: str
    pinned: bool
    fails: tuple[str, ...]
    reasons: tuple[ReasonAnswer, ...]

    @classmethod
    def of_recommended(cls, recommended: Recommended) -> Self:
        return cls(
            **track_fields(recommended.song),
            match=recommended.match,
            distance=recommended.distance,
            nearest=None if recommended.nearest is None else NearestAnswer.of(recommended.nearest),
            summary=recommended.summary,
            pinned=recommended.pinned,
            fails=recommended.fails,
            reasons=tuple(map(ReasonAnswer.of, recommended.reasons)),
        )


class ChangeAnswer(Answer):
    """Another ``value`` for the recipe's field at path ``field``, as a recipe takes it."""

    field: str
    value: bool | Number | str | tuple[int, ...] | tuple[str, ...] | None


class LooseningAnswer(Answer):
    """``changes`` of the recipe with which exactly ``gain`` more songs match, ``matches`` in all.

    The list then has exactly ``listed`` songs; null in a count, which makes no list. ``cost`` says
    how far the recipe gives way, in standard deviations of the catalog.
    """

    changes: tuple[ChangeAnswer, ...]
    text: str
    gain: int
    matches: int
    listed: int | None
    cost: float


class BitingAnswer(Answer):
    """What holds songs back: the condition at ``field`` lets ``passing`` songs through alone.

    The artist cap and versions: of the songs that match.
    """

    field: str
    text: str
    passing: int


class SeedsAnswer(Answer):
    """How many seeds could be used, and the ids of those that could not."""

    known: int
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, seeds: Seeds) -> Self:
        return cls(known=len(seeds.rows), unknown=seeds.unknown)


class RecommendationAnswer(Answer):
    """``total_matches``: songs that pass everything, before versions and the artist cap.

    Where there are fewer ``tracks`` than ``size``, ``loosenings`` say what brings more to the list,
    and ``biting`` what keeps songs from it. ``notes``: a sentence for each part of the recipe that
    changes nothing.
    """

    tracks: tuple[RecommendedAnswer, ...]
    total_matches: int
    generation: int
    loosenings: tuple[LooseningAnswer, ...]
    biting: tuple[BitingAnswer, ...]
    notes: tuple[str, ...]
    seeds: SeedsAnswer

    @classmethod
    def of(cls, result: Recommendation) -> Self:
        return cls(
            tracks=tuple(map(RecommendedAnswer.of_recommended, result.songs)),
            total_matches=result.total_matches,
            generation=result.generation,
            loosenings=tuple(map(LooseningAnswer.model_validate, result.loosenings)),
            biting=tuple(map(BitingAnswer.model_validate, result.biting)),
            notes=result.notes,
            seeds=SeedsAnswer.of(result.seeds),
        )


class MatchesAnswer(Answer):
    """How many songs a recipe leaves; nothing is said of versions and the artist cap.

    ``loosenings`` where these are fewer than ``size``, ``biting`` where there are none.
    """

    total_matches: int
    generation: int
    loosenings: tuple[LooseningAnswer, ...]
    biting: tuple[BitingAnswer, ...]

    @classmethod
    def of(cls, matches: Matches) -> Self:
        return cls(
            total_matches=matches.total,
            generation=matches.generation,
            loosenings=tuple(map(LooseningAnswer.model_validate, matches.loosenings)),
            biting=tuple(map(BitingAnswer.model_validate, matches.biting)),
        )
