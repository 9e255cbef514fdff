"""Requests and answers of the HTTP API, and of ``--json`` on the command line.

Numbers are in natural units, null where not known. Requests refuse unknown names, numbers as
text, NaN and infinity. An answer is made by its ``of`` from what the rooms below return.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from spotai.api.track_schemas import Answer, Number
from spotai.features import FEATURES

# Ten thousand links, as many songs as a recipe takes, have about as many characters.
LONGEST_IMPORT: Final = 1_000_000


class RequestBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class ImportRequest(RequestBody):
    """``text``: ids, URIs and links of tracks, one or more a line."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_IMPORT)]


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


class SessionAnswer(Answer):
    """Who asks. ``csrf_token`` goes with every change; ``expires`` is in unix seconds."""

    kind: Literal["guest", "spotify"]
    name: str | None
    scopes: tuple[str, ...]
    login: Literal["spotify", "demo"] | None
    account: bool
    csrf_token: str
    expires: int


class LoggedOutAnswer(Answer):
    """``logged_out`` is false for a guest."""

    logged_out: bool


class DeletedAccountAnswer(Answer):
    """How much was deleted."""

    sessions: int
    recipes: int
    known_songs: int


class HealthAnswer(Answer):
    status: Literal["alive"] = "alive"


class ReadinessAnswer(Answer):
    """``degraded``: recommendations go on from track ids, playlists wait for the database."""

    status: Literal["ready", "degraded"]
    generation: int
    songs: int
    database: Literal["reachable", "unreachable"]
