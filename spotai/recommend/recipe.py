"""The recipe, version 1: every variable that decides a result, as the listener edits it."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from spotai.errors import FeatureValueError
from spotai.features import BY_NAME, NAMES
from spotai.search import Where

WeightStep = Literal["off", "low", "normal", "high"]
Order = Literal["closest", "smooth", "rising", "falling", "wave"]

WEIGHT_STEPS: Final[dict[WeightStep, float]] = {
    "off": 0.0,
    "low": 1 / 3,
    "normal": 1.0,
    "high": 3.0,
}
MAX_SIZE: Final = 500
MAX_SEEDS: Final = 10_000
MAX_BANS: Final = 10_000

Id = Annotated[str, Field(min_length=1, max_length=64)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    """Unknown keys, numbers as text, NaN and infinity are refused everywhere in a recipe."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Seed(_Part):
    """Where the profile comes from: a playlist, or tracks; neither means "from my aims alone"."""

    playlist_id: Id | None = None
    track_ids: tuple[Id, ...] = Field((), max_length=MAX_SEEDS)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.playlist_id is not None and self.track_ids:
            raise ValueError("give a playlist_id or track_ids, not both")
        return self


class FeatureSetting(_Part):
    """One model variable, in natural units.

    ``selected`` null means the default: ticked when the feature is among the eight that tell most
    about the playlist, or when its target or weight was edited. ``target`` null leaves the aim to
    the playlist. ``min``, ``max`` (numeric features) and ``only`` (key, mode, time signature)
    filter, also while the feature is unticked.
    """

    selected: bool | None = None
    target: float | None = None
    weight: WeightStep = "normal"
    min: float | None = None
    max: float | None = None
    only: tuple[int, ...] | None = Field(None, max_length=12)

    @property
    def edited(self) -> bool:
        return self.target is not None

    @property
    def touched(self) -> bool:
        """Whether the listener said anything that makes sense only for a ticked feature."""
        return self.edited or self.weight != "normal"

    @property
    def filters(self) -> bool:
        return self.min is not None or self.max is not None or self.only is not None


class Filters(_Part):
    explicit: bool | None = None
    genres: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(
        (), max_length=100
    )
    min_playlist_followers: int = Field(0, ge=0, le=2**53)


class Variety(_Part):
    artist_cap: int | None = Field(None, ge=1, le=MAX_SIZE)
    one_version_per_song: bool = True
    spread: Share = 0.0
    familiar: Literal["allow", "exclude"] = "allow"
    random_seed: int | None = Field(None, ge=0, le=2**53)


class Recipe(_Part):
    """Everything that decides a result. Every field has a default."""

    version: Literal[1] = 1
    seed: Seed = Seed()
    features: dict[str, FeatureSetting] = Field(default_factory=dict)
    size: int = Field(30, ge=1, le=MAX_SIZE)
    contrast: Share = 1.0
    strictness: Share = 0.0
    tempo_octaves: bool = False
    facet: int | None = Field(None, ge=1, le=5)
    filters: Filters = Filters()
    variety: Variety = Variety()
    order: Order = "closest"
    pins: tuple[Id, ...] = Field((), max_length=MAX_SIZE)
    bans: tuple[Id, ...] = Field((), max_length=MAX_BANS)

    @field_validator("features")
    @classmethod
    def _features_exist(cls, features: dict[str, FeatureSetting]) -> dict[str, FeatureSetting]:
        for name, setting in features.items():
            if name not in BY_NAME:
                raise ValueError(f"{name!r} is not a feature; the features are {', '.join(NAMES)}")
            _check_setting(name, setting)
        return features

    @model_validator(mode="after")
    def _pins_fit(self) -> Self:
        if len(set(self.pins)) > self.size:
            raise ValueError(f"{len(set(self.pins))} pins do not fit in a list of {self.size}")
        if both := sorted(set(self.pins) & set(self.bans)):
            raise ValueError(f"{both[0]} is pinned and banned; choose one")
        return self

    def setting(self, name: str) -> FeatureSetting:
        """The variable of one feature, the default where the recipe does not mention it."""
        return self.features.get(name) or FeatureSetting()

    def conditions(self) -> dict[str, Where]:
        """The hard conditions one by one, under the path of the field that sets each."""
        found: dict[str, Where] = {}
        for name, setting in self.features.items():
            if setting.only is not None:
                found[f"features.{name}"] = Where(sets={name: frozenset(setting.only)})
            elif setting.filters:
                found[f"features.{name}"] = Where(ranges={name: (setting.min, setting.max)})
        if self.filters.explicit is not None:
            found["filters.explicit"] = Where(explicit=self.filters.explicit)
        if self.filters.genres:
            found["filters.genres"] = Where(genres=self.filters.genres)
        if self.filters.min_playlist_followers:
            found["filters.min_playlist_followers"] = Where(
                min_playlist_followers=self.filters.min_playlist_followers
            )
        return found


def all_of(conditions: dict[str, Where]) -> Where:
    """Join conditions of one recipe into one; each sets a part of its own."""
    parts = list(conditions.values())
    explicit = [part.explicit for part in parts if part.explicit is not None]
    return Where(
        ranges={name: bounds for part in parts for name, bounds in part.ranges.items()},
        sets={name: allowed for part in parts for name, allowed in part.sets.items()},
        explicit=explicit[0] if explicit else None,
        genres=tuple(genre for part in parts for genre in part.genres),
        min_playlist_followers=max((p.min_playlist_followers for p in parts), default=0),
    )


def _check_setting(name: str, setting: FeatureSetting) -> None:
    feature = BY_NAME[name]
    if setting.target is not None:
        try:
            cleaned = feature.clean(setting.target)
        except FeatureValueError as error:
            raise ValueError(f"the target of {error.message}") from error
        if cleaned is None:
            raise ValueError(f"the target of {name} is {setting.target:g}, which means not known")
    if feature.choices:
        if setting.min is not None or setting.max is not None:
            raise ValueError(f"{name} is filtered by `only`, not by min and max")
        if setting.only is not None and not set(setting.only) <= set(feature.choices):
            raise ValueError(f"`only` of {name} may hold {sorted(feature.choices)}")
        if setting.only == ():
            raise ValueError(f"`only` of {name} is empty; use null for no filter")
    elif setting.only is not None:
        raise ValueError(f"{name} is filtered by min and max, not by `only`")
    elif None not in (setting.min, setting.max) and setting.min > setting.max:  # type: ignore[operator]
        raise ValueError(f"{name}: min {setting.min:g} is above max {setting.max:g}")
