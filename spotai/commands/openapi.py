"""The command ``openapi``."""

from __future__ import annotations

import json

import click

from spotai.api.openapi import describe
from spotai.app import create_app
from spotai.settings import load_settings


@click.command()
def openapi() -> None:
    """Write the OpenAPI description of the HTTP API.

    The same as GET /openapi.json of a server of made-up songs; no database is needed for it.
    """
    click.echo(json.dumps(describe(create_app(load_settings())), ensure_ascii=False, indent=2))
