"""Schemathesis asks everything the description allows, and what it does not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from spotai.app import create_app
from spotai.settings import Settings

LIMITS = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


# By itself Schemathesis does not know that a text may be too long for a request as well: 413.
REFUSALS: Any = {"checks": {"negative_data_rejection": {"expected-statuses": ["4xx"]}}}

# What the schema allows need not be in the catalog: ids of no song or playlist, aims without a
# seed and a file of any bytes are refused as described, which positive_data_acceptance forbids.

# Made without a catalog, which takes no time; the cases are put to the application that has one.
schema = schemathesis.openapi.from_wsgi(
    "/openapi.json",
    create_app(Settings(_env_file=None)),
    config=schemathesis.Config.from_dict(REFUSALS),
)


@schema.parametrize()
@LIMITS
def test_every_answer_is_as_described(app: Flask, case: Any) -> None:
    case.call_and_validate(app=app, excluded_checks=[positive_data_acceptance])


def test_calls_that_follow_each_other(app: Flask) -> None:
    answered: Counter[tuple[str, int]] = Counter()
    machine: Any = schemathesis.openapi.from_wsgi(
        "/openapi.json", app, config=schemathesis.Config.from_dict(REFUSALS)
    ).as_state_machine()

    def count(_: Any, response: Any, case: Any) -> None:
        answered[case.operation.path, response.status_code] += 1

    def check(_: Any, response: Any, case: Any, **__: Any) -> None:
        case.validate_response(response, excluded_checks=[positive_data_acceptance])

    journey: Any = type("Journey", (machine,), {"after_call": count, "validate_response": check})
    # Which steps are taken depends on what Hypothesis finds in the modules that are loaded.
    journey.run(settings=settings(LIMITS, max_examples=100, stateful_step_count=6))
    for path in ("/api/playlists/{playlist_id}", "/api/tracks/{track_id}", "/api/profiles"):
        assert answered[path, 200], f"{path} never answered 200: {answered}"
