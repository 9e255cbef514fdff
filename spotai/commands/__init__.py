"""The command line: one module per group of commands."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence

import click

from spotai import __version__, telemetry
from spotai.commands.catalog import demo, snapshot
from spotai.commands.doctor import doctor
from spotai.commands.evaluate import evaluate
from spotai.commands.init_sql import init_sql
from spotai.commands.load import load
from spotai.commands.openapi import openapi
from spotai.commands.recommend import profile, recommend
from spotai.commands.serve import serve
from spotai.commands.standin import standin
from spotai.commands.terminal import EXIT_CODES, Commands


@click.group(
    cls=Commands,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="spotai")
def cli() -> None:
    """Music recommendation you can see and steer.

    Results go to stdout, progress and warnings to stderr. Settings come from the environment
    and .env; `spotai doctor` checks them.
    """


for _command in (
    load,
    snapshot,
    recommend,
    profile,
    evaluate,
    demo,
    init_sql,
    openapi,
    serve,
    standin,
    doctor,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line, if not said that of this process: the console script ``spotai``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a title's letters shows "?" instead of failing.
            stream.reconfigure(errors="replace")
    telemetry.configure_logging(level=logging.WARNING)
    cli(arguments, prog_name="spotai")
