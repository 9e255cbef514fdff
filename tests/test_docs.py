"""The documents are true: settings, links, make targets and commands are those of the code."""

from __future__ import annotations

import importlib
import re
import subprocess
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

import pytest
from dotenv import dotenv_values
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bench.evaluate import RESULTS, summary
from spotai.evaluation.report import EvaluationAnswer
from spotai.settings import Settings

ROOT = Path(__file__).parent.parent
NOT_OURS: Final = frozenset({"node_modules", "build", "dist", "data", "test-output"})
LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE: Final = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def documents() -> list[Path]:
    def ours(path: Path) -> bool:
        parts = path.relative_to(ROOT).parts
        return not any(part in NOT_OURS or part.startswith(".") for part in parts)

    return [path for path in sorted(ROOT.rglob("*.md")) if ours(path)]


def code_in(path: Path) -> str:
    return "\n".join(CODE.findall(path.read_text("utf-8")))


def without_code(text: str) -> str:
    return CODE.sub("", text)


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def values(field: FieldInfo) -> str:
    """What a setting may be: the choices of a literal, the bounds of a number, else nothing."""
    kinds = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    bounds = [
        getattr(rule, name)
        for name in ("ge", "le")
        for rule in field.metadata
        if hasattr(rule, name)
    ]
    return " or ".join(f"`{kind}`" for kind in kinds) or "–".join(map(str, bounds))


def default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "not set" if value is None else f"`{value}`" if value not in {"", ()} else "empty"


def settings_table() -> str:
    head = "| Variable | Default | Values | What it does |\n|---|---|---|---|\n"
    return head + "".join(
        f"| `{field.alias}` | {default(field)} | {values(field)} | {field.description} |\n"
        for field in Settings.model_fields.values()
    )


def test_the_table_of_settings_is_true() -> None:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    written = "".join(line + "\n" for line in text.splitlines() if line.startswith("|"))
    assert written == settings_table(), f"docs/settings.md should hold\n{settings_table()}"


def test_the_figures_of_the_algorithm_are_those_measured() -> None:
    measured = (RESULTS / "evaluate.json").read_text("utf-8")
    table = "\n".join(summary(EvaluationAnswer.model_validate_json(measured)))
    text = (ROOT / "docs/algorithm.md").read_text("utf-8")
    assert table in text, f"docs/algorithm.md should hold\n{table}"


def test_the_example_env_holds_every_setting_at_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    example = ROOT / ".env.example"
    aliases = [field.alias for field in Settings.model_fields.values()]
    for alias in aliases:
        monkeypatch.delenv(str(alias), raising=False)
    assert list(dotenv_values(example)) == aliases
    assert Settings(_env_file=example) == Settings(_env_file=None)


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in LINK.findall(without_code(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{link} does not exist"
        assert not anchor or anchor in anchors(target), f"{link} has no such heading"


def test_every_make_target_that_is_written_about_exists() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    targets = set(re.findall(r"^  make ([a-z-]+) ", listed, re.MULTILINE))
    assert {"setup", "run", "test", "test-all", "lock", "lint", "clean"} <= targets
    for path in documents():
        written = set(re.findall(r"^`?make ([a-z-]+)", code_in(path), re.MULTILINE))
        assert written <= targets, f"{path.name} names {written - targets}"


def test_every_subcommand_that_is_written_about_exists() -> None:
    commands: dict[str, Any] = importlib.import_module("spotai.__main__").cli.commands
    for path in documents():
        written = set(re.findall(r"python -m spotai ([a-z-]+)", code_in(path)))
        assert written <= set(commands), f"{path.name} names {written - set(commands)}"


def test_the_readme_names_every_subcommand() -> None:
    commands: dict[str, Any] = importlib.import_module("spotai.__main__").cli.commands
    readme = code_in(ROOT / "README.md")
    assert [name for name in commands if not re.search(rf"\b{name}\b", readme)] == []
