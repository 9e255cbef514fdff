"""The exception tree is the one its docstring draws, and every branch can be answered over HTTP."""

from __future__ import annotations

import ast
import inspect
import re
from http import HTTPStatus
from pathlib import Path

import pytest

from spotai import errors
from spotai.errors import DependencyError, InputError, SpotAIError

CLASSES = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, SpotAIError)
]


def drawn_tree(docstring: str) -> dict[str, str | None]:
    """Read the box drawing: each class name with the name of its parent, None for the root."""
    parents: dict[str, str | None] = {}
    branch: list[tuple[int, str]] = []
    for line in docstring.splitlines():
        name = line.lstrip(" │├└─").split(" ")[0]
        if not name.endswith("Error"):
            continue
        indent = line.index(name)
        while branch and branch[-1][0] >= indent:
            branch.pop()
        parents[name] = branch[-1][1] if branch else None
        branch.append((indent, name))
    return parents


def test_the_drawing_is_read_as_people_read_it() -> None:
    drawing = """
    AError
    ├── BError      the caller
    │   └── CError
    └── DError
    """
    assert drawn_tree(drawing) == {
        "AError": None,
        "BError": "AError",
        "CError": "BError",
        "DError": "AError",
    }


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    actual = {
        cls.__name__: None if cls is SpotAIError else cls.__bases__[0].__name__ for cls in CLASSES
    }
    assert drawn_tree(errors.__doc__ or "") == actual


def test_no_exception_is_defined_anywhere_else() -> None:
    package = Path(errors.__file__).parent
    # The stand-in is a program of its own: what it refuses, it refuses in another service's place.
    stand_in = package / "spotify" / "standin"
    elsewhere = [
        f"{path.relative_to(package)}: {node.name}"
        for path in package.rglob("*.py")
        if path != Path(errors.__file__) and stand_in not in path.parents
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(re.search(r"(Error|Exception|Exit|Interrupt)$", ast.unparse(b)) for b in node.bases)
    ]
    assert elsewhere == []


def test_each_kind_of_problem_has_its_own_slug() -> None:
    slugs = [cls.slug for cls in CLASSES if "slug" in vars(cls)]
    assert len(slugs) == len(set(slugs))
    assert errors.InvalidFieldsError.slug == InputError.slug, "the same problem, told by field"


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_status_and_title_suit_an_http_answer(cls: type[SpotAIError]) -> None:
    if issubclass(cls, InputError):
        assert 400 <= cls.status < 500
    elif issubclass(cls, DependencyError):
        assert cls.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert cls.retry_after > 0
    else:
        assert cls.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert cls.slug == cls.slug.lower().replace("_", "-").replace(" ", "-")
    assert cls.title
    assert not cls.title.endswith(".")


def test_an_error_carries_its_message_and_the_field_at_fault() -> None:
    error = errors.RecipeError("size must be 1 to 500", field="size")
    assert str(error) == error.message == "size must be 1 to 500"
    assert error.field == "size"
    assert errors.RecipeError("tick a feature").field is None
