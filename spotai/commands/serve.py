"""The command ``serve``."""

from __future__ import annotations

import click

from spotai.serving import serve as serve_http
from spotai.settings import load_settings


@click.command()
def serve() -> None:
    """Serve SpotAI over HTTP until stopped.

    First it brings the tables up to date, fills an empty catalog with made-up songs (not in
    production) and makes a missing snapshot.
    """
    serve_http(load_settings())
