"""The command line as a process: exit codes, pipes, interruptions, what goes where."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from spotai import errors
from spotai.commands import cli
from spotai.commands.terminal import EXIT_CODES, exit_code

ROOT = Path(__file__).parents[2]
SPOTAI = (sys.executable, "-m", "spotai")


def environment(data: Path) -> dict[str, str]:
    return os.environ | {"SPOTAI_DATA_DIR": str(data)}


def error_kinds(base: type[errors.SpotAIError]) -> Iterator[type[errors.SpotAIError]]:
    yield base
    for kind in base.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield from error_kinds(kind)


def test_every_error_has_a_documented_exit_code() -> None:
    documented = {int(code) for code in re.findall(r"^  (\d+) ", EXIT_CODES, re.MULTILINE)}
    for kind in error_kinds(errors.SpotAIError):
        error = kind([("", "no")] if issubclass(kind, errors.InvalidFieldsError) else "no")  # type: ignore[arg-type]
        assert exit_code(error) in documented - {0}
    assert exit_code(errors.NoKnownTracksError("no")) == 3
    assert exit_code(errors.ConfigurationError("no")) == 2
    assert exit_code(errors.SnapshotMissingError("no")) == 1


def test_a_process_reports_in_one_line_and_its_exit_code(tmp_path: Path) -> None:
    process = subprocess.run(
        [*SPOTAI, "profile", "--tracks", "none.txt"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 3
    assert process.stdout == ""
    assert process.stderr.splitlines() == [
        "Error: There is no file none.txt. Check the name and the folder."
    ]


def test_a_closed_stdin_is_named(demo_data: Path) -> None:
    process = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *SPOTAI, "recommend", "--tracks", "-"],
        env=environment(demo_data),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stdout) == (3, "")
    assert process.stderr == "Error: stdin is closed; name a file, or pipe one in.\n"


def test_a_table_from_a_pipe_is_loaded(tmp_path: Path, songs_csv: Path) -> None:
    process = subprocess.run(
        [*SPOTAI, "load", "/dev/stdin", "--json"],
        env=environment(tmp_path),
        input=songs_csv.read_text(),
        capture_output=True,
        text=True,
        check=True,
    )
    (loaded,) = json.loads(process.stdout)["files"]
    assert (loaded["added"], process.stderr) == (40, "")


INTERRUPTED_IMPORT = """
import runpy, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
runpy.run_module("spotai", run_name="__main__")
"""


def test_ctrl_c_in_the_first_second_is_quiet() -> None:
    process = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT, "doctor"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (process.returncode, process.stdout, process.stderr) == (130, b"", b"")


def test_a_closed_pipe_is_quiet(demo_data: Path, sleepy: Path) -> None:
    for more in ([], ["--json"]):
        with subprocess.Popen(
            [*SPOTAI, "recommend", "--tracks", str(sleepy), "--size", "500", *more],
            env=environment(demo_data),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""


def test_output_survives_a_terminal_without_unicode(demo_data: Path, sleepy: Path) -> None:
    def output(*more: str) -> bytes:
        return subprocess.run(
            [*SPOTAI, "recommend", "--tracks", str(sleepy), *more],
            env=environment(demo_data) | {"PYTHONIOENCODING": "latin-1"},
            capture_output=True,
            check=True,
        ).stdout

    assert "?" in output().decode("latin-1")
    assert not output("--json", "--size", "100").decode("utf-8").isascii()


@pytest.mark.long
def test_ctrl_c_is_quiet_and_changes_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*SPOTAI, "demo", "--songs", "200000", "--json"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wal = tmp_path / "spotai.sqlite3-wal"
        until = time.monotonic() + 180
        while not (wal.exists() and wal.stat().st_size > 1_000_000):
            assert time.monotonic() < until, "no song was stored"
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert (stdout, stderr) == ("", "")
    assert process.returncode == 130
    after = subprocess.run(
        [*SPOTAI, "snapshot"], env=environment(tmp_path), capture_output=True, check=False
    )
    assert after.returncode == 3
    assert b"no track" in after.stderr


def on_a_terminal(command: list[str], data: Path) -> str:
    """Run a command whose stderr is a terminal, and return what it wrote there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command,
        env=environment(data) | {"TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65_536):
                written += part
        except OSError:  # what Linux says when the other side of a terminal is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    return written.decode()


@pytest.mark.parametrize(
    ("songs", "more", "shown"),
    [("100", [], False), ("200000", [], True), ("200000", ["--quiet"], False)],
    ids=["quick", "long", "quiet"],
)
@pytest.mark.long
def test_a_bar_appears_when_it_takes_long(
    tmp_path: Path, songs: str, more: list[str], *, shown: bool
) -> None:
    command = [*SPOTAI, "demo", "--songs", songs, *more]
    assert ("Making up songs" in on_a_terminal(command, tmp_path)) == shown


@pytest.mark.parametrize(("more", "shown"), [([], True), (["--quiet"], False)])
@pytest.mark.long
def test_a_long_list_of_known_songs_shows_how_far_it_is(
    tmp_path: Path, demo_data: Path, sleepy: Path, more: list[str], *, shown: bool
) -> None:
    known = tmp_path / "known.txt"
    known.write_text("".join(f"spotify:track:{n:022d}\n" for n in range(1_000_000)))
    command = [*SPOTAI, "recommend", "--tracks", str(sleepy), "--known", str(known), *more]
    assert ("Reading songs" in on_a_terminal(command, demo_data)) == shown


def test_commands_do_not_wait_for_what_clusters_songs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "spotai", "--help"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "spotai.recommend.facets" in done.stderr
    assert "sklearn" not in done.stderr


def options_of(command: click.Command) -> set[str]:
    context = click.Context(command)
    return {
        option
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option) and "--help" not in parameter.opts
        for option in parameter.opts
    }


def test_the_document_names_each_command_and_option_and_no_other() -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    sections = dict(
        re.findall(r"^## `([a-z-]+)[^`]*`\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    )
    assert list(sections) == list(cli.commands)
    for name, command in cli.commands.items():
        written = set(re.findall(r"^\| `(--[a-z-]+)", sections[name], re.MULTILINE))
        assert written == options_of(command), name


def test_the_document_and_the_help_name_the_same_exit_codes() -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE))
    assert documented == dict(re.findall(r"^  (\d+) +(.+)$", EXIT_CODES, re.MULTILINE))
