"""``init-sql``: the script of the made-up catalog, and the one in the repository."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Run

COMMITTED = Path(__file__).parents[2] / "init.sql"


def test_the_committed_script_is_the_one_written_now(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "init.sql"
    result = run("init-sql", str(written))
    assert (result.exit_code, result.output) == (0, "")
    same = written.read_bytes() == COMMITTED.read_bytes()
    assert same, "write it anew: .venv/bin/python -m spotai init-sql init.sql"
    assert not (tmp_path / "data").exists(), "the catalog of the settings is left alone"


def test_stdout_gets_the_script_of_as_many_songs_as_asked_for(run: Run) -> None:
    result = run("init-sql", "--songs", "25")
    assert result.exit_code == 0
    assert "with 25 made-up songs" in result.stdout
    assert "('demo000000000000000024'," in result.stdout
    assert "('demo000000000000000025'," not in result.stdout


def test_a_folder_that_is_not_there_is_one_line(run: Run) -> None:
    result = run("init-sql", "--songs", "1", "none/init.sql")
    assert result.exit_code != 0
    assert result.stdout == ""
    assert "none/init.sql" in result.stderr
    assert "Traceback" not in result.stderr
