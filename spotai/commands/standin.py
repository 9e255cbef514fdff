"""The command ``standin``."""

from __future__ import annotations

import click

from spotai.commands.catalog import open_catalog
from spotai.errors import ConfigurationError
from spotai.ingest.listeners import listeners_of
from spotai.settings import load_settings
from spotai.spotify.standin.cast import Stage
from spotai.spotify.standin.server import run

CLIENT_ID = "spotify-standin"


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    help="Port to listen on; a free one if not said.",
)
@click.option(
    "--client-id",
    default=CLIENT_ID,
    show_default=True,
    help="The app that listeners may let in.",
)
@click.option(
    "--redirect-uri",
    help="Where logins come back to, and nowhere else; /callback of this machine's SpotAI if not "
    "said.",
)
@click.option("--old-shape", is_flag=True, help="Show playlists as before 2026.")
@click.option("--control-key", help="Let whoever sends this key order faults.")
def standin(
    *,
    port: int,
    client_id: str,
    redirect_uri: str | None,
    old_shape: bool,
    control_key: str | None,
) -> None:
    """Answer in Spotify's place, on this machine, until stopped.

    Three made-up listeners have the catalog's playlists. What is changed is forgotten at the end.
    Not for production.
    """
    settings = load_settings()
    if settings.production:
        raise ConfigurationError(
            "the stand-in for Spotify is not for production; set SPOTAI_ENV=development"
        )
    database = open_catalog()
    with database.read() as conn:
        cast = listeners_of(conn)
    database.close()
    stage = Stage(
        listeners=cast.listeners,
        client_id=client_id,
        redirect_uri=redirect_uri or f"http://127.0.0.1:{settings.port}/callback",
        port=port,
        songs=cast.songs,
        old_shape=old_shape,
        control_key=control_key,
    )

    def greet(address: str) -> None:
        click.echo(
            f"The stand-in for Spotify is ready on {address}: made-up listeners, nothing of "
            "Spotify's.\nSpotAI logs in there with these settings:\n"
            f"export SPOTIPY_CLIENT_ID='{stage.client_id}'\n"
            f"export SPOTIPY_REDIRECT_URI='{stage.redirect_uri}'\n"
            f"export SPOTAI_SPOTIFY_API_URL='{address}/v1/'\n"
            f"export SPOTAI_SPOTIFY_ACCOUNTS_URL='{address}'"
        )

    run(stage, greet)
