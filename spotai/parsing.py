"""JSON from outside into a model: strictly, with every fault worded for people."""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from spotai.errors import InvalidFieldsError, MalformedError, TooLargeError

Model = TypeVar("Model", bound=BaseModel)

MOST_FAULTS: Final = 20
# A recipe with every field has 110. Each unknown name takes a kilobyte to refuse.
MOST_NAMES: Final = 1_000

_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)

# By the validator's type of error, filled in from its context; others keep the validator's words.
_WORDS: Final = {
    "bool_type": "must be true or false",
    "dict_type": "must be an object",
    "extra_forbidden": "is not a field here",
    "finite_number": "must be a finite number",
    "float_type": "must be a number",
    "frozen_set_type": "must be a list",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number of fewer digits",
    "int_type": "must be a whole number",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
    "missing": "is needed",
    "model_attributes_type": "must be an object",
    "model_type": "must be an object",
    "set_type": "must be a list",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must not be empty",
    "string_type": "must be a text",
    "too_long": "must hold at most {max_length}, not {actual_length}",
    "tuple_type": "must be a list",
}


def parse_json(model: type[Model], raw: bytes, what: str) -> Model:
    """Read ``raw`` as ``model``; ``what`` names it in messages.

    Raises MalformedError when it is not one JSON text with distinct names, InvalidFieldsError when
    it does not fit the model, TooLargeError beyond ``MOST_NAMES`` names.
    """
    _refuse_many_names(raw, what)
    try:
        parsed = model.model_validate_json(raw)
    except ValidationError as error:
        _refuse_malformed(error, what)
        raise invalid_fields(error) from None
    _refuse_repeated_names(raw, what)
    return parsed


def invalid_fields(error: ValidationError) -> InvalidFieldsError:
    """Say what a model did not take, field by field: the first twenty, and how many there are."""
    first = error.errors(include_url=False, include_input=False)[:MOST_FAULTS]
    return InvalidFieldsError(
        [(".".join(map(str, fault["loc"])), _worded(fault)) for fault in first],
        total=error.error_count(),
    )


def _worded(fault: ErrorDetails) -> str:
    words = _WORDS.get(fault["type"])
    if words is None:
        return fault["msg"].removeprefix("Value error, ")
    context = fault.get("ctx", {})
    return words.format(**{name: _whole(value) for name, value in context.items()})


def _whole(value: object) -> object:
    """Return 500.0 as 500: people wrote no decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _refuse_malformed(error: ValidationError, what: str) -> None:
    if error.error_count() > 1:  # a text that is no JSON is one fault
        return
    (fault,) = error.errors(include_url=False, include_input=False)
    if fault["type"] == "json_invalid":
        reason = fault["msg"].removeprefix("Invalid JSON: ")
        raise MalformedError(f"{what} is not valid JSON: {reason}.")


def _refuse_many_names(raw: bytes, what: str) -> None:
    """Refuse what no model can take before its faults are collected."""
    if raw.count(b":") > MOST_NAMES and _STRING.sub(b"", raw).count(b":") > MOST_NAMES:
        raise TooLargeError(f"{what} has more than {MOST_NAMES:,} names; none needs as many.")


def _refuse_repeated_names(raw: bytes, what: str) -> None:
    """Refuse an object with two members of one name: readers disagree on which one counts.

    The text was parsed before, so it is well-formed and not nested deeply.
    """

    def distinct(pairs: list[tuple[str, Any]]) -> None:
        names: set[str] = set()
        for name, _ in pairs:
            if name in names:
                raise MalformedError(f"{what} names {name!r} twice in one object.")
            names.add(name)

    json.loads(raw, object_pairs_hook=distinct)
