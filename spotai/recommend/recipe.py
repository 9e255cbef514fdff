"""The recipe, version 1: every variable of a result that the listener decides, as they edit it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    ValidationInfo,
    create_model,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from spotai.features import FEATURES, NAMES, Feature
from spotai.search import Where

Part = TypeVar("Part", bound=BaseModel)
WeightStep = Literal["off", "low", "normal", "high"]
Order = Literal["closest", "smooth", "rising", "falling", "wave"]

WEIGHT_STEPS: Final[dict[WeightStep, float]] = {
    "off": 0.0,
    "low": 1 / 3,
    "normal": 1.0,
    "high": 3.0,
}
VERSION: Final = 1
MAX_SIZE: Final = 500
MAX_SEEDS: Final = 10_000
MAX_BANS: Final = 10_000
FAMILIAR: Final = "variety.familiar"
ARTIST_CAP: Final = "variety.artist_cap"
ONE_VERSION: Final = "variety.one_version_per_song"

Id = Annotated[str, Field(min_length=1, max_length=64)]
Genre = Annotated[str, Field(min_length=1, max_length=100)]
Share = Annotated[float, Field(ge=0, le=1)]


def _as_whole(value: object) -> object:
    # A choice is found by equality, and in Python true equals 1.
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "must be a whole number")
    # In JSON 2000.0 is a whole number like any other.
    return int(value) if isinstance(value, float) and value.is_integer() else value


_Whole: Final = BeforeValidator(_as_whole)
# Limits stand before what makes a value whole, or the schema does not tell them.
Songs = Annotated[int, Field(ge=1, le=MAX_SIZE), _Whole]
FacetNumber = Annotated[int, Field(ge=1, le=5), _Whole]
Natural = Annotated[int, Field(ge=0, le=2**53), _Whole]


def newer_version(version: int) -> str:
    """Say of a recipe that only a later SpotAI can read what to do."""
    return (
        f"its recipe is of version {version}, and this SpotAI reads version {VERSION}; open it "
        "where it was made, or update this server"
    )


def _refuse_newer(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and value > VERSION:
        # Longer numbers are none that a version will have.
        shown = min(value, 10**9)
        raise PydanticCustomError(
            "newer_recipe", "{words}", {"words": f"made by a newer SpotAI: {newer_version(shown)}"}
        )
    return value


class _Part(BaseModel):
    """Unknown keys, numbers as text, NaN and infinity are refused everywhere in a recipe."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Seed(_Part):
    """Where the profile comes from: a playlist, or tracks; neither means "from my aims alone"."""

    playlist_id: Id | None = None
    track_ids: Annotated[tuple[Id, ...], FailFast()] = Field((), max_length=MAX_SEEDS)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.playlist_id is not None and self.track_ids:
            raise ValueError("give a playlist_id or track_ids, not both")
        return self


class FeatureSetting(_Part, ABC):
    """One model variable, in natural units.

    ``selected`` null means the default: ticked when the feature is among the eight that tell most
    about the playlist, or when its target or weight was edited. ``target`` null leaves the aim to
    the playlist. Limits filter, also while the feature is unticked: ``min`` and ``max`` of a
    numeric feature, which are values it can have, ``only`` of key, mode and time signature.
    """

    selected: bool | None = None
    target: float | None = None
    weight: WeightStep = "normal"

    @property
    def edited(self) -> bool:
        return self.target is not None

    @property
    def touched(self) -> bool:
        """Whether the listener said anything that makes sense only for a ticked feature."""
        return self.edited or self.weight != "normal"

    @abstractmethod
    def condition(self, name: str) -> Where | None:
        """The hard condition this variable sets on its feature, if any."""


class NumericSetting(FeatureSetting):
    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _some_value_fits(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self

    def condition(self, name: str) -> Where | None:
        if self.min is None and self.max is None:
            return None
        return Where(ranges={name: (self.min, self.max)})


class ChoiceSetting(FeatureSetting):
    only: tuple[int, ...] | None = None

    @field_validator("only")
    @classmethod
    def _some_value_passes(cls, only: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if only == ():
            raise ValueError("the list is empty; use null for no limit")
        return only

    def condition(self, name: str) -> Where | None:
        return None if self.only is None else Where(sets={name: frozenset(self.only)})


def _setting_of(feature: Feature) -> type[FeatureSetting]:
    """Make the model of one feature's variable: the values it may take are the feature's."""
    title = f"{feature.label.replace(' ', '')}Setting"
    about = f"{feature.label}: {feature.description}"
    if feature.choices:
        choice: Any = Annotated[Literal[tuple(feature.choices)], _Whole]
        choices: Any = GenericAlias(tuple, (choice, ...))
        limit = Field(None, max_length=len(feature.choices), fail_fast=True)
        return create_model(
            title,
            __base__=ChoiceSetting,
            __doc__=about,
            target=(choice | None, None),
            only=(choices | None, limit),
        )
    bounds = Field(ge=feature.minimum, le=feature.maximum)
    number: Any = Annotated[int, bounds, _Whole] if feature.integer else Annotated[float, bounds]
    value = (number | None, None)
    return create_model(
        title, __base__=NumericSetting, __doc__=about, target=value, min=value, max=value
    )


class _Features(_Part):
    """The fifteen model variables by name."""

    def of(self, name: str) -> FeatureSetting:
        setting: FeatureSetting = getattr(self, name)
        return setting


if TYPE_CHECKING:
    # The fields come from the features; what a type checker needs of them is ``of``.
    class Features(_Features): ...
else:
    _settings = {feature.name: _setting_of(feature) for feature in FEATURES}
    Features = create_model(
        "Features",
        __base__=_Features,
        **{name: (setting, setting()) for name, setting in _settings.items()},
    )


class Filters(_Part):
    explicit: bool | None = None
    genres: Annotated[tuple[Genre, ...], FailFast()] = Field((), max_length=100)
    min_playlist_followers: Natural = 0


class Variety(_Part):
    artist_cap: Songs | None = None
    one_version_per_song: bool = True
    spread: Share = 0.0
    familiar: Literal["allow", "exclude"] = "allow"
    random_seed: Natural | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Another ``value`` for the recipe's field at path ``field``, as the recipe takes it."""

    field: str
    value: bool | float | str | tuple[int, ...] | tuple[str, ...] | None


class Recipe(_Part):
    """Everything the listener decides of a result. Every field has a default."""

    version: Annotated[Literal[1], _Whole, BeforeValidator(_refuse_newer)] = VERSION
    seed: Seed = Seed()
    features: Features = Features()
    size: Songs = 30
    contrast: Share = 1.0
    strictness: Share = 0.0
    tempo_octaves: bool = False
    facet: FacetNumber | None = None
    filters: Filters = Filters()
    variety: Variety = Variety()
    order: Order = "closest"
    pins: Annotated[tuple[Id, ...], FailFast()] = Field((), max_length=MAX_SIZE)
    bans: Annotated[tuple[Id, ...], FailFast()] = Field((), max_length=MAX_BANS)

    @field_validator("pins")
    @classmethod
    def _pins_fit(cls, pins: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        size = info.data.get("size", MAX_SIZE)
        if len(set(pins)) > size:
            raise ValueError(f"{len(set(pins))} pins do not fit in a list of {size}")
        return pins

    @field_validator("bans")
    @classmethod
    def _nothing_pinned(cls, bans: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if both := sorted(set(info.data.get("pins", ())) & set(bans)):
            raise ValueError(f"{both[0]} is pinned and banned; choose one")
        return bans

    def setting(self, name: str) -> FeatureSetting:
        """The variable of one feature."""
        return self.features.of(name)

    def conditions(self) -> dict[str, Where]:
        """The hard conditions one by one, under the path of the field that sets each."""
        found: dict[str, Where] = {}
        for name in NAMES:
            condition = self.setting(name).condition(name)
            if condition is not None:
                found[f"features.{name}"] = condition
        if self.filters.explicit is not None:
            found["filters.explicit"] = Where(explicit=self.filters.explicit)
        if self.filters.genres:
            found["filters.genres"] = Where(genres=self.filters.genres)
        if self.filters.min_playlist_followers:
            found["filters.min_playlist_followers"] = Where(
                min_playlist_followers=self.filters.min_playlist_followers
            )
        return found

    def changed(self, changes: Iterable[Change]) -> Recipe:
        """Return the recipe with other values in some of its fields."""
        recipe = self
        for change in changes:
            recipe = _with(recipe, change.field.split("."), change.value)
        return recipe


def _with(part: Part, path: Sequence[str], value: object) -> Part:
    name, *rest = path
    inner = _with(getattr(part, name), rest, value) if rest else value
    return part.model_copy(update={name: inner})


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
