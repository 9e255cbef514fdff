"""The rooms of the house: imports point down, go round in no circle, and SQL stays in its room.

docs/decisions/0002-layers-and-rooms.md says why. The checks read the source, so an import inside
a function or for type checking only counts like any other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up. A room is a module or package directly in spotai/, or a script beside it;
# those in ingest/ are the room "scripts", because there is a room spotai/ingest.
# Rooms of one layer do not know each other, except on the ground and at the very top.
LAYERS: Final[tuple[frozenset[str], ...]] = (
    frozenset(
        {"spotai", "addresses", "durations", "errors", "features"}
        | {"parsing", "settings", "telemetry", "tracks"}
    ),
    frozenset({"formats", "catalog", "search", "spotify"}),
    frozenset({"recommend", "ingest"}),
    frozenset({"evaluation"}),
    frozenset({"api"}),
    frozenset({"app"}),
    frozenset(
        {"__main__", "commands", "demo_login", "doorman", "scripts", "serving", "server", "worker"}
    ),
)
OPEN_LAYERS: Final = frozenset({0, len(LAYERS) - 1})

DATABASE_PACKAGES: Final = frozenset({"sqlalchemy", "alembic", "pymysql", "MySQLdb", "sqlite3"})
SETTINGS_MAY_IMPORT: Final = frozenset({"sqlalchemy.engine", "sqlalchemy.exc"})  # for the URL
SQL: Final = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET|(CREATE|ALTER|DROP)\s+TABLE)\b",
    re.DOTALL,
)
NAMES_THAT_SAY_NOTHING: Final = re.compile(r"(util|helper|misc|common|manager)s?")
LONGEST_FILE: Final = 400


class Sources:
    """The Python sources of a tree as ``{dotted module name: syntax tree}``."""

    def __init__(self, root: Path) -> None:
        found = [(root / "spotai").rglob("*.py"), root.glob("server.py"), root.glob("ingest/*.py")]
        paths = [path for part in found for path in sorted(part)]
        self.trees: Mapping[str, ast.Module] = {
            self._name(path.relative_to(root)): ast.parse(path.read_text("utf-8")) for path in paths
        }
        self.packages = {
            self._name(path.relative_to(root)) for path in paths if path.name == "__init__.py"
        }

    @staticmethod
    def _name(path: Path) -> str:
        parts = path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def imports(self, module: str) -> Iterator[str]:
        """Yield what ``module`` imports: our modules by name, others as they are written."""
        for node in ast.walk(self.trees[module]):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(module, node)
                for alias in node.names:
                    member = f"{origin}.{alias.name}"
                    yield member if member in self.trees else origin

    def _origin(self, module: str, node: ast.ImportFrom) -> str:
        if node.level == 0:
            return node.module or ""
        package = module.split(".") if module in self.packages else module.split(".")[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, node.module] if node.module else base)


def room_of(module: str) -> str:
    parts = module.split(".")
    if parts[0] == "ingest":
        return "scripts"
    return parts[1] if parts[0] == "spotai" and len(parts) > 1 else parts[0]


def layer_of(module: str) -> int | None:
    room = room_of(module)
    return next((n for n, rooms in enumerate(LAYERS) if room in rooms), None)


def layer_faults(sources: Sources) -> list[str]:
    """Name each module in no layer and each import that points up or into a neighbour's room."""
    faults = []
    for module in sources.trees:
        layer = layer_of(module)
        if layer is None:
            faults.append(f"{module} is in no layer: give its room a place in LAYERS")
            continue
        for target in sources.imports(module):
            if target not in sources.trees or room_of(target) == room_of(module):
                continue
            below = layer_of(target)
            if below is not None and (below > layer or (below == layer not in OPEN_LAYERS)):
                faults.append(f"{module} imports {target}")
    return faults


def cycle(sources: Sources) -> list[str]:
    """Return one circle of modules that import each other, or nothing."""
    graph = {
        module: {target for target in sources.imports(module) if target in sources.trees}
        for module in sources.trees
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def sql_faults(sources: Sources) -> list[str]:
    """Name each use of a database package and each SQL statement outside spotai/catalog."""
    faults = []
    for module, tree in sources.trees.items():
        if room_of(module) == "catalog":
            continue
        faults += [
            f"{module} imports {target}"
            for target in sources.imports(module)
            if target.split(".")[0] in DATABASE_PACKAGES
            and not (module == "spotai.settings" and target in SETTINGS_MAY_IMPORT)
        ]
        faults += [
            f"{module}:{node.lineno} holds SQL"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SQL.search(node.value)
        ]
    return faults


@pytest.fixture(scope="module")
def spotai() -> Sources:
    return Sources(ROOT)


def test_imports_point_down(spotai: Sources) -> None:
    assert layer_faults(spotai) == []


def test_imports_close_no_circle(spotai: Sources) -> None:
    assert cycle(spotai) == []


def test_sql_stays_in_the_catalog(spotai: Sources) -> None:
    assert sql_faults(spotai) == []


def test_every_folder_of_modules_is_a_package(spotai: Sources) -> None:
    parents = {module.rpartition(".")[0] for module in spotai.trees} - {"", "ingest"}
    assert parents - spotai.packages == set(), "the wheel leaves out folders without __init__.py"


def python_files() -> list[Path]:
    folders = ("spotai", "tests", "ingest", "bench")
    nested = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [*nested, *ROOT.glob("*.py")]


def test_files_stay_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in python_files()}
    too_long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LONGEST_FILE}
    assert too_long == {}


def test_names_say_what_is_inside() -> None:
    parts = {part for path in python_files() for part in path.relative_to(ROOT).parts}
    assert [part for part in parts if NAMES_THAT_SAY_NOTHING.fullmatch(Path(part).stem)] == []


# The checks themselves, on small made-up trees.


def tree(root: Path, files: Mapping[str, str]) -> Sources:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Sources(root)


UPWARD = {
    "from the ground": ("spotai/features.py", "from spotai.search import Snapshot"),
    "inside a function": ("spotai/catalog/a.py", "def f():\n    import spotai.api.schemas"),
    "for type checking": (
        "spotai/search/a.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from spotai import recommend",
    ),
    "relative": ("spotai/api/a.py", "from ..app import create_app"),
    "into a neighbour": ("spotai/search/a.py", "from spotai.catalog import tables"),
    "between neighbours higher up": ("spotai/ingest/a.py", "from spotai.recommend import b"),
    "to a script": ("spotai/app.py", "import server"),
    "to a script in a folder": ("spotai/ingest/a.py", "import ingest.load_dataset"),
}


@pytest.mark.parametrize(("path", "text"), UPWARD.values(), ids=UPWARD)
def test_an_import_that_does_not_point_down_is_found(tmp_path: Path, path: str, text: str) -> None:
    house = {
        "spotai/search/__init__.py": "",
        "spotai/catalog/tables.py": "",
        "spotai/catalog/__init__.py": "",
        "spotai/api/schemas.py": "",
        "spotai/api/__init__.py": "",
        "spotai/recommend/__init__.py": "",
        "spotai/recommend/b.py": "",
        "spotai/app.py": "",
        "server.py": "",
        "ingest/load_dataset.py": "",
    }
    assert layer_faults(tree(tmp_path / "before", house)) == []
    faults = layer_faults(tree(tmp_path / "after", house | {path: text}))
    assert len(faults) == 1
    assert faults[0].startswith(path.removesuffix(".py").replace("/", "."))


def test_imports_that_point_down_are_fine(tmp_path: Path) -> None:
    sources = tree(
        tmp_path,
        {
            "spotai/errors.py": "",
            "spotai/features.py": "from spotai.errors import FeatureValueError\nimport numpy",
            "spotai/search/__init__.py": "from spotai.search.kernel import scan",
            "spotai/search/kernel.py": "from spotai.features import AXES",
            "spotai/recommend/pipeline.py": "from spotai.search import scan",
            "spotai/app.py": "from spotai.recommend import pipeline",
            "server.py": "from spotai.app import create_app",
            "ingest/load_dataset.py": "from spotai.app import create_app",
        },
    )
    assert layer_faults(sources) == []
    assert cycle(sources) == []
    assert set(sources.imports("spotai.app")) == {"spotai.recommend.pipeline"}


def test_a_room_without_a_layer_is_found(tmp_path: Path) -> None:
    (fault,) = layer_faults(tree(tmp_path, {"spotai/attic/boxes.py": ""}))
    assert fault.startswith("spotai.attic.boxes is in no layer")


def test_a_circle_is_found(tmp_path: Path) -> None:
    sources = tree(
        tmp_path,
        {
            "spotai/search/a.py": "from spotai.search import b",
            "spotai/search/b.py": "def late():\n    from .c import value",
            "spotai/search/c.py": "import spotai.search.a",
        },
    )
    assert set(cycle(sources)) == {"spotai.search.a", "spotai.search.b", "spotai.search.c"}


def test_a_circle_through_a_package_is_found(tmp_path: Path) -> None:
    sources = tree(
        tmp_path,
        {
            "spotai/search/__init__.py": "from spotai.search.kernel import scan",
            "spotai/search/kernel.py": "from spotai.search import scan",
        },
    )
    assert set(cycle(sources)) == {"spotai.search", "spotai.search.kernel"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("spotai/api/a.py", "import sqlalchemy as sa"),
        ("spotai/settings.py", "from sqlalchemy import create_engine"),
        ("spotai/recommend/a.py", "def f():\n    import sqlite3"),
        ("spotai/ingest/a.py", "QUERY = 'SELECT id\\nFROM track'"),
        ("spotai/api/a.py", "def f(name):\n    return f'DELETE FROM {name}'"),
    ],
)
def test_sql_in_another_room_is_found(tmp_path: Path, path: str, text: str) -> None:
    assert len(sql_faults(tree(tmp_path, {path: text}))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("spotai/catalog/a.py", "import sqlalchemy\nQUERY = 'SELECT id FROM track'"),
        ("spotai/settings.py", "from sqlalchemy.engine import URL"),
        ("spotai/api/a.py", "'''Select songs from the catalog and update them.'''"),
    ],
)
def test_sql_in_its_room_is_fine(tmp_path: Path, path: str, text: str) -> None:
    assert sql_faults(tree(tmp_path, {path: text})) == []
