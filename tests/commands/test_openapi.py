"""``openapi``: the description a server gives, without a server or a database."""

from __future__ import annotations

import json
from pathlib import Path

from spotai.api.openapi import describe
from spotai.app import create_app
from spotai.settings import Settings
from tests.commands.conftest import Run


def test_it_writes_the_description_and_touches_nothing(run: Run, tmp_path: Path) -> None:
    result = run("openapi")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == describe(create_app(Settings(_env_file=None)))
    assert not (tmp_path / "data").exists()
