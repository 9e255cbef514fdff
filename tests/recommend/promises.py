"""What the fields of a recipe promise: checks by the path of the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spotai.features import Feature
from tests.recommend.grounds import Ground

Promise = Callable[[Ground], None]
FeaturePromise = Callable[[Ground, Feature], None]

PROMISES: Final[dict[str, Promise]] = {}
OF_EVERY_FEATURE: Final[dict[str, FeaturePromise]] = {}


def promise(field: str) -> Callable[[Promise], Promise]:
    """Register what a field of the recipe promises."""

    def register(check: Promise) -> Promise:
        PROMISES[field] = check
        return check

    return register


def promise_of_features(setting: str) -> Callable[[FeaturePromise], FeaturePromise]:
    """Register what a setting promises that every feature has, or every one of a kind."""

    def register(check: FeaturePromise) -> FeaturePromise:
        OF_EVERY_FEATURE[setting] = check
        return check

    return register
