"""What whoever sets Spotify up pastes into its dashboard."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from spotai.app import create_app
from spotai.settings import Settings


def client_of(folder: Path, **given: object) -> FlaskClient:
    settings = Settings(data_dir=folder, port=5123, **given, _env_file=None)  # type: ignore[arg-type]
    return create_app(settings).test_client()


def test_where_nothing_is_configured_the_address_is_told_all_the_same(tmp_path: Path) -> None:
    answer = client_of(tmp_path).get("/api/setup").get_json()
    assert answer == {"redirect_uri": "http://127.0.0.1:5123/callback", "login": None}


def test_the_address_is_the_one_that_spotify_is_sent(tmp_path: Path) -> None:
    address = "https://songs.example/callback"
    client = client_of(tmp_path, spotify_client_id="c" * 32, given_redirect_uri=address)
    assert client.get("/api/setup").get_json() == {"redirect_uri": address, "login": "spotify"}


def test_the_page_answers_under_its_address(tmp_path: Path) -> None:
    with client_of(tmp_path).get("/setup") as response:
        assert response.mimetype == "text/html"
