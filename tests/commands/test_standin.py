"""``standin`` from the command line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from spotai.spotify.standin.grants import challenge_of
from tests.commands.conftest import PRODUCTION, Run
from tests.servers.ports import free_port
from tests.servers.spotify import answered

VERIFIER = "v" * 64


@contextmanager
def running(data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Yield the process and the settings it says to export."""
    with subprocess.Popen(
        [sys.executable, "-m", "spotai", "standin", *options],
        env=os.environ | {"SPOTAI_DATA_DIR": str(data), "SPOTAI_PORT": "5055"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        said = "".join(process.stdout.readline() for _ in range(6))
        try:
            yield process, dict(re.findall(r"^export (\w+)='(.*)'$", said, re.MULTILINE))
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_the_settings_and_ends_with_status_0(demo_data: Path, how: signal.Signals) -> None:
    with running(demo_data) as (process, settings):
        api, accounts = (settings[f"SPOTAI_SPOTIFY_{name}_URL"] for name in ("API", "ACCOUNTS"))
        assert api == f"{accounts}/v1/"
        assert settings["SPOTIPY_REDIRECT_URI"] == "http://127.0.0.1:5055/callback"
        asked = {
            "client_id": settings["SPOTIPY_CLIENT_ID"],
            "redirect_uri": settings["SPOTIPY_REDIRECT_URI"],
            "response_type": "code",
            "code_challenge_method": "S256",
            "code_challenge": challenge_of(VERIFIER),
            "scope": "playlist-read-private",
            "approve": "1",
        }
        back = requests.get(
            f"{accounts}/authorize", params=asked, allow_redirects=False, timeout=10
        ).headers["Location"]
        form = {
            "grant_type": "authorization_code",
            "client_id": asked["client_id"],
            "redirect_uri": asked["redirect_uri"],
            "code": answered(back)["code"],
            "code_verifier": VERIFIER,
        }
        tokens = requests.post(f"{accounts}/api/token", data=form, timeout=10).json()
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        page = requests.get(f"{api}me/playlists", headers=headers, timeout=10).json()
        assert "Saturday Kitchen Party" in [one["name"] for one in page["items"]]
        process.send_signal(how)
        assert process.wait(10) == 0


def test_options_choose_port_app_address_and_key(demo_data: Path) -> None:
    port = free_port()
    chosen = ["--port", str(port), "--client-id", "mine", "--redirect-uri", "http://127.0.0.1:1/x"]
    with running(demo_data, *chosen, "--control-key", "k", "--old-shape") as (_, settings):
        assert settings["SPOTAI_SPOTIFY_ACCOUNTS_URL"] == f"http://127.0.0.1:{port}"
        assert settings["SPOTIPY_CLIENT_ID"] == "mine"
        assert settings["SPOTIPY_REDIRECT_URI"] == "http://127.0.0.1:1/x"
        url = f"http://127.0.0.1:{port}/control"
        answer = requests.post(
            url, json={"do": "calls"}, headers={"X-Control-Key": "k"}, timeout=10
        )
        assert answer.json() == {"calls": []}


def test_it_is_refused_in_production(run: Run, tmp_path: Path) -> None:
    result = run("standin", **PRODUCTION)
    assert result.exit_code == 2
    assert "production" in result.stderr
    assert not (tmp_path / "data").exists()


def test_without_songs_it_says_how_to_get_some(run: Run) -> None:
    result = run("standin")
    assert result.exit_code == 3
    assert "spotai demo" in result.stderr
    assert len(result.stderr.splitlines()) == 1
