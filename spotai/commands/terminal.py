"""How commands talk: results on stdout, the rest on stderr, and what the exit codes mean."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import click
from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from spotai import telemetry
from spotai.errors import ConfigurationError, InputError, SpotAIError

FAILED: Final = 1
USAGE: Final = 2
BAD_INPUT: Final = 3
INTERRUPTED: Final = 130
EXIT_CODES: Final = """\b
Exit codes:
  0    done
  1    failed: something SpotAI needs is missing or broken
  2    wrong usage or settings
  3    input that cannot be used: a file, a recipe, songs nobody knows
  130  interrupted
"""

SHOWN_PROBLEMS: Final = 20
PIPED_WIDTH: Final = 1_000
SECONDS_WITHOUT_BAR: Final = 2.0

Report = Callable[[int, int], None]

json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON and nothing else.")
quiet_option = click.option("--quiet", is_flag=True, help="Show no progress bar.")


class Commands(click.Group):
    """Turns what commands raise on purpose, and what the system refuses, into a line on stderr."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpotAIError as error:
            fail(error.message, exit_code(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            fail(_system_error(error), FAILED)
        except KeyboardInterrupt:
            leave(INTERRUPTED)


def exit_code(error: SpotAIError) -> int:
    """Return the exit code of an error: ``EXIT_CODES`` explains them."""
    if isinstance(error, ConfigurationError):
        return USAGE
    return BAD_INPUT if isinstance(error, InputError) else FAILED


def fail(message: str, code: int) -> NoReturn:
    """End the command with an error people can read, without credentials."""
    click.echo(f"Error: {telemetry.redact(message)}", err=True)
    leave(code)


def leave(code: int) -> NoReturn:
    """End the command with an exit code and no further word."""
    raise click.exceptions.Exit(code)


def warn(message: str) -> None:
    click.echo(f"Warning: {message}", err=True)


def warn_each(problems: Sequence[str]) -> None:
    """Warn of each problem, the first ones by name and the rest by number."""
    for problem in problems[:SHOWN_PROBLEMS]:
        warn(problem)
    if len(problems) > SHOWN_PROBLEMS:
        warn(f"and {len(problems) - SHOWN_PROBLEMS:,} more")


def write_json(answer: BaseModel) -> None:
    """Write a model to stdout as JSON, in UTF-8 whatever the terminal speaks."""
    click.echo(answer.model_dump_json(indent=2).encode())


def stdout_console() -> Console:
    """Return the console for results; a pipe gets whole lines, without colour."""
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    return console


def write(*parts: RenderableType) -> None:
    """Write a result for people to stdout."""
    console = stdout_console()
    with console.capture() as written:
        console.print(*parts, sep="\n")
    # Tables fill their last column up with blanks.
    click.echo("\n".join(line.rstrip() for line in written.get().splitlines()))


def new_table(**options: Any) -> Table:
    return Table(
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="bold",
        **options,
    )


@contextmanager
def progress_bar(what: str, *, quiet: bool, of_bytes: bool = False) -> Iterator[Report]:
    """Yield a function that takes (done, total) and shows a bar on stderr.

    ``of_bytes`` shows megabytes instead of per cent, also where the total is not known. The bar
    appears after two seconds, on a terminal only.
    """
    console = Console(stderr=True, markup=False)
    if quiet or not console.is_terminal:
        yield _say_nothing
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn() if of_bytes else TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(what, total=None)
    shown_from = time.monotonic() + SECONDS_WITHOUT_BAR

    def report(done: int, total: int) -> None:
        if not bar.live.is_started and time.monotonic() >= shown_from:
            bar.start()
        bar.update(task, completed=done, total=total or None)  # of a pipe nobody knows the end

    try:
        yield report
    finally:
        bar.stop()


def _say_nothing(_done: int, _total: int) -> None:
    pass


def _system_error(error: OSError) -> str:
    what = error.strerror or str(error)
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{what}. Check that the folder exists, may be written to and has room."
