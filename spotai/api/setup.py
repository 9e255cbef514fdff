"""``GET /api/setup``: what whoever runs this server pastes into Spotify's dashboard."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint

from spotai.api.operations import operation
from spotai.api.state import state
from spotai.api.track_schemas import Answer

blueprint = Blueprint("setup", __name__)


class SetupAnswer(Answer):
    """``redirect_uri``: where Spotify sends people back to, to the letter. ``login``: how they log
    in now; null while no Spotify app is configured."""

    redirect_uri: str
    login: Literal["spotify", "demo"] | None


@operation(blueprint, "GET", "/api/setup")
def setup() -> SetupAnswer:
    """Say what Spotify's dashboard needs to know of this server, and how people log in now."""
    here = state()
    return SetupAnswer(redirect_uri=here.settings.redirect_uri, login=here.logins.kind)
